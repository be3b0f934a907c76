# Read access to this machine: its registry, files and processes, and the programs on it that matter here.

# A key of the registry, whose methods are called, as a 64-bit program sees it, whatever this PowerShell is; null where there is none.
function Open-RegistryKey([string]$Hive, [string]$Key) {
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey($Hive, 'Registry64')
    try {
        $base.OpenSubKey($Key)
    } finally {
        $base.Dispose()
    }
}

# The values of a key as texts by their names.
function Get-RegistryKey([string]$Hive, [string]$Key) {
    $values = @{}
    $opened = Open-RegistryKey $Hive $Key
    if ($null -ne $opened) {
        foreach ($name in $opened.GetValueNames()) {
            $values[$name] = [string]$opened.GetValue($name)
        }
        $opened.Dispose()
    }
    $values
}

# The full names of the keys below one.
function Get-RegistrySubKeys([string]$Hive, [string]$Key) {
    $opened = Open-RegistryKey $Hive $Key
    if ($null -ne $opened) {
        foreach ($name in $opened.GetSubKeyNames()) {
            "$Key\$name"
        }
        $opened.Dispose()
    }
}

# A value as text; empty where there is none.
function Get-RegistryText([string]$Hive, [string]$Key, [string]$Name) {
    $values = Get-RegistryKey $Hive $Key
    if ($values.ContainsKey($Name)) { $values[$Name] } else { '' }
}

# True where there is such a file. Where it cannot be asked there is none: PATH and the registry may hold anything.
function Test-File([string]$Path) {
    try {
        $Path -ne '' -and (Test-Path -LiteralPath $Path -PathType Leaf)
    } catch {
        $false
    }
}

# The files of a folder whose name fits; none where there is no such folder.
function Get-Files([string]$Folder, [string]$Filter) {
    if (Test-Path -LiteralPath $Folder -PathType Container) {
        Get-ChildItem -LiteralPath $Folder -Filter $Filter -File -Force
    }
}

