# What was installed, so that exactly this can be removed: two lines of head, then "sha256  path" a line.
$manifestName = 'qcw-utils.manifest'
$manifestHead = 'qcw-utils 1'

function Write-Manifest([string]$Folder, [string]$Archive) {
    $lines = @($manifestHead, "archive $Archive") + @(foreach ($name in Get-RelativeFiles $Folder) {
        (Get-Sha256 (Join-Folder $Folder $name)) + '  ' + $name
    })
    [IO.File]::WriteAllText([IO.Path]::Combine($Folder, $manifestName), [string]::Join("`n", $lines) + "`n")
}

# The manifest of an installation, or nothing where there is none.
function Read-Manifest([string]$Folder) {
    $file = [IO.Path]::Combine($Folder, $manifestName)
    if (-not [IO.File]::Exists($file)) {
        return
    }
    $lines = [IO.File]::ReadAllLines($file)
    if ($lines.Length -lt 2 -or $lines[0] -ne $manifestHead -or $lines[1] -notmatch '^archive [0-9a-f]{64}$') {
        throw "$file is damaged, or of a newer qcw-utils.ps1: delete the folder by hand"
    }
    $manifest = @{ Archive = $lines[1].Substring(8); Files = @{} }
    for ($index = 2; $index -lt $lines.Length; $index++) {
        # no path leads out of the folder, whoever wrote the file
        if ($lines[$index] -notmatch '^([0-9a-f]{64})  ([^/\\:][^\\:]*)$' -or "/$($Matches[2])/".Contains('/../')) {
            throw "$file is damaged in line $($index + 1): delete the folder by hand"
        }
        $manifest.Files[$Matches[2]] = $Matches[1]
    }
    $manifest
}

# True where a file is there and has the bytes that were installed.
function Test-Unchanged([string]$Folder, $Manifest, [string]$Name) {
    $file = Join-Folder $Folder $Name
    [IO.File]::Exists($file) -and (Get-Sha256 $file) -eq $Manifest.Files[$Name]
}

# True where all of an installation is there as it was installed, by this very script.
function Test-Intact([string]$Folder, $Manifest) {
    foreach ($name in $Manifest.Files.Keys) {
        if (-not (Test-Unchanged $Folder $Manifest $name)) {
            return $false
        }
    }
    $own = [IO.Path]::Combine($Folder, 'qcw-utils.ps1')
    [IO.File]::Exists($own) -and [IO.File]::ReadAllText($own) -ceq (Get-OwnText)
}

# The text of this whole script, however it was started: it is installed along with the rest.
function Get-OwnText {
    $ast = $MyInvocation.MyCommand.ScriptBlock.Ast
    while ($null -ne $ast.Parent) {
        $ast = $ast.Parent
    }
    $ast.Extent.StartScriptPosition.GetFullScript()
}

