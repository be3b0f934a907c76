# Builds the build host if it changed, then runs it with the arguments given. Exit codes are the host's; of its own this
# script knows 1 (the host cannot be built) and 2 (no fitting .NET SDK, no allowed value of CakeAddins, constrained language mode).
# The twin of build.sh; written for Windows PowerShell 5.1 and for PowerShell 7.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false # exit codes are looked at here, whatever the session says
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    Write-Host ("build.ps1: a policy of this Windows lets PowerShell run this script in $($ExecutionContext.SessionState.LanguageMode) " +
        'mode only, which is not enough for it; what still works: build.sh on Linux, or in WSL')
    exit 2
}

$caller = (Get-Location -PSProvider FileSystem).ProviderPath
$root = $PSScriptRoot
$hosts = Join-Path $root 'build\bin\hosts'         # one folder a host, named after what it was built from
$memory = Join-Path $root 'build\.cake-addins'     # the way to the Cake packages that works here; docs/adr/0002
$download = 'https://dotnet.microsoft.com/download/dotnet/10.0'
$onWindows = [Environment]::OSVersion.Platform -eq 'Win32NT'

function Say([string] $message) { [Console]::Error.WriteLine("build.ps1: $message") }

# Ends the script with a reason that its last lines look for.
function Stop-Build([int] $exitCode, [string] $message) {
    $reason = New-Object InvalidOperationException $message
    $reason.Data['ExitCode'] = $exitCode
    throw $reason
}

# Does what makes or changes a path below the checkout; where it fails, says whose the path is and what to do.
function Invoke-Change([string] $path, [scriptblock] $action) {
    try {
        return & $action
    } catch [IO.IOException], [UnauthorizedAccessException] {
        $reason = $_.Exception
        if ($reason -is [Management.Automation.MethodInvocationException]) { $reason = $reason.InnerException }
    }
    $folder = $path
    while (-not (Test-Path -LiteralPath $folder)) { $folder = Split-Path $folder }
    $owner = if ($onWindows) { (Get-Acl -LiteralPath $folder).Owner } else { (Get-Item -LiteralPath $folder -Force).User }
    if ($reason -is [UnauthorizedAccessException]) {
        $me = if ([Environment]::UserName) { [Environment]::UserName } else { & id -u }
        $remedy = if ($onWindows) { 'give yourself the right to change it' } else { "run 'sudo chown -R $me $folder'" }
        Stop-Build 1 "$folder belongs to $owner and cannot be written by ${me}: $remedy, or run this as $owner."
    }
    Stop-Build 1 ("$folder cannot be written ($($reason.Message.TrimEnd('.'))): " +
        'make it writable, free space, or copy the checkout elsewhere, and run this again.')
}

# The names of the variables that MSBuild gets: those that the lists name, and those that NuGet's own configuration names.
function Get-MSBuildVariable {
    $lists = @(Join-Path $root 'build\Host\msbuild-environment.txt')
    $settings = @(Get-ChildItem -LiteralPath $root -Force | Where-Object { $_.Name -eq 'nuget.config' } | ForEach-Object { $_.FullName })
    if ($onWindows) {
        $lists += Join-Path $root 'build\Host\msbuild-environment.windows.txt'
        $settings += "$env:APPDATA\NuGet\*.config", "$env:APPDATA\NuGet\config\*.config", "${env:ProgramFiles(x86)}\NuGet\Config\*.config"
    } else {
        $user = if ($env:DOTNET_CLI_HOME) { $env:DOTNET_CLI_HOME } else { $env:HOME }
        $settings += "$user/.nuget/NuGet/*.[Cc]onfig", "$user/.nuget/config/*.[Cc]onfig", '/etc/opt/NuGet/Config/*.[Cc]onfig'
    }
    $patterns = @(Get-Content -LiteralPath $lists | Where-Object { $_ -and $_ -notlike '#*' })
    $patterns += @(Get-Item -Path $settings -ErrorAction SilentlyContinue |
        Select-String -Pattern '%(\w+)%' -AllMatches | ForEach-Object { $_.Matches } | ForEach-Object { $_.Groups[1].Value })
    [Environment]::GetEnvironmentVariables().Keys | Where-Object { $name = $_; @($patterns | Where-Object { $name -like $_ }).Count -gt 0 }
}

