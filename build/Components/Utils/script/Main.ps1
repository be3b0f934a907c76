# A file may end the process with an exit code; text that runs in somebody's session must not.
$ownFile = $MyInvocation.MyCommand.ScriptBlock.File
$code = 0
try {
    if ($Help) {
        Show-Help
    } elseif ($Doctor) {
        Invoke-Doctor
        $code = [Math]::Min((Get-ProblemCount), 1)
    } elseif ($PodmanDesktop) {
        Install-PodmanDesktop
    } elseif ($Fix -or $Json) {
        Stop-Utils '-Fix and -Json belong to -Doctor'
    } else {
        if ($release.Tag -eq '') {
            Write-Line 'note: this qcw-utils.ps1 belongs to no release'
        }
        if ($Uninstall) {
            Uninstall-Utils $(if ($ownFile) { [IO.Path]::GetDirectoryName($ownFile) } else { '' })
        } else {
            Install-Utils
        }
    }
} catch {
    if (-not $ownFile) {
        throw "qcw-utils: $(Get-Reason $_)"
    }
    $Host.UI.WriteErrorLine("qcw-utils: $(Get-Reason $_)")
    $code = 1
}
if ($ownFile) {
    exit $code
}
