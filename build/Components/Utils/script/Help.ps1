function Show-Help {
    Write-Line @'
qcw-utils.ps1: command prompts for Podman on Windows, with XZ Utils, in a folder of your choice.

  qcw-utils.ps1 [-Target FOLDER] [-Version TAG] [-Offline FOLDER] [-Force] [-WhatIf]
  qcw-utils.ps1 -Uninstall [-Target FOLDER] [-Force] [-WhatIf]
  qcw-utils.ps1 -Doctor [-Fix] [-Json]
  qcw-utils.ps1 -PodmanDesktop

  -Target FOLDER   where to install; default: qcw-utils in the current folder
  -Version TAG     XZ Utils of another release than the one this script belongs to
  -Offline FOLDER  take the archive from this folder instead of downloading it
  -Force           install over what is there; with -Uninstall: delete changed files too
  -Uninstall       delete what was installed, and nothing else
  -WhatIf          say what would be done, and do nothing
  -Doctor          look at Windows, QEMU, Podman, its settings and machines; say what is wrong, why it matters and what to do
  -Fix             with -Doctor: delete socket and pid files that a crash has left, after asking
  -Json            with -Doctor: print the findings as JSON
  -PodmanDesktop   find Podman Desktop, or say how to get it and run winget, after asking
  -Root FOLDER     with the two before: look at another Windows, a folder of Wine's, instead of this one
  -Help            this text

Without saving it first, in Windows PowerShell or PowerShell:

  iex ((New-Object Net.WebClient).DownloadString('URL of this script'))
  & ([scriptblock]::Create((New-Object Net.WebClient).DownloadString('URL of this script'))) -Target D:\Tools

Exit code, where it runs as a file: 0 done, 1 failed or refused, or -Doctor has found a problem; else an error is thrown.
'@
}
