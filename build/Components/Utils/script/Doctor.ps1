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
        -Why 'QEMU uses it (WHPX). Without it machines are emulated (TCG): everything works, many times slower.' `
        -Do ('Have an administrator turn on "Windows Hypervisor Platform" under "Turn Windows features on or off", once, and restart. ' +
            'With the provider qemu nothing else needs an administrator. The provider hyperv needs "Hyper-V" as well.')
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

# A C program gets file names in the code page of Windows, unless its manifest says UTF-8 and Windows heeds that, which it does since version 1903.
# Podman and GLib mean UTF-8 in any case, so before that only ASCII is the same for all.
function Test-Letters([string]$Bad, [string]$Qemu) {
    $folders = @(foreach ($folder in $env:USERPROFILE, $env:TEMP, ($Qemu -replace '\\[^\\]*$', '')) { if ($folder -match '[^\x00-\x7f]') { $folder } })
    $build = Get-RegistryText 'LocalMachine' 'Software\Microsoft\Windows NT\CurrentVersion' 'CurrentBuildNumber'
    $old = $build -match '^\d+$' -and [int]$build -lt 18362
    $what = 'the folders of this user and of QEMU have names that every program can open'
    $state = 'ok'
    $do = ''
    if ($folders.Count -gt 0 -and ($old -or -not (Test-Utf8Program $Qemu))) {
        $state = $Bad
        $what = "$(if ($old) { 'before version 1903 Windows' } else { $Qemu }) cannot be relied on to open $($folders -join ', ')"
        $do = if ($old) {
            'Update Windows to version 1903 or newer, or use an account and an install folder whose names have the letters a to z only.'
        } else {
            'Install qemu-...-setup.exe of the newest release.'
        }
    }
    Add-Finding 'letters' $state $what `
        -Why 'Otherwise QEMU gets other letters than these: "could not load PC BIOS", and "EOF" or "exit status 1" of podman machine init.' -Do $do
}

# True where there is no such program: there is nothing to be said about it.
function Test-Utf8Program([string]$Path) {
    $Path -eq '' -or [bool](Select-String -LiteralPath $Path -Pattern '<activeCodePage ' -SimpleMatch -Quiet)
}