# Runs dotnet with those variables and no others, in English and without ICU, which need not be installed. Returns what it printed;
# $LASTEXITCODE says how it ended.
function Invoke-CleanDotnet {
    $ErrorActionPreference = 'Continue' # in 5.1 a line on stderr would else end the script
    $all = [Environment]::GetEnvironmentVariables()
    try {
        foreach ($name in $all.Keys) {
            if ($variables -notcontains $name) { [Environment]::SetEnvironmentVariable($name, [NullString]::Value) }
        }
        $env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '1'
        $env:CheckoutFolder = $root + [IO.Path]::DirectorySeparatorChar
        & dotnet @args 2>&1 | ForEach-Object { "$_" }
    } finally {
        $env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = $null
        $env:CheckoutFolder = $null
        foreach ($name in $all.Keys) { [Environment]::SetEnvironmentVariable($name, $all[$name]) }
    }
}

function Get-InputFile([string] $folder) {
    foreach ($item in Get-ChildItem -LiteralPath $folder -Force) {
        if (-not $item.PSIsContainer) {
            if ($item.Name -ne '.cake-addins' -and $item.Extension -ne '.user') { $item.FullName }
        } elseif ($item.Name -ne 'bin' -and $item.Name -ne 'obj') {
            Get-InputFile $item.FullName
        }
    }
}

# The files that the host in this folder is made of.
function Get-Source([string] $folder) {
    $names = 'Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props', 'global.json', '.editorconfig'
    $names | ForEach-Object { Join-Path $folder $_ } | Where-Object { Test-Path -LiteralPath $_ -PathType Leaf }
    Get-InputFile (Join-Path $folder 'build')
}

# Where the host belongs that is made of the files in this folder. Names count, so a deleted or renamed file counts too.
function Get-HostFolder([string] $mode, [string] $folder) {
    [string[]] $files = @(Get-Source $folder)
    [Array]::Sort($files, [StringComparer]::Ordinal)
    $sha = [Security.Cryptography.SHA256]::Create()
    try {
        $lines = foreach ($file in $files) {
            $hash = [BitConverter]::ToString($sha.ComputeHash([IO.File]::ReadAllBytes($file)))
            $file.Substring($folder.Length) + ' ' + $hash
        }
        $all = [BitConverter]::ToString($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($lines -join "`n")))
    } finally {
        $sha.Dispose()
    }
    Join-Path $hosts ($mode + '-' + $all.Replace('-', '').Substring(0, 20).ToLowerInvariant())
}

# Ends the script where there is no SDK that fits, or dotnet does not start.
function Assert-Sdk {
    $said = @(Invoke-CleanDotnet --version) # dotnet itself looks at global.json
    if ($LASTEXITCODE -eq 0) { return }
    $sdks = @(Invoke-CleanDotnet --list-sdks | ForEach-Object { $_.Split(' ')[0] })
    if ($LASTEXITCODE -eq 0 -and -not ($sdks -match '^10\.0\.[1-9]')) {
        if (-not $sdks) { $sdks = 'none' }
        Stop-Build 2 "the .NET SDK 10.0 is needed (found: $sdks); install it from $download and run this again."
    }
    $said | Where-Object { $_.Trim() } | Select-Object -First 5 | ForEach-Object { [Console]::Error.WriteLine($_) }
    Stop-Build 1 'a .NET SDK is installed, but dotnet does not start; its first lines are above.'
}

# What dotnet cannot do without, and says in a stack trace.
function Assert-Folder {
    $name = if ($env:DOTNET_CLI_HOME) { 'DOTNET_CLI_HOME' } elseif ($onWindows) { 'USERPROFILE' } else { 'HOME' }
    $folders = @{ $name = [Environment]::GetEnvironmentVariable($name); 'the folder for temporary files' = [IO.Path]::GetTempPath() }
    if (-not $folders[$name]) { $folders[$name] = [Environment]::GetFolderPath('UserProfile') } # what the system knows, as for dotnet
    foreach ($name in $folders.Keys) {
        try {
            if ($name -like '*HOME') { [IO.Directory]::CreateDirectory($folders[$name]) | Out-Null } # as dotnet does
            if (-not (Test-Path -LiteralPath $folders[$name] -PathType Container)) { throw 'there is none' }
            [IO.Directory]::CreateDirectory((Join-Path $folders[$name] ('.qcw-' + [IO.Path]::GetRandomFileName()))).Delete()
        } catch {
            Stop-Build 1 "$name is '$($folders[$name])', which is not a folder that you can write: set it to one, and run this again."
        }
    }
}

