# -SetUp: from an installed QEMU and Podman to a page in the browser. Each step finds what is done already, so that all of it can be run
# again, and one that fails ends it.

$firstContainer = 'qcw-hello'
$firstImage = 'docker.io/library/nginx'
$firstLabel = 'io.github.arixmkii.qcw' # .image: what was asked for, .port: of this computer

# The program podman, its version and the variables it gets; the provider that it has without them; its name for the way into the machine;
# whether a finding says why it has ended, and the exit code.
$firstRun = @{ Podman = ''; Major = 5; Variables = @{}; Configured = ''; Connection = ''; Told = $false; Code = 0 }

# What is not in the way: a step here cures it or does without.
$harmless = 'machine-names', 'half-started', 'stale-start', 'stale-gvproxy', 'stale-files', 'podman-desktop', 'provider'

function Stop-SetUp([string]$Id, [string]$What, [string]$Why, [string]$Do) {
    Add-Finding $Id 'problem' $What $Why $Do
    $firstRun.Told = $true
    throw (@($What, $Why, $Do) -ne '' -join '. ' -replace '([.:!?])\. ', '$1 ')
}

function Add-Step([string]$Id, [string]$What, [string]$State = 'ok', [string]$Why = '', [string]$Do = '') {
    Add-Finding $Id $State $What $Why $Do
    Write-Finding $findings[$findings.Count - 1]
}

# A number that was given, or nothing.
function Assert-Number([string]$Option, [string]$Given, [int]$Low, [int]$High) {
    $number = 0
    if ($Given -ne '' -and (-not [int]::TryParse($Given, [ref]$number) -or $number -lt $Low -or $number -gt $High)) {
        throw "$Option ${Given}: a number from $Low to $High is expected"
    }
}

# A number that was given, or is typed, or suggested.
function Read-Number([string]$Given, [string]$Question, [int]$Low, [int]$High, [int]$Suggested) {
    if ($Given -ne '') {
        return [int]$Given
    }
    $number = 0
    while (-not $Yes -and -not $WhatIf) {
        Write-Host "$Question, $Low to $High [$Suggested]"
        $typed = try { Read-Host } catch { '' }
        if ("$typed".Trim() -eq '') {
            break
        }
        if ([int]::TryParse($typed, [ref]$number) -and $number -ge $Low -and $number -le $High) {
            return $number
        }
        Write-Host "a number from $Low to $High is expected, or the Enter key alone for $Suggested"
    }
    $Suggested
}

# A path of this computer, and not the name of an image or an address.
function Test-PathLike([string]$Text) {
    $Text -match '^([A-Za-z]:[\\/]|[\\/.~])|\\|\.(tar|tar\.gz|tgz|qcow2|qcow2\.[a-z]+|raw)$' -and $Text -notmatch '^[a-z-]{2,}:'
}

# The path of a file that an option names, as Podman gets it, which has another current folder than PowerShell.
function Get-GivenFile([string]$Option, [string]$Given) {
    if (-not (Test-File $Given)) {
        throw "$Option ${Given}: there is no such file; a file, or an image's name such as quay.io/NAME/IMAGE, is expected"
    }
    if ($Given -match '^[A-Za-z]:[\\/]') { $Given } else { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Given) }
}

function Assert-SetUpOptions($Resources) {
    if ($Json -and -not $Yes) {
        throw '-Json asks nothing: with -SetUp it needs -Yes'
    }
    if ($Machine -ne '' -and $Machine -notmatch '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$') {
        throw "-Machine ${Machine}: a name of letters, digits and . _ - is expected, which begins with a letter or digit"
    }
    Assert-Number '-Port' $Port 1 65535
    Assert-Number '-Cpus' $Cpus 1 $Resources.Processors
    Assert-Number '-Memory' $Memory 512 $(if ($Resources.Memory -gt 0) { $Resources.Memory } else { 1048576 })
    Assert-Number '-DiskSize' $DiskSize 10 65536
}

