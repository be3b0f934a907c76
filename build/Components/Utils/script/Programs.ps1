# Where programs are and which version they have: Path is empty where there is none, Version where it is not known.

function Find-Qemu {
    $key = 'Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu'
    $own = Get-RegistryText 'LocalMachine' $key 'InstallLocation'
    $path = Find-Program 'qemu-system-x86_64w.exe' @($own)
    if ($path -eq '') {
        $path = Find-Program 'qemu-system-x86_64w.exe' @("$(Get-MachineVariable 'ProgramFiles')\qemu")
    }
    $version = ''
    if ($own -ne '' -and $path.StartsWith($own, [StringComparison]::OrdinalIgnoreCase)) {
        $version = Get-RegistryText 'LocalMachine' $key 'DisplayVersion'
    } elseif ($path -ne '') {
        $version = Get-FileVersion $path
    }
    @{ Path = $path; Version = $version }
}

function Find-Podman {
    foreach ($hive in 'CurrentUser', 'LocalMachine') {
        $folder = (Get-RegistryText $hive 'Software\qcw\Podman' 'InstallDir').TrimEnd('\')
        if ($folder -ne '' -and (Test-MachineFile "$folder\podman.exe")) {
            return @{ Path = "$folder\podman.exe"; Version = (Get-RegistryText $hive 'Software\qcw\Podman' 'Version') }
        }
    }
    $path = Find-Program 'podman.exe' @("$(Get-MachineVariable 'ProgramFiles')\RedHat\Podman")
    @{ Path = $path; Version = $(if ($path -eq '') { '' } else { Get-FileVersion $path }) }
}

function Find-PodmanDesktop {
    $folders = @(foreach ($base in "$(Get-MachineVariable 'LOCALAPPDATA')\Programs", (Get-MachineVariable 'ProgramFiles')) {
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

# Which provider Podman takes, and what says so: the variable, else the last of containers.conf and containers.conf.d, else Podman's default.
function Find-Provider {
    $variable = Get-MachineVariable 'CONTAINERS_MACHINE_PROVIDER'
    if ($variable -ne '') {
        return @{ Name = $variable; From = 'the variable CONTAINERS_MACHINE_PROVIDER' }
    }
    $found = @{ Name = 'wsl'; From = "Podman's default; no variable and no file says otherwise" }
    $folder = "$(Get-MachineVariable 'APPDATA')\containers"
    $files = @("$folder\containers.conf")
    if ([IO.Directory]::Exists((Get-HostPath "$folder\containers.conf.d"))) {
        $names = @(foreach ($file in [IO.Directory]::GetFiles((Get-HostPath "$folder\containers.conf.d"), '*.conf')) { [IO.Path]::GetFileName($file) })
        [Array]::Sort($names, [StringComparer]::Ordinal)
        $files += @(foreach ($name in $names) { "$folder\containers.conf.d\$name" })
    }
    foreach ($file in $files) {
        if (Test-MachineFile $file) {
            $section = ''
            foreach ($line in [IO.File]::ReadAllLines((Get-HostPath $file))) {
                if ($line -match '^\s*\[([^\]]+)\]') {
                    $section = $Matches[1].Trim()
                } elseif ($section -eq 'machine' -and $line -match '^\s*provider\s*=\s*["'']([^"'']*)["'']') {
                    $found = @{ Name = $Matches[1]; From = $file }
                }
            }
        }
    }
    $found
}

# Names of processes that a machine of Podman consists of. With -Root: the lines of processes.txt.
function Get-MachineProcesses {
    $names = if ($Root -eq '') {
        foreach ($process in [Diagnostics.Process]::GetProcesses()) { $process.ProcessName }
    } elseif ([IO.File]::Exists([IO.Path]::Combine((Resolve-Folder $Root), 'processes.txt'))) {
        [IO.File]::ReadAllLines([IO.Path]::Combine((Resolve-Folder $Root), 'processes.txt'))
    }
    foreach ($name in $names) {
        if ($name -match '^(qemu-system-.*|gvproxy|win-sshproxy)$') {
            $name
        }
    }
}
