#!/usr/bin/env bash
# Runs one recipe: bash recipe.sh <recipe file>
#
# A recipe defines recipe_configure, recipe_build, recipe_install and recipe_licenses; this driver gives them the toolchain's
# variables (toolchain-$QCW_TOOLCHAIN.sh), runs them in $QCW_BUILD, and turns what they installed into $QCW_OUTPUT.
# Everything comes from the environment, all paths absolute:
#
#   QCW_TOOLCHAIN QCW_TRIPLE QCW_ARCH     cross or msys2; x86_64-w64-mingw32, x86_64
#   QCW_NAME QCW_VERSION                  the component
#   QCW_SOURCE                            its source tree, never written to; empty for a component without one
#   QCW_BUILD QCW_OUTPUT                  the build folder (kept between runs) and the output folder (empty at the start)
#   QCW_DEPENDENCIES                      output folders of all dependencies, in build order, separated by spaces
#   QCW_JOBS QCW_CCACHE                   parallel jobs; the path of ccache, or empty
#   SOURCE_DATE_EPOCH                     the only date that may end up in an output
set -Eeuo pipefail

# The braces make bash read this file to its end before it runs anything: it may be edited while a long build goes on.
{

phase=start
fail() {
    echo "qcw: ${QCW_NAME:-recipe.sh}: $*" >&2
    exit 1
}
# shellcheck disable=SC2317 # a trap calls it
on_error() {
    local code=$1 place=$2
    # A subshell's failure reaches the parent, which reports it: once is enough.
    ((BASH_SUBSHELL > 0)) || echo "qcw: ${QCW_NAME:-recipe.sh}: $phase failed with exit code $code ($place)" >&2
    exit "$code"
}
trap 'on_error "$?" "${BASH_SOURCE[0]##*/} line $LINENO"' ERR

begin() {
    phase=$1
    echo "qcw: $QCW_NAME: $phase"
}

[[ $# -eq 1 && -f $1 ]] || fail "usage: recipe.sh <recipe file>"
compiling=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
recipe=$(cd -- "$(dirname -- "$1")" && pwd)/${1##*/}

for name in QCW_TOOLCHAIN QCW_TRIPLE QCW_ARCH QCW_NAME QCW_VERSION QCW_BUILD QCW_OUTPUT QCW_JOBS SOURCE_DATE_EPOCH; do
    [[ -n ${!name:-} ]] || fail "the environment variable $name is not set"
done
for name in QCW_SOURCE QCW_DEPENDENCIES QCW_CCACHE; do
    [[ -v $name ]] || fail "the environment variable $name is not set (it may be empty)"
done
for path in "$QCW_SOURCE" "$QCW_BUILD" "$QCW_OUTPUT"; do
    # Neither configure scripts nor libtool survive a space in a path.
    [[ $path != *[[:space:]]* ]] || fail "'$path' contains white space: build in a folder without"
    [[ -z $path || $path == /* ]] || fail "'$path' is not an absolute path"
done
[[ -z $QCW_SOURCE || -d $QCW_SOURCE ]] || fail "there is no source tree at $QCW_SOURCE"
read -r -a dependencies <<<"$QCW_DEPENDENCIES"
for path in "${dependencies[@]}"; do
    [[ -d $path ]] || fail "the dependency $path is missing"
done
mkdir -p "$QCW_BUILD" "$QCW_OUTPUT"

# Every program started from here inherits this lock. After a crash of the host the compilers it started live on for a while,
# and two of them must not write into one build folder.
exec 9>"$QCW_BUILD.lock"
if ! flock -n 9; then
    echo "qcw: $QCW_NAME: wait"
    flock 9
fi

[[ -z $(ls -A "$QCW_OUTPUT") ]] || fail "$QCW_OUTPUT is not empty"

# Source trees stand inside the work tree of this project, and some are git work trees of ours: a build that asks git for
# its version would be told the wrong one.
export GIT_DIR=/nonexistent

# Everything is installed under one neutral prefix and moved from there, so that no path of this machine is compiled in.
prefix=/qcw
staging=$QCW_BUILD/.qcw-staging
licenses=$QCW_OUTPUT/licenses/$QCW_NAME

toolchain=$compiling/toolchain-$QCW_TOOLCHAIN.sh
# MSYS2's belongs to the rest of that builder.
[[ $QCW_TOOLCHAIN != msys2 ]] || toolchain=$compiling/../Builders/Msys2/toolchain-msys2.sh
[[ -f $toolchain ]] || fail "there is no toolchain '$QCW_TOOLCHAIN'"
# shellcheck source=build/Compiling/Recipes/toolchain-cross.sh
source "$toolchain"
# shellcheck source=/dev/null
source "$recipe"
for name in configure build install licenses; do
    declare -F "recipe_$name" >/dev/null || fail "${recipe##*/} does not define recipe_$name"
done

# A recipe has no network: all that it needs is an input with a pin. A container has none, and the host builder takes it away where the kernel
# allows that. The usual ways to the network are closed here as well, on every builder, so that a build that takes one fails and says why.
offline=$compiling/offline
export PATH=$offline:$PATH PYTHONPATH=$offline${python_path:-}
export GIT_ALLOW_PROTOCOL=none PIP_NO_INDEX=1 CARGO_NET_OFFLINE=true GOPROXY=off GOTOOLCHAIN=local
for name in {http,https,ftp,all}_proxy {HTTP,HTTPS,FTP,ALL}_PROXY; do
    # The port named "discard": nothing listens there.
    export "$name=http://127.0.0.1:9"
done
unset no_proxy NO_PROXY

cd "$QCW_BUILD"
# The mark is made last: a configure that was killed runs again, a finished one is left to ninja or make to refresh.
if [[ -e .qcw-configured ]]; then
    echo "qcw: $QCW_NAME: configure: done before, the build goes on"
else
    begin configure
    recipe_configure
    touch .qcw-configured
fi

begin build
recipe_build

begin install
rm -rf "$staging"
mkdir -p "$staging$prefix" "$licenses"
recipe_install
recipe_licenses
# What a build system installs elsewhere would be lost without a word.
stray=$(find "$staging" ! -type d ! -path "$staging$prefix/*" -printf '%P ')
[[ -z $stray ]] || fail "files would be installed outside $prefix: $stray"
find "$staging$prefix" -mindepth 1 -maxdepth 1 -exec mv -t "$QCW_OUTPUT" {} +
rm -rf "$staging"
# libtool's files name folders of the machine that built them, and pkg-config says all that they do.
find "$QCW_OUTPUT" -name '*.la' -delete
[[ -n $(ls -A "$licenses") ]] || fail "no licence text was installed"

phase=check
# Looked for all at once: QEMU's output is large, and has two dozen libraries.
paths=()
for path in "$QCW_SOURCE" "$QCW_BUILD" "$QCW_OUTPUT" "${dependencies[@]}"; do
    [[ -z $path ]] || paths+=(-e "$(spellings "$path")")
done
if found=$(grep -rlF "${paths[@]}" "$QCW_OUTPUT"); then
    names=$(grep -rhoaF "${paths[@]}" "$QCW_OUTPUT" | LC_ALL=C sort -u)
    fail "installed files contain the path ${names//$'\n'/, } of this machine: ${found//$'\n'/ }"
fi
# The manifest comes with the linker's flags, which a build system can lose. GLib's helpers are MSYS2's there, and use no code page.
while IFS= read -r program; do
    grep -qF '<activeCodePage ' "$program" ||
        fail "${program#"$QCW_OUTPUT/"} has no manifest that makes UTF-8 its code page: was it linked with LDFLAGS?"
done < <(find "$QCW_OUTPUT" -name '*.exe' ! -name 'gspawn-*')

exit 0
}
