# What is started on this Windows, asked of it and changed on it when containers are set up: programs, rights, features, resources, ports,
# pages.

# How long a page may take to be there.
$pageSeconds = 120

# One argument of a command line, as programs of Windows take it apart.
function ConvertTo-Argument([string]$Text) {
    if ($Text -ne '' -and $Text -notmatch '[\s"]') {
        return $Text
    }
    '"' + ($Text -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1') + '"'
}

# Starts a program that gets no input, with some variables (a null value removes one). What is shown has the console of this PowerShell.
function Start-Program([string]$Path, [string[]]$Arguments, $Variables, [bool]$Shown) {
    $line = @(foreach ($argument in $Arguments) { ConvertTo-Argument $argument }) -join ' '
    $start = [Diagnostics.ProcessStartInfo]::new((Convert-Path -LiteralPath $Path), $line)
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    foreach ($name in $Variables.Keys) {
        if ($null -eq $Variables[$name]) {
            $start.EnvironmentVariables.Remove($name)
        } else {
            $start.EnvironmentVariables[$name] = $Variables[$name]
        }
    }
    if (-not $Shown) {
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.StandardOutputEncoding = [Text.Encoding]::UTF8
        $start.StandardErrorEncoding = [Text.Encoding]::UTF8
    }
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Dispose()
    $process
}

# Runs a program to its end. Output and Errors are empty where it is shown; ExitCode is -1 where it did not end within the seconds (0: it
# may take any time) and was ended. With an activity it says now and then that it is still at it.
function Invoke-Program([string]$Path, [string[]]$Arguments, $Variables = @{}, [bool]$Shown = $false, [int]$Seconds = 0,
    [string]$Activity = '') {
    $process = Start-Program $Path $Arguments $Variables $Shown
    if (-not $Shown) {
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
    }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $next = 30
    $result = @{ ExitCode = -1; Output = ''; Errors = '' }
    # in short waits: PowerShell heeds Ctrl-C between them
    while (-not $process.WaitForExit(500)) {
        if ($Seconds -gt 0 -and $clock.Elapsed.TotalSeconds -ge $Seconds) {
            $process.Kill()
            return $result
        }
        if ($Activity -ne '' -and $clock.Elapsed.TotalSeconds -ge $next) {
            Write-Line ('  {0}: {1} min {2:00} s' -f $Activity, [int][Math]::Floor($clock.Elapsed.TotalMinutes), $clock.Elapsed.Seconds)
            $next += 30
        }
    }
    $result.ExitCode = $process.ExitCode
    if (-not $Shown) {
        # QEMU may have inherited the other ends: then there is no end of the text before it ends
        if ($output.Wait(2000)) { $result.Output = $output.Result }
        if ($errors.Wait(2000)) { $result.Errors = $errors.Result }
    }
    $result
}

# Nothing in a report for tools, which is all that such a call prints.
function Write-Line([string]$Text) {
    if (-not $Json) {
        Write-Host $Text
    }
}

function Test-Administrator {
    [Security.Principal.WindowsPrincipal]::new([Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole('Administrator')
}

# True where a hypervisor runs below this Windows; where Windows does not say, it does.
function Test-HypervisorRuns {
    try {
        (Get-CimInstance -ClassName Win32_ComputerSystem).HypervisorPresent -ne $false
    } catch {
        $true
    }
}

# Turns a feature of Windows on, as an administrator, whom Windows asks for.
# Returns the exit code of dism: 0 done, 3010 done after a restart; -1: the administrator has declined.
function Enable-Feature([string]$Name) {
    # a 32-bit PowerShell sees another folder behind system32
    $folder = if ([Environment]::Is64BitProcess) { 'system32' } else { 'Sysnative' }
    $start = [Diagnostics.ProcessStartInfo]::new("$env:SystemRoot\$folder\dism.exe")
    $start.Arguments = "/Online /Enable-Feature /FeatureName:$Name /All /NoRestart"
    $start.UseShellExecute = $true
    $start.Verb = 'runas'
    try {
        $process = [Diagnostics.Process]::Start($start)
    } catch {
        return -1
    }
    $process.WaitForExit()
    $process.ExitCode
}

# What there is to share with a machine: processors, memory and free memory in MB, free space for its disk in GB; 0: not known.
function Get-Resources {
    $found = @{ Processors = [Environment]::ProcessorCount; Memory = 0; FreeMemory = 0; FreeDisk = 0 }
    try {
        $system = Get-CimInstance -ClassName Win32_OperatingSystem
        $found.Memory = [int][Math]::Floor($system.TotalVisibleMemorySize / 1024)
        $found.FreeMemory = [int][Math]::Floor($system.FreePhysicalMemory / 1024)
    } catch {
        $found.Memory = 0
    }
    try {
        $found.FreeDisk = [int][Math]::Floor([IO.DriveInfo]::new([IO.Path]::GetPathRoot($env:USERPROFILE)).AvailableFreeSpace / 1GB)
    } catch {
        $found.FreeDisk = 0
    }
    $found
}

# True where no program has a TCP port. It is not listened on, for which the firewall would ask.
function Test-PortFree([int]$Number) {
    $socket = [Net.Sockets.Socket]::new('InterNetwork', 'Stream', 'Tcp')
    try {
        $socket.ExclusiveAddressUse = $true
        $socket.Bind([Net.IPEndPoint]::new([Net.IPAddress]::Any, $Number))
        $true
    } catch {
        $false
    } finally {
        $socket.Dispose()
    }
}

# Why a web server does not answer; empty where it does, whatever it says. A page of this computer is not asked of a proxy.
function Get-WebProblem([string]$Url, [int]$Seconds) {
    Enable-Downloads
    $handler = [Net.Http.HttpClientHandler]::new()
    $handler.UseProxy = -not ([Uri]$Url).IsLoopback
    $client = [Net.Http.HttpClient]::new($handler)
    $client.Timeout = [TimeSpan]::FromSeconds($Seconds)
    try {
        $client.GetAsync($Url, [Net.Http.HttpCompletionOption]::ResponseHeadersRead).GetAwaiter().GetResult().Dispose()
        ''
    } catch [Threading.Tasks.TaskCanceledException] {
        "no answer within $Seconds seconds"
    } catch {
        (Get-Reason $_).TrimEnd('.')
    } finally {
        $client.Dispose()
    }
}

function Open-Page([string]$Url) {
    $start = [Diagnostics.ProcessStartInfo]::new($Url)
    $start.UseShellExecute = $true
    $null = [Diagnostics.Process]::Start($start)
}

# What Windows says of the files that it knows signatures in; $null: this is not Windows.
function Get-WindowsSignature([string]$File) {
    if ([Environment]::OSVersion.Platform -eq 'Win32NT') {
        Get-AuthenticodeSignature -LiteralPath $File
    }
}
