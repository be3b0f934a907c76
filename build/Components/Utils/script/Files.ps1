# A path as PowerShell understands it (relative to its own location, ~, drives), as Windows does.
function Resolve-Folder([string]$Path) {
    $provider = $null
    $drive = $null
    $full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path, [ref]$provider, [ref]$drive)
    if ($provider.Name -ne 'FileSystem') {
        throw "$Path is not a folder of the file system: give a full path, such as -Target C:\qcw-utils"
    }
    [IO.Path]::GetFullPath($full).TrimEnd([char[]]'\/')
}

# A file of an installation by the name it has in the manifest.
function Join-Folder([string]$Folder, [string]$Name) {
    [IO.Path]::Combine($Folder, $Name.Replace('/', [string][IO.Path]::DirectorySeparatorChar))
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

# Every file below a folder, relative to it, with /, sorted.
function Get-RelativeFiles([string]$Folder) {
    $names = @(foreach ($file in [IO.Directory]::GetFiles($Folder, '*', 'AllDirectories')) {
        $file.Substring($Folder.Length + 1).Replace('\', '/')
    })
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $names
}

# A new folder; returns the topmost one that had to be made, so that it can be taken back.
function Add-Folder([string]$Folder) {
    $topmost = $Folder
    $parent = [IO.Path]::GetDirectoryName($Folder)
    while ($parent -and -not [IO.Directory]::Exists($parent)) {
        $topmost = $parent
        $parent = [IO.Path]::GetDirectoryName($parent)
    }
    [void][IO.Directory]::CreateDirectory($Folder)
    $topmost
}

# Removes a folder and then its parents up to another one, as long as they are empty.
function Remove-EmptyFolders([string]$Folder, [string]$Last) {
    while ($Folder.Length -ge $Last.Length) {
        if ([IO.Directory]::Exists($Folder)) {
            if ([IO.Directory]::GetFileSystemEntries($Folder).Length -gt 0) {
                return
            }
            [IO.Directory]::Delete($Folder)
        }
        $Folder = [IO.Path]::GetDirectoryName($Folder)
    }
}

# Fails before anything is changed where one of the files is in use or may not be written.
function Assert-Replaceable([string]$Folder, [string[]]$Names) {
    foreach ($name in $Names) {
        $file = Join-Folder $Folder $name
        if ([IO.File]::Exists($file)) {
            try {
                [IO.File]::Open($file, 'Open', 'ReadWrite', 'None').Dispose()
            } catch {
                throw "$file cannot be replaced: $(Get-Reason $_) Close what uses it, and try again; nothing was changed."
            }
        }
    }
}
