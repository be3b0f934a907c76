#!/usr/bin/env bash
# Builds the build host if it changed, then runs it with the arguments given. Exit codes are the host's; of its own this
# script knows 1 (the host cannot be built) and 2 (there is no fitting .NET SDK, or CakeAddins has no allowed value).
set -euo pipefail

caller=$PWD
root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd -- "$root"

hosts=build/bin/hosts             # one folder a host, named after what it was built from, so a running one stays as it is
memory=build/.cake-addins         # the way to the Cake packages that works here; docs/adr/0002

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export QCW_CALLER_DIRECTORY=$caller # the host runs in the repository; relative paths in its options are the caller's

say() { printf 'build.sh: %s\n' "$*" >&2; }

fail() { # exit code, message
    say "$2"
    exit "$1"
}

# Runs what makes or changes a path below the checkout; where it fails, says whose the path is and what to do.
change() { # path, command
    local folder=$root/$1 reason me owner advice
    shift
    if reason=$(LC_ALL=C "$@" 2>&1); then return; fi
    until [ -e "$folder" ]; do folder=${folder%/*}; done
    while [ "$folder" != "$root" ] && [ ! -w "${folder%/*}" ]; do folder=${folder%/*}; done
    me=$(id -un 2>/dev/null) || me=$(id -u)
    read -r _ _ owner _ < <(ls -ld "$folder")
    case $reason in
        *'Permission denied')
            advice="belongs to $owner and cannot be written by $me: run 'sudo chown -R $me $folder', or run this as $owner."
            ;;
        *'Read-only file system')
            advice="is on a read-only file system: copy the checkout to a folder that can be written, and run this there."
            ;;
        *) advice="cannot be written (${reason##*: }): make it writable, or free space, and run this again." ;;
    esac
    fail 1 "$folder $advice"
}

# The environment of MSBuild, as NAME=VALUE: those of the caller's variables that the list names, or NuGet's own configuration.
# The host gets all that the caller has, and the names, for where it runs MSBuild itself.
choose_environment() {
    local pattern name names='' exported
    exported=$(compgen -e)
    shopt -s nocasematch
    while read -r pattern; do
        for name in $exported; do
            # shellcheck disable=SC2254 # a pattern
            case $pattern in '' | '#'*) ;; *) case $name in $pattern)
                environment+=("$name=${!name}")
                names+="$name "
                ;;
            esac ;; esac
        done
    done < <(
        cat build/Host/msbuild-environment.txt
        cat [Nn]u[Gg]et.[Cc]onfig "${DOTNET_CLI_HOME:-${HOME:-}}"/.nuget/{NuGet,config}/*.[Cc]onfig \
            /etc/opt/NuGet/Config/*.[Cc]onfig 2>/dev/null | grep -o '%[A-Za-z0-9_]*%' | tr -d %
    )
    shopt -u nocasematch
    export QCW_MSBUILD_ENVIRONMENT=$names
}

# dotnet with that environment and no other, in English and without ICU, which need not be installed.
# The lock is not handed to dotnet, whose compiler server outlives it; the subshell that waits for dotnet has it, so it
# is held as long as anything is being built, even if this script is killed.
clean_dotnet() { # its arguments
    env -i "${environment[@]}" DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 CheckoutFolder="$root/" \
        dotnet "$@" 2>&1 </dev/null 9>&- || return
    return 0
}

# For other users of this checkout, whatever the umask.
make_hosts() {
    umask 022
    mkdir -p "$hosts" && { [ -r "$hosts/.lock" ] || : >>"$hosts/.lock"; }
}

# The files that the host is made of, below the current folder, each name ended by a NUL.
sources() {
    local file
    for file in Directory.Build.props Directory.Build.targets Directory.Packages.props global.json .editorconfig; do
        if [ -f "$file" ]; then printf '%s\0' "$file"; fi
    done
    find build \( -name bin -o -name obj \) -prune -o -type f ! -name '*.user' ! -path "$memory" -print0
}

# Everything that the host is made of, by name and content. Names count, so a deleted or renamed file counts too.
fingerprint() {
    local hash=(sha256sum)
    if ! command -v sha256sum >/dev/null; then hash=(shasum -a 256); fi
    sources | LC_ALL=C sort -z | xargs -0 "${hash[@]}" | "${hash[@]}" | cut -c 1-20
}

# The folder of the host that is made of the files below this one.
host_folder() { # folder
    local digest
    digest=$(cd -- "$1" && fingerprint) ||
        fail 1 "files of the build host cannot be read; the errors are above. Run 'sudo chmod -R a+rX $root/build', and this again."
    printf '%s/%s-%s' "$hosts" "$mode" "$digest"
}

require_sdk() { # dotnet itself looks at global.json
    local said sdks
    if said=$(clean_dotnet --version); then return; fi
    if sdks=$(clean_dotnet --list-sdks) && ! [[ $sdks =~ (^|$'\n')10\.0\.[1-9] ]]; then
        sdks=$(printf '%s\n' "$sdks" | cut -d ' ' -f 1 | paste -sd ' ' -)
        fail 2 "the .NET SDK 10.0 is needed (found: ${sdks:-none}); install it from $download and run this again."
    fi
    printf '%s\n' "$said" | sed -n '/[^[:space:]]/p' | sed -n 1,5p >&2
    fail 1 "a .NET SDK is installed, but dotnet does not start; its first lines are above."
}

# What dotnet cannot do without, and says in a stack trace.
require_folders() {
    local name=HOME
    if [ -n "${DOTNET_CLI_HOME:-}" ]; then name=DOTNET_CLI_HOME; fi
    if [ -z "${HOME:-}" ]; then HOME=~; fi # what the system knows, as for dotnet
    mkdir -p -- "${!name}" 2>/dev/null || true # as dotnet does
    for name in "$name" TMPDIR; do
        if [ -n "${!name:-}" ] && { [ ! -d "${!name}" ] || [ ! -w "${!name}" ] || [ ! -x "${!name}" ]; }; then
            fail 1 "$name is '${!name}', which is not a folder that you can write: set it to one, and run this again."
        fi
    done
}

# Files of the user's and of folders above the checkout take no part. Analyzers are for the tests' build: they double the time.
msbuild() { # verb, its arguments
    cd -- "$copy" || return
    clean_dotnet "$@" build/Build.csproj -p:CakeAddins="$mode" -p:Configuration=Release -p:RunAnalyzers=false \
        -noAutoResponse -nodeReuse:false -tl:off -nologo -v:quiet -clp:ErrorsOnly || return
    return 0
}

# The first error of what dotnet printed, without the project file behind it; its first line where MSBuild's word for one is missing.
first_error() {
    local lines error
    lines=$(printf '%s\n' "$1" | sed -n 's/ \[[^][]*\]$//; /[^[:space:]]/p')
    error=$(printf '%s\n' "$lines" | sed -n '/error [A-Z]*[0-9]*:/p' | sed -n 1p)
    if [ -z "$error" ]; then error=$(printf '%s\n' "$lines" | sed -n 1p); fi
    printf '%s\n' "${error#*build/Build.csproj : error }" # what restoring says is about no file in particular
}

# Restores and compiles the host in this mode, and starts it once. On success built is its folder and host where it belongs; on failure
# output has what dotnet printed, and failed says which of restore and build it was.
# It works on copies, in a folder of their own: a lock file stays as it is, and what a killed run left half written is never read again.
compile() {
    local copy=$root/$work/$mode locked=false
    mkdir "$copy"
    sources | tar --null -T - -cf - | tar -C "$copy" --no-same-owner -xf - ||
        fail 1 "the files of the build host cannot be copied into $copy; the errors are above."
    copy=$(cd -- "$copy" && pwd -P)
    built=$work/$mode/build/bin/Release/net10.0
    host=$(host_folder "$copy") || exit
    if [ "$mode" = source ]; then locked=true; fi # the packages' lock file is not committed (docs/adr/0002)
    failed=restore
    if output=$(msbuild restore -p:RestoreLockedMode="$locked"); then
        failed=build
        if output=$(msbuild build --no-restore); then
            if output=$(clean_dotnet "$built/Build.dll" --version); then return; fi
            output="dotnet compiled the build host without an error, but it does not start:"$'\n'$output
        fi
    fi
    output=${output//"$copy/"/}
    return 1
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
        printf 'source\n' >"$work/memory"
        chmod a+r "$work/memory"
        change "$memory" mv -f "$work/memory" "$memory"
        say "$fallback their stand-ins (build/addins) are used until $memory is deleted; the reason: $(first_error "$package_output")"
        return
    fi
    # Where both ways compile badly, the fault is in the host: the packages' errors would only say it twice.
    if [ "$package_failed $failed" != "build build" ]; then output=$package_output$'\n'$output; fi
    return 1
}

build_host() {
    local output failed built work
    say "building the build host."
    # What killed runs left, and hosts that nobody has started for a day. Where somebody else made them, they stay.
    find "$hosts" -mindepth 1 -maxdepth 1 -type d \( -name "$killed" -o -mmin +1440 \) -exec rm -rf {} + 2>/dev/null || true
    work=$hosts/.new-$$-$RANDOM
    change "$hosts" mkdir "$work"
    if ! compile && { [ "$mode" != package ] || [ -n "${CakeAddins:-}" ] || ! compile_stand_ins; }; then
        rm -rf "$work" || true
        printf '%s\n' "$output" >&2
        if [ "$failed" = restore ]; then fail 1 "the packages of the build host cannot be restored; the errors are above."; fi
        fail 1 "the build host does not compile; the errors are above."
    fi
    chmod -R a+rX "$built" # as make_hosts
    find "$built" -type f -exec sync {} + || true # a rename must not reach the disk before what it names
    rm -rf "$host"
    mv "$built" "$host"
    rm -rf "$work" || true # the compiler server may still be at it
}

download=https://dotnet.microsoft.com/download/dotnet/10.0
if ! command -v dotnet >/dev/null; then
    fail 2 "the .NET SDK 10.0 is needed and there is no dotnet on the PATH; install it from $download and run this again."
fi

mode=${CakeAddins:-}
if [ -z "$mode" ] && [ -f "$memory" ]; then
    mode=$(tr -d '[:space:]' <"$memory") || fail 1 "$root/$memory cannot be read: delete it, and run this again."
fi
mode=${mode:-package}
if [ "$mode" != package ] && [ "$mode" != source ]; then
    fail 2 "CakeAddins is '$mode'; allowed are 'package' and 'source' (from the environment, or in $memory)."
fi

environment=()
choose_environment
host=$(host_folder .)
if [ ! -f "$host/Build.dll" ]; then
    require_folders
    require_sdk
    change "$hosts/.lock" make_hosts
    killed=
    if command -v flock >/dev/null; then
        if [ -w "$hosts/.lock" ]; then exec 9>>"$hosts/.lock"; else exec 9<"$hosts/.lock"; fi # somebody else's serves, too
        if ! flock -n 9; then
            say "another run is building the build host; waiting for it."
            flock 9
        fi
        killed='.new-*'
    fi
    host=$(host_folder .) # the run that had the lock may have built just this
    if [ ! -f "$host/Build.dll" ]; then build_host; fi
    exec 9>&-
fi

touch -c "$host" 2>/dev/null || true # started now: not to be tidied away today
exec dotnet "$host/Build.dll" "$@"
