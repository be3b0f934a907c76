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
        Stop-Utils "$file is damaged, or of a newer qcw-utils.ps1: delete the folder by hand"
    }
    $manifest = @{ Archive = $lines[1].Substring(8); Files = @{} }
    for ($index = 2; $index -lt $lines.Length; $index++) {
        # no path leads out of the folder, whoever wrote the file
        if ($lines[$index] -notmatch '^([0-9a-f]{64})  ([^/\\:][^\\:]*)$' -or "/$($Matches[2])/".Contains('/../')) {
            Stop-Utils "$file is damaged in line $($index + 1): delete the folder by hand"
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
