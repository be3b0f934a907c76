# What the build fills in. A script that belongs to no release has no tag, and may have no checksum either.
$release = @{
    Tag       = '@tag@'
    Downloads = '@downloads@'
    XzFile    = '@xz-file@'
    XzSha256  = '@xz-sha256@'
    VerifyKey = '@verify-key@'
}

# Windows PowerShell 5.1 does not load these by itself, and speaks older TLS than web servers do.
function Enable-Downloads {
    Add-Type -AssemblyName System.Net.Http
    if ($PSVersionTable.PSVersion.Major -lt 6 -and [int][Net.ServicePointManager]::SecurityProtocol -ne 0) {
        [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    }
}

function Save-Url([string]$Url, [string]$File) {
    $uri = [Uri]$Url
    if ($uri.Scheme -ne 'https' -and -not $uri.IsLoopback) {
        throw "$Url is not https: nothing is downloaded"
    }
    Enable-Downloads
    $client = [Net.Http.HttpClient]::new()
    $client.Timeout = [TimeSpan]::FromMinutes(10)
    try {
        $response = $client.GetAsync($uri).GetAwaiter().GetResult()
        if (-not $response.IsSuccessStatusCode) {
            throw "the server says $([int]$response.StatusCode) $($response.ReasonPhrase)"
        }
        [IO.File]::WriteAllBytes($File, $response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult())
    } catch {
        throw ("$Url cannot be downloaded: $((Get-Reason $_).TrimEnd('.')). " +
            'Check the connection and the proxy, or download it with a browser and use -Offline FOLDER.')
    } finally {
        $client.Dispose()
    }
}

# Where a file of the release is: a path in the folder that -Offline names, or an address.
function Get-ReleaseLocation([string]$Name) {
    if ($Offline -ne '') {
        return [IO.Path]::Combine((Resolve-Folder $Offline), $Name)
    }
    $tag = $Version
    if ($tag -eq '') {
        $tag = $release.Tag
    }
    if ($tag -eq '') {
        throw ('this qcw-utils.ps1 belongs to no release, so it knows no address: ' +
            'use the one of a release, or -Version TAG, or -Offline FOLDER')
    }
    $release.Downloads + '/' + $tag + '/' + $Name
}

function Copy-ReleaseFile([string]$Name, [string]$File) {
    $location = Get-ReleaseLocation $Name
    if ($Offline -eq '') {
        Write-Host "downloading $location"
        Save-Url $location $File
        return
    }
    if (-not [IO.File]::Exists($location)) {
        throw "$location is not there: put $Name of the release into that folder"
    }
    [IO.File]::Copy($location, $File, $true)
}

# The archive to install and the sha256 it has to have: from this script, else from the SHA256SUMS of what was asked for.
function Find-Archive {
    if ($Version -ne '' -and $Version -notmatch '^[A-Za-z0-9][A-Za-z0-9._+-]*$') {
        throw "-Version ${Version}: the tag of a release is expected, such as 0.0.7"
    }
    if ($release.XzSha256 -ne '' -and ($Version -eq '' -or $Version -eq $release.Tag)) {
        # what is stamped wins over any SHA256SUMS that lies beside the archive
        return @{ Name = $release.XzFile; Sha256 = $release.XzSha256 }
    }
    if ($Version -eq '' -and $Offline -eq '') {
        throw ('this qcw-utils.ps1 belongs to no release and cannot verify anything: ' +
            'use the one of a release, or -Version TAG, or -Offline FOLDER')
    }
    $found = @(foreach ($line in (Read-ReleaseText 'SHA256SUMS') -split "`n") {
        if ($line -match '^([0-9a-f]{64}) [ *](xz-[A-Za-z0-9._+-]+-windows-x86_64\.zip)\r?$') {
            @{ Name = $Matches[2]; Sha256 = $Matches[1] }
        }
    })
    if ($found.Count -ne 1) {
        throw ("$(Get-ReleaseLocation 'SHA256SUMS') names $($found.Count) archives of XZ Utils " +
            '(xz-...-windows-x86_64.zip) where one is expected')
    }
    Write-Host ("the checksum of $($found[0].Name) is that of $(Get-ReleaseLocation 'SHA256SUMS'): " +
        'it shows damage, and is as trustworthy as the place it comes from')
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
    throw ("$(Get-ReleaseLocation $Archive.Name) has the wrong checksum: " +
        "expected sha256 $($Archive.Sha256), got $actual. $hint Nothing was installed.")
}

function Expand-Zip([string]$File, [string]$Folder) {
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    [IO.Compression.ZipFile]::ExtractToDirectory($File, $Folder)
}
