# Installs a release of qcw on this Windows, makes a Podman machine, uses it as a person does, and uninstalls everything: -Help says how.
# Part of qcw, https://github.com/arixmkii/qcw, under the Apache License 2.0. It is for Windows PowerShell 5.1 and PowerShell 7.
#
# Programs are started in one place, Start-Batch: a batch file each, with its output in a file. A pipe would stay open for as long as
# QEMU and gvproxy live, which inherit it.

[CmdletBinding(PositionalBinding = $false)]
param(
    [string]$Release = '',
    [string]$Scope = 'machine',
    [string]$Image = '',
    [string]$ImageSha256 = '',
    [string]$ContainerImage = 'quay.io/libpod/busybox@sha256:c9249fdf56138f0d929e2080ae98ee9cb2946f71498fc1484288e6a935b5e5bc',
    [string]$ContainerArchive = '',
    [string]$Work = '',
    [string]$Port = '8080',
    [string]$StartMinutes = '10',
    [switch]$NoUninstall,
    [switch]$Help,
    [Parameter(ValueFromRemainingArguments = $true)][object[]]$Rest = @()
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    Write-Host ("journey.ps1: a policy of this Windows lets PowerShell run this script in $($ExecutionContext.SessionState.LanguageMode) " +
        'mode only, which is not enough for it; what still works: the same steps by hand, docs/using-podman.md')
    exit 2
}

# Fedora CoreOS of the days of Podman 4.5, as the project's list of streams names it (stable, April 2023). A newer Podman knows an image of
# its own.
$coreOs = 'https://builds.coreos.fedoraproject.org/prod/streams/stable/builds/37.20230401.3.0/x86_64/' +
    'fedora-coreos-37.20230401.3.0-qemu.x86_64.qcow2.xz'
$coreOsSha256 = '042aace9442ecb090a1e5bd8dd448ad1026df81c16d7c72483bece1de61675e8'

$machine = 'qcw-journey'
$page = 'Hello from a container on Windows'
$started = 'the web server starts'
$note = 'written before the machine was stopped'
$storage = '/home/core/storage'

function Show-Help {
    Write-Host @'
journey.ps1: installs a release of qcw, makes a Podman machine, uses it, and uninstalls everything.

  journey.ps1 -Release FOLDER [-Scope machine|user] [-Image FILE|URL] [-ImageSha256 HASH] [-ContainerImage NAME]
              [-ContainerArchive FILE] [-Work FOLDER] [-Port NUMBER] [-StartMinutes NUMBER] [-NoUninstall]
  journey.ps1 -Help

  -Release FOLDER         the files of a release, SHA256SUMS among them; they are compared with it first
  -Scope machine|user     Podman's MSI for all users (the default), or the one for this user
  -Image FILE|URL         what podman machine init gets; default: for Podman 4 a Fedora CoreOS of April 2023, pinned by its sha256, for
                          a newer one the image that it downloads by itself
  -ImageSha256 HASH       its sha256; a URL needs one
  -ContainerImage NAME    an image with /bin/busybox; default: one of quay.io, pinned by its digest
  -ContainerArchive FILE  loads that image from a file instead of pulling it: for a machine without a network
  -Work FOLDER            where files are put; default: a folder in TEMP whose name has blanks and an umlaut
  -Port NUMBER            the port that the container publishes; default: 8080
  -StartMinutes NUMBER    how long a start of the machine may take; default: 10. Without a hypervisor it needs many
  -NoUninstall            leave the machine and the programs when everything has worked
  -Help                   this text

Run it as administrator on a Windows without QEMU and Podman of qcw, best one that can be thrown away. A release without Podman is
installed, tried and uninstalled without a machine. After a failure everything stays as it is, so that it can be looked at.

Exit code: 0 done, 1 a step has failed, 2 wrong usage.

For tests on Linux: the variable QCW_JOURNEY_RUNNER names a program that runs Windows' programs, such as a script that calls wine64.
'@
}

function Exit-Usage([string]$Problem) {
    $Host.UI.WriteErrorLine("journey: $Problem; -Help tells more")
    exit 2
}

