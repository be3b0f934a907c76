@echo off
rem Makes the command prompt it is called from one for the Podman beside it:
rem   podman-shell.cmd [qemu | wsl | hyperv]
rem Without a provider the environment and Podman's own configuration decide. Only PATH and the provider stay set. No text from outside
rem stands in brackets or outside quotation marks: that of "Program Files (x86)" would end them, an ampersand would start a command.

if "%~1"=="" goto provider_ok
if "%~1"=="qemu" goto provider_ok
if "%~1"=="wsl" goto provider_ok
if "%~1"=="hyperv" goto provider_ok
echo podman-shell: unknown provider "%~1"; one of qemu, wsl, hyperv is expected
exit /b 2

:provider_ok
if not "%~1"=="" set "CONTAINERS_MACHINE_PROVIDER=%~1"
setlocal enableextensions disabledelayedexpansion
for %%I in ("%~dp0..") do set "QCW_PODMAN=%%~fI"
"%QCW_PODMAN%\podman.exe" --version

rem The one setup program puts QEMU beside Podman. Else the registry has its folder: reg prints in the code page of the prompt, which need
rem not have the letters of a folder: UTF-8, as long as the folder is read
set "QCW_QEMU="
set "QCW_CODEPAGE="
if exist "%QCW_PODMAN%\..\qemu\qemu-system-x86_64w.exe" for %%I in ("%QCW_PODMAN%\..\qemu") do set "QCW_QEMU=%%~fI"
if defined QCW_QEMU goto qemu_known
for /f "tokens=2 delims=:." %%C in ('%SystemRoot%\System32\chcp.com 2^>nul') do set "QCW_CODEPAGE=%%C"
if defined QCW_CODEPAGE "%SystemRoot%\System32\chcp.com" 65001 >nul 2>&1
for /f "tokens=2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu" /v InstallLocation /reg:64 2^>nul') do if "%%A"=="REG_SZ" set "QCW_QEMU=%%B"
for /f "tokens=2,*" %%A in ('%SystemRoot%\System32\reg.exe query "HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu" /v InstallLocation 2^>nul') do if "%%A"=="REG_SZ" set "QCW_QEMU=%%B"
if defined QCW_CODEPAGE "%SystemRoot%\System32\chcp.com" %QCW_CODEPAGE% >nul 2>&1
:qemu_known

rem A quotation mark in PATH becomes a mark of four others while PATH is put together, so that all of it stays between those of SET.
set "QCW_PATH="
set "QCW_SEARCH="
if defined PATH set "QCW_PATH=%PATH:"=|<>|%"
if defined PATH set "QCW_SEARCH=%PATH:"=%"

rem QEMU by qcw is what this Podman is patched for: it comes before any other one, but it is not added twice.
set "QCW_FOUND="
for %%I in (qemu-system-x86_64w.exe) do set "QCW_FOUND=%%~dp$QCW_SEARCH:I"
if not defined QCW_QEMU goto qemu_ok
set "QCW_QEMU=%QCW_QEMU:"=%"
if not exist "%QCW_QEMU%\qemu-system-x86_64w.exe" goto qemu_ok
if /i "%QCW_FOUND%"=="%QCW_QEMU%\" goto qemu_ok
set "QCW_FOUND=%QCW_QEMU%\"
if not "%QCW_QEMU:;=%"=="%QCW_QEMU%" set "QCW_QEMU=|<>|%QCW_QEMU%|<>|"
set "QCW_PATH=%QCW_QEMU%;%QCW_PATH%"
:qemu_ok
if not "%QCW_PODMAN:;=%"=="%QCW_PODMAN%" set "QCW_PODMAN=|<>|%QCW_PODMAN%|<>|"
set "QCW_PATH=%QCW_PODMAN%;%QCW_PATH%"

if not defined QCW_FOUND set "QCW_FOUND=not found; its installer, qemu-...-setup.exe, comes with the same release"
set "QCW_PROVIDER=as configured"
if defined CONTAINERS_MACHINE_PROVIDER set "QCW_PROVIDER=%CONTAINERS_MACHINE_PROVIDER:"=%"
for /f "delims=" %%I in ("machine provider: %QCW_PROVIDER%") do echo %%I
for /f "delims=" %%I in ("QEMU: %QCW_FOUND%") do echo %%I

rem SET without quotation marks, and each character of the value behind a caret that would otherwise be one of the command line. The
rem line is expanded before ENDLOCAL runs.
set "QCW_PATH=%QCW_PATH:^=^^%"
set "QCW_PATH=%QCW_PATH:&=^&%"
set "QCW_PATH=%QCW_PATH:|=^|%"
set "QCW_PATH=%QCW_PATH:<=^<%"
set "QCW_PATH=%QCW_PATH:>=^>%"
endlocal & set PATH=%QCW_PATH:^|^<^>^|=^"%
exit /b 0
