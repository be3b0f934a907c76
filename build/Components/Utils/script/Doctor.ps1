$findings = [Collections.ArrayList]::new()

# State: ok, note (works, but worth knowing) or problem (exit code 1).
function Add-Finding([string]$Id, [string]$State, [string]$What, [string]$Why, [string]$Do) {
    if ($State -eq 'ok') {
        $Do = ''
    }
    [void]$findings.Add([ordered]@{ id = $Id; state = $State; what = $What; why = $Why; do = $Do })
}

function Test-Windows {
    $key = 'Software\Microsoft\Windows NT\CurrentVersion'
    $build = Get-RegistryText 'LocalMachine' $key 'CurrentBuildNumber'
    $state = if ($build -match '^\d+$' -and [int]$build -ge 17134) { 'ok' } else { 'problem' }
    $name = "$(Get-RegistryText 'LocalMachine' $key 'ProductName'), build $build"
    if ($build -eq '') {
        $name = 'the registry does not say which Windows this is'
    }
    Add-Finding 'windows' $state $name `
        -Why 'Podman and QEMU talk through Unix sockets, which Windows has since version 1803 (build 17134).' `
        -Do 'Update Windows to version 1803 or newer.'
    $driver = "$env:SystemRoot\system32\drivers\afunix.sys"
    $there = Test-File $driver
    Add-Finding 'unix-sockets' $(if ($there) { 'ok' } else { 'problem' }) "$driver $(if ($there) { 'is there' } else { 'is missing' })" `
        -Why 'It is what makes Unix sockets work.' `
        -Do 'Update Windows; if it is new enough, repair it with: sfc /scannow'
    $library = "$env:SystemRoot\system32\WinHvPlatform.dll"
    $there = Test-File $library
    $what = "Windows Hypervisor Platform is $(if ($there) { 'installed' } else { 'not installed' })"
    Add-Finding 'hypervisor' $(if ($there) { 'ok' } else { 'note' }) $what `
        -Why 'QEMU uses it (WHPX); without it machines are emulated, which works and is slow.' `
        -Do ('Turn on "Windows Hypervisor Platform" under "Turn Windows features on or off", and restart. ' +
            'The provider hyperv needs "Hyper-V" as well.')
}

function Add-Program([string]$Id, [string]$Name, $Found, [string]$MissingState, [string]$Why, [string]$Do) {
    if ($Found.Path -eq '') {
        Add-Finding $Id $MissingState "$Name was not found" $Why $Do
        return
    }
    $version = if ($Found.Version -eq '') { 'version not known' } else { $Found.Version }
    Add-Finding $Id 'ok' "$Name ${version}: $($Found.Path)" $Why ''
}

function Find-Versioned([string]$Program, [string[]]$Folders) {
    $path = Find-Program $Program $Folders
    return @{ Path = $path; Version = $(if ($path -eq '') { '' } else { Get-FileVersion $path }) }
}

function Test-Programs([string]$Provider) {
    $podman = Find-Podman
    Add-Program 'qemu' 'QEMU' (Find-Qemu) $(if ($Provider -eq 'qemu') { 'problem' } else { 'note' }) `
        -Why 'The provider qemu runs its machines with it.' `
        -Do 'Install qemu-...-setup.exe of the release.'
    Add-Program 'podman' 'Podman' $podman 'problem' 'It is what runs containers.' 'Install podman-...-windows-x86_64.msi of the release.'
    $folders = @(if ($podman.Path -ne '') { $podman.Path -replace '\\[^\\]*$', '' })
    Add-Program 'gvproxy' 'gvproxy' (Find-Versioned 'gvproxy.exe' $folders) 'problem' `
        -Why 'Podman starts it for the network of its machines.' `
        -Do "It comes with Podman's installer: repair or reinstall Podman."
    $folders = @("$env:SystemRoot\system32\OpenSSH")
    Add-Program 'ssh-keygen' 'ssh-keygen' (Find-Versioned 'ssh-keygen.exe' $folders) 'problem' `
        -Why 'podman machine init makes the keys of a machine with it.' `
        -Do 'Add "OpenSSH Client" in the settings of Windows, under optional features.'
    $desktop = Find-PodmanDesktop
    $parsed = $null
    $number = $desktop.Version -replace '[-+].*$', ''
    if ($desktop.Path -ne '' -and [Version]::TryParse($number, [ref]$parsed) -and $parsed -lt [Version]'0.0.12') {
        Add-Finding 'podman-desktop' 'problem' "Podman Desktop $($desktop.Version): $($desktop.Path)" `
            -Why 'Versions before 0.0.12 do not follow the provider.' `
            -Do 'Install a newer one: qcw-utils.ps1 -PodmanDesktop says how.'
        return
    }
    Add-Program 'podman-desktop' 'Podman Desktop' $desktop 'note' `
        -Why 'It is a window for Podman, and not needed to run containers.' `
        -Do 'qcw-utils.ps1 -PodmanDesktop says how to get it.'
}

