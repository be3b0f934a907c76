# Podman's configuration: which files it reads, what they say of the provider, and whether Podman starts with them.

# The first number of a version; 5 where it is not known.
function Get-Major([string]$PodmanVersion) {
    if ($PodmanVersion -match '^(\d+)\.') { [int]$Matches[1] } else { 5 }
}

# Where Podman keeps the settings of machines. From 5 on Podman does not ask for XDG_CONFIG_HOME on Windows, and none looks for
# containers.conf there.
function Get-MachineFolder([string]$PodmanVersion) {
    $folder = if ($env:XDG_CONFIG_HOME -and (Get-Major $PodmanVersion) -lt 5) { $env:XDG_CONFIG_HOME } else { "$env:USERPROFILE\.config" }
    "$folder\containers\podman\machine"
}

# The files of a folder containers.conf.d by their names, in Podman's order. For it .CONF is another ending.
function Get-DropIns([string]$Folder) {
    $names = @(foreach ($file in Get-Files $Folder '*.conf') { if ($file.Name -clike '*.conf') { $file.Name } })
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $names
}

# The files that a Podman reads where no variable names one, in its order: the last one wins. Before 5 it reads the user's only. From 6
# on it reads one containers.conf, and then the files of both folders by name; of two with one name it reads the user's.
function Get-StandardFiles([int]$Major) {
    $folders = @(if ($Major -ge 5 -and $env:ProgramData) { "$env:ProgramData\containers" }) + "$env:APPDATA\containers"
    if ($Major -lt 6) {
        foreach ($folder in $folders) {
            "$folder\containers.conf"
            foreach ($name in Get-DropIns "$folder\containers.conf.d") { "$folder\containers.conf.d\$name" }
        }
        return
    }
    $main = @(foreach ($folder in $folders) { if (Test-File "$folder\containers.conf") { "$folder\containers.conf" } })
    if ($main.Count -gt 0) { $main[-1] }
    $byName = [Collections.Hashtable]::new()
    foreach ($folder in $folders) {
        foreach ($name in Get-DropIns "$folder\containers.conf.d") { $byName[$name] = "$folder\containers.conf.d\$name" }
    }
    $names = @($byName.Keys)
    [Array]::Sort($names, [StringComparer]::Ordinal)
    foreach ($name in $names) { $byName[$name] }
}

# All files that a Podman reads, in its order; Variable is the one that names a file, which then has to be there.
function Get-ConfigurationFiles([string]$PodmanVersion) {
    $major = Get-Major $PodmanVersion
    if ($env:CONTAINERS_CONF) {
        @{ Path = $env:CONTAINERS_CONF; Variable = 'CONTAINERS_CONF' }
    } else {
        foreach ($path in Get-StandardFiles $major) { if (Test-File $path) { @{ Path = $path; Variable = '' } } }
    }
    # 5 goes on where this file is missing
    if ($env:CONTAINERS_CONF_OVERRIDE -and ($major -ne 5 -or (Test-File $env:CONTAINERS_CONF_OVERRIDE))) {
        @{ Path = $env:CONTAINERS_CONF_OVERRIDE; Variable = 'CONTAINERS_CONF_OVERRIDE' }
    }
}

# The node of a key: Podman prefers the one in its own letter cases, and takes another one.
function Find-TomlNode($Table, [string]$Name) {
    if ($Table.ContainsKey($Name)) {
        return $Table[$Name]
    }
    foreach ($key in $Table.Keys) {
        if ($key -eq $Name) { return $Table[$key] }
    }
}

function Read-Configuration([string]$Path, [string]$PodmanVersion) {
    $bytes = [IO.File]::ReadAllBytes((Convert-Path -LiteralPath $Path))
    ConvertFrom-Toml (Get-TomlText $bytes ((Get-Major $PodmanVersion) -ge 5))
}

# The folders in which the files of a Podman from 5 on have it look for QEMU, before PATH. What is wrong with a file, Find-Provider says.
function Get-HelperFolders($Podman) {
    if ($Podman.Path -eq '' -or (Get-Major $Podman.Version) -lt 5) {
        return
    }
    $folders = @()
    foreach ($file in Get-ConfigurationFiles $Podman.Version) {
        try {
            $engine = Find-TomlNode (Read-Configuration $file.Path $Podman.Version) 'engine'
        } catch {
            continue
        }
        $list = if ($null -ne $engine -and $engine.Kind -eq 'table') { Find-TomlNode $engine.Value 'helper_binaries_dir' }
        if ($null -eq $list -or $list.Kind -ne 'list') {
            continue
        }
        # with {append=true} it adds to the lists of other files, else it replaces them
        if (@($list.Value | Where-Object { $_.Kind -eq 'table' -and $_.Value.ContainsKey('append') }).Count -eq 0) {
            $folders = @()
        }
        foreach ($item in $list.Value) {
            if ($item.Kind -eq 'text') { $folders += $item.Value.Replace('$BINDIR', ($Podman.Path -replace '\\[^\\]*$', '')) }
        }
    }
    $folders
}

