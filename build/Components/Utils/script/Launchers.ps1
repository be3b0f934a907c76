# One command prompt for each provider. Podman reads the variable; Podman Desktop hands it on, and without the second one it would
# write into the prompt that started it. No path in brackets or behind an IF: that of "Program Files (x86)" would end it.
$launcherText = @'
@echo off
rem Opens a command prompt for Podman, @what@, or runs a command as it would run there:
rem   @name@.bat [command]
rem Written by qcw-utils.ps1.
setlocal enableextensions disabledelayedexpansion
@provider@
set "ELECTRON_NO_ATTACH_CONSOLE=1"
for %%I in ("%~dp0..") do set "QCW_UTILS=%%~fI"
set "UNINSTALL=Software\Microsoft\Windows\CurrentVersion\Uninstall"

rem Podman Desktop: the folders of its installer, per user and per machine, else what it says in the registry
set "QCW_DESKTOP="
for %%I in ("%LOCALAPPDATA%\Programs\Podman Desktop" "%LOCALAPPDATA%\Programs\podman-desktop" "%ProgramFiles%\Podman Desktop" "%ProgramFiles%\podman-desktop") do if exist "%%~I\Podman Desktop.exe" if not defined QCW_DESKTOP set "QCW_DESKTOP=%%~I"
if defined QCW_DESKTOP goto desktop_ok
for /f "tokens=1,2,*" %%A in ('reg query "HKLM\%UNINSTALL%" /s /v DisplayIcon /reg:64 2^>nul') do if /i "%%~nC"=="Podman Desktop" set "QCW_DESKTOP=%%~dpC"
for /f "tokens=1,2,*" %%A in ('reg query "HKCU\%UNINSTALL%" /s /v DisplayIcon 2^>nul') do if /i "%%~nC"=="Podman Desktop" set "QCW_DESKTOP=%%~dpC"
if not defined QCW_DESKTOP goto desktop_ok
if "%QCW_DESKTOP:~-1%"=="\" set "QCW_DESKTOP=%QCW_DESKTOP:~0,-1%"
:desktop_ok
if defined QCW_DESKTOP set "PATH=%QCW_DESKTOP%;%PATH%"

rem QEMU: that of qcw first; without it, and without any on PATH, the official one's default folder
set "QCW_QEMU="
for /f "tokens=2,*" %%A in ('reg query "HKLM\%UNINSTALL%\qcw-qemu" /v InstallLocation /reg:64 2^>nul') do if "%%A"=="REG_SZ" set "QCW_QEMU=%%B"
if defined QCW_QEMU if exist "%QCW_QEMU%\qemu-system-x86_64w.exe" goto qemu_found
set "QCW_QEMU="
for %%I in (qemu-system-x86_64w.exe) do set "QCW_QEMU=%%~dp$PATH:I"
if defined QCW_QEMU goto qemu_ok
set "QCW_QEMU=%ProgramFiles%\qemu"
if not exist "%QCW_QEMU%\qemu-system-x86_64w.exe" goto qemu_ok
:qemu_found
set "PATH=%QCW_QEMU%;%PATH%"
:qemu_ok

rem Podman of qcw, for all users or for this one, before an official one, which does not offer QEMU
set "QCW_PODMAN="
for /f "tokens=2,*" %%A in ('reg query "HKLM\Software\qcw\Podman" /v InstallDir /reg:64 2^>nul') do if "%%A"=="REG_SZ" set "QCW_PODMAN=%%B"
for /f "tokens=2,*" %%A in ('reg query "HKCU\Software\qcw\Podman" /v InstallDir 2^>nul') do if "%%A"=="REG_SZ" set "QCW_PODMAN=%%B"
if not defined QCW_PODMAN goto podman_ok
if "%QCW_PODMAN:~-1%"=="\" set "QCW_PODMAN=%QCW_PODMAN:~0,-1%"
if exist "%QCW_PODMAN%\podman.exe" set "PATH=%QCW_PODMAN%;%PATH%"
:podman_ok

set "PATH=%QCW_UTILS%\xz\bin;%PATH%"
set "QCW_UTILS="
set "QCW_DESKTOP="
set "QCW_QEMU="
set "QCW_PODMAN="
set "UNINSTALL="
if not "%~1"=="" goto command
title @name@
echo machine provider: @what@
"%ComSpec%" /k
exit /b %errorlevel%
:command
%*
exit /b %errorlevel%
'@

$launchers = [ordered]@{}
foreach ($provider in 'default', 'qemu', 'wsl', 'hyperv') {
    $what = "provider $provider"
    $line = "set `"CONTAINERS_MACHINE_PROVIDER=$provider`""
    if ($provider -eq 'default') {
        $what = 'provider as configured'
        $line = 'rem CONTAINERS_MACHINE_PROVIDER stays as it is: the environment and containers.conf decide'
    }
    $text = $launcherText.Replace('@what@', $what).Replace('@name@', "podman-$provider").Replace('@provider@', $line)
    $launchers["shells/podman-$provider.bat"] = $text.Replace("`r`n", "`n").Replace("`n", "`r`n") + "`r`n"
}

# Kept open where it was started with a double click: only then its full path stands in the command line of cmd.
$launchers['qcw-doctor.bat'] = @'
@echo off
rem Says what keeps Podman from working: qcw-doctor.bat [-Fix] [-Json]
rem Written by qcw-utils.ps1.
setlocal enableextensions disabledelayedexpansion
"%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -ExecutionPolicy Bypass -File "%~dp0qcw-utils.ps1" -Doctor %*
set "QCW_CODE=%errorlevel%"
if "%~1"=="" echo "%CMDCMDLINE:"=%" | "%SystemRoot%\System32\find.exe" /i "%~f0" >nul && pause
exit /b %QCW_CODE%
'@.Replace("`r`n", "`n").Replace("`n", "`r`n") + "`r`n"
