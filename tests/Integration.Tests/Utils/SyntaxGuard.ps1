# Prints what Windows PowerShell 5.1 does not understand in each script of a folder: "FILE, line N: PROBLEM". With -ParseOnly: only what
# no PowerShell understands. -MayCall: a variable with the path of a script, which "& $variable" may call.
param([string]$Folder, [switch]$ParseOnly, [string]$MayCall = '')
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# of 5.1, and of them the parameters that are used
$cmdlets = @{
    'Add-Type' = 'AssemblyName'; 'ConvertFrom-Json' = @(); 'ConvertTo-Json' = 'Depth'; 'Convert-Path' = 'LiteralPath'
    'Get-AuthenticodeSignature' = 'LiteralPath'
    'Get-ChildItem' = 'LiteralPath', 'Filter', 'File', 'Force'; 'Get-CimInstance' = 'ClassName'
    'Get-Content' = 'LiteralPath', 'Encoding', 'Raw'; 'Get-Item' = 'LiteralPath', 'Force'
    'Get-Process' = @(); 'New-Item' = 'ItemType', 'Path', 'Force'; 'Read-Host' = @()
    'Select-String' = 'LiteralPath', 'Pattern', 'SimpleMatch', 'Quiet'
    'Set-Content' = 'LiteralPath', 'Value'; 'Set-StrictMode' = 'Version'
    'Stop-Process' = 'Id', 'Force'; 'Test-Path' = 'LiteralPath', 'PathType'
    'Wait-Process' = 'Id', 'Timeout', 'ErrorAction'; 'Where-Object' = @(); 'Write-Host' = @()
}

# .NET has them, .NET Framework 4.7.2 has not
$newerMembers = 'GetRelativePath', 'HashData', 'ToHexString', 'ToHexStringLower', 'IsWindows', 'IsLinux', 'EndsInDirectorySeparator',
    'TrimEndingDirectorySeparator'

function Find-CommandProblem([Management.Automation.Language.CommandAst]$Command, [string[]]$Functions) {
    $name = $Command.GetCommandName()
    if ($Command.InvocationOperator -ne 'Unknown') {
        # & { ... }, around everything
        $called = $Command.CommandElements[0]
        $isScript = $called -is [Management.Automation.Language.VariableExpressionAst] -and $called.VariablePath.UserPath -eq $MayCall
        if ($Command.InvocationOperator -eq 'Ampersand' -and $isScript) {
            return
        }
        if ($Command.InvocationOperator -ne 'Ampersand' -or $Command.CommandElements.Count -ne 1 -or
            $called -isnot [Management.Automation.Language.ScriptBlockExpressionAst]) {
            $Command.Extent.Text
        }
    } elseif ($null -eq $name -or ($name -notin $Functions -and -not $cmdlets.ContainsKey($name))) {
        $Command.Extent.Text
    } elseif ($name -notin $Functions) {
        foreach ($element in $Command.CommandElements) {
            if ($element -is [Management.Automation.Language.CommandParameterAst] -and $element.ParameterName -notin $cmdlets[$name]) {
                "$name -$($element.ParameterName)"
            }
        }
    }
}

function Find-Problem([Management.Automation.Language.Ast]$Node, [string[]]$Functions) {
    switch ($Node.GetType().Name) {
        'TernaryExpressionAst' { '? :' }
        'PipelineChainAst' { "$($Node.Operator)" }
        'PipelineAst' { if ($Node.Background) { 'background &' } }
        'BinaryExpressionAst' { if ($Node.Operator -eq 'QuestionQuestion') { '??' } }
        'AssignmentStatementAst' { if ($Node.Operator -eq 'QuestionQuestionEquals') { '??=' } }
        'IndexExpressionAst' { if ($Node.NullConditional) { '?[' } }
        'ScriptBlockAst' { if ($null -ne $Node.CleanBlock) { 'clean' } }
        'CommandAst' { Find-CommandProblem $Node $Functions }
        { $_ -in 'MemberExpressionAst', 'InvokeMemberExpressionAst' } {
            if ($Node.NullConditional) { '?.' }
            if ($Node.Static -and "$($Node.Member)" -in $newerMembers) { "$($Node.Member)" }
        }
    }
}

foreach ($file in Get-ChildItem -LiteralPath $Folder -Filter *.ps1) {
    $errors = $null
    $tree = [Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$errors)
    foreach ($problem in $errors) {
        "$($file.Name), line $($problem.Extent.StartLineNumber): $($problem.Message)"
    }
    if ($ParseOnly) {
        continue
    }
    if ($tree.Extent.Text -match '[^\n\x20-\x7e]') {
        "$($file.Name): not ASCII: $($Matches[0])"
    }
    $functions = @($tree.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true) | ForEach-Object Name)
    foreach ($node in $tree.FindAll({ $true }, $true)) {
        foreach ($problem in Find-Problem $node $functions) {
            "$($file.Name), line $($node.Extent.StartLineNumber): $($problem.Split("`n")[0])"
        }
    }
}
