#!/usr/bin/env bash
# Builds the build host if it changed, then runs it with the arguments given. Exit codes are the host's; of its own this
# script knows 1 (the host cannot be built) and 2 (there is no fitting .NET SDK, or CakeAddins has no allowed value).
set -euo pipefail

caller=$PWD
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd -- "$root"

hosts=build/bin/hosts             # one folder a host, named after what it was built from, so a running one stays as it is
memory=build/.cake-addins         # the way to the Cake packages that works here; docs/adr/0002
built=build/bin/Release/net10.0

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export QCW_CALLER_DIRECTORY=$caller # the host runs in the repository; relative paths in its options are the caller's

say() { printf 'build.sh: %s\n' "$*" >&2; }

fail() { # exit code, message
    say "$2"
    exit "$1"
}

# Everything that the host is made of, by name and content. Names count, so a deleted or renamed file counts too.
fingerprint() {
    local files=()
    for file in Directory.Build.props Directory.Build.targets Directory.Packages.props \
        global.json .editorconfig nuget.config NuGet.config NuGet.Config; do
        if [ -f "$file" ]; then files+=("$file"); fi
    done
    local hash=(sha256sum)
    if ! command -v sha256sum >/dev/null; then hash=(shasum -a 256); fi
    {
        printf '%s\0' "${files[@]}"
        find build \( -name bin -o -name obj \) -prune -o -type f ! -path "$memory" -print0
    } | LC_ALL=C sort -z | xargs -0 "${hash[@]}" | "${hash[@]}" | cut -c 1-20
}

host_folder() { printf '%s/%s-%s' "$hosts" "$mode" "$(fingerprint)"; }

require_sdk() { # dotnet itself looks at global.json
    local sdks
    if dotnet --version >/dev/null 2>&1; then return; fi
    sdks=$(dotnet --list-sdks 2>/dev/null | cut -d ' ' -f 1 | paste -sd ' ' -) || true
    fail 2 "the .NET SDK 10.0 is needed (found: ${sdks:-none}); install it from $download and run this again."
}

# The lock is not handed to dotnet, whose compiler server outlives it; the subshell that waits for dotnet has it, so it
# is held as long as anything is being built, even if this script is killed.
# Analyzers are for the tests' build: they double the time. An environment variable Platform, which some computers come
# with, must not choose the output folder.
msbuild() { # verb, its arguments
    dotnet "$@" build/Build.csproj -p:CakeAddins="$mode" -p:Configuration=Release \
        -p:Platform=AnyCPU -p:RunAnalyzers=false -nodeReuse:false -tl:off -nologo -v:quiet -clp:ErrorsOnly \
        2>&1 </dev/null 9>&- || return
    return 0
}

# The first error of what dotnet printed, without the project file behind it; its first line where MSBuild's word for one is missing.
first_error() {
    local lines error
    lines=$(printf '%s\n' "$1" | sed -n 's/ \[[^][]*\]$//; /[^[:space:]]/p')
    error=$(printf '%s\n' "$lines" | sed -n '/error [A-Z]*[0-9]*:/p' | sed -n 1p)
    if [ -z "$error" ]; then error=$(printf '%s\n' "$lines" | sed -n 1p); fi
    error=${error#"$root/"}
    printf '%s\n' "${error#"build/Build.csproj : error "}" # what restoring says is about no file in particular
}

# Restores and compiles the host in this mode. On failure: output has what dotnet printed, and failed says which of the two it was.
compile() {
    local lock=build/packages.package.lock.json lock_text=
    if [ "$mode" = package ] && [ -f "$lock" ]; then lock_text=$(cat "$lock"); fi
    if ! output=$(msbuild restore); then
        failed=restore
        if [ "$mode" = package ]; then # NuGet writes a lock file even when it fails
            if [ -n "$lock_text" ]; then printf '%s' "$lock_text" >"$lock"; else rm -f "$lock"; fi
        fi
        return 1
    fi
    host=$(host_folder) # after the restore, which may have written a lock file, and before the compiler reads anything
    failed=build
    output=$(msbuild build --no-restore)
}

# The packages failed and nobody asked for them: the stand-ins, remembered, with one line that says why.
compile_stand_ins() {
    local package_output=$output package_failed=$failed fallback
    mode=source
    if compile; then
        if [ "$package_failed" = restore ]; then
            fallback="the Cake packages cannot be restored here, so"
        else
            fallback="the build host does not compile against the Cake packages of this machine (please report it), so"
        fi
        printf 'source\n' >"$memory"
        say "$fallback their stand-ins (build/addins) are used until $memory is deleted; the reason: $(first_error "$package_output")"
        return
    fi
    # Where both ways compile badly, the fault is in the host: the packages' errors would only say it twice.
    if [ "$package_failed $failed" != "build build" ]; then output=$package_output$'\n'$output; fi
    return 1
}

build_host() {
    local output failed fresh
    say "building the build host."
    if ! compile && { [ "$mode" != package ] || [ -n "${CakeAddins:-}" ] || ! compile_stand_ins; }; then
        printf '%s\n' "$output" >&2
        if [ "$failed" = restore ]; then fail 1 "the packages of the build host cannot be restored; the errors are above."; fi
        fail 1 "the build host does not compile; the errors are above."
    fi
    fresh=$(mktemp -d "$hosts/.new-XXXXXX")
    cp -R "$built/." "$fresh"
    rm -rf "$host"
    mv "$fresh" "$host"
    # Hosts that nobody has started for a day, and what a killed run left.
    find "$hosts" -mindepth 1 -maxdepth 1 -type d -mmin +1440 -exec rm -rf {} +
}

download=https://dotnet.microsoft.com/download/dotnet/10.0
if ! command -v dotnet >/dev/null; then
    fail 2 "the .NET SDK 10.0 is needed and there is no dotnet on the PATH; install it from $download and run this again."
fi

mode=${CakeAddins:-}
if [ -z "$mode" ] && [ -f "$memory" ]; then mode=$(tr -d '[:space:]' <"$memory"); fi
mode=${mode:-package}
if [ "$mode" != package ] && [ "$mode" != source ]; then
    fail 2 "CakeAddins is '$mode'; allowed are 'package' and 'source' (from the environment, or in $memory)."
fi

host=$(host_folder)
if [ ! -f "$host/Build.dll" ]; then
    require_sdk
    mkdir -p "$hosts"
    if command -v flock >/dev/null; then
        exec 9>"$hosts/.lock"
        if ! flock -n 9; then
            say "another run is building the build host; waiting for it."
            flock 9
        fi
    fi
    host=$(host_folder) # the run that had the lock may have built just this
    if [ ! -f "$host/Build.dll" ]; then build_host; fi
    exec 9>&-
fi

touch -c "$host" || true # started now: not to be tidied away today
exec dotnet "$host/Build.dll" "$@"
