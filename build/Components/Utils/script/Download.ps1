# Windows PowerShell 5.1 does not load these by itself, and speaks older TLS than web servers do.
function Enable-Downloads {
    [void][Reflection.Assembly]::Load('System.Net.Http, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a')
    if ($PSVersionTable.PSVersion.Major -lt 6 -and [int][Net.ServicePointManager]::SecurityProtocol -ne 0) {
        [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    }
}

function Save-Url([string]$Url, [string]$File) {
    $uri = [Uri]$Url
    if ($uri.Scheme -ne 'https' -and -not $uri.IsLoopback) {
        Stop-Utils "$Url is not https: nothing is downloaded"
    }
    Enable-Downloads
    $client = [Net.Http.HttpClient]::new()
    $client.Timeout = [TimeSpan]::FromMinutes(10)
    try {
        $response = $client.GetAsync($uri).GetAwaiter().GetResult()
        if (-not $response.IsSuccessStatusCode) {
            Stop-Utils "the server says $([int]$response.StatusCode) $($response.ReasonPhrase)"
        }
        [IO.File]::WriteAllBytes($File, $response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult())
    } catch {
        Stop-Utils "$Url cannot be downloaded: $((Get-Reason $_).TrimEnd('.')). Check the connection and the proxy, or download it with a browser and use -Offline FOLDER."
    } finally {
        $client.Dispose()
    }
}

# Where a file of the release is: a path in the folder that -Offline names, or an address.
function Get-Location([string]$Name) {
    if ($Offline -ne '') {
        return [IO.Path]::Combine((Resolve-Folder $Offline), $Name)
    }
    $tag = $Version
    if ($tag -eq '') {
        $tag = $release.Tag
    }
    if ($tag -eq '') {
        Stop-Utils 'this qcw-utils.ps1 belongs to no release, so it knows no address: use the one of a release, or -Version TAG, or -Offline FOLDER'
    }
    $release.Downloads + '/' + $tag + '/' + $Name
}

function Copy-ReleaseFile([string]$Name, [string]$File) {
    $location = Get-Location $Name
    if ($Offline -eq '') {
        Write-Line "downloading $location"
        Save-Url $location $File
        return
    }
    if (-not [IO.File]::Exists($location)) {
        Stop-Utils "$location is not there: put $Name of the release into that folder"
    }
    [IO.File]::Copy($location, $File, $true)
}
