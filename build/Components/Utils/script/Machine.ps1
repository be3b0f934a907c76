# Files and variables of the machine that is looked at.

# Where a Windows path is: with -Root below its drive_c.
function Get-HostPath([string]$Path) {
    if ($Root -eq '') {
        return $Path
    }
    [IO.Path]::Combine((Resolve-Folder $Root), 'drive_c', ($Path -replace '^[A-Za-z]:[\\/]', '').Replace('\', '/'))
}

function Test-MachineFile([string]$Path) {
    $Path -ne '' -and [IO.File]::Exists((Get-HostPath $Path))
}

# A variable; with -Root that of the other Windows, whose user is the only one there.
function Get-MachineVariable([string]$Name) {
    if ($Root -eq '') {
        return [string][Environment]::GetEnvironmentVariable($Name)
    }
    $user = 'user'
    foreach ($folder in [IO.Directory]::GetDirectories((Get-HostPath 'C:\users'))) {
        if ([IO.Path]::GetFileName($folder) -ne 'Public') {
            $user = [IO.Path]::GetFileName($folder)
        }
    }
    switch ($Name) {
        'ProgramFiles' { 'C:\Program Files' }
        'APPDATA' { "C:\users\$user\AppData\Roaming" }
        'LOCALAPPDATA' { "C:\users\$user\AppData\Local" }
        'USERPROFILE' { "C:\users\$user" }
        'SystemRoot' { 'C:\windows' }
        'TEMP' { "C:\users\$user\Temp" }
        'PATH' {
            $machine = Get-RegistryText 'LocalMachine' 'System\CurrentControlSet\Control\Session Manager\Environment' 'PATH'
            $machine + ';' + (Get-RegistryText 'CurrentUser' 'Environment' 'PATH')
        }
        default { Get-RegistryText 'CurrentUser' 'Environment' $Name }
    }
}

# The first folder that has a program, of some and then those of PATH; empty where none has.
function Find-Program([string]$Program, [string[]]$Folders) {
    foreach ($folder in $Folders + (Get-MachineVariable 'PATH').Split(';')) {
        $folder = $folder.Trim().Trim('"').TrimEnd('\')
        if ($folder -ne '' -and (Test-MachineFile "$folder\$Program")) {
            return "$folder\$Program"
        }
    }
    ''
}

# What Windows says of a program's version; empty where it has none, or where it is not Windows that is asked.
function Get-FileVersion([string]$Path) {
    try {
        [string][Diagnostics.FileVersionInfo]::GetVersionInfo((Get-HostPath $Path)).ProductVersion
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