# podman, with the machine's provider and QEMU's folder, and nothing that leads it elsewhere.
function Initialize-Podman($Podman, $Qemu, [string]$OwnFolder) {
    $folders = @(
        if ($OwnFolder -ne '' -and (Test-File "$OwnFolder\xz\bin\xz.exe")) { "$OwnFolder\xz\bin" }
        foreach ($program in $Podman.Path, $Qemu.Path) { if ($program -ne '') { $program -replace '\\[^\\]*$', '' } }
    )
    $quoted = @(foreach ($folder in $folders) { if ($folder.Contains(';')) { "`"$folder`"" } else { $folder } })
    $firstRun.Podman = $Podman.Path
    $firstRun.Major = Get-Major $Podman.Version
    $firstRun.Variables = @{
        PATH = ($quoted + "$env:PATH") -join ';'
        CONTAINERS_MACHINE_PROVIDER = 'qemu'
        CONTAINER_HOST = $null
        CONTAINER_CONNECTION = $null
    }
}

# Runs podman; its words are shown where it takes long, and kept where they are read.
function Invoke-Podman([string[]]$Arguments, [bool]$Shown = $false, [string]$Activity = '') {
    Invoke-Program $firstRun.Podman $Arguments $firstRun.Variables ($Shown -and -not $Json) 0 $Activity
}

function Invoke-InMachine([string[]]$Arguments, [bool]$Shown = $false, [string]$Activity = '') {
    Invoke-Podman (@('--connection', $firstRun.Connection) + $Arguments) $Shown $Activity
}

# What podman has said, or that it has said it already.
function Get-PodmanWords($Result) {
    $words = @("$($Result.Errors)".Trim() -split "`r?`n" -match '\S')
    if ($words.Count -eq 0) {
        return "exit code $($Result.ExitCode)$(if (-not $Json) { ', see above' })"
    }
    $last = @($words -match '^Error: ') + $words[-1]
    $last[0] -replace '^Error: ', ''
}

# 1. Looks for what is missing, as -Doctor does, and shows what is not as it should be.
function Test-Ready([string]$OwnFolder) {
    $Fix = -not $WhatIf
    Write-Line 'Looking at Windows, QEMU and Podman ...'
    $podman = Find-Podman
    $provider = Find-Provider $podman.Version
    $firstRun.Configured = $provider.Name
    $provider.Name = 'qemu'
    $provider.From = '-SetUp'
    Find-All $podman $provider
    foreach ($finding in $findings) {
        if ($finding.state -ne 'ok' -and $finding.id -notin 'podman-desktop', 'hypervisor') {
            Write-Finding $finding
        }
    }
    $problems = @($findings | Where-Object { $_.state -eq 'problem' -and $_.id -notin $harmless })
    if ($problems.Count -gt 0) {
        $firstRun.Told = $true
        $what = "$($problems.Count) problem$(if ($problems.Count -gt 1) { 's' }) in the way"
        throw "$what, see above: cure what is named there, and run this again"
    }
    Initialize-Podman $podman (Find-Qemu @(Get-HelperFolders $podman)) $OwnFolder
    Write-Line "ok       Podman $($podman.Version) and QEMU are there"
}

# 2. The hypervisor is Windows' own, and turning it on the one step that needs an administrator. False where Windows has to restart first.
function Enable-Hypervisor {
    $slow = 'Without it QEMU emulates the machine, which works and is slow: its start takes many minutes.'
    if (@($findings | Where-Object { $_.id -eq 'hypervisor' -and $_.state -eq 'ok' }).Count -gt 0) {
        if (Test-HypervisorRuns) {
            Write-Line 'ok       Windows Hypervisor Platform is on'
        } else {
            Add-Step 'hypervisor-runs' 'Windows Hypervisor Platform is on, and the hypervisor does not run' 'note' $slow `
                'Restart Windows. If it stays so, turn on virtualization in the firmware (BIOS) of this computer.'
        }
        return $true
    }
    if ($WhatIf) {
        Add-Step 'hypervisor-runs' 'would turn on Windows Hypervisor Platform' 'note' $slow 'Windows asks for an administrator.'
        return $true
    }
    $how = 'Turn on "Windows Hypervisor Platform" under "Turn Windows features on or off", restart, and run this again.'
    # an administrator's password is a question, too
    $administrator = Test-Administrator
    if ($Yes -and -not $administrator) {
        Add-Step 'hypervisor-runs' 'Windows Hypervisor Platform is off, and -Yes does not ask for an administrator' 'note' $slow $how
        return $true
    }
    Write-Line 'Windows Hypervisor Platform is off.'
    Write-Line "  $slow"
    if (-not $administrator) {
        Write-Line '  To turn it on Windows will ask for an administrator; nothing else here needs one. A restart follows.'
    }
    if (-not (Read-Yes 'Turn it on?')) {
        Add-Step 'hypervisor-runs' 'Windows Hypervisor Platform stays off' 'note' $slow $how
        return $true
    }
    Write-Line 'Windows turns it on, which takes a minute or two ...'
    $code = Enable-Feature 'HypervisorPlatform'
    if ($code -eq 0 -or $code -eq 3010) {
        Add-Step 'hypervisor-runs' 'Windows Hypervisor Platform is turned on, from the next start of Windows on' 'note' `
            'A hypervisor starts before Windows does.' 'Restart Windows, then run this again: it goes on where it has stopped.'
        return $false
    }
    $what = if ($code -eq -1) {
        'nobody has confirmed it as an administrator, so Windows Hypervisor Platform stays off'
    } else {
        "Windows Hypervisor Platform could not be turned on (dism: exit code $code)"
    }
    Add-Step 'hypervisor-runs' $what 'note' $slow $how
    if (-not (Read-Yes 'Go on without it?' $true)) {
        Stop-SetUp 'hypervisor-runs' $what '' $how
    }
    $true
}

# The machines of QEMU that podman knows.
function Get-Machines {
    $result = Invoke-Podman 'machine', 'list', '--format', 'json'
    if ($result.ExitCode -ne 0) {
        Stop-SetUp 'machine' "podman machine list has failed: $(Get-PodmanWords $result)" `
            'A Podman that is not of this project makes no machines with QEMU on Windows.' `
            "Is $($firstRun.Podman) the one of the release? If not, install podman-...-windows-x86_64.msi of the release; else see -Doctor."
    }
    $list = ConvertFrom-Json $result.Output
    foreach ($entry in $list) {
        $kind = Get-JsonValue $entry 'VMType'
        if ($null -eq $kind -or $kind -eq 'qemu') {
            @{
                Name = "$(Get-JsonValue $entry 'Name')"
                Running = (Get-JsonValue $entry 'Running') -eq $true
                Default = (Get-JsonValue $entry 'Default') -eq $true
            }
        }
    }
}

# The name that a new machine gets: Podman's own, unless a machine of another provider has it.
function Get-NewMachineName {
    $folder = Get-MachineFolder $(if ($firstRun.Major -lt 5) { '4.0' } else { '5.0' })
    foreach ($name in 'podman-machine-default', 'podman-machine-qemu') {
        if (-not (Test-File "$folder\wsl\$name.json") -and -not (Test-File "$folder\hyperv\$name.json")) {
            return $name
        }
    }
    throw 'machines of other providers have the names podman-machine-default and podman-machine-qemu: choose another one with -Machine NAME'
}

# 3. A machine: the one that was named, else one that runs, else Podman's default, else any, else a new one. Returns it.
function Get-OrMakeMachine($Resources) {
    $all = @(Get-Machines)
    $named = $Machine
    $found = @($all | Where-Object { if ($named -ne '') { $_.Name -eq $named } else { $_.Running } })
    if ($named -eq '') {
        $found += @($all | Where-Object { $_.Name -eq 'podman-machine-default' }) + $all
    }
    if ($found.Count -gt 0) {
        Add-Step 'machine' "the machine $($found[0].Name) is there"
        if ("$Cpus$Memory$DiskSize$MachineImage" -ne '') {
            Add-Step 'machine-options' '-Cpus, -Memory, -DiskSize and -MachineImage are for a new machine' 'note' '' `
                "podman machine set changes this one; -Machine NAME makes another one."
        }
        return $found[0]
    }
    if ($named -eq '') {
        $named = Get-NewMachineName
    }
    $memoryLimit = if ($Resources.Memory -gt 0) { $Resources.Memory } else { 1048576 }
    if (-not $Yes -and -not $WhatIf) {
        Write-Host "A new machine, $named. The Enter key alone takes what is in brackets."
    }
    $processors = Read-Number $Cpus 'Processors' 1 $Resources.Processors ([Math]::Max(1, [int][Math]::Floor($Resources.Processors / 2)))
    $megabytes = Read-Number $Memory 'Memory in MB' 512 $memoryLimit ([Math]::Min(2048, $memoryLimit))
    $gigabytes = Read-Number $DiskSize 'Largest size of its disk in GB (its file grows as it is filled)' 10 65536 100
    $what = "the machine $named (processors: $processors, memory: $megabytes MB, disk: at most $gigabytes GB)"
    if ($Resources.FreeMemory -gt 0 -and $Resources.FreeMemory -lt $megabytes) {
        Add-Step 'memory' "$($Resources.FreeMemory) MB of memory are free, and the machine takes $megabytes" 'note' `
            'It may not start, or Windows becomes slow.' 'Close programs, or give it less with -Memory.'
    }
    if ($Resources.FreeDisk -gt 0 -and $Resources.FreeDisk -lt 10) {
        Add-Step 'disk-space' "$($Resources.FreeDisk) GB are free on the drive of $env:USERPROFILE" 'note' `
            'The download and the disk of the machine need about 10 GB there.' 'Make room before you fill the machine.'
    }
    if ($WhatIf) {
        Add-Step 'machine' "would make $what" 'note'
        return @{ Name = $named; Running = $false; Default = $true }
    }
    if ($MachineImage -eq '') {
        Write-Line '  Podman downloads its image, about 1 GB.'
    }
    if (-not (Read-Yes "Make ${what}?" $true)) {
        Stop-SetUp 'machine' 'no machine was made' 'You have said no.' 'Run this again whenever you want one.'
    }
    $arguments = @('machine', 'init', '--cpus', "$processors", '--memory', "$megabytes", '--disk-size', "$gigabytes")
    if ($firstRun.Major -ge 6) {
        $arguments += '--provider', 'qemu'
    }
    if ($firstRun.Major -lt 5) {
        # its defaults on Windows are those for WSL
        $arguments += '--username', 'core', '--image-path', $(if ($MachineImage -ne '') { $MachineImage } else { 'testing' })
    } elseif ($MachineImage -ne '') {
        $arguments += '--image', $MachineImage
    }
    $result = Invoke-Podman ($arguments + $named) $true
    if ($result.ExitCode -ne 0) {
        $hint = if ($MachineImage -eq '') { Get-NetworkHint 'https://quay.io/v2/' '-MachineImage FILE' } else { '' }
        Stop-SetUp 'machine' "podman machine init has failed: $(Get-PodmanWords $result)" '' `
            $(if ($hint -ne '') { $hint } else { 'Cure what Podman says and run this again; -Doctor tells more.' })
    }
    Add-Step 'machine' "made $what"
    @{ Name = $named; Running = $false; Default = $true }
}

# What to do where an address is out of reach from here; empty where it answers.
function Get-NetworkHint([string]$Url, [string]$Instead) {
    $problem = Get-WebProblem $Url 15
    if ($problem -eq '') {
        return ''
    }
    $text = "$(([Uri]$Url).Host) does not answer this computer ($problem). "
    $internet = Get-RegistryKey 'CurrentUser' 'Software\Microsoft\Windows\CurrentVersion\Internet Settings'
    if ($env:HTTPS_PROXY) {
        $text += "The variable HTTPS_PROXY is $($env:HTTPS_PROXY): is that right? "
    } elseif ($internet['ProxyEnable'] -eq '1' -and $internet['ProxyServer']) {
        $text += "Windows uses the proxy $($internet['ProxyServer']), of which Podman knows nothing: " +
            'set the variable HTTPS_PROXY to it, as in http://proxy:port, and run this again from there. '
    } else {
        $text += 'Behind a proxy: set the variable HTTPS_PROXY, as in http://proxy:port, and run this again from there. '
    }
    $text + "Without a network, bring the image as a file: $Instead."
}

# 4. Starts it, unless it runs as it should.
function Start-Machine($Found) {
    $name = $Found.Name
    $half = @($findings | Where-Object { $_.id -eq 'half-started' -and $_.what.StartsWith("$name runs, but ") })
    if ($WhatIf) {
        if (-not $Found.Running -or $half.Count -gt 0) {
            Add-Step 'machine-runs' "would start $name" 'note'
        }
        return
    }
    if ($half.Count -gt 0) {
        Write-Line "Stopping $name, whose start did not come to its end ..."
        $result = Invoke-Podman 'machine', 'stop', $name $true
        if ($result.ExitCode -ne 0) {
            Stop-SetUp 'machine-runs' "podman machine stop $name has failed: $(Get-PodmanWords $result)" '' 'See -Doctor.'
        }
        foreach ($finding in $half) {
            $finding.state = 'ok'
            $finding.do = ''
        }
    } elseif ($Found.Running) {
        Add-Step 'machine-runs' "$name runs"
        return
    }
    Write-Line "Starting $name; the first start takes longer than those that follow."
    $result = Invoke-Podman 'machine', 'start', '--no-info', $name $true 'still starting'
    if ($result.ExitCode -ne 0) {
        Stop-SetUp 'machine-runs' "podman machine start $name has failed: $(Get-PodmanWords $result)" '' `
            "See -Doctor, which knows what a failed start leaves. A machine that has never run can be made again: podman machine rm $name"
    }
    Add-Step 'machine-runs' "$name is started"
}

