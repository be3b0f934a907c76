# One command prompt for each provider. Podman reads the variable; Podman Desktop hands it on, and without the second one it would
# write into the prompt that started it. No text from outside stands in brackets or outside quotation marks: that of "Program Files
# (x86)" would end them, an ampersand would start a command.
$launcherText = @'
@echo off
rem Opens a command prompt for Podman, @what@, or runs a command as it would run there:
rem   @name@.bat [command]
rem Written by qcw-utils.ps1.
setlocal enableextensions disabledelayedexpansion
@provider@
set "ELECTRON_NO_ATTACH_CONSOLE=1"
setlocal
for %%I in ("%~dp0..") do set "QCW_UTILS=%%~fI"
set "QCW_KEY=Software\Microsoft\Windows\CurrentVersion\Uninstall"

rem Podman Desktop: the folders of its installer, per user and per machine, else what it says in the registry
set "QCW_DESKTOP="
for %%I in ("%LOCALAPPDATA%\Programs\Podman Desktop" "%LOCALAPPDATA%\Programs\podman-desktop" "%ProgramFiles%\Podman Desktop" "%ProgramFiles%\podman-desktop") do if exist "%%~I\Podman Desktop.exe" if not defined QCW_DESKTOP set "QCW_DESKTOP=%%~I"

rem The registry. reg prints in the code page of the prompt, which need not have the letters of a folder: UTF-8, as long as it is read.
set "QCW_CODEPAGE="
for /f "tokens=2 delims=:." %%C in ('%SystemRoot%\System32\chcp.com 2^>nul') do set "QCW_CODEPAGE=%%C"
if defined QCW_CODEPAGE "%SystemRoot%\System32\chcp.com" 65001 >nul 2>&1
if defined QCW_DESKTOP goto desktop_ok
for /f "tokens=1,2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKLM\%QCW_KEY%" /s /v DisplayIcon /reg:64 2^>nul') do if /i "%%~nC"=="Podman Desktop" set "QCW_DESKTOP=%%~dpC"
for /f "tokens=1,2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKCU\%QCW_KEY%" /s /v DisplayIcon 2^>nul') do if /i "%%~nC"=="Podman Desktop" set "QCW_DESKTOP=%%~dpC"
:desktop_ok
set "QCW_QEMU="
for /f "tokens=2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKLM\%QCW_KEY%\qcw-qemu" /v InstallLocation /reg:64 2^>nul') do if "%%A"=="REG_SZ" set "QCW_QEMU=%%B"
for /f "tokens=2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKCU\%QCW_KEY%\qcw-qemu" /v InstallLocation 2^>nul') do if "%%A"=="REG_SZ" set "QCW_QEMU=%%B"
set "QCW_PODMAN="
for /f "tokens=2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKLM\Software\qcw\Podman" /v InstallDir /reg:64 2^>nul') do if "%%A"=="REG_SZ" set "QCW_PODMAN=%%B"
for /f "tokens=2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKCU\Software\qcw\Podman" /v InstallDir 2^>nul') do if "%%A"=="REG_SZ" set "QCW_PODMAN=%%B"
set "QCW_SETUP="
for /f "tokens=2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKLM\%QCW_KEY%\qcw" /v InstallLocation /reg:64 2^>nul') do if "%%A"=="REG_SZ" set "QCW_SETUP=%%B"
for /f "tokens=2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKCU\%QCW_KEY%\qcw" /v InstallLocation 2^>nul') do if "%%A"=="REG_SZ" set "QCW_SETUP=%%B"
if defined QCW_CODEPAGE "%SystemRoot%\System32\chcp.com" %QCW_CODEPAGE% >nul 2>&1

rem The one setup program has both in folders of its own
if not defined QCW_SETUP goto setup_ok
set "QCW_SETUP=%QCW_SETUP:"=%"
if not defined QCW_QEMU set "QCW_QEMU=%QCW_SETUP%\qemu"
if not defined QCW_PODMAN set "QCW_PODMAN=%QCW_SETUP%\podman"
:setup_ok

rem A quotation mark in PATH becomes a mark of four others while PATH is put together, so that all of it stays between those of SET. A
rem folder with a semicolon gets such marks.
set "QCW_PATH="
set "QCW_SEARCH="
if defined PATH set "QCW_PATH=%PATH:"=|<>|%"
if defined PATH set "QCW_SEARCH=%PATH:"=%"