# The provider that a file names, or nothing. The error is two lines: what is wrong, what to do.
function Read-Provider([string]$Path, [string]$PodmanVersion) {
    $machine = Find-TomlNode (Read-Configuration $Path $PodmanVersion) 'machine'
    if ($null -eq $machine) {
        return
    }
    if ($machine.Kind -ne 'table') {
        throw "machine is a $($machine.Kind), where a table is expected`nWrite [machine], and the keys below it."
    }
    $provider = Find-TomlNode $machine.Value 'provider'
    if ($null -eq $provider) {
        return
    }
    if ($provider.Kind -ne 'text') {
        throw "line $($provider.Line): provider is a $($provider.Kind), where a text is expected`n$($tomlAdvice.Quote)"
    }
    $provider.Value
}

# Which provider Podman takes, and what says so: the variable, else the last of the files that name one, else Podman's default. Problems
# are those of the files: each ends every call of Podman.
function Find-Provider([string]$PodmanVersion) {
    $found = @{ Name = 'wsl'; From = "Podman's default; no variable and no file says otherwise"; Problems = @(); Files = 0 }
    foreach ($file in Get-ConfigurationFiles $PodmanVersion) {
        $found.Files++
        if (-not (Test-File $file.Path)) {
            $found.Problems += @{
                What = "the variable $($file.Variable) names $($file.Path), which is not there"
                Do   = "Correct or delete the variable $($file.Variable)."
            }
            continue
        }
        try {
            $name = Read-Provider $file.Path $PodmanVersion
            if ($name) {
                $found.Name = $name
                $found.From = $file.Path
            }
        } catch {
            $what, $advice = (Get-Reason $_) -split "`n"
            $found.Problems += @{
                What = "$($file.Path), $what"
                Do   = "$(if ($advice) { $advice } else { 'See that the file can be read.' })"
            }
        }
    }
    if ($env:CONTAINERS_MACHINE_PROVIDER) {
        $found.Name = $env:CONTAINERS_MACHINE_PROVIDER
        $found.From = 'the variable CONTAINERS_MACHINE_PROVIDER'
    }
    $found
}

# What Podman says where it does not start: it reads its configuration before anything else, so asking for its version is enough.
# Empty where it starts.
function Get-StartError([string]$Program) {
    try {
        $result = Invoke-Program $Program '--version' -Seconds 30
        if ($result.ExitCode -eq -1) {
            return 'it did not answer within 30 seconds'
        }
        if ($result.ExitCode -eq 0) {
            return ''
        }
        "$($result.Errors) exit code $($result.ExitCode)".Trim().Split([char]10)[0].Trim()
    } catch {
        Get-Reason $_
    }
}

# Podman has the last word on its files; without one, they are judged by the rules of TOML.
function Test-Configuration($Podman, $Provider) {
    $why = 'Podman reads these files first, and ends with an error on every call where it cannot.'
    $spoken = if ($Podman.Path -eq '') { '' } else { Get-StartError $Podman.Path }
    $accepted = $Podman.Path -ne '' -and $spoken -eq ''
    foreach ($problem in $Provider.Problems) {
        if ($accepted) {
            Add-Finding 'configuration' 'note' "$($problem.What); but Podman starts" `
                -Why 'What is said here of the provider may be wrong.' `
                -Do 'podman machine info shows the provider (VMType).'
        } else {
            Add-Finding 'configuration' 'problem' $problem.What -Why $why -Do $problem.Do
        }
    }
    if ($spoken -ne '') {
        Add-Finding 'configuration' 'problem' "$($Podman.Path) does not start: $spoken" -Why $why `
            -Do $(if ($Provider.Problems.Count -gt 0) { 'See above.' } else { 'Correct the file that it names, or reinstall Podman.' })
    } elseif ($Provider.Problems.Count -eq 0) {
        Add-Finding 'configuration' 'ok' "$($Provider.Files) files of configuration can be read" $why ''
    }
}
