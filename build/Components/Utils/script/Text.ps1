# Only .NET and the language itself are used, so that it runs on Windows PowerShell 5.1, on PowerShell 7, and in the tests' host, which has no cmdlets.

function Write-Line([string]$Text) {
    $Host.UI.WriteLine($Text)
}

function Stop-Utils([string]$Message) {
    throw [InvalidOperationException]::new($Message)
}

# The sentence of an error: what .NET said, without PowerShell's "Exception calling ..." around it.
function Get-Reason($ErrorRecord) {
    $ErrorRecord.Exception.GetBaseException().Message
}

# The text of this whole script, however it was started: it is installed along with the rest.
function Get-OwnText {
    $ast = $MyInvocation.MyCommand.ScriptBlock.Ast
    while ($null -ne $ast.Parent) {
        $ast = $ast.Parent
    }
    $ast.Extent.StartScriptPosition.GetFullScript()
}
