# Read access to the machine that is looked at: this Windows, or with -Root the folder of another one, as Wine keeps them (system.reg,
# user.reg, drive_c). The tests prepare such folders.
$registryFiles = @{}

function Get-RegistryKey([string]$Hive, [string]$Key) {
    $values = @{}
    if ($Root -ne '') {
        $file = [IO.Path]::Combine((Resolve-Folder $Root), $(if ($Hive -eq 'LocalMachine') { 'system.reg' } else { 'user.reg' }))
        if (-not $registryFiles.ContainsKey($file)) {
            $registryFiles[$file] = Read-WineRegistry $file
        }
        if ($registryFiles[$file].ContainsKey($Key)) {
            return $registryFiles[$file][$Key]
        }
        return $values
    }
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey($Hive, 'Registry64')
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -ne $opened) {
            foreach ($name in $opened.GetValueNames()) {
                $values[$name] = [string]$opened.GetValue($name)
            }
            $opened.Dispose()
        }
    } finally {
        $base.Dispose()
    }
    $values
}

# A value as text; empty where there is none.
function Get-RegistryText([string]$Hive, [string]$Key, [string]$Name) {
    $values = Get-RegistryKey $Hive $Key
    if ($values.ContainsKey($Name)) { $values[$Name] } else { '' }
}

# The full names of the keys below one.
function Get-RegistrySubKeys([string]$Hive, [string]$Key) {
    if ($Root -ne '') {
        [void](Get-RegistryKey $Hive $Key)
        $file = [IO.Path]::Combine((Resolve-Folder $Root), $(if ($Hive -eq 'LocalMachine') { 'system.reg' } else { 'user.reg' }))
        foreach ($name in $registryFiles[$file].Keys) {
            if ($name.StartsWith("$Key\", [StringComparison]::OrdinalIgnoreCase)) {
                $name
            }
        }
        return
    }
    $base = [Microsoft.Win32.RegistryKey]::OpenBaseKey($Hive, 'Registry64')
    try {
        $opened = $base.OpenSubKey($Key)
        if ($null -ne $opened) {
            foreach ($name in $opened.GetSubKeyNames()) {
                "$Key\$name"
            }
            $opened.Dispose()
        }
    } finally {
        $base.Dispose()
    }
}

# [Key\\Sub] 1700000000, then "Name"="text" or "Name"=dword:0000000a; other types are not needed here.
function Read-WineRegistry([string]$File) {
    $keys = @{}
    if (-not [IO.File]::Exists($File)) {
        return $keys
    }
    $values = $null
    foreach ($line in [IO.File]::ReadAllLines($File)) {
        if ($line -match '^\[(.+)\]( \d+)?$') {
            $values = @{}
            $keys[$Matches[1].Replace('\\', '\')] = $values
        } elseif ($line -match '^"((?:[^"\\]|\\.)+)"=(?:str\(2\):)?"(.*)"$') {
            $values[$Matches[1]] = $Matches[2].Replace('\\', '\')
        } elseif ($line -match '^"([^"]+)"=dword:([0-9a-f]{8})$') {
            $values[$Matches[1]] = [string][Convert]::ToInt64($Matches[2], 16)
        }
    }
    $keys
}
