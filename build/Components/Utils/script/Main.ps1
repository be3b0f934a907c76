# qcw-utils.ps1 sets up containers, and installs command prompts for Podman, and XZ Utils, into a folder: -Help says how.
# Part of qcw, https://github.com/arixmkii/qcw, under the Apache License 2.0. Put together by its build from the parts in
# build/Components/Utils/script.

[CmdletBinding(PositionalBinding = $false)]
param(
    [string]$Target = '',
    [string]$Version = '',
    [switch]$Force,
    [switch]$Uninstall,
    [string]$Offline = '',
    [switch]$WhatIf,
    [switch]$Doctor,
    [switch]$Fix,
    [switch]$Json,
    [switch]$PodmanDesktop,
    [string]$Verify = '',
    [string]$Require = '',
    [switch]$SetUp,
    [switch]$Yes,
    [switch]$Pause,
    [string]$Image = '',
    [string]$Port = '',
    [string]$Machine = '',
    [string]$MachineImage = '',
    [string]$Cpus = '',
    [string]$Memory = '',
    [string]$DiskSize = '',
    [switch]$Help
)

# All but the parameters is in a block that is called: nothing stays behind in the session of somebody who runs the text with iex.
& {
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Show-Help {
    Write-Host @'
qcw-utils.ps1: sets up containers on Windows with Podman and QEMU; puts command prompts for Podman, with XZ Utils, into a folder.

  qcw-utils.ps1 -SetUp [-Yes] [-Image NAME|FILE] [-Port NUMBER] [-Machine NAME] [-MachineImage IMAGE] [-Cpus NUMBER] [-Memory MB]
                [-DiskSize GB] [-WhatIf] [-Json] [-Pause]
  qcw-utils.ps1 [-Target FOLDER] [-Version TAG] [-Offline FOLDER] [-Force] [-WhatIf]
  qcw-utils.ps1 -Uninstall [-Target FOLDER] [-Force] [-WhatIf]
  qcw-utils.ps1 -Doctor [-Fix] [-Json]
  qcw-utils.ps1 -PodmanDesktop
  qcw-utils.ps1 -Verify FOLDER [-Require KIND] [-Json]

  -SetUp           make and start a Linux machine, run a container in it and open its page; asks before each step, can be run again
  -Yes             with -SetUp: ask nothing, take what is suggested
  -Image           with -SetUp: the container's image, by its name or as a file (podman save); default: a web server, nginx
  -Port NUMBER     with -SetUp: the port of the page on this computer; default: 8080, or the next one that is free
  -Machine NAME    with -SetUp: the machine; default: one that is there, else podman-machine-default
  -MachineImage    with -SetUp: a file, an address or a registry's image for a new machine; default: the one that Podman downloads
  -Cpus, -Memory, -DiskSize
                   with -SetUp: processors, memory in MB and largest size of the disk in GB of a new machine
  -Pause           wait for the Enter key at the end: for windows that close

  -Target FOLDER   where to install; default: qcw-utils in the current folder
  -Version TAG     XZ Utils of another release than the one this script belongs to
  -Offline FOLDER  take the archive from this folder instead of downloading it
  -Force           install over what is there; with -Uninstall: delete changed files too
  -Uninstall       delete what was installed, and nothing else
  -WhatIf          say what would be done, and do nothing
  -Doctor          look at Windows, QEMU, Podman, its settings and machines; say what is wrong, why it matters and what to do
  -Fix             with -Doctor: delete socket and pid files that a crash has left, after asking
  -Json            with -Doctor, -Verify, and -SetUp -Yes: print the findings as JSON
  -PodmanDesktop   find Podman Desktop, or say how to get it and run winget, after asking
  -Verify FOLDER   compare downloaded files of a release with its SHA256SUMS, and verify who has signed that
  -Require KIND    with -Verify: fail unless this was checked: signature, authenticode (what Windows says of programs), complete (every
                   file of the release); several with commas between
  -Help            this text

Without saving it first, in Windows PowerShell or PowerShell:

  iex ((New-Object Net.WebClient).DownloadString('URL of this script'))
  & ([scriptblock]::Create((New-Object Net.WebClient).DownloadString('URL of this script'))) -Target D:\Tools

Exit code, where it runs as a file: 0 done, 1 failed, refused, not verified, or -Doctor has found a problem, 3 restart Windows, then run -SetUp
again; else an error is thrown.
'@
}

# For a window that closes with the script.
function Wait-Enter {
    if ($Pause -and -not $Json) {
        Write-Host 'Press the Enter key to close this window.'
        try {
            $null = Read-Host
        } catch {
            return
        }
    }
}

# Where a policy of Windows does not trust this script, PowerShell refuses nearly all that it does: so this comes before anything else.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    if ($Help) {
        Show-Help
        return
    }
    $what = "a policy of this Windows lets PowerShell run this script in $($ExecutionContext.SessionState.LanguageMode) mode only"
    $why = 'what still works: Podman, QEMU, the "Podman shell" prompts of the Start menu, Get-FileHash for checksums, and -Help'
    if ($Json) {
        $do = 'Ask who administers it to trust this script.'
        $finding = @{ id = 'language-mode'; state = 'problem'; what = $what; why = $why; do = $do }
        ConvertTo-Json -Depth 3 @{ problems = 1; findings = @($finding) }
    } elseif ($MyInvocation.MyCommand.ScriptBlock.File) {
        Write-Host "qcw-utils: $what, which is not enough for it; $why."
    }
    if ($MyInvocation.MyCommand.ScriptBlock.File) {
        Wait-Enter
        exit 1
    }
    throw "qcw-utils: $what, which is not enough for it; $why."
}

# @parts@

# The sentence of an error: what .NET said, without PowerShell's "Exception calling ..." around it.
function Get-Reason($ErrorRecord) {
    $ErrorRecord.Exception.GetBaseException().Message
}

# A file may end the process with an exit code; text that runs in somebody's session must not.
$ownFile = $MyInvocation.MyCommand.ScriptBlock.File
$ownFolder = if ($ownFile) { [IO.Path]::GetDirectoryName($ownFile) } else { '' }
$code = 0
try {
    if ($Help) {
        Show-Help
    } elseif ($SetUp) {
        Invoke-SetUp $ownFolder
        $code = $firstRun.Code
    } elseif ("$Image$Port$Machine$MachineImage$Cpus$Memory$DiskSize" -ne '' -or $Yes) {
        throw '-Yes, -Image, -Port, -Machine, -MachineImage, -Cpus, -Memory and -DiskSize belong to -SetUp'
    } elseif ($Doctor) {
        Invoke-Doctor
        $code = [Math]::Min((Get-ProblemCount), 1)
    } elseif ($PodmanDesktop) {
        Install-PodmanDesktop
    } elseif ($Verify -ne '') {
        Invoke-Verify
        $code = $verification.Code
        if ($code -ne 0 -and -not $ownFile) {
            throw 'this release is not verified'
        }
    } elseif ($Fix -or $Json -or $Require -ne '') {
        throw '-Fix belongs to -Doctor, -Require to -Verify, -Json to -Doctor, -Verify and -SetUp'
    } else {
        if ($release.Tag -eq '') {
            Write-Host 'note: this qcw-utils.ps1 belongs to no release'
        }
        if ($Uninstall) {
            Uninstall-Utils $ownFolder
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
    Wait-Enter
    exit $code
}
}