if not defined QCW_DESKTOP goto desktop_added
set "QCW_DESKTOP=%QCW_DESKTOP:"=%"
if "%QCW_DESKTOP:~-1%"=="\" set "QCW_DESKTOP=%QCW_DESKTOP:~0,-1%"
if not "%QCW_DESKTOP:;=%"=="%QCW_DESKTOP%" set "QCW_DESKTOP=|<>|%QCW_DESKTOP%|<>|"
set "QCW_PATH=%QCW_DESKTOP%;%QCW_PATH%"
:desktop_added

rem QEMU: that of qcw first; without it, and without any on PATH, the official one's default folder
if not defined QCW_QEMU goto qemu_elsewhere
set "QCW_QEMU=%QCW_QEMU:"=%"
if exist "%QCW_QEMU%\qemu-system-x86_64w.exe" goto qemu_found
:qemu_elsewhere
for %%I in (qemu-system-x86_64w.exe) do set "QCW_QEMU=%%~dp$QCW_SEARCH:I"
if defined QCW_QEMU goto qemu_added
set "QCW_QEMU=%ProgramFiles%\qemu"
if not exist "%QCW_QEMU%\qemu-system-x86_64w.exe" goto qemu_added
:qemu_found
if not "%QCW_QEMU:;=%"=="%QCW_QEMU%" set "QCW_QEMU=|<>|%QCW_QEMU%|<>|"
set "QCW_PATH=%QCW_QEMU%;%QCW_PATH%"
:qemu_added

rem Podman of qcw, for all users or for this one, before an official one, which does not offer QEMU
if not defined QCW_PODMAN goto podman_added
set "QCW_PODMAN=%QCW_PODMAN:"=%"
if "%QCW_PODMAN:~-1%"=="\" set "QCW_PODMAN=%QCW_PODMAN:~0,-1%"
if not exist "%QCW_PODMAN%\podman.exe" goto podman_added
if not "%QCW_PODMAN:;=%"=="%QCW_PODMAN%" set "QCW_PODMAN=|<>|%QCW_PODMAN%|<>|"
set "QCW_PATH=%QCW_PODMAN%;%QCW_PATH%"
:podman_added

set "QCW_UTILS=%QCW_UTILS%\xz\bin"
if not "%QCW_UTILS:;=%"=="%QCW_UTILS%" set "QCW_UTILS=|<>|%QCW_UTILS%|<>|"
set "QCW_PATH=%QCW_UTILS%;%QCW_PATH%"

rem SET without quotation marks, and each character of the value behind a caret that would otherwise be one of the command line. The
rem line is expanded before ENDLOCAL runs.
set "QCW_PATH=%QCW_PATH:^=^^%"
set "QCW_PATH=%QCW_PATH:&=^&%"
set "QCW_PATH=%QCW_PATH:|=^|%"
set "QCW_PATH=%QCW_PATH:<=^<%"
set "QCW_PATH=%QCW_PATH:>=^>%"
endlocal & set PATH=%QCW_PATH:^|^<^>^|=^"%
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

# Kept open where they were started with a double click: only then the command line of cmd ends with their name, a quotation mark, a blank
# and another one.
$scriptText = @'
@echo off
rem @what@: @name@.bat [options of qcw-utils.ps1 @command@]
rem Written by qcw-utils.ps1.
setlocal enableextensions disabledelayedexpansion
"%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -ExecutionPolicy Bypass -File "%~dp0qcw-utils.ps1" @command@ %*
set "QCW_CODE=%errorlevel%"
set "QCW_LINE=%CMDCMDLINE:"='%"
if /i "%QCW_LINE:~-@length@%"=="@name@.bat' '" pause
exit /b %QCW_CODE%
'@

foreach ($one in @(
        @{ Name = 'qcw-doctor'; Command = '-Doctor'; What = 'Says what keeps Podman from working' }
        @{ Name = 'set-up-containers'; Command = '-SetUp'; What = 'Makes a Linux machine and runs a container in it' })) {
    $text = $scriptText.Replace('@name@', $one.Name).Replace('@command@', $one.Command).Replace('@what@', $one.What)
    $text = $text.Replace('@length@', "$($one.Name.Length + 7)") # .bat' '
    $launchers["$($one.Name).bat"] = $text.Replace("`r`n", "`n").Replace("`n", "`r`n") + "`r`n"
}
