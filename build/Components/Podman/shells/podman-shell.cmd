@echo off
rem Makes the command prompt it is called from one for the Podman beside it:
rem   podman-shell.cmd [qemu | wsl | hyperv]
rem Without a provider the environment and Podman's own configuration decide. No setlocal: what is set here is to stay. No path in
rem brackets or behind an IF: that of "Program Files (x86)" would end it.

if "%~1"=="" goto provider_ok
if "%~1"=="qemu" goto provider_ok
if "%~1"=="wsl" goto provider_ok
if "%~1"=="hyperv" goto provider_ok
echo podman-shell: unknown provider "%~1"; one of qemu, wsl, hyperv is expected
exit /b 2

:provider_ok
if not "%~1"=="" set "CONTAINERS_MACHINE_PROVIDER=%~1"
for %%I in ("%~dp0..") do set "QCW_PODMAN=%%~fI"

rem QEMU by qcw is what this Podman is patched for: it comes before any other one, but it is not added twice.
set "QCW_QEMU="
for /f "tokens=2,*" %%A in ('reg query "HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu" /v InstallLocation /reg:64 2^>nul') do if "%%A"=="REG_SZ" set "QCW_QEMU=%%B"
if "%QCW_QEMU%"=="" goto qemu_ok
if not exist "%QCW_QEMU%\qemu-system-x86_64w.exe" goto qemu_ok
set "QCW_FOUND="
for %%I in (qemu-system-x86_64w.exe) do set "QCW_FOUND=%%~dp$PATH:I"
if /i "%QCW_FOUND%"=="%QCW_QEMU%\" goto qemu_ok
set "PATH=%QCW_QEMU%;%PATH%"

:qemu_ok
set "PATH=%QCW_PODMAN%;%PATH%"
set "QCW_FOUND="
for %%I in (qemu-system-x86_64w.exe) do set "QCW_FOUND=%%~dp$PATH:I"
"%QCW_PODMAN%\podman.exe" --version
set "QCW_PROVIDER=%CONTAINERS_MACHINE_PROVIDER%"
if "%QCW_PROVIDER%"=="" set "QCW_PROVIDER=as configured"
echo machine provider: %QCW_PROVIDER%
if "%QCW_FOUND%"=="" set "QCW_FOUND=not found; its installer, qemu-...-setup.exe, comes with the same release"
echo QEMU: %QCW_FOUND%
set "QCW_PODMAN="
set "QCW_QEMU="
set "QCW_FOUND="
set "QCW_PROVIDER="
exit /b 0
