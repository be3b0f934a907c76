$desktopId = 'RedHat.Podman-Desktop'

# Podman Desktop comes from its makers only: says where it is, or how to get it, and starts winget if that is wanted.
function Install-PodmanDesktop {
    $found = Find-PodmanDesktop
    if ($found.Path -ne '') {
        Write-Line "Podman Desktop $($found.Version) is installed: $($found.Path)"
        return
    }
    Write-Line 'Podman Desktop was not found, neither for this user nor for all users. Get the official one:'
    Write-Line "  winget install --exact --id $desktopId"
    Write-Line '  or from https://podman-desktop.io/downloads'
    $winget = Find-Program 'winget.exe' @("$(Get-MachineVariable 'LOCALAPPDATA')\Microsoft\WindowsApps")
    if ($winget -eq '') {
        Write-Line 'There is no winget on this machine: take the address.'
        return
    }
    if ($WhatIf -or -not (Read-Yes 'Run winget now?')) {
        return
    }
    $start = [Diagnostics.ProcessStartInfo]::new((Get-HostPath $winget), "install --exact --id $desktopId")
    $start.UseShellExecute = $false
    $process = [Diagnostics.Process]::Start($start)
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) {
        Stop-Utils "winget has failed (exit code $($process.ExitCode)): try the address"
    }
}
