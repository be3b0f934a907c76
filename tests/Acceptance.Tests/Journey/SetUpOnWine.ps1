# PowerShell on Linux before a Windows under Wine: a test puts this into qcw-utils.ps1, behind the functions that it replaces. Drive C: is
# the folder in QCW_TEST_DRIVE; registry.json beside this script has what matters of the registry; programs are started with Wine.
$env:XDG_CONFIG_HOME = '' # PowerShell's own settings are there, not Podman's
$null = New-PSDrive -Name C -PSProvider FileSystem -Root $env:QCW_TEST_DRIVE

function Get-RegistryKey([string]$Hive, [string]$Key) {
    $hives = Get-Content -LiteralPath (Join-Path $PSScriptRoot 'registry.json') -Raw | ConvertFrom-Json -AsHashtable
    if ($hives[$Hive].ContainsKey($Key)) { $hives[$Hive][$Key] } else { @{} }
}

function Get-RegistrySubKeys {
}

# The processes of this Windows as the kernel of Linux sees them. The number of a QEMU is the one that QEMU itself has written down.
function Get-CimInstance([string]$ClassName) {
    if ($ClassName -ne 'Win32_Process') {
        throw "Wine's own numbers are not asked for: $ClassName"
    }
    foreach ($folder in [IO.Directory]::GetDirectories('/proc')) {
        try {
            $mine = [IO.File]::ReadAllText("$folder/environ").Split([char]0) -ccontains "WINEPREFIX=$env:WINEPREFIX"
            if (-not $mine -or [IO.Directory]::GetDirectories("$folder/task").Length -lt 2) {
                continue
            }
            $words = [IO.File]::ReadAllText("$folder/cmdline").TrimEnd([char]0).Split([char]0)
        } catch {
            continue # it has ended
        }
        $id = [IO.Path]::GetFileName($folder)
        $at = [Array]::IndexOf($words, '-pidfile')
        if ($at -gt 0 -and (Test-Path -LiteralPath $words[$at + 1])) {
            $id = (Get-Content -LiteralPath $words[$at + 1] -Raw).Trim()
        }
        @{ ProcessId = $id; Name = ($words[0] -replace '^.*[\\/]', '' -replace '\.exe$', '') + '.exe'; CommandLine = $words -join ' ' }
    }
}

# The output goes through files: QEMU and gvproxy inherit it, and a pipe would stay open as long as they run.
function Start-Program([string]$Path, [string[]]$Arguments, $Variables, [bool]$Shown) {
    $start = [Diagnostics.ProcessStartInfo]::new('/bin/sh')
    $script = 'o=$(mktemp); e=$(mktemp); "$@" >"$o" 2>"$e" </dev/null; c=$?; cat "$o"; cat "$e" >&2; rm "$o" "$e"; exit $c'
    foreach ($argument in @('-c', $script, 'sh') + $env:QCW_TEST_WINE.Split(' ') + (Convert-Path -LiteralPath $Path) + $Arguments) {
        $start.ArgumentList.Add($argument)
    }
    foreach ($name in $Variables.Keys) {
        $start.Environment[$name] = $Variables[$name]
    }
    # Windows' PATH, which is not that of sh
    $start.Environment['WINEPATH'] = $Variables['PATH']
    $start.Environment['PATH'] = '/usr/bin:/bin'
    $start.RedirectStandardOutput = -not $Shown
    $start.RedirectStandardError = -not $Shown
    [Diagnostics.Process]::Start($start)
}

function Test-Administrator {
    $false
}

function Open-Page([string]$Url) {
    Write-Host "the browser opens $Url"
}
