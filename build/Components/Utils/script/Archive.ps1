# The archive to install and the sha256 it has to have: from this script, else from the SHA256SUMS of what was asked for.
function Find-Archive {
    if ($Version -ne '' -and $Version -notmatch '^[A-Za-z0-9][A-Za-z0-9._+-]*$') {
        Stop-Utils "-Version ${Version}: the tag of a release is expected, such as 0.0.7"
    }
    if ($release.XzSha256 -ne '' -and ($Version -eq '' -or $Version -eq $release.Tag)) {
        # what is stamped wins over any SHA256SUMS that lies beside the archive
        return @{ Name = $release.XzFile; Sha256 = $release.XzSha256 }
    }
    if ($Version -eq '' -and $Offline -eq '') {
        Stop-Utils 'this qcw-utils.ps1 belongs to no release and cannot verify anything: use the one of a release, or -Version TAG, or -Offline FOLDER'
    }
    $found = @(foreach ($line in (Read-ReleaseText 'SHA256SUMS') -split "`n") {
        if ($line -match '^([0-9a-f]{64}) [ *](xz-[A-Za-z0-9._+-]+-windows-x86_64\.zip)\r?$') {
            @{ Name = $Matches[2]; Sha256 = $Matches[1] }
        }
    })
    if ($found.Count -ne 1) {
        Stop-Utils "$(Get-Location 'SHA256SUMS') names $($found.Count) archives of XZ Utils (xz-...-windows-x86_64.zip) where one is expected"
    }
    Write-Line "the checksum of $($found[0].Name) is that of $(Get-Location 'SHA256SUMS'): it shows damage, and is as trustworthy as the place it comes from"
    $found[0]
}

function Read-ReleaseText([string]$Name) {
    $file = [IO.Path]::GetTempFileName()
    try {
        Copy-ReleaseFile $Name $file
        [IO.File]::ReadAllText($file)
    } finally {
        [IO.File]::Delete($file)
    }
}

# Fails unless a file has the sha256 that is expected.
function Assert-Sha256([string]$File, $Archive) {
    $actual = Get-Sha256 $File
    if ($actual -eq $Archive.Sha256) {
        return
    }
    $hint = 'It is not what was released, or was damaged on the way: try again, and if it stays so, do not use it.'
    $head = [IO.File]::ReadAllText($File)
    if ($head.TrimStart().StartsWith('<')) {
        $hint = 'It is a web page: a proxy or a sign-in page stands between you and the server.'
    }
    Stop-Utils "$(Get-Location $Archive.Name) has the wrong checksum: expected sha256 $($Archive.Sha256), got $actual. $hint Nothing was installed."
}

function Expand-Zip([string]$File, [string]$Folder) {
    [void][Reflection.Assembly]::Load('System.IO.Compression.FileSystem, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089')
    [IO.Compression.ZipFile]::ExtractToDirectory($File, $Folder)
}