# A machine that runs containers as root has a second connection for that, which podman takes by itself.
function Find-Connection([string]$Name) {
    $firstRun.Connection = $Name
    $result = Invoke-Podman 'machine', 'inspect', $Name
    if ($result.ExitCode -eq 0) {
        $described = ConvertFrom-Json $result.Output
        foreach ($entry in $described) {
            if ((Get-JsonValue $entry 'Rootful') -eq $true) {
                $firstRun.Connection = "$Name-root"
            }
        }
    }
}

# The container of an earlier run; nothing where there is none. Name is that of its image.
function Find-Container {
    $result = Invoke-InMachine 'container', 'inspect', $firstContainer
    if ($result.ExitCode -ne 0) {
        return
    }
    $described = ConvertFrom-Json $result.Output
    foreach ($entry in $described) {
        $labels = Get-JsonValue (Get-JsonValue $entry 'Config') 'Labels'
        $number = "$(Get-JsonValue $labels "$firstLabel.port")"
        if ($number -eq '') {
            Stop-SetUp 'container' "a container $firstContainer is there, which -SetUp has not made" 'It stays as it is.' `
                "Give it another name, podman rename $firstContainer NAME, and run this again."
        }
        return @{
            Running = (Get-JsonValue (Get-JsonValue $entry 'State') 'Running') -eq $true
            Name = "$(Get-JsonValue $entry 'ImageName')"
            Image = "$(Get-JsonValue $labels "$firstLabel.image")"
            Port = $number
        }
    }
}

# 5. The image: from a file, of the machine, or of its registry. Returns its name.
function Get-ContainerImage([string]$Name, [string]$File) {
    if ($File -ne '') {
        Write-Line "Loading $File ..."
        $result = Invoke-InMachine 'load', '--input', $File $false 'still loading'
        if ($result.ExitCode -ne 0 -or $result.Output -notmatch '(?m)^Loaded image(?:\(s\)|s)?: (\S+)') {
            Stop-SetUp 'image' "podman load --input $File has failed: $(Get-PodmanWords $result)" '' `
                'An archive of an image is expected, as podman save and docker save write it.'
        }
        $name = $Matches[1].TrimEnd(',')
        Add-Step 'image' "the image $name is loaded"
        return $name
    }
    $result = Invoke-InMachine 'image', 'exists', $name
    if ($result.ExitCode -eq 0) {
        Add-Step 'image' "the image $name is there"
        return $name
    }
    Write-Line "Downloading the image $name ..."
    $result = Invoke-InMachine 'pull', $name $true
    if ($result.ExitCode -ne 0) {
        $registry = if ($name -match '^([a-z0-9.-]+\.[a-z]+(:\d+)?)/') { $Matches[1] } else { 'docker.io' }
        $registry = $registry -replace '^docker\.io$', 'registry-1.docker.io'
        $hint = Get-NetworkHint "https://$registry/v2/" '-Image FILE (podman save -o FILE IMAGE writes one)'
        if ($hint -ne '') {
            $hint += " The machine gets the variable when it starts: podman machine stop $($firstRun.Connection -replace '-root$', '') first."
        }
        if ($hint -eq '') {
            $hint = 'Is the name right? -Image NAME takes another one, -Image FILE one that podman save has written.'
        }
        Stop-SetUp 'image' "the image $name cannot be had: $(Get-PodmanWords $result)" '' $hint
    }
    Add-Step 'image' "the image $name is there"
    $name
}

