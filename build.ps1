# Builds the build host if it changed, then runs it with the arguments given. Exit codes are the host's; of its own this
# script knows 1 (the host cannot be built) and 2 (no fitting .NET SDK, no allowed value of CakeAddins, constrained language mode).
# The twin of build.sh; written for Windows PowerShell 5.1 and for PowerShell 7.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false # exit codes are looked at here, whatever the session says
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    Write-Host ("build.ps1: a policy of this Windows lets PowerShell run this script in $($ExecutionContext.SessionState.LanguageMode) " +
        'mode only, which is not enough for it; what still works: build.sh on Linux, or in WSL')
    exit 2
}

$caller = (Get-Location -PSProvider FileSystem).ProviderPath
$root = $PSScriptRoot
$hosts = Join-Path $root 'build\bin\hosts'         # one folder a host, named after what it was built from
$memory = Join-Path $root 'build\.cake-addins'     # the way to the Cake packages that works here; docs/adr/0002
$built = Join-Path $root 'build\bin\Release\net10.0'
$project = Join-Path $root 'build\Build.csproj'
$lockFile = Join-Path $root 'build\packages.package.lock.json'
$download = 'https://dotnet.microsoft.com/download/dotnet/10.0'

function Say([string] $message) { [Console]::Error.WriteLine("build.ps1: $message") }

function Get-InputFile([string] $folder) {
    foreach ($item in Get-ChildItem -LiteralPath $folder -Force) {
        if (-not $item.PSIsContainer) {
            if ($item.Name -ne '.cake-addins') { $item.FullName }
        } elseif ($item.Name -ne 'bin' -and $item.Name -ne 'obj') {
            Get-InputFile $item.FullName
        }
    }
}

# Everything that the host is made of, by name and content. Names count, so a deleted or renamed file counts too.
function Get-HostFolder([string] $mode) {
    $names = 'Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props', 'global.json', '.editorconfig', 'nuget.config'
    [string[]] $files = @($names | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path -LiteralPath $_ -PathType Leaf })
    $files += @(Get-InputFile (Join-Path $root 'build'))
    [Array]::Sort($files, [StringComparer]::Ordinal)
    $sha = [Security.Cryptography.SHA256]::Create()
    try {
        $lines = foreach ($file in $files) {
            $hash = [BitConverter]::ToString($sha.ComputeHash([IO.File]::ReadAllBytes($file)))
            $file.Substring($root.Length) + ' ' + $hash
        }
        $all = [BitConverter]::ToString($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($lines -join "`n")))
    } finally {
        $sha.Dispose()
    }
    Join-Path $hosts ($mode + '-' + $all.Replace('-', '').Substring(0, 20).ToLowerInvariant())
}

# Runs dotnet on the host's project and returns what it printed; $LASTEXITCODE says how it ended. Analyzers are for the
# tests' build; an environment variable Platform, which some computers come with, must not choose the output folder.
function Invoke-MSBuild([string] $mode, [string[]] $verb) {
    $ErrorActionPreference = 'Continue' # in 5.1 a line on stderr would else end the script
    $options = "-p:CakeAddins=$mode", '-p:Configuration=Release', '-p:Platform=AnyCPU', '-p:RunAnalyzers=false',
        '-nodeReuse:false', '-tl:off', '-nologo', '-v:quiet', '-clp:ErrorsOnly'
    & dotnet @verb $project @options 2>&1 | ForEach-Object { "$_" }
}