function Test-Machines($Provider) {
    $known = @('qemu', 'wsl', 'hyperv') -contains $Provider.Name
    Add-Finding 'provider' $(if ($known) { 'ok' } else { 'problem' }) "provider $($Provider.Name), says $($Provider.From)" `
        -Why 'It decides what kind of machines Podman makes and sees.' `
        -Do 'Set it to qemu, wsl or hyperv there.'
    $folder = "$env:USERPROFILE\.config\containers\podman\machine"
    $kinds = @{}
    foreach ($kind in 'qemu', 'wsl', 'hyperv') {
        foreach ($file in Get-Files "$folder\$kind" '*.json') {
            $kinds[$file.BaseName] += @($kind)
        }
    }
    $names = @($kinds.Keys)
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $why = 'Their ssh key files are named after the machine only, so just one of them keeps valid keys.'
    $twice = @(foreach ($name in $names) { if (@($kinds[$name]).Count -gt 1) { $name } })
    foreach ($name in $twice) {
        Add-Finding 'machine-names' 'problem' "the machine $name exists under $($kinds[$name] -join ' and ')" `
            -Why $why `
            -Do 'Remove one of them (podman machine rm) and make it again under another name: podman machine init NAME'
    }
    if ($twice.Count -eq 0) {
        Add-Finding 'machine-names' 'ok' "$($names.Count) machines, no name twice" $why ''
    }
}

function Test-StaleFiles {
    $folder = "$env:TEMP\podman"
    $why = 'Left by a crash, they keep QEMU or gvproxy from starting.'
    $files = @(foreach ($file in Get-Files $folder '*') { if ($file.Name -match '\.(sock|pid)$') { $file } })
    $running = @(Get-MachineProcesses)
    if ($files.Count -eq 0 -or $running.Count -gt 0) {
        $use = if ($running.Count -gt 0) { ', in use: ' + ($running -join ', ') }
        Add-Finding 'stale-files' 'ok' "$($files.Count) socket and pid files in $folder$use" $why ''
        return
    }
    $names = @(foreach ($file in $files) { $file.Name })
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $list = $names -join ', '
    if ($Fix -and (Read-Yes "No machine runs. Delete $list in ${folder}?")) {
        foreach ($file in $files) {
            $file.Delete()
        }
        Add-Finding 'stale-files' 'ok' "deleted in ${folder}: $list" $why ''
        return
    }
    Add-Finding 'stale-files' 'problem' "no machine runs, but there are $list in $folder" $why 'qcw-doctor.bat -Fix deletes them.'
}

function Invoke-Doctor {
    $provider = Find-Provider
    Test-Windows
    Test-Programs $provider.Name
    Test-Machines $provider
    Test-StaleFiles
    if ($Json) {
        Write-JsonReport
        return
    }
    foreach ($finding in $findings) {
        Write-Host ('{0,-8} {1}' -f $finding.state, $finding.what)
        if ($finding.state -ne 'ok') {
            Write-Host "         why: $($finding.why)"
            Write-Host "         do:  $($finding.do)"
        }
    }
}

# How many of the findings are problems.
function Get-ProblemCount {
    @($findings | Where-Object { $_.state -eq 'problem' }).Count
}

# Goes to the pipeline, so that it can be redirected and converted. ASCII only: Windows PowerShell redirects in the console's code page.
function Write-JsonReport {
    $report = ConvertTo-Json ([ordered]@{ problems = Get-ProblemCount; findings = $findings.ToArray() }) -Depth 3
    [regex]::Replace($report, '[^\x00-\x7e]', { param($match) '\u{0:x4}' -f [int][char]$match.Value })
}

# A question; whoever is not there to answer has not agreed.
function Read-Yes([string]$Question) {
    if ($Json) {
        return $false
    }
    Write-Host "$Question [y/N]"
    try {
        return (Read-Host) -match '^\s*(y|yes)\s*$'
    } catch {
        return $false
    }
}
