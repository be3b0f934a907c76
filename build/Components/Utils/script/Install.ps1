function Install-Utils {
    $folder = Resolve-Folder $(if ($Target -eq '') { 'qcw-utils' } else { $Target })
    if ([IO.File]::Exists($folder)) {
        Stop-Utils "$folder is a file: choose another -Target"
    }
    if (-not [IO.Path]::GetDirectoryName("$folder\")) {
        Stop-Utils "$folder is a whole drive: choose a folder on it as -Target"
    }
    $before = Read-Manifest $folder
    $archive = Find-Archive
    if ($null -ne $before -and $before.Archive -eq $archive.Sha256 -and (Test-Intact $folder $before)) {
        Write-Line "$folder is up to date: nothing to do"
        return
    }
    if (-not $Force -and [IO.Directory]::Exists($folder) -and [IO.Directory]::GetFileSystemEntries($folder).Length -gt 0) {
        Stop-Utils "$folder is there already and not empty: choose another -Target, or -Force to install over it"
    }
    if ($WhatIf) {
        Write-Line "would take $(Get-Location $archive.Name) (sha256 $($archive.Sha256))"
        foreach ($name in @($launchers.Keys) + @('qcw-utils.ps1', $manifestName, 'xz')) {
            Write-Line "would write $(Join-Folder $folder $name)"
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
            Stop-Utils "$partial cannot be made: $(Get-Reason $_) Choose another -Target."
        }
        New-Installation $partial $archive
        Move-Installation $partial $folder $before
    } finally {
        if ([IO.Directory]::Exists($partial)) {
            [IO.Directory]::Delete($partial, $true)
        }
        Remove-EmptyFolders ([IO.Path]::GetDirectoryName($partial)) $topmost
    }
    Write-Line "installed into $folder"
    Write-Line "open a command prompt for Podman with $([IO.Path]::Combine($folder, 'shells', 'podman-default.bat'))"
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