function Test-Programs([string]$Provider, $Podman) {
    $qemu = Find-Qemu @(Get-HelperFolders $Podman)
    $bad = if ($Provider -eq 'qemu') { 'problem' } else { 'note' }
    Add-Program 'qemu' 'QEMU' $qemu $bad `
        -Why 'The provider qemu runs its machines with it.' `
        -Do ('Install qemu-...-setup.exe of the release, which needs no administrator for one user (/CurrentUser), ' +
            'or unpack qemu-....zip and put its folder on PATH.')
    Test-Letters $bad $qemu.Path
    Add-Program 'podman' 'Podman' $Podman 'problem' 'It is what runs containers.' 'Install podman-...-windows-x86_64.msi of the release.'
    $folders = @(if ($Podman.Path -ne '') { $Podman.Path -replace '\\[^\\]*$', '' })
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

function Test-Machines($Provider, [string]$PodmanVersion) {
    $known = @('qemu', 'wsl', 'hyperv') -contains $Provider.Name
    Add-Finding 'provider' $(if ($known) { 'ok' } else { 'problem' }) "provider $($Provider.Name), says $($Provider.From)" `
        -Why 'It decides what kind of machines Podman makes and sees.' `
        -Do 'Set it to qemu, wsl or hyperv there.'
    $folder = Get-MachineFolder $PodmanVersion
    $kinds = @{}
    foreach ($kind in 'qemu', 'wsl', 'hyperv') {
        foreach ($file in Get-Files "$folder\$kind" '*.json') {
            $kinds[$file.BaseName] += @($kind)
        }
    }
    $names = @($kinds.Keys)
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $why = if ($PodmanVersion -match '^[0-4]\.') {
        'Their ssh key files are named after the machine only, so just one of them keeps valid keys.'
    } else {
        'Their connections are named after the machine only, and Podman 6 sees just one of them.'
    }
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

# The machines of QEMU, each with its running processes. What runs is known by the command lines: a number in a pid file may have become
# that of another process.
function Get-QemuMachines($Processes, [string]$PodmanVersion) {
    foreach ($file in Get-Files "$(Get-MachineFolder $PodmanVersion)\qemu" '*.json') {
        $name = $file.BaseName
        try {
            $settings = Get-Content -LiteralPath $file.FullName -Raw | ConvertFrom-Json
        } catch {
            Add-Finding 'machine-settings' 'problem' "$($file.FullName) cannot be read: $($_.Exception.Message)" `
                -Why 'It is where Podman keeps the settings of a machine; a start that was killed while it wrote can have cut it off.' `
                -Do "Restore it from a copy, or move it away and make the machine again: podman machine init $name"
            continue
        }
        @{
            Name = $name
            File = $file
            Disk = "$(Get-JsonValue (Get-JsonValue $settings 'ImagePath') 'Path')"
            Starting = (Get-JsonValue $settings 'Starting') -eq $true
            Qemus = @($Processes | Where-Object { $_.Name -like 'qemu-system-*' -and (Test-Mentions $_ "\${name}_vm.pid") })
            Proxies = @($Processes | Where-Object {
                    $_.Name -eq 'gvproxy' -and ((Test-Mentions $_ "\${name}_proxy.pid") -or (Test-Mentions $_ "/$name-gvproxy.sock"))
                })
        }
    }
}

# Nothing where there is no such value: strict mode ends the script for it.
function Get-JsonValue($Object, [string]$Name) {
    if ($Object -is [PSCustomObject] -and $null -ne $Object.PSObject.Properties[$Name]) {
        $Object.PSObject.Properties[$Name].Value
    }
}

# A path ends where a quotation mark, a blank, a comma or the line does.
function Test-Mentions($Process, [string]$Path) {
    $Process.CommandLine -match ([regex]::Escape($Path) + '(["\s,]|$)')
}

# One QEMU for a disk, and nothing left of a start or a stop that was killed. Nothing that belongs to a running machine is touched.
function Test-MachineState([string]$PodmanVersion) {
    $processes = @(Get-MachineProcesses)
    $machines = @(Get-QemuMachines $processes $PodmanVersion)
    foreach ($machine in $machines) {
        if ($machine.Qemus.Count -gt 1) {
            $ids = @(foreach ($qemu in $machine.Qemus) { $qemu.Id }) -join ' and '
            Add-Finding 'machine-disk' 'problem' "more than one QEMU (processes $ids) runs with the disk of $($machine.Name)" `
                -Why 'Each overwrites what the other has written, which destroys the disk.' `
                -Do "End all of them (taskkill /F /PID NUMBER), then check the disk: qemu-img check `"$($machine.Disk)`""
        }
    }
    # What a process does whose command line cannot be read is not known, and podman may be starting a machine right now.
    $unknown = @($processes | Where-Object { $_.CommandLine -eq '' -or $_.Name -eq 'podman' })
    if ($unknown.Count -gt 0) {
        $names = @(foreach ($process in $unknown) { "$($process.Name) ($($process.Id))" }) -join ', '
        Add-Finding 'stale-files' 'note' "not looked at what is left of machines, because these run: $names" `
            -Why 'They may be about to start or stop a machine, or belong to another user.' `
            -Do 'Run this again when they have ended, or as the administrator who started them.'
        return
    }
    foreach ($machine in $machines) {
        if ($machine.Qemus.Count -eq 1) {
            Test-RunningMachine $machine $machine.Qemus[0].Id
        }
    }
    $stopped = @($machines | Where-Object { $_.Qemus.Count -eq 0 })
    foreach ($machine in $stopped) {
        foreach ($proxy in $machine.Proxies) {
            if (Test-CureWanted 'stale-gvproxy' "gvproxy (process $($proxy.Id)) runs for $($machine.Name), which does not" `
                    -Why 'It holds the port and the pipe that the next start needs.' `
                    -Question "End gvproxy (process $($proxy.Id)) of $($machine.Name)?") {
                Stop-MachineProcess $proxy.Id
            }
        }
        if ($machine.Starting) {
            if (Test-CureWanted 'stale-start' "$($machine.Name) does not run, but its settings say that it is being started" `
                    -Why 'A start that was killed has left this; a Podman without qcw''s patches refuses to start the machine then.' `
                    -Question "Set `"Starting`" to false in $($machine.File.FullName)?") {
                Reset-Starting $machine.File.FullName
            }
        }
    }
    Test-StaleFiles $machines $stopped @($processes | Where-Object { $_.Name -ne 'podman' })
}

# A machine that runs is not touched: podman mends it, and finds its QEMU by the pid file.
function Test-RunningMachine($Machine, [int]$Id) {
    $name = $Machine.Name
    $file = "$env:TEMP\podman\${name}_vm.pid"
    $number = if (Test-File $file) { "$(Get-Content -LiteralPath $file -Raw)".Trim() }
    if ($number -ne "$Id") {
        if (Test-CureWanted 'lost-pid-file' "QEMU (process $Id) runs for $name, and $file does not say so" `
                -Why 'podman cannot find that QEMU: it neither stops the machine nor starts it again.' `
                -Question "Write $Id into ${file}?") {
            $null = New-Item -ItemType Directory -Path "$env:TEMP\podman" -Force
            Set-Content -LiteralPath $file -Value "$Id"
        }
    }
    $reasons = @(
        if ($Machine.Starting) { 'its start was killed' }
        if ($Machine.Proxies.Count -eq 0) { 'its gvproxy has ended' }
    )
    if ($reasons.Count -gt 0) {
        Add-Finding 'half-started' 'problem' "$name runs, but $($reasons -join ', and ')" `
            -Why 'podman does not reach it, or its shared folders are missing.' `
            -Do "podman machine stop $name, then podman machine start $name"
    }
}

# The text stays as Podman wrote it, but for that one value.
function Reset-Starting([string]$File) {
    $text = [IO.File]::ReadAllText($File)
    [IO.File]::WriteAllText($File, [regex]::Replace($text, '("Starting":\s*)true', '${1}false'))
}

# Reports a problem, or, where -Fix and the user want it, that it is cured: the caller does that when the answer is true.
function Test-CureWanted([string]$Id, [string]$What, [string]$Why, [string]$Question) {
    if ($Fix -and (Read-Yes $Question)) {
        Add-Finding $Id 'ok' "cured: $What" $Why ''
        return $true
    }
    Add-Finding $Id 'problem' $What $Why 'qcw-doctor.bat -Fix cures it, after asking.'
    return $false
}

# The socket and pid files of machines that do not run; those of no machine only where nothing runs at all.
function Test-StaleFiles($Machines, $Stopped, $Running) {
    $folder = "$env:TEMP\podman"
    $why = 'Left by a crash, they keep QEMU or gvproxy from starting.'
    $all = @(foreach ($file in Get-Files $folder '*') { if ($file.Name -match '\.(sock|pid)$') { $file } })
    $own = @(foreach ($machine in $Machines) { Get-StateFileNames $machine.Name })
    $stale = @(foreach ($machine in $Stopped) { Get-StateFileNames $machine.Name })
    $files = @(foreach ($file in $all) {
            if ($stale -contains $file.Name -or ($Running.Count -eq 0 -and $own -notcontains $file.Name)) { $file }
        })
    if ($files.Count -eq 0) {
        $use = if ($Running.Count -gt 0) { ', in use: ' + (@(foreach ($process in $Running) { $process.Name }) -join ', ') }
        Add-Finding 'stale-files' 'ok' "$($all.Count) socket and pid files in $folder$use" $why ''
        return
    }
    $names = @(foreach ($file in $files) { $file.Name })
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $list = $names -join ', '
    if (Test-CureWanted 'stale-files' "files of machines that do not run in ${folder}: $list" $why "Delete $list in ${folder}?") {
        foreach ($file in $files) {
            $file.Delete()
        }
    }
}

# Those of all versions of Podman; from 5 on all machines share gvproxy.pid.
function Get-StateFileNames([string]$Machine) {
    "${Machine}_vm.pid", "${Machine}_proxy.pid", "${Machine}_ready.sock", "vlan_$Machine.sock", "qmp_$Machine.sock"
    "$Machine.sock", "$Machine-gvproxy.sock", "$Machine-api.sock"
}

function Find-All($Podman, $Provider) {
    Test-Windows
    Test-Programs $Provider.Name $Podman
    Test-Configuration $Podman $Provider
    Test-Machines $Provider $Podman.Version
    Test-MachineState $Podman.Version
}

function Invoke-Doctor {
    $podman = Find-Podman
    Find-All $podman (Find-Provider $podman.Version)
    if ($Json) {
        Write-JsonReport
        return
    }
    foreach ($finding in $findings) {
        Write-Finding $finding
    }
}

function Write-Finding($Finding) {
    Write-Line ('{0,-8} {1}' -f $Finding.state, $Finding.what)
    if ($Finding.state -ne 'ok') {
        if ($Finding.why -ne '') { Write-Line "         why: $($Finding.why)" }
        if ($Finding.do -ne '') { Write-Line "         do:  $($Finding.do)" }
    }
}

# How many of the findings are problems.
function Get-ProblemCount {
    @($findings | Where-Object { $_.state -eq 'problem' }).Count
}

# Goes to the pipeline, so that it can be redirected and converted. ASCII only: Windows PowerShell redirects in the console's code page.
function ConvertTo-Ascii([string]$Report) {
    [regex]::Replace($Report, '[^\x00-\x7e]', { param($match) '\u{0:x4}' -f [int][char]$match.Value })
}

function Write-JsonReport {
    ConvertTo-Ascii (ConvertTo-Json ([ordered]@{ problems = Get-ProblemCount; findings = $findings.ToArray() }) -Depth 3)
}

# A question, with the answer that the Enter key alone gives; whoever is not there to answer has not agreed.
function Read-Yes([string]$Question, [bool]$Suggested = $false) {
    if ($Yes) {
        Write-Line "$Question yes"
        return $true
    }
    if ($Json) {
        return $false
    }
    Write-Host "$Question $(if ($Suggested) { '[Y/n]' } else { '[y/N]' })"
    try {
        $typed = Read-Host
    } catch {
        return $false
    }
    $typed -match '^\s*(y|yes)\s*$' -or ($Suggested -and $null -ne $typed -and $typed.Trim() -eq '')
}
