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
        Stop-Utils "$folder has no ${manifestName}: nothing was installed there; -Target FOLDER says where to look"
    }
    $ours = @()
    foreach ($name in $manifest.Files.Keys) {
        $file = Join-Folder $folder $name
        if ([IO.File]::Exists($file)) {
            if ($Force -or (Test-Unchanged $folder $manifest $name)) {
                $ours += $name
            } else {
                Write-Line "left, because it was changed: $file"
            }
        }
    }
    if ($WhatIf) {
        foreach ($name in $ours) {
            Write-Line "would delete $(Join-Folder $folder $name)"
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
    Write-Line "uninstalled from $folder"
}