# The sentence of an error: what .NET said, without PowerShell's "Exception calling ..." around it.
function Get-Reason($ErrorRecord) {
    $ErrorRecord.Exception.GetBaseException().Message
}

# A path as PowerShell understands it: relative to its own location.
function Resolve-Full([string]$Path) {
    [IO.Path]::GetFullPath($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path))
}

function Get-Sha256([string]$File) {
    $stream = [IO.File]::OpenRead($File)
    $algorithm = [Security.Cryptography.SHA256]::Create()
    try {
        [BitConverter]::ToString($algorithm.ComputeHash($stream)).Replace('-', '').ToLowerInvariant()
    } finally {
        $algorithm.Dispose()
        $stream.Dispose()
    }
}

# Programs

$runner = "$env:QCW_JOURNEY_RUNNER"
$batches = 0
$last = $null

# A path of this machine as a Windows program sees it: Wine has / as drive Z:.
function Get-WindowsPath([string]$Path) {
    if ($runner -eq '') { $Path } else { 'Z:' + $Path.Replace('/', '\') }
}

# Starts lines of a batch file. They are ASCII: cmd reads them in a code page of its own. Other texts come as variables, JOURNEY_...
function Start-Batch([string[]]$Lines) {
    $script:batches++
    $name = 'command-{0:00}' -f $batches
    $code = [IO.Path]::Combine($commands, "$name.code")
    $text = @('@echo off') + $Lines + ">$name.code echo %errorlevel%"
    [IO.File]::WriteAllText([IO.Path]::Combine($commands, "$name.bat"), [string]::Join("`r`n", $text) + "`r`n", [Text.Encoding]::ASCII)
    $arguments = "/d /c .\$name.bat >$name.txt 2>&1 <nul"
    $start = if ($runner -eq '') {
        [Diagnostics.ProcessStartInfo]::new('cmd.exe', $arguments)
    } else {
        [Diagnostics.ProcessStartInfo]::new($runner, "cmd $arguments")
    }
    $start.UseShellExecute = $false
    $start.WorkingDirectory = $commands
    foreach ($key in $texts.Keys) {
        $start.EnvironmentVariables["JOURNEY_$key"] = $texts[$key]
    }
    $script:last = @{
        Command = [string]::Join("`n", $Lines)
        CodeFile = $code
        OutputFile = [IO.Path]::Combine($commands, "$name.txt")
        Code = $null
        Process = [Diagnostics.Process]::Start($start)
    }
    $last
}

# What it has printed so far: programs that it has started may still write.
function Get-Output($Batch) {
    if (-not [IO.File]::Exists($Batch.OutputFile)) {
        return ''
    }
    $stream = [IO.File]::Open($Batch.OutputFile, 'Open', 'Read', 'ReadWrite, Delete')
    $reader = [IO.StreamReader]::new($stream)
    try {
        $reader.ReadToEnd().Replace("`r`n", "`n")
    } finally {
        $reader.Dispose()
    }
}

# Waits for its end and gives what it has printed; its exit code is in .Code then.
function Wait-Batch($Batch, [double]$Minutes) {
    $script:last = $Batch
    if (-not $Batch.Process.WaitForExit([int]($Minutes * 60000))) {
        if ($runner -eq '') {
            [Diagnostics.Process]::Start('taskkill.exe', "/t /f /pid $($Batch.Process.Id)").WaitForExit()
        } else {
            $Batch.Process.Kill()
        }
        throw "it has not ended after $Minutes minutes"
    }
    if (-not [IO.File]::Exists($Batch.CodeFile)) {
        throw 'it has ended without an exit code'
    }
    $Batch.Code = [int][IO.File]::ReadAllText($Batch.CodeFile).Trim()
    Get-Output $Batch
}

# Runs lines that must succeed.
function Invoke-Batch([string[]]$Lines, [double]$Minutes = 5) {
    $batch = Start-Batch $Lines
    $output = Wait-Batch $batch $Minutes
    if ($batch.Code -ne 0) {
        throw "exit code $($batch.Code)"
    }
    $output
}

# A command as one types it in the prompt of podman-qemu.bat.
function Get-PromptLine([string]$Command) {
    'call "%JOURNEY_UTILS%\shells\podman-qemu.bat" ' + $Command
}

function Invoke-Prompt([string]$Command, [double]$Minutes = 5) {
    Invoke-Batch (Get-PromptLine $Command) $Minutes
}

# A command for the podman inside the machine, which need not be the default one.
function Invoke-Podman([string]$Command) {
    Invoke-Prompt "podman --connection $machine $Command"
}

function Assert-Match([string]$Text, [string]$Pattern) {
    if ($Text -notmatch $Pattern) {
        throw "its output has nothing like: $Pattern"
    }
}

# Steps

$installed = $false

# Runs a step and says how it went. What fails for a known reason is told and is no failure.
function Step([string]$Name, [scriptblock]$Do, [string]$Known = '') {
    $script:last = $null
    $clock = [Diagnostics.Stopwatch]::StartNew()
    try {
        [void]$Do.InvokeReturnAsIs()
    } catch {
        $took = "($([int]$clock.Elapsed.TotalSeconds) s)"
        if ($Known -ne '') {
            Write-Host "${Name}: differs $took, which is known: $Known"
            return
        }
        Write-Host "${Name}: failed ${took}: $(Get-Reason $_)"
        Write-Failure
        exit 1
    }
    Write-Host "${Name}: ok ($([int]$clock.Elapsed.TotalSeconds) s)"
}

function Write-Indented([string]$Text) {
    foreach ($line in $Text.TrimEnd().Split("`n")) {
        Write-Host "    $line"
    }
}

# What one wants to know: the command, its output, gvproxy's log, the machine's settings.
function Write-Failure {
    if ($null -ne $last) {
        Write-Host '  command:'
        Write-Indented $last.Command
        Write-Host "  output, which is in $($last.OutputFile):"
        Write-Indented (Get-Output $last)
    }
    if (-not $installed) {
        return
    }
    $log = if ($podmanMajor -lt 5) { "gvproxy_$machine.log" } else { 'gvproxy.log' }
    try {
        $state = Start-Batch @(
            "echo gvproxy's log is %TEMP%\podman\$log"
            "if exist `"%TEMP%\podman\$log`" type `"%TEMP%\podman\$log`""
            'echo.'
            "echo the machine's settings are %USERPROFILE%\.config\containers\podman\machine\qemu\$machine.json"
            "if exist `"%USERPROFILE%\.config\containers\podman\machine\qemu\$machine.json`" " +
                "type `"%USERPROFILE%\.config\containers\podman\machine\qemu\$machine.json`""
        )
        Write-Host '  the machine:'
        Write-Indented (Wait-Batch $state 1)
    } catch {
        Write-Host "  the machine's state is not known: $(Get-Reason $_)"
    }
    Write-Host "  Everything is left as it is; logs are in $commands."
}

# The release

# Compares every file that SHA256SUMS lists, and finds the ones to install.
function Test-Release {
    $sums = [IO.Path]::Combine($folder, 'SHA256SUMS')
    $names = @(foreach ($line in [IO.File]::ReadAllLines($sums)) {
            if ($line -notmatch '^([0-9a-f]{64}) [ *]([^/\\:]+)$') {
                throw "$sums has a line that is no checksum: $line"
            }
            $name = $Matches[2]
            $expected = $Matches[1]
            $file = [IO.Path]::Combine($folder, $name)
            if (-not [IO.File]::Exists($file)) {
                throw "$name is in SHA256SUMS and not in $folder"
            }
            $actual = Get-Sha256 $file
            if ($actual -ne $expected) {
                throw "$name has the wrong checksum: expected sha256 $expected, got $actual; nothing was installed"
            }
            $name
        })
    $msi = if ($Scope -eq 'user') { '^podman-.*-windows-x86_64-user\.msi$' } else { '^podman-.*-windows-x86_64\.msi$' }
    $script:setup = Find-One $names '^qemu-.*-windows-x86_64-setup\.exe$' $true
    $script:podman = Find-One $names $msi (@($names | Where-Object { $_ -like 'podman-*.msi' }).Count -gt 0)
    $script:utils = Find-One $names '^qcw-utils\.ps1$' $true
}

function Find-One([string[]]$Names, [string]$Pattern, [bool]$Needed) {
    $found = @($Names | Where-Object { $_ -match $Pattern })
    if ($found.Count -gt 1 -or ($Needed -and $found.Count -eq 0)) {
        throw "SHA256SUMS names $($found.Count) files like $Pattern where one is expected"
    }
    if ($found.Count -eq 1) { $found[0] } else { '' }
}

# Lines that print what of qcw is on this Windows; what else they print is of no interest.
$whatIsInstalled = @(
    'reg query "HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu" /reg:64 >nul 2>&1'
    'if not errorlevel 1 echo QEMU of qcw is installed'
    'reg query "HKLM\Software\qcw\Podman" /v InstallDir /reg:64 >nul 2>&1'
    'if not errorlevel 1 echo Podman of qcw is installed for all users'
    'reg query "HKCU\Software\qcw\Podman" /v InstallDir >nul 2>&1'
    'if not errorlevel 1 echo Podman of qcw is installed for this user'
    "dir /s /b `"%USERPROFILE%\.config\containers\podman\machine\*$machine*`""
    "dir /s /b `"%USERPROFILE%\.local\share\containers\podman\machine\*$machine*`""
    "dir /s /b `"%USERPROFILE%\.ssh\$machine*`""
)

# What an uninstallation has to remove as well.
$whatIsLeft = @(
    'if exist "%ProgramFiles%\qcw-qemu" echo %ProgramFiles%\qcw-qemu'
    'reg query "HKCU\Software\qcw\Podman" >nul 2>&1'
    'if not errorlevel 1 echo a registry key of Podman of qcw is there'
    'if exist "%ProgramFiles%\qcw-podman" echo %ProgramFiles%\qcw-podman'
    'if exist "%LOCALAPPDATA%\Programs\qcw-podman" echo %LOCALAPPDATA%\Programs\qcw-podman'
    'if exist "%APPDATA%\containers\containers.conf.d\99-qcw-machine-provider.conf" echo 99-qcw-machine-provider.conf'
    'if exist "%ProgramData%\containers\containers.conf.d\99-qcw-machine-provider.conf" echo 99-qcw-machine-provider.conf of all users'
    'if exist "%APPDATA%\Microsoft\Windows\Start Menu\Programs\Podman (qcw)" echo Podman (qcw) of the Start menu'
    'if exist "%ProgramData%\Microsoft\Windows\Start Menu\Programs\Podman (qcw)" echo Podman (qcw) of the Start menu of all users'
    'reg query "HKLM\System\CurrentControlSet\Control\Session Manager\Environment" /v Path'
    'reg query "HKCU\Environment" /v Path'
)

function Find-Traces([string[]]$Lines) {
    $output = Invoke-Batch ($Lines + 'cmd /c exit 0')
    $traces = "of qcw is|$machine|qcw-(qemu|podman)|99-qcw|Podman \(qcw\)"
    # Podman 5 and newer lock a machine by an empty file, which they keep
    @($output.Split("`n") | Where-Object { $_ -match $traces -and $_ -notmatch "\\$machine\.lock`$" }) -join ', '
}

# The image of the machine: a file, or what a URL gives, which is kept for the next run.
function Get-MachineImage {
    $file = $Image
    if ($Image -match '^https?://') {
        $file = [IO.Path]::Combine($workFolder, [IO.Path]::GetFileName(([Uri]$Image).AbsolutePath))
        if (-not [IO.File]::Exists($file) -or (Get-Sha256 $file) -ne $ImageSha256) {
            if ($PSVersionTable.PSVersion.Major -lt 6) {
                [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor
                    [Net.SecurityProtocolType]::Tls12
            }
            [IO.File]::Delete($file)
            [Net.WebClient]::new().DownloadFile($Image, "$file.partial")
            if ((Get-Sha256 "$file.partial") -eq $ImageSha256) {
                [IO.File]::Move("$file.partial", $file)
            } else {
                throw "$Image has the wrong checksum: expected sha256 $ImageSha256, got $(Get-Sha256 "$file.partial")"
            }
        }
    } elseif ($ImageSha256 -ne '' -and (Get-Sha256 $file) -ne $ImageSha256) {
        throw "$file has the wrong checksum: expected sha256 $ImageSha256, got $(Get-Sha256 $file)"
    }
    $texts['IMAGE'] = Get-WindowsPath $file
}

# Installing

function Install-Qemu {
    $script:installed = $true
    [void](Invoke-Batch '"%JOURNEY_RELEASE%\%JOURNEY_SETUP%" /S' 15)
}

# Windows Installer says 3010 where it asks for a restart.
function Invoke-Msi([string]$Action, [string]$Log) {
    $batch = Start-Batch "msiexec $Action `"%JOURNEY_RELEASE%\%JOURNEY_PODMAN%`" /qn /norestart /l*v $Log"
    [void](Wait-Batch $batch 15)
    if (@(0, 3010) -notcontains $batch.Code) {
        throw "exit code $($batch.Code); its log is $([IO.Path]::Combine($commands, $Log))"
    }
}

# In this PowerShell, whichever it is.
function Invoke-Utils([hashtable]$Parameters) {
    $utilsScript = [IO.Path]::Combine($folder, $utils)
    & $utilsScript @Parameters
    if ($LASTEXITCODE -ne 0) {
        throw "$utils has failed (exit code $LASTEXITCODE)"
    }
}

# A moment passes before NSIS' uninstaller, which goes on from another folder, has removed the last file.
function Uninstall-Qemu {
    [void](Invoke-Batch ('for /f "tokens=2,*" %%A in (''reg query "HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu"' +
            ' /v InstallLocation /reg:64 2^>nul'') do if "%%A"=="REG_SZ" "%%B\uninstall.exe" /S'))
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while ((Find-Traces ($whatIsInstalled[0..1] + $whatIsLeft[0])) -ne '') {
        if ($clock.Elapsed.TotalMinutes -gt 3) {
            throw 'QEMU is still there after 3 minutes'
        }
        [Threading.Thread]::Sleep(2000)
    }
}

# Using

# How many programs of machines run; where there is no list of programs (Wine), none.
function Get-MachinePrograms {
    $output = Invoke-Batch 'tasklist /fo csv /nh'
    @($output.Split("`n") | Where-Object { $_ -match '^"(qemu-system-x86_64w|gvproxy)\.exe"' }).Count
}

# What a browser gets from the published port. A container needs a moment to listen.
function Get-Page {
    for ($attempt = 1; ; $attempt++) {
        $client = [Net.WebClient]::new()
        $client.Proxy = $null
        try {
            return $client.DownloadString("http://localhost:$Port/").Trim()
        } catch {
            if ($attempt -ge 30) {
                throw
            }
            [Threading.Thread]::Sleep(1000)
        } finally {
            $client.Dispose()
        }
    }
}

function Assert-Page {
    $text = Get-Page
    if ($text -ne $page) {
        throw "http://localhost:$Port/ shows: $text"
    }
}

# The web server writes its own page, so any image with busybox will do. It logs each request.
function Start-WebServer([string]$Options) {
    $script = "/bin/busybox mkdir -p /www && echo $page > /www/index.html && echo $started && exec /bin/busybox httpd -f -v -p 80 -h /www"
    $output = Invoke-Podman "run -d --rm --name web -p ${Port}:80 $Options `"%JOURNEY_CONTAINER%`" /bin/busybox sh -c `"$script`""
    Assert-Match $output '(?m)^[0-9a-f]{64}$'
}

function Assert-InContainer([string]$Command, [string]$Expected) {
    $output = Invoke-Podman "run --rm -v ${storage}:/s `"%JOURNEY_CONTAINER%`" /bin/busybox sh -c `"$Command`""
    if ($output.Trim() -ne $Expected) {
        throw "its output is not: $Expected"
    }
}

function Assert-SharedFile([string]$Name, [string]$Expected) {
    $file = [IO.Path]::Combine($share, $Name)
    if (-not [IO.File]::Exists($file) -or [IO.File]::ReadAllText($file).Trim() -ne $Expected) {
        throw "Windows does not see what was written into $file"
    }
}

function Write-SharedFile([string]$Name, [string]$Text) {
    [IO.File]::WriteAllText([IO.Path]::Combine($share, $Name), "$Text`n")
}

# Stopped, it leaves as many programs as there were before.
function Stop-Machine {
    Assert-Match (Invoke-Prompt "podman machine stop $machine") 'stopped successfully'
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while ((Get-MachinePrograms) -gt $programsBefore) {
        if ($clock.Elapsed.TotalSeconds -gt 30) {
            throw 'QEMU or gvproxy still runs'
        }
        [Threading.Thread]::Sleep(1000)
    }
}

# A start, and another one while it goes on, which must not touch the disk.
function Start-Twice {
    $first = Start-Batch (Get-PromptLine "podman machine start $machine")
    $clock = [Diagnostics.Stopwatch]::StartNew()
    do {
        [Threading.Thread]::Sleep(500)
        $begun = (Find-Traces "if exist `"%TEMP%\podman\${machine}_vm.pid`" echo $machine has begun") -ne ''
    } until ($begun -or $first.Process.HasExited -or $clock.Elapsed.TotalMinutes -gt 2)
    if (-not $begun) {
        $script:last = $first
        throw 'QEMU was not started within 2 minutes'
    }
    $second = Start-Batch (Get-PromptLine "podman machine start $machine")
    $output = Wait-Batch $second ([double]$StartMinutes)
    if ($second.Code -eq 0) {
        throw 'a start beside a running one was not refused'
    }
    Assert-Match $output 'already running|starting|in use|still runs'
    $output = Wait-Batch $first ([double]$StartMinutes)
    if ($first.Code -ne 0) {
        throw "exit code $($first.Code)"
    }
    Assert-Match $output 'started successfully'
}

# The whole journey

function Test-Machine {
    # docs/using-podman.md
    $prompt = 'podman machine init'
    if ($podmanMajor -lt 5) {
        $prompt += " --image-path `"%JOURNEY_IMAGE%`" --username core"
    } else {
        if ($podmanMajor -ge 6) { $prompt += ' --provider qemu' }
        if ($Image -ne '') { $prompt += " --image `"%JOURNEY_IMAGE%`"" }
    }
    Step 'the prompt of podman-qemu.bat' {
        Assert-Match (Invoke-Prompt 'podman --version') 'podman.* version '
        Assert-Match (Invoke-Prompt 'podman machine info') '(?i)vmtype: qemu'
        # the QEMU of some lines has no 9pfs, and their documentation says so
        $script:shares = (Invoke-Prompt 'qemu-system-x86_64 -device help') -match 'virtio-9p-pci'
        $script:programsBefore = Get-MachinePrograms
    }
    Step 'podman machine init' {
        $volume = if ($shares) { " -v `"%JOURNEY_SHARE%:$storage`"" } else { '' }
        Assert-Match (Invoke-Prompt "$prompt$volume $machine" 15) 'Machine init complete'
    }
    Step 'podman machine start' {
        Assert-Match (Invoke-Prompt "podman machine start $machine" ([double]$StartMinutes)) 'started successfully'
    }
    Step 'podman machine ls' { Assert-Match (Invoke-Prompt 'podman machine ls') "$machine\*?\s+qemu\s.*Currently running" }
    Step 'podman info' {
        Assert-Match (Invoke-Podman 'info') '(?s)hostname:.*rootless: true'
    }
    if ($texts.ContainsKey('ARCHIVE')) {
        Step 'podman load' { [void](Invoke-Podman 'load -i "%JOURNEY_ARCHIVE%"') }
    } else {
        Step 'podman pull' { [void](Invoke-Podman 'pull "%JOURNEY_CONTAINER%"') }
    }
    Step 'podman run, with a published port' { Start-WebServer '-v notes:/data' }
    Step "the page of http://localhost:$Port" { Assert-Page }
    Step 'podman logs' {
        $output = Invoke-Podman 'logs web'
        Assert-Match $output $started
        Assert-Match $output 'response:200'
    }
    Step 'podman exec' {
        [void](Invoke-Podman "exec web /bin/busybox sh -c `"echo $note > /data/note`"")
        Assert-Match (Invoke-Podman 'exec web /bin/busybox cat /data/note') $note
    }
    Step 'podman machine ssh' { Assert-Match (Invoke-Prompt "podman machine ssh $machine `"id -un`"") '(?m)^core$' }
    if ($shares) {
        Test-SharedFolder
    } else {
        Write-Host 'shared folder: not tried, because this QEMU has no 9pfs'
    }
    Step 'podman stop' { [void](Invoke-Podman 'stop web') }
    Step 'podman machine stop' { Stop-Machine }
    Step 'podman machine start, and another one beside it' { Start-Twice }
    Step 'the data of before' {
        Assert-Match (Invoke-Podman 'run --rm -v notes:/data "%JOURNEY_CONTAINER%" /bin/busybox cat /data/note') $note
    }
    Step 'the page again' {
        Start-WebServer ''
        Assert-Page
    }
    if (-not $NoUninstall) {
        Step 'podman machine rm' {
            [void](Invoke-Podman 'stop web')
            Stop-Machine
            [void](Invoke-Prompt "podman machine rm -f $machine")
        }
    }
}

function Test-SharedFolder {
    $szett = [string][char]0xDF
    $umlaut = [string][char]0xFC
    Step 'shared folder: from Windows' {
        Write-SharedFile 'win.txt' 'from Windows'
        Assert-InContainer 'cat /s/win.txt' 'from Windows'
    }
    Step 'shared folder: from a container' {
        Assert-InContainer 'echo from a container > /s/guest.txt && echo done' 'done'
        Assert-SharedFile 'guest.txt' 'from a container'
    }
    Step 'shared folder: names with blanks' {
        Write-SharedFile 'from Windows.txt' 'here'
        Assert-InContainer "cat '/s/from Windows.txt' && echo there > '/s/from a container.txt'" 'here'
        Assert-SharedFile 'from a container.txt' 'there'
    }
    # a command line has another code page than the guest, so the guest writes the name as bytes of UTF-8
    Step 'shared folder: names with umlauts' -Known 'QEMU handed names on in the code page of Windows; with UTF-8 it was not tried' {
        Write-SharedFile "Gr$umlaut${szett}e.txt" 'here'
        Assert-InContainer "cat /s/`$(printf 'Gr\303\274\303\237e.txt') && echo there > /s/`$(printf '\303\274ber.txt')" 'here'
        Assert-SharedFile "${umlaut}ber.txt" 'there'
    }
}

if ($Help) {
    Show-Help
    exit 0
}
if (@($Rest).Count -gt 0) { Exit-Usage "there is no parameter $($Rest[0])" }
if ($runner -eq '' -and [Environment]::OSVersion.Platform -ne 'Win32NT') { Exit-Usage 'it runs on Windows only' }
if ($Release -eq '') { Exit-Usage '-Release FOLDER is missing' }
$folder = Resolve-Full $Release
if (-not [IO.File]::Exists([IO.Path]::Combine($folder, 'SHA256SUMS'))) { Exit-Usage "-Release ${folder}: there is no SHA256SUMS" }
if (@('machine', 'user') -cnotcontains $Scope) { Exit-Usage "-Scope ${Scope}: machine or user is expected" }
if ($Port -notmatch '^[1-9][0-9]{0,4}$') { Exit-Usage "-Port ${Port}: a number is expected" }
if ($StartMinutes -notmatch '^[1-9][0-9]{0,2}$') { Exit-Usage "-StartMinutes ${StartMinutes}: a number is expected" }
if ($ImageSha256 -ne '' -and $ImageSha256 -notmatch '^[0-9a-fA-F]{64}$') { Exit-Usage '-ImageSha256: 64 hexadecimal digits are expected' }
if ($ContainerImage -notmatch '^[A-Za-z0-9._/:@-]+$') { Exit-Usage "-ContainerImage ${ContainerImage}: the name of an image is expected" }
if ($Image -eq '') {
    if ($ImageSha256 -ne '') { Exit-Usage '-ImageSha256 belongs to -Image' }
} elseif ($Image -match '^https?://') {
    if ($ImageSha256 -eq '') { Exit-Usage "-Image ${Image}: a URL needs -ImageSha256" }
} else {
    $Image = Resolve-Full $Image
    if (-not [IO.File]::Exists($Image)) { Exit-Usage "-Image ${Image}: there is no such file" }
}
$ImageSha256 = $ImageSha256.ToLowerInvariant()
if ($ContainerArchive -ne '') {
    $ContainerArchive = Resolve-Full $ContainerArchive
    if (-not [IO.File]::Exists($ContainerArchive)) { Exit-Usage "-ContainerArchive ${ContainerArchive}: there is no such file" }
}
if ($Work -eq '') {
    $Work = [IO.Path]::Combine([IO.Path]::GetTempPath(), "qcw journey $([char]0xFC)")
}
$workFolder = Resolve-Full $Work
if ($workFolder -match '[%!^&,;=]') { Exit-Usage "-Work ${workFolder}: cmd or QEMU does not take one of % ! ^ & , ; = in it" }
$commands = [IO.Path]::Combine($workFolder, 'commands')
if ([IO.Directory]::Exists($commands)) { Exit-Usage "$commands is of an earlier run: delete $workFolder, or choose another -Work" }
$share = [IO.Path]::Combine($workFolder, 'shared folder')
$utilsFolder = [IO.Path]::Combine($workFolder, 'qcw utils')
[void][IO.Directory]::CreateDirectory($commands)
[void][IO.Directory]::CreateDirectory($share)

# what batch files get as variables
$texts = @{
    CONTAINER = $ContainerImage
    RELEASE = Get-WindowsPath $folder
    SHARE = Get-WindowsPath $share
    UTILS = Get-WindowsPath $utilsFolder
}
if ($ContainerArchive -ne '') {
    $texts['ARCHIVE'] = Get-WindowsPath $ContainerArchive
}
$setup = ''
$podman = ''
$utils = ''
$podmanMajor = 0
$shares = $false
$programsBefore = 0

Step 'checksums of the release' { Test-Release }
Step 'a Windows without qcw' {
    $found = Find-Traces $whatIsInstalled
    if ($found -ne '') {
        throw "it would be changed and removed, so uninstall it first: $found"
    }
}
$texts['SETUP'] = $setup
$texts['PODMAN'] = $podman
if ($podman -match '^podman-([0-9]+)\.') {
    $podmanMajor = [int]$Matches[1]
    if ($Image -eq '' -and $podmanMajor -lt 5) {
        $Image = $coreOs
        $ImageSha256 = $coreOsSha256
    }
}
if ($podman -ne '' -and $Image -ne '') {
    Step 'image of the machine' { Get-MachineImage }
}
Step "installation of $setup" { Install-Qemu }
if ($podman -ne '') {
    Step "installation of $podman" { Invoke-Msi '/i' 'podman-install.log' }
}
Step "installation of $utils" { Invoke-Utils @{ Offline = $folder; Target = $utilsFolder } }
Step 'version of QEMU' { Assert-Match (Invoke-Prompt 'qemu-system-x86_64 --version') 'version ' }
if ($podman -ne '') {
    Test-Machine
}
if ($NoUninstall) {
    Write-Host "done; everything is left as it is, logs are in $commands"
    exit 0
}
Step "uninstallation of $utils" { Invoke-Utils @{ Uninstall = $true; Target = $utilsFolder } }
if ($podman -ne '') {
    Step "uninstallation of $podman" { Invoke-Msi '/x' 'podman-uninstall.log' }
}
Step "uninstallation of $setup" { Uninstall-Qemu }
Step 'nothing is left' {
    $found = Find-Traces ($whatIsInstalled + $whatIsLeft)
    if ($found -ne '' -or [IO.Directory]::Exists($utilsFolder)) {
        throw "these are left: $found"
    }
}
[IO.Directory]::Delete($commands, $true)
[IO.Directory]::Delete($share, $true)
Write-Host 'done'
exit 0
