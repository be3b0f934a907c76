function Invoke-Doctor {
    $provider = Find-Provider
    Test-Windows
    Test-Programs $provider.Name
    Test-Machines $provider
    Test-StaleFiles
    if ($Json) {
        Write-JsonReport
        return
    }
    foreach ($finding in $findings) {
        Write-Line ('{0,-8} {1}' -f $finding.state, $finding.what)
        if ($finding.state -ne 'ok') {
            Write-Line "         why: $($finding.why)"
            Write-Line "         do:  $($finding.do)"
        }
    }
}

# How many of the findings are problems.
function Get-ProblemCount {
    $count = 0
    foreach ($finding in $findings) {
        if ($finding.state -eq 'problem') {
            $count++
        }
    }
    $count
}

# Goes to the pipeline, so that it can be redirected and converted.
function Write-JsonReport {
    $rows = @(foreach ($finding in $findings) {
        $fields = @(foreach ($name in 'id', 'state', 'what', 'why', 'do') { "`"$name`": $(Get-JsonText $finding[$name])" })
        '    { ' + ($fields -join ', ') + ' }'
    })
    "{`n  `"problems`": $(Get-ProblemCount),`n  `"findings`": [`n" + ($rows -join ",`n") + "`n  ]`n}"
}

function Get-JsonText([string]$Text) {
    $result = [Text.StringBuilder]::new('"')
    foreach ($character in $Text.ToCharArray()) {
        if ($character -eq '"' -or $character -eq '\') {
            [void]$result.Append('\').Append($character)
        } elseif ([int]$character -lt 32 -or [int]$character -gt 126) {
            [void]$result.Append('\u').Append(([int]$character).ToString('x4'))
        } else {
            [void]$result.Append($character)
        }
    }
    $result.Append('"').ToString()
}

# A question; whoever is not there to answer has not agreed.
function Read-Yes([string]$Question) {
    if ($Json) {
        return $false
    }
    $Host.UI.WriteLine("$Question [y/N]")
    try {
        return $Host.UI.ReadLine() -match '^\s*(y|yes)\s*$'
    } catch {
        return $false
    }
}