# The port that a container's web server has: one that the image names, 80 if there is a choice.
function Get-ImagePort([string]$Name) {
    $result = Invoke-InMachine 'image', 'inspect', '--format', '{{range $port, $nothing := .Config.ExposedPorts}}{{$port}} {{end}}', $Name
    $ports = @(foreach ($match in [regex]::Matches($result.Output, '(\d+)/tcp')) { $match.Groups[1].Value })
    if ($ports.Count -eq 0 -or $ports -contains '80') { '80' } else { $ports[0] }
}

# A free port of this computer: the one that was asked for, else 8080 or one of the next.
function Find-Port {
    if ($Port -ne '') {
        if (-not (Test-PortFree ([int]$Port))) {
            Stop-SetUp 'container' "another program has the port $Port of this computer" '' `
                'Choose another one with -Port NUMBER, or leave -Port out: then a free one is taken.'
        }
        return $Port
    }
    foreach ($number in 8080..8099) {
        if (Test-PortFree $number) {
            if ($number -ne 8080) {
                Add-Step 'port' "another program has the port 8080, so the page gets $number" 'note'
            }
            return "$number"
        }
    }
    Stop-SetUp 'container' 'other programs have the ports 8080 to 8099 of this computer' '' 'Choose another one with -Port NUMBER.'
}

# 6. A container with a web server. Returns the port of its page.
function Start-Container([string]$File) {
    $found = Find-Container
    if ($null -ne $found) {
        if ($found.Running -and ($Image -eq '' -or $Image -eq $found.Image) -and ($Port -eq '' -or $Port -eq $found.Port)) {
            Add-Step 'container' "the container $firstContainer runs"
            return $found.Port
        }
    }
    $name = if ($Image -ne '') { $Image } elseif ($null -ne $found) { $found.Name } else { $firstImage }
    $name = Get-ContainerImage $name $File
    if ($null -ne $found) {
        # it holds nothing but what its image has
        $result = Invoke-InMachine 'rm', '--force', $firstContainer
        if ($result.ExitCode -ne 0) {
            Stop-SetUp 'container' "the container of an earlier run cannot be removed: $(Get-PodmanWords $result)" '' `
                "podman rm --force $firstContainer, then run this again."
        }
    }
    $number = Find-Port
    $inside = Get-ImagePort $name
    Write-Line "Starting a container of $name ..."
    $asked = if ($Image -ne '') { $Image } else { $name }
    $result = Invoke-InMachine 'run', '--detach', '--name', $firstContainer, '--label', "$firstLabel.image=$asked",
        '--label', "$firstLabel.port=$number", '--publish', "${number}:$inside", $name $false 'still starting'
    if ($result.ExitCode -ne 0) {
        # podman keeps a container that it could not start
        $null = Invoke-InMachine 'rm', '--force', '--ignore', $firstContainer
        Stop-SetUp 'container' "podman run has failed: $(Get-PodmanWords $result)" '' 'Cure what Podman says and run this again.'
    }
    Add-Step 'container' "the container $firstContainer runs"
    $number
}

