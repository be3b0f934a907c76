# A prepared machine instead of this one: a test appends this to the part Programs of qcw-utils.ps1, whose functions it replaces.
# QCW_TEST_MACHINE names the folder of PreparedMachine.cs.
$env:XDG_CONFIG_HOME = $env:QCW_TEST_CONFIG_HOME # PowerShell's own settings are in the one of this machine
$null = New-PSDrive -Name C -PSProvider FileSystem -Root (Join-Path $env:QCW_TEST_MACHINE 'drive_c')

function Read-Hive([string]$Hive) {
    Get-Content -LiteralPath (Join-Path $env:QCW_TEST_MACHINE "$Hive.json") -Raw | ConvertFrom-Json -AsHashtable
}

function Get-RegistryKey([string]$Hive, [string]$Key) {
    $keys = Read-Hive $Hive
    if ($keys.ContainsKey($Key)) { $keys[$Key] } else { @{} }
}

function Get-RegistrySubKeys([string]$Hive, [string]$Key) {
    (Read-Hive $Hive).Keys | Where-Object { $_.StartsWith("$Key\") }
}

# A line is a name and, after a blank, the command line; its number is that of the process.
function Get-CimInstance {
    $number = 0
    foreach ($line in Get-Content -LiteralPath (Join-Path $env:QCW_TEST_MACHINE 'processes.txt')) {
        $name, $commandLine = $line -split ' ', 2
        @{ ProcessId = ++$number; Name = "$name.exe"; CommandLine = $commandLine }
    }
}

function Stop-MachineProcess([int]$Id) {
    Set-Content -LiteralPath (Join-Path $env:QCW_TEST_MACHINE 'ended.txt') $Id
}