# Runs dotnet on the host's project in this folder. Files of the user's and of folders above the checkout take no part. Analyzers are for
# the tests' build.
function Invoke-MSBuild([string] $folder, [string] $mode, [string[]] $verb) {
    Push-Location -LiteralPath $folder
    try {
        $options = "-p:CakeAddins=$mode", '-p:Configuration=Release', '-p:RunAnalyzers=false',
            '-noAutoResponse', '-nodeReuse:false', '-tl:off', '-nologo', '-v:quiet', '-clp:ErrorsOnly'
        Invoke-CleanDotnet @verb build/Build.csproj @options |
            ForEach-Object { $_.Replace($folder + [IO.Path]::DirectorySeparatorChar, '') }
    } finally {
        Pop-Location
    }
}

# The first error of what dotnet printed, without the project file behind it; its first line where MSBuild's word for one is missing.
function Get-FirstError([string[]] $output) {
    $lines = @($output | Where-Object { $_.Trim() } | ForEach-Object { $_ -replace ' \[[^\[\]]*\]$', '' })
    $found = "$(@($lines -match 'error [A-Z]*[0-9]*:') + $lines | Select-Object -First 1)"
    $found -replace '^.*build[\\/]Build\.csproj : error ', '' # what restoring says is about no file in particular
}

# Restores and compiles the host in this mode, and starts it once. What comes back: Mode; Failed, which is '', 'restore' or 'build';
# Output, what dotnet printed; Built, the folder with the host, and Folder, where it belongs.
# It works on copies, in a folder of their own: a lock file stays as it is, and what a killed run left half written is never read again.
function Invoke-Compiler([string] $mode) {
    $copy = Join-Path $work $mode
    foreach ($file in Get-Source $root) {
        $target = $copy + $file.Substring($root.Length)
        [IO.Directory]::CreateDirectory((Split-Path $target)) | Out-Null
        [IO.File]::Copy($file, $target)
    }
    $result = @{ Mode = $mode; Failed = 'restore'; Folder = Get-HostFolder $mode $copy }
    $result.Built = Join-Path $copy 'build\bin\Release\net10.0'
    $locked = $mode -eq 'source' # the packages' lock file is not committed (docs/adr/0002)
    $result.Output = @(Invoke-MSBuild $copy $mode 'restore', "-p:RestoreLockedMode=$locked")
    if ($LASTEXITCODE -ne 0) { return $result }
    $result.Failed = 'build'
    $result.Output = @(Invoke-MSBuild $copy $mode 'build', '--no-restore')
    if ($LASTEXITCODE -ne 0) { return $result }
    $result.Output = @('dotnet compiled the build host without an error, but it does not start:') +
        @(Invoke-CleanDotnet (Join-Path $result.Built 'Build.dll') --version)
    if ($LASTEXITCODE -eq 0) { $result.Failed = '' }
    return $result
}

# The packages failed and nobody asked for them: the stand-ins, remembered, with one line that says why.
function Invoke-StandInCompiler($packages) {
    $result = Invoke-Compiler 'source'
    if (-not $result.Failed) {
        if ($packages.Failed -eq 'restore') {
            $fallback = 'the Cake packages cannot be restored here, so'
        } else {
            $fallback = 'the build host does not compile against the Cake packages of this machine (please report it), so'
        }
        Invoke-Change $memory { [IO.File]::WriteAllText($memory, "source`n") }
        Say ("$fallback their stand-ins (build/addins) are used until build/.cake-addins is deleted; " +
            "the reason: $(Get-FirstError $packages.Output)")
    } elseif ("$($packages.Failed) $($result.Failed)" -ne 'build build') {
        # Where both ways compile badly, the fault is in the host: the packages' errors would only say it twice.
        $result.Output = @($packages.Output) + @($result.Output)
    }
    return $result
}

