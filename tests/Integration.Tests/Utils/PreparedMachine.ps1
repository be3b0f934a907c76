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

# What -SetUp asks of Windows and changes on it: answers.json has the answers, and asked.txt gets a line for what was changed.
function Get-Answer([string]$Name) {
    (Get-Content -LiteralPath (Join-Path $env:QCW_TEST_MACHINE 'answers.json') -Raw | ConvertFrom-Json -AsHashtable)[$Name]
}

function Add-Asked([string]$Line) {
    Add-Content -LiteralPath (Join-Path $env:QCW_TEST_MACHINE 'asked.txt') $Line
}

$pageSeconds = 0

function Get-Resources {
    Get-Answer 'resources'
}

function Test-Administrator {
    Get-Answer 'administrator'
}

function Test-HypervisorRuns {
    Get-Answer 'hypervisor'
}

function Enable-Feature([string]$Name) {
    Add-Asked "turn on $Name"
    Get-Answer 'dism'
}

function Test-PortFree([int]$Number) {
    (Get-Answer 'ports') -notcontains $Number
}

function Get-WebProblem([string]$Url) {
    $problem = (Get-Answer 'pages')[$Url]
    if ($null -eq $problem) { '' } else { $problem }
}

function Open-Page([string]$Url) {
    Add-Asked "open $Url"
}

function Get-WindowsSignature([string]$File) {
    $state = (Get-Answer 'signatures')[[IO.Path]::GetFileName($File)]
    @{ Status = $state; StatusMessage = "that is $state"; SignerCertificate = @{ Subject = 'CN=somebody' } }
}