# 7. Its page. A web server needs a moment, an emulated one more of them.
function Show-Page([string]$Number) {
    $url = "http://localhost:$Number"
    Write-Line "Waiting for $url ..."
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $problem = Get-WebProblem "$url/" 10
    while ($problem -ne '' -and $clock.Elapsed.TotalSeconds -lt $pageSeconds) {
        [Threading.Thread]::Sleep(1000)
        $problem = Get-WebProblem "$url/" 10
    }
    if ($problem -ne '') {
        $result = Invoke-InMachine 'logs', '--tail', '5', $firstContainer
        $said = @("$($result.Output)$($result.Errors)".Trim() -split "`r?`n" -match '\S') -join ' / '
        Stop-SetUp 'page' "$url does not answer: $problem" "The container has said: $(if ($said -ne '') { $said } else { 'nothing' })" `
            'Is the image a web server, and does it run (podman ps)? Security software can keep gvproxy.exe from listening.'
    }
    Add-Step 'page' "$url answers"
    if (-not $Json) {
        try {
            Open-Page $url
        } catch {
            Write-Line "         no browser could be opened: $(Get-Reason $_)"
        }
    }
}

# What to type next. Commands of podman reach the machine from everywhere; those of podman machine need the provider.
function Show-Next($Found) {
    $name = if ($Found.Name -eq 'podman-machine-default') { '' } else { " $($Found.Name)" }
    Write-Line ''
    Write-Line 'Containers are set up. In a new command prompt:'
    if (-not $Found.Default) {
        Write-Line "  podman system connection default $($firstRun.Connection)   podman talks to another machine so far"
    }
    Write-Line '  podman ps                    what runs'
    Write-Line "  podman rm --force $firstContainer   ends and removes this container"
    Write-Line "  podman machine stop$name          stops the machine"
    Write-Line "  podman machine start$name         starts it again, also after a restart of Windows"
    if ($firstRun.Configured -ne 'qemu' -and $firstRun.Major -lt 6) {
        Write-Line ("podman machine ... means $($firstRun.Configured) as this Windows is configured: " +
            'use the prompt podman-qemu.bat, or "Podman shell (QEMU)".')
    }
}

# The exit code becomes that of firstRun: 3 where Windows has to restart first.
function Invoke-SetUp([string]$OwnFolder) {
    try {
        Invoke-Steps $OwnFolder
    } catch {
        if (-not $Json) {
            throw
        }
        if (-not $firstRun.Told) {
            Add-Finding 'set-up' 'problem' (Get-Reason $_) '' ''
        }
        $firstRun.Code = 1
    }
    if ($Json) {
        Write-JsonReport
    }
}

function Invoke-Steps([string]$OwnFolder) {
    $resources = Get-Resources
    Assert-SetUpOptions $resources
    $file = if ($Image -ne '' -and (Test-PathLike $Image)) { Get-GivenFile '-Image' $Image } else { '' }
    if ($MachineImage -ne '' -and (Test-PathLike $MachineImage)) {
        $MachineImage = Get-GivenFile '-MachineImage' $MachineImage
    }
    Test-Ready $OwnFolder
    if (-not (Enable-Hypervisor)) {
        $firstRun.Code = 3
        return
    }
    $found = Get-OrMakeMachine $resources
    if ($WhatIf) {
        Start-Machine $found
        Add-Step 'container' 'would run a container with a web server, and open its page' 'note'
        return
    }
    Start-Machine $found
    Find-Connection $found.Name
    Show-Page (Start-Container $file)
    Show-Next $found
}