# Builds the host and returns its folder.
function Build-BuildHost([string] $mode) {
    Say 'building the build host.'
    # What killed runs left, and hosts that nobody has started for a day. One that still runs cannot be deleted.
    Get-ChildItem -LiteralPath $hosts -Directory -Force |
        Where-Object { $_.Name -like '.new-*' -or $_.LastWriteTime -lt (Get-Date).AddDays(-1) } |
        Remove-Item -Recurse -Force -ErrorAction SilentlyContinue
    $work = Join-Path $hosts ('.new-' + [IO.Path]::GetRandomFileName())
    Invoke-Change $hosts { [IO.Directory]::CreateDirectory($work) } | Out-Null
    $result = Invoke-Compiler $mode
    if ($result.Failed -and $mode -eq 'package' -and -not $env:CakeAddins) { $result = Invoke-StandInCompiler $result }
    if ($result.Failed) {
        Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction SilentlyContinue
        $result.Output | ForEach-Object { [Console]::Error.WriteLine($_) }
        if ($result.Failed -eq 'restore') {
            Stop-Build 1 'the packages of the build host cannot be restored; the errors are above.'
        }
        Stop-Build 1 'the build host does not compile; the errors are above.'
    }
    # The new name must not reach the disk before what it names.
    foreach ($file in Get-ChildItem -LiteralPath $result.Built -Recurse -Force | Where-Object { -not $_.PSIsContainer }) {
        $stream = [IO.File]::Open($file.FullName, 'Open', 'ReadWrite')
        $stream.Flush($true)
        $stream.Dispose()
    }
    if (Test-Path -LiteralPath $result.Folder) { Remove-Item -LiteralPath $result.Folder -Recurse -Force }
    Move-Item -LiteralPath $result.Built -Destination $result.Folder
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction SilentlyContinue # the compiler server may still be at it
    return $result.Folder
}

# The lock: a file that only one run can have open. The system closes it with the process, however that ends.
function Open-Lock {
    $said = $false
    while ($true) {
        try {
            return [IO.File]::Open((Join-Path $hosts '.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
        } catch [IO.IOException] {
            # a sharing violation on Windows, EWOULDBLOCK on Linux and macOS
            if (($_.Exception.GetBaseException().HResult -band 0xFFFF) -notin 32, 11, 35) { throw }
            if (-not $said) { Say 'another run is building the build host; waiting for it.' }
            $said = $true
            Start-Sleep -Milliseconds 200
        }
    }
}

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

if (-not (Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue)) {
    Say "the .NET SDK 10.0 is needed and there is no dotnet on the PATH; install it from $download and run this again."
    exit 2
}

$mode = "$env:CakeAddins"
if (-not $mode -and (Test-Path -LiteralPath $memory)) { $mode = [IO.File]::ReadAllText($memory).Trim() }
if (-not $mode) { $mode = 'package' }
if ($mode -cne 'package' -and $mode -cne 'source') {
    Say "CakeAddins is '$mode'; allowed are 'package' and 'source' (from the environment, or in build/.cake-addins)."
    exit 2
}

Push-Location -LiteralPath $root # dotnet looks for global.json from here
$code = 1
$variables = @(Get-MSBuildVariable)
try {
    $hostFolder = Get-HostFolder $mode $root
    if (-not (Test-Path -LiteralPath (Join-Path $hostFolder 'Build.dll'))) {
        Assert-Folder
        Assert-Sdk
        $lock = Invoke-Change $hosts {
            [IO.Directory]::CreateDirectory($hosts) | Out-Null
            Open-Lock
        }
        try {
            # The run that had the lock may have built just this.
            $hostFolder = Get-HostFolder $mode $root
            if (-not (Test-Path -LiteralPath (Join-Path $hostFolder 'Build.dll'))) { $hostFolder = Build-BuildHost $mode }
        } finally {
            $lock.Dispose()
        }
    }
    try { (Get-Item -LiteralPath $hostFolder).LastWriteTime = Get-Date } catch { } # started now: not to be tidied away today

    $env:QCW_CALLER_DIRECTORY = $caller # the host runs in the repository; relative paths in its options are the caller's
    $env:QCW_MSBUILD_ENVIRONMENT = $variables -join ' ' # for where it runs MSBuild itself
    & dotnet (Join-Path $hostFolder 'Build.dll') @args
    $code = $LASTEXITCODE
} catch [InvalidOperationException] {
    if (-not $_.Exception.Data.Contains('ExitCode')) { throw }
    Say $_.Exception.Message
    $code = $_.Exception.Data['ExitCode']
} finally {
    $env:QCW_CALLER_DIRECTORY = $null
    $env:QCW_MSBUILD_ENVIRONMENT = $null
    Pop-Location
}
exit $code
