@echo off
rem Makes the command prompt it is called from one for the Podman beside it:
rem   podman-shell.cmd [qemu | wsl | hyperv]
rem Without a provider the environment and Podman's own configuration decide. Only PATH, the provider and DOCKER_HOST stay set. No text
rem from outside stands in brackets or outside quotation marks: that of "Program Files (x86)" would end them, an ampersand would start a
rem command.

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

rem docker and tools like it go where podman goes: to the pipe of its machine. What is set already stays. The last field of the template
rem is one that Podman 4.5, whose pipes have other names, does not know: it prints nothing then.
if defined DOCKER_HOST goto docker_ok
if defined DOCKER_CONTEXT goto docker_ok
if not defined CONTAINER_CONNECTION if defined CONTAINER_HOST goto docker_ok
setlocal enableextensions disabledelayedexpansion
set "NoDefaultCurrentDirectoryInExePath=1"
set "QCW_FIELD=Default"
set "QCW_WANTED=true"
set "QCW_FOUND="
set "QCW_NAME="
set "QCW_URI="
set "QCW_PIPE="
if defined CONTAINER_CONNECTION set "QCW_FIELD=Name"
if defined CONTAINER_CONNECTION set "QCW_WANTED=%CONTAINER_CONNECTION:"=%"
for /f "tokens=1-4" %%A in ('podman.exe system connection list --format "{{.IsMachine}} {{.%QCW_FIELD%}} {{.Name}} {{.URI}} {{.ReadWrite}}" 2^>nul ^& exit 0') do if "%%A %%B"=="true %QCW_WANTED%" set "QCW_FOUND=%%C %%D"
for /f "tokens=1" %%A in ("%QCW_FOUND%") do set "QCW_NAME=%%A"
for /f "tokens=2" %%A in ("%QCW_FOUND%") do set "QCW_URI=%%A"
if not defined QCW_NAME goto docker_found
if "%QCW_URI:~0,11%"=="ssh://root@" if "%QCW_NAME:~-5%"=="-root" set "QCW_NAME=%QCW_NAME:~0,-5%"
if not "%QCW_NAME:~0,6%"=="podman" set "QCW_NAME=podman-%QCW_NAME%"
set "QCW_PIPE=npipe:////./pipe/%QCW_NAME%"
:docker_found
endlocal & if not "%QCW_PIPE%"=="" set "DOCKER_HOST=%QCW_PIPE%"
:docker_ok
if defined DOCKER_HOST goto docker_said
if defined DOCKER_CONTEXT echo DOCKER_HOST: not set, because DOCKER_CONTEXT is
if not defined DOCKER_CONTEXT echo DOCKER_HOST: not set, because podman's connection is no machine of Podman 5 or newer
goto said
:docker_said
for /f "delims=" %%I in ("DOCKER_HOST: %DOCKER_HOST:"=%") do echo %%I
:said
exit /b 0