# The first folder that has a program, of some and then those of PATH; empty where none has.
function Find-Program([string]$Program, [string[]]$Folders) {
    # between quotation marks a semicolon is part of a name
    $ofPath = @(foreach ($match in [regex]::Matches("$env:PATH", '(?:"[^"]*(?:"|\z)|[^";])+')) { $match.Value })
    foreach ($folder in $Folders + $ofPath) {
        $folder = "$folder".Replace('"', '').Trim().TrimEnd('\')
        if ($folder -ne '' -and (Test-File "$folder\$Program")) {
            return "$folder\$Program"
        }
    }
    ''
}

# The version that a program's file has; empty where it has none.
function Get-FileVersion([string]$Path) {
    try {
        [string](Get-Item -LiteralPath $Path -Force).VersionInfo.ProductVersion
    } catch {
        ''
    }
}

# Under Apps & Features, for all users and for this one: the first entry whose name begins with a text.
function Find-Installation([string]$Name) {
    $key = 'Software\Microsoft\Windows\CurrentVersion\Uninstall'
    foreach ($hive in 'CurrentUser', 'LocalMachine') {
        foreach ($subKey in Get-RegistrySubKeys $hive $key) {
            $values = Get-RegistryKey $hive $subKey
            if ($values.ContainsKey('DisplayName') -and $values['DisplayName'].StartsWith($Name, [StringComparison]::OrdinalIgnoreCase)) {
                return $values
            }
        }
    }
    @{}
}

# Where programs are and which version they have: Path is empty where there is none, Version where it is not known.

# What the one setup program has installed, for this user or for all. Its version is Podman's, with QEMU's behind it.
function Find-InSetup([string]$Part, [string]$Program) {
    $key = 'Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw'
    foreach ($hive in 'CurrentUser', 'LocalMachine') {
        $folder = (Get-RegistryText $hive $key 'InstallLocation').TrimEnd('\')
        if ($folder -ne '' -and (Test-File "$folder\$Part\$Program")) {
            $podman, $qemu = (Get-RegistryText $hive $key 'DisplayVersion') -split '\+qemu\.', 2
            return @{ Path = "$folder\$Part\$Program"; Version = $(if ($Part -eq 'qemu') { "$qemu" } else { "$podman" }) }
        }
    }
}

# Ours that is installed, for this user or for all; else what is unpacked somewhere, or an official one: in some folders, on PATH, or in
# the official one's.
function Find-Qemu([string[]]$Folders = @()) {
    $program = 'qemu-system-x86_64w.exe'
    $inSetup = Find-InSetup 'qemu' $program
    if ($inSetup) {
        return $inSetup
    }
    $key = 'Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu'
    foreach ($hive in 'CurrentUser', 'LocalMachine') {
        $own = (Get-RegistryText $hive $key 'InstallLocation').TrimEnd('\')
        if ($own -ne '' -and (Test-File "$own\$program")) {
            return @{ Path = "$own\$program"; Version = (Get-RegistryText $hive $key 'DisplayVersion') }
        }
    }
    $path = Find-Program $program $Folders
    if ($path -eq '') {
        $path = Find-Program $program @("$env:ProgramFiles\qemu")
    }
    @{ Path = $path; Version = $(if ($path -eq '') { '' } else { Get-FileVersion $path }) }
}

function Find-Podman {
    $inSetup = Find-InSetup 'podman' 'podman.exe'
    if ($inSetup) {
        return $inSetup
    }
    foreach ($hive in 'CurrentUser', 'LocalMachine') {
        $folder = (Get-RegistryText $hive 'Software\qcw\Podman' 'InstallDir').TrimEnd('\')
        if ($folder -ne '' -and (Test-File "$folder\podman.exe")) {
            return @{ Path = "$folder\podman.exe"; Version = (Get-RegistryText $hive 'Software\qcw\Podman' 'Version') }
        }
    }
    # an official one: where it says, else the folders of its installers, those of older ones last
    $folders = @(foreach ($hive in 'CurrentUser', 'LocalMachine') { Get-RegistryText $hive 'Software\Podman' 'InstallDir' })
    $folders += "$env:LOCALAPPDATA\Programs\Podman", "$env:ProgramFiles\Podman", "$env:ProgramFiles\RedHat\Podman"
    $path = Find-Program 'podman.exe' $folders
    @{ Path = $path; Version = $(if ($path -eq '') { '' } else { Get-FileVersion $path }) }
}

function Find-PodmanDesktop {
    $folders = @(foreach ($base in "$env:LOCALAPPDATA\Programs", $env:ProgramFiles) {
        "$base\Podman Desktop"
        "$base\podman-desktop"
    })
    $entry = Find-Installation 'Podman Desktop'
    if ($entry.ContainsKey('DisplayIcon')) {
        $folders += $entry['DisplayIcon'] -replace '\\[^\\]*$', ''
    }
    $path = Find-Program 'Podman Desktop.exe' $folders
    $version = ''
    if ($path -ne '') {
        $version = if ($entry.ContainsKey('DisplayVersion')) { $entry['DisplayVersion'] } else { Get-FileVersion $path }
    }
    @{ Path = $path; Version = $version }
}

# The processes that machines of Podman consist of, and podman itself. A command line that this user may not read is empty.
function Get-MachineProcesses {
    foreach ($process in Get-CimInstance -ClassName Win32_Process) {
        if ($process.Name -match '^(qemu-system-.*|gvproxy|win-sshproxy|podman)\.exe$') {
            @{ Id = $process.ProcessId; Name = $process.Name -replace '\.exe$', ''; CommandLine = "$($process.CommandLine)" }
        }
    }
}

function Stop-MachineProcess([int]$Id) {
    Stop-Process -Id $Id -Force
    Wait-Process -Id $Id -Timeout 10 -ErrorAction SilentlyContinue
}

$desktopId = 'RedHat.Podman-Desktop'

# Podman Desktop comes from its makers only: says where it is, or how to get it, and starts winget if that is wanted.
function Install-PodmanDesktop {
    $found = Find-PodmanDesktop
    if ($found.Path -ne '') {
        Write-Host "Podman Desktop $($found.Version) is installed: $($found.Path)"
        return
    }
    Write-Host 'Podman Desktop was not found, neither for this user nor for all users. Get the official one:'
    Write-Host "  winget install --exact --id $desktopId"
    Write-Host '  or from https://podman-desktop.io/downloads'
    $winget = Find-Program 'winget.exe' @("$env:LOCALAPPDATA\Microsoft\WindowsApps")
    if ($winget -eq '') {
        Write-Host 'There is no winget on this machine: take the address.'
        return
    }
    if ($WhatIf -or -not (Read-Yes 'Run winget now?')) {
        return
    }
    $start = [Diagnostics.ProcessStartInfo]::new((Convert-Path -LiteralPath $winget), "install --exact --id $desktopId")
    $start.UseShellExecute = $false
    $process = [Diagnostics.Process]::Start($start)
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) {
        throw "winget has failed (exit code $($process.ExitCode)): try the address"
    }
}