function Install-Utils {
    $folder = Resolve-Folder $(if ($Target -eq '') { 'qcw-utils' } else { $Target })
    if ([IO.File]::Exists($folder)) {
        throw "$folder is a file: choose another -Target"
    }
    if (-not [IO.Path]::GetDirectoryName("$folder\")) {
        throw "$folder is a whole drive: choose a folder on it as -Target"
    }
    if ($folder.Contains(';')) {
        throw "$folder contains a semicolon, and the command prompts could not put it on PATH: choose another -Target"
    }
    $before = Read-Manifest $folder
    $archive = Find-Archive
    if ($null -ne $before -and $before.Archive -eq $archive.Sha256 -and (Test-Intact $folder $before)) {
        Write-Host "$folder is up to date: nothing to do"
        return
    }
    if (-not $Force -and [IO.Directory]::Exists($folder) -and [IO.Directory]::GetFileSystemEntries($folder).Length -gt 0) {
        throw "$folder is there already and not empty: choose another -Target, or -Force to install over it"
    }
    if ($WhatIf) {
        Write-Host "would take $(Get-ReleaseLocation $archive.Name) (sha256 $($archive.Sha256))"
        foreach ($name in @($launchers.Keys) + @('qcw-utils.ps1', $manifestName, 'xz')) {
            Write-Host "would write $(Join-Folder $folder $name)"
        }
        return
    }

    $partial = "$folder.qcw-partial"
    if ([IO.Directory]::Exists($partial)) {
        [IO.Directory]::Delete($partial, $true) # of a run that was killed
    }
    $topmost = $partial
    try {
        try {
            $topmost = Add-Folder $partial
        } catch {
            throw "$partial cannot be made: $(Get-Reason $_) Choose another -Target."
        }
        New-Installation $partial $archive
        Move-Installation $partial $folder $before
    } finally {
        if ([IO.Directory]::Exists($partial)) {
            [IO.Directory]::Delete($partial, $true)
        }
        Remove-EmptyFolders ([IO.Path]::GetDirectoryName($partial)) $topmost
    }
    Write-Host "installed into $folder"
    Write-Host "open a command prompt for Podman with $([IO.Path]::Combine($folder, 'shells', 'podman-default.bat'))"
}

# Makes everything in a folder of its own: what fails leaves the target as it was.
function New-Installation([string]$Partial, $Archive) {
    $zip = [IO.Path]::Combine($Partial, $Archive.Name)
    Copy-ReleaseFile $Archive.Name $zip
    Assert-Sha256 $zip $Archive
    Expand-Zip $zip ([IO.Path]::Combine($Partial, 'xz'))
    [IO.File]::Delete($zip)
    foreach ($name in $launchers.Keys) {
        $file = Join-Folder $Partial $name
        [void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($file))
        [IO.File]::WriteAllText($file, $launchers[$name], [Text.Encoding]::ASCII)
    }
    [IO.File]::WriteAllText([IO.Path]::Combine($Partial, 'qcw-utils.ps1'), (Get-OwnText))
    Write-Manifest $Partial $Archive.Sha256
}

# Puts it into place: as a whole where nothing is there, else file by file, between what is not ours.
function Move-Installation([string]$Partial, [string]$Folder, $Before) {
    if (-not [IO.Directory]::Exists($Folder)) {
        [IO.Directory]::Move($Partial, $Folder)
        return
    }
    $names = @(Get-RelativeFiles $Partial)
    $gone = @(if ($null -ne $Before) {
        foreach ($name in $Before.Files.Keys) {
            if ($names -notcontains $name -and (Test-Unchanged $Folder $Before $name)) {
                $name
            }
        }
    })
    Assert-Replaceable $Folder ($names + $gone)
    foreach ($name in $names) {
        $file = Join-Folder $Folder $name
        [void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($file))
        [IO.File]::Delete($file)
        [IO.File]::Move((Join-Folder $Partial $name), $file)
    }
    foreach ($name in $gone) {
        $file = Join-Folder $Folder $name
        [IO.File]::Delete($file)
        Remove-EmptyFolders ([IO.Path]::GetDirectoryName($file)) $Folder
    }
}

# Deletes what the manifest lists and nothing else. It may be run again after it was interrupted.
function Uninstall-Utils([string]$OwnFolder) {
    $folder = if ($Target -ne '') {
        Resolve-Folder $Target
    } elseif ($OwnFolder -ne '' -and [IO.File]::Exists([IO.Path]::Combine($OwnFolder, $manifestName))) {
        $OwnFolder
    } else {
        Resolve-Folder 'qcw-utils'
    }
    $manifest = Read-Manifest $folder
    if ($null -eq $manifest) {
        throw "$folder has no ${manifestName}: nothing was installed there; -Target FOLDER says where to look"
    }
    $ours = @()
    foreach ($name in $manifest.Files.Keys) {
        $file = Join-Folder $folder $name
        if ([IO.File]::Exists($file)) {
            if ($Force -or (Test-Unchanged $folder $manifest $name)) {
                $ours += $name
            } else {
                Write-Host "left, because it was changed: $file"
            }
        }
    }
    if ($WhatIf) {
        foreach ($name in $ours) {
            Write-Host "would delete $(Join-Folder $folder $name)"
        }
        return
    }
    Assert-Replaceable $folder $ours
    foreach ($name in $ours) {
        $file = Join-Folder $folder $name
        [IO.File]::Delete($file)
        Remove-EmptyFolders ([IO.Path]::GetDirectoryName($file)) $folder
    }
    [IO.File]::Delete([IO.Path]::Combine($folder, $manifestName))
    Remove-EmptyFolders $folder $folder
    Write-Host "uninstalled from $folder"
}
