#!/usr/bin/env bash
# Stands in for dotnet in BuildShTests: notes in $FAKE_LOG what it was asked for, fails where FAKE_* says so.
set -eu

note() { printf '%s\n' "$1" >>"$FAKE_LOG"; }

mode=none
for argument in "$@"; do
    case $argument in -p:CakeAddins=*) mode=${argument#*=} ;; esac
done

case $1 in
    --version) [ -z "${FAKE_SDKS:-}" ] || exit 145 ;;
    --list-sdks) printf '%s [/usr/share/dotnet/sdk]\n' "$FAKE_SDKS" ;;
    restore)
        note "restore $mode"
        case " ${FAKE_RESTORE_FAILS:-} " in
            *" $mode "*)
                printf '{}' >"build/packages.$mode.lock.json" # as NuGet does
                echo "/x/build/Build.csproj : error NU1101: Unable to find package Cake.$mode. [/x/build/Build.csproj]"
                exit 1
                ;;
        esac
        ;;
    build)
        note "build $mode"
        sleep "${FAKE_COMPILE_SECONDS:-0}"
        case " ${FAKE_COMPILE_FAILS:-} " in
            *" $mode "*)
                echo "$PWD/build/Program.cs(1,1): error CS1002: ; expected by $mode [$PWD/build/Build.csproj]"
                exit 1
                ;;
        esac
        mkdir -p build/bin/Release/net10.0
        echo host >build/bin/Release/net10.0/Build.dll
        ;;
    */Build.dll)
        note run
        shift
        printf 'in <%s> from <%s>\n' "$PWD" "$QCW_CALLER_DIRECTORY"
        [ $# -eq 0 ] || printf '<%s>\n' "$@"
        exit "${FAKE_EXIT:-0}"
        ;;
    *) exit 99 ;;
esac