# The first error of what dotnet printed, without the project file behind it; its first line where MSBuild's word for one is missing.
function Get-FirstError([string[]] $output) {
    $lines = @($output | Where-Object { $_.Trim() } | ForEach-Object { $_ -replace ' \[[^\[\]]*\]$', '' })
    $found = "$(@($lines -match 'error [A-Z]*[0-9]*:') + $lines | Select-Object -First 1)"
    if ($found.StartsWith($root, [StringComparison]::OrdinalIgnoreCase)) { $found = $found.Substring($root.Length).TrimStart('\', '/') }
    $found -replace '^build[\\/]Build\.csproj : error ', '' # what restoring says is about no file in particular
}

# Restores and compiles the host in this mode. What comes back: Mode; Failed, which is '', 'restore' or 'build'; Output, what dotnet
# printed; Folder, where the host belongs.
function Invoke-Compiler([string] $mode) {
    $lock = $null
    if ($mode -eq 'package' -and (Test-Path -LiteralPath $lockFile)) { $lock = [IO.File]::ReadAllBytes($lockFile) }
    $output = @(Invoke-MSBuild $mode 'restore')
    if ($LASTEXITCODE -ne 0) {
        if ($mode -eq 'package') {
            # NuGet writes a lock file even when it fails.
            if ($null -ne $lock) {
                [IO.File]::WriteAllBytes($lockFile, $lock)
            } elseif (Test-Path -LiteralPath $lockFile) {
                Remove-Item -LiteralPath $lockFile
            }
        }
        return @{ Mode = $mode; Failed = 'restore'; Output = $output; Folder = $null }
    }
    # After the restore, which may have written a lock file, and before the compiler reads anything.
    $folder = Get-HostFolder $mode
    $output = @(Invoke-MSBuild $mode 'build', '--no-restore')
    $failed = if ($LASTEXITCODE -eq 0) { '' } else { 'build' }
    return @{ Mode = $mode; Failed = $failed; Output = $output; Folder = $folder }
}

# The packages failed and nobody asked for them: the stand-ins, remembered, with one line that says why.
function Invoke-StandInCompiler($packages) {
    $result = Invoke-Compiler 'source'
    if (-not $result.Failed) {
        if ($packages.Failed -eq 'restore') {
            $fallback = 'the Cake packages cannot be restored here, so'
        } else {
            $fallback = 'the build host does not compile against the Cake packages of this machine (please report it), so'
        }
        [IO.File]::WriteAllText($memory, "source`n")
        Say ("$fallback their stand-ins (build/addins) are used until build/.cake-addins is deleted; " +
            "the reason: $(Get-FirstError $packages.Output)")
    } elseif ("$($packages.Failed) $($result.Failed)" -ne 'build build') {
        # Where both ways compile badly, the fault is in the host: the packages' errors would only say it twice.
        $result.Output = @($packages.Output) + @($result.Output)
    }
    return $result
}

# Builds the host and returns its folder; $null, with the errors shown, when it cannot be built.
function Build-BuildHost([string] $mode) {
    Say 'building the build host.'
    $result = Invoke-Compiler $mode
    if ($result.Failed -and $mode -eq 'package' -and -not $env:CakeAddins) { $result = Invoke-StandInCompiler $result }
    if ($result.Failed) {
        $result.Output | ForEach-Object { [Console]::Error.WriteLine($_) }
        if ($result.Failed -eq 'restore') {
            Say 'the packages of the build host cannot be restored; the errors are above.'
        } else {
            Say 'the build host does not compile; the errors are above.'
        }
        return $null
    }
    $folder = $result.Folder
    $fresh = Join-Path $hosts ('.new-' + [IO.Path]::GetRandomFileName())
    Copy-Item -LiteralPath $built -Destination $fresh -Recurse
    if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force }
    Move-Item -LiteralPath $fresh -Destination $folder
    # Hosts that nobody has started for a day, and what a killed run left. One that still runs cannot be deleted.
    Get-ChildItem -LiteralPath $hosts -Directory -Force |
        Where-Object { $_.LastWriteTime -lt (Get-Date).AddDays(-1) } |
        Remove-Item -Recurse -Force -ErrorAction SilentlyContinue
    return $folder
}

# The lock: a file that only one run can have open. Windows closes it with the process, however that ends.
function Open-Lock {
    $said = $false
    while ($true) {
        try {
            return [IO.File]::Open((Join-Path $hosts '.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
        } catch [IO.IOException] {
            if (-not $said) { Say 'another run is building the build host; waiting for it.' }
            $said = $true
            Start-Sleep -Milliseconds 200
        }
    }
}

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

if (-not (Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue)) {
    Say "the .NET SDK 10.0 is needed and there is no dotnet on the PATH; install it from $download and run this again."
    exit 2
}

$mode = "$env:CakeAddins"
if (-not $mode -and (Test-Path -LiteralPath $memory)) { $mode = [IO.File]::ReadAllText($memory).Trim() }
if (-not $mode) { $mode = 'package' }
if ($mode -cne 'package' -and $mode -cne 'source') {
    Say "CakeAddins is '$mode'; allowed are 'package' and 'source' (from the environment, or in build/.cake-addins)."
    exit 2
}

Push-Location -LiteralPath $root # dotnet looks for global.json from here
$code = 1
try {
    $hostFolder = Get-HostFolder $mode
    if (-not (Test-Path -LiteralPath (Join-Path $hostFolder 'Build.dll'))) {
        $ErrorActionPreference = 'Continue'
        & dotnet --version 2>&1 | Out-Null
        $fits = $LASTEXITCODE -eq 0
        $sdks = @(& dotnet --list-sdks 2>&1 | ForEach-Object { "$_".Split(' ')[0] }) -join ' '
        $ErrorActionPreference = 'Stop'
        if (-not $fits) {
            if (-not $sdks) { $sdks = 'none' }
            Say "the .NET SDK 10.0 is needed (found: $sdks); install it from $download and run this again."
            exit 2
        }
        New-Item -ItemType Directory -Path $hosts -Force | Out-Null
        $lock = Open-Lock
        try {
            # The run that had the lock may have built just this.
            $hostFolder = Get-HostFolder $mode
            if (-not (Test-Path -LiteralPath (Join-Path $hostFolder 'Build.dll'))) { $hostFolder = Build-BuildHost $mode }
        } finally {
            $lock.Dispose()
        }
        if (-not $hostFolder) { exit 1 }
    }
    (Get-Item -LiteralPath $hostFolder).LastWriteTime = Get-Date # started now: not to be tidied away today

    $env:QCW_CALLER_DIRECTORY = $caller # the host runs in the repository; relative paths in its options are the caller's
    & dotnet (Join-Path $hostFolder 'Build.dll') @args
    $code = $LASTEXITCODE
} finally {
    $env:QCW_CALLER_DIRECTORY = $null
    Pop-Location
}
exit $code
