# Is a downloaded release what was published? Each check is PASS, FAIL or NOT CHECKED, and why.
$checks = [Collections.ArrayList]::new()
$verification = @{ Code = 0 }

function Add-Check([string]$Check, [string]$Name, [string]$State, [string]$Why) {
    [void]$checks.Add([ordered]@{ check = $Check; name = $Name; state = $State; why = $Why })
}

# The sha256 of each name in the text of a SHA256SUMS.
function Read-Sums([string]$File, [string]$Text) {
    $sums = [ordered]@{}
    foreach ($line in $Text.TrimEnd("`n") -split "`n") {
        $entry = [regex]::Match($line, '^([0-9a-f]{64})  ((?!\.{1,2}$)[^/\\:]+)$')
        $name = $entry.Groups[2].Value
        if (-not $entry.Success -or $sums.Contains($name)) {
            throw "${File}: found `"$line`", expected a sha256, two spaces and a name that is on no other line: download it again"
        }
        $sums[$name] = $entry.Groups[1].Value
    }
    $sums
}

function Test-Sums([string]$Folder, $Sums) {
    foreach ($entry in $Sums.GetEnumerator()) {
        $name = $entry.Key
        $file = [IO.Path]::Combine($Folder, $name)
        if (-not [IO.File]::Exists($file)) {
            Add-Check 'checksum' $name 'NOT CHECKED' 'it is not in the folder'
            continue
        }
        $actual = Get-Sha256 $file
        if ($actual -eq $entry.Value) {
            Add-Check 'checksum' $name 'PASS' 'its sha256 is the one in SHA256SUMS'
        } else {
            Add-Check 'checksum' $name 'FAIL' "its sha256 is $actual, expected $($entry.Value): do not use it, download it again"
        }
    }
    $others = @(foreach ($file in [IO.Directory]::GetFiles($Folder)) {
        $name = [IO.Path]::GetFileName($file)
        if (-not $Sums.Contains($name) -and $name -notmatch '^SHA(256|512)SUMS($|\.)') {
            $name
        }
    })
    foreach ($name in $others) {
        Add-Check 'checksum' $name 'NOT CHECKED' 'SHA256SUMS does not list it'
    }
}

function ConvertFrom-Hex([string]$Text) {
    $bytes = [byte[]]::new($Text.Length / 2)
    for ($i = 0; $i -lt $bytes.Length; $i++) {
        $bytes[$i] = [Convert]::ToByte($Text.Substring(2 * $i, 2), 16)
    }
    , $bytes
}

# ECDSA on the curve P-256: .NET Framework has no Ed25519. The signature is r and s, 32 bytes each.
function Test-EcdsaSignature([string]$KeyText, [byte[]]$Content, [byte[]]$Signature) {
    $point = [Security.Cryptography.ECPoint]::new()
    $point.X = ConvertFrom-Hex $KeyText.Substring(0, 64)
    $point.Y = ConvertFrom-Hex $KeyText.Substring(64)
    $parameters = [Security.Cryptography.ECParameters]::new()
    $parameters.Curve = [Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256')
    $parameters.Q = $point
    $key = [Security.Cryptography.ECDsa]::Create($parameters)
    try {
        $key.VerifyData($Content, $Signature, [Security.Cryptography.HashAlgorithmName]::SHA256)
    } finally {
        $key.Dispose()
    }
}

function Test-Signature([string]$Folder, [byte[]]$Content) {
    $name = 'SHA256SUMS.p256'
    $file = [IO.Path]::Combine($Folder, $name)
    if ($release.VerifyKey -eq '') {
        Add-Check 'signature' 'SHA256SUMS' 'NOT CHECKED' 'this qcw-utils.ps1 has no public key inside; SHA256SUMS may be anybody''s'
        return
    }
    if (-not [IO.File]::Exists($file)) {
        Add-Check 'signature' 'SHA256SUMS' 'NOT CHECKED' "$name is not in the folder: download it too"
        return
    }
    try {
        $signature = [Convert]::FromBase64String([IO.File]::ReadAllText($file).Trim())
    } catch {
        $signature = [byte[]]::new(0)
    }
    if ($signature.Length -ne 64) {
        Add-Check 'signature' 'SHA256SUMS' 'FAIL' "$name is not a signature of 64 bytes in base64: download it again"
        return
    }
    if ((Test-EcdsaSignature $release.VerifyKey $Content $signature) -eq $true) {
        $key = $release.VerifyKey.Substring(0, 16)
        Add-Check 'signature' 'SHA256SUMS' 'PASS' "signed with the key that this script has inside, $key..."
    } else {
        Add-Check 'signature' 'SHA256SUMS' 'FAIL' ("$name is not the signature of this SHA256SUMS by the key that this script has " +
            'inside: one of them was changed, or another key was used; use nothing of this folder')
    }
}

function Test-Authenticode([string]$Folder, $Sums) {
    foreach ($entry in $Sums.GetEnumerator()) {
        $name = $entry.Key
        $file = [IO.Path]::Combine($Folder, $name)
        if ($name -match '\.(exe|msi|ps1)$' -and [IO.File]::Exists($file)) {
            $found = Get-WindowsSignature $file
            $state = if ($null -eq $found) { '' } else { "$($found.Status)" }
            if ($state -eq '') {
                Add-Check 'authenticode' $name 'NOT CHECKED' 'only Windows can check it'
            } elseif ($state -eq 'Valid') {
                Add-Check 'authenticode' $name 'PASS' "signed by $($found.SignerCertificate.Subject)"
            } elseif ($state -eq 'NotSigned') {
                Add-Check 'authenticode' $name 'NOT CHECKED' 'it is not signed'
            } else {
                Add-Check 'authenticode' $name 'FAIL' "Windows says ${state}: $($found.StatusMessage)"
            }
        }
    }
}

# The kinds of checks that -Require names.
function Get-Required {
    $kinds = @(foreach ($kind in ($Require -split ',')) { if ($kind.Trim() -ne '') { $kind.Trim().ToLowerInvariant() } })
    foreach ($kind in $kinds) {
        if ($kind -notin 'signature', 'authenticode', 'complete') {
            throw "-Require ${kind}: signature, authenticode or complete is expected, or several with commas between"
        }
    }
    $kinds
}

# The number of checks of a kind that are in a state.
function Get-CheckCount([string]$Check, [string]$State) {
    @($checks | Where-Object { $_.check -eq $Check -and $_.state -eq $State }).Count
}

# The exit code is 0 only where nothing has failed, something was compared, and all was checked that is required.
function Invoke-Verify {
    $required = @(Get-Required)
    $folder = Resolve-Folder $Verify
    $list = [IO.Path]::Combine($folder, 'SHA256SUMS')
    if (-not [IO.File]::Exists($list)) {
        throw "$list is not there, and nothing can be verified without it: download it from the release too"
    }
    $content = [IO.File]::ReadAllBytes($list)
    $sums = Read-Sums $list ([Text.Encoding]::UTF8.GetString($content))
    Test-Signature $folder $content
    Test-Sums $folder $sums
    Test-Authenticode $folder $sums

    $problems = @($checks | Where-Object { $_.state -eq 'FAIL' }).Count
    $lacking = @(
        if ((Get-CheckCount 'checksum' 'PASS') -eq 0) { 'no file of the folder was verified' }
        if ('signature' -in $required -and (Get-CheckCount 'signature' 'PASS') -eq 0) { 'the signature was not verified' }
        if ('complete' -in $required -and (Get-CheckCount 'checksum' 'NOT CHECKED') -gt 0) { 'not every file was compared' }
        if ('authenticode' -in $required -and
            ((Get-CheckCount 'authenticode' 'PASS') -eq 0 -or (Get-CheckCount 'authenticode' 'NOT CHECKED') -gt 0)) {
            'not every program has a signature that Windows accepts'
        }
    )
    $problems += $lacking.Count
    $good = Get-CheckCount 'checksum' 'PASS'
    $signed = Get-CheckCount 'signature' 'PASS'
    if ($Json) {
        ConvertTo-Ascii (ConvertTo-Json ([ordered]@{ problems = $problems; lacking = $lacking; checks = $checks.ToArray() }) -Depth 3)
    } else {
        foreach ($check in $checks) {
            Write-Host ('{0,-12} {1}: {2}' -f $check.state, $check.name, $check.why)
        }
        foreach ($reason in $lacking) {
            Write-Host "FAIL         $reason"
        }
        if ($problems -gt 0) {
            Write-Host 'This release is NOT VERIFIED.'
        } elseif ($signed -gt 0) {
            Write-Host "Verified: $good files are as SHA256SUMS says, and that is signed."
        } else {
            Write-Host "$good files are as SHA256SUMS says: they are not damaged. Who made SHA256SUMS was NOT CHECKED."
        }
    }
    $verification.Code = [Math]::Min($problems, 1)
}
