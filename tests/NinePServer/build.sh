#!/usr/bin/env bash
# Compiles QEMU's 9p server alone. See README.md.
#
#   build.sh windows QEMU GLIB OUT   server.exe, with mingw; GLIB is a folder with glib's include and lib
#   build.sh linux   QEMU OUT        server, with clang
#   build.sh fuzz    QEMU OUT        fuzz, with clang, libFuzzer and the address sanitizer
#
# QEMU is a source tree with this repository's patches. OUT gets the program and what was generated.
set -euo pipefail

usage() {
    sed -n 's/^#   //p' "$0" >&2
    exit 2
}

[[ $# -ge 1 ]] || usage
kind=$1
case $kind in
    windows) [[ $# -eq 4 ]] || usage; glib=$3 ;;
    linux | fuzz) [[ $# -eq 3 ]] || usage ;;
    *) usage ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
qemu=$(cd "$2" && pwd)
out=${!#}
if [[ ! -e $qemu/hw/9pfs/9p-name-win32.c ]]; then
    echo "build.sh: $qemu has no hw/9pfs/9p-name-win32.c: apply the patches of line 2026.11 (--target=QemuPatch)" >&2
    exit 2
fi
mkdir -p "$out/generated/qapi" "$out/generated/trace" "$out/objects"

# QEMU's own generators; a poisoned name is only an error in code for one target
export PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0
python3 "$qemu/scripts/qapi-gen.py" -b -o "$out/generated/qapi" "$qemu/qapi/qapi-schema.json"
python3 "$qemu/scripts/tracetool.py" --format=h --backends=nop --group=hw_9pfs \
    "$qemu/hw/9pfs/trace-events" "$out/generated/trace/trace-hw_9pfs.h"
: >"$out/generated/config-poison.h"

sources=("$here"/{alone,stubs}.c "$qemu"/fsdev/{9p-marshal,9p-iov-marshal}.c "$qemu/util/iov.c"
    "$qemu"/hw/9pfs/{9p,9p-local,9p-name-win32,9p-posix-acl,9p-util-generic,9p-xattr,9p-xattr-user,codir,cofile,cofs,coxattr}.c)
flags=(-std=gnu11 -g -O1 -fno-strict-aliasing -D_FILE_OFFSET_BITS=64 -I"$here" -I"$here/include"
    -I"$out/generated" -I"$qemu" -I"$qemu/include" -iquote "$qemu/hw/9pfs")
if [[ $kind == windows ]]; then
    compiler=x86_64-w64-mingw32-gcc
    program=server.exe
    sources+=("$here/server.c" "$qemu/hw/9pfs/9p-util-win32.c")
    flags+=(-D_WIN32_WINNT=0x0A00 -DWINVER=0x0A00 -D__USE_MINGW_ANSI_STDIO=1 -DWIN32_LEAN_AND_MEAN
        -D_POSIX_C_SOURCE=200809L -mms-bitfields -I"$glib/include/glib-2.0" -I"$glib/lib/glib-2.0/include")
    libraries=(-L"$glib/lib" -lglib-2.0 -lws2_32 -lntdll -lm)
else
    compiler=${CLANG:-$(compgen -c clang | grep -xE 'clang(-[0-9]+)?' | sort -u | head -n 1)}
    program=server
    sources+=("$qemu/hw/9pfs/9p-util-linux.c")
    read -r -a glib_flags <<<"$(pkg-config --cflags glib-2.0)"
    read -r -a libraries <<<"$(pkg-config --libs glib-2.0) -lm"
    flags+=(-D_GNU_SOURCE "${glib_flags[@]}")
    if [[ $kind == fuzz ]]; then
        program=fuzz
        sources+=("$here/fuzz.c")
        flags+=("-fsanitize=fuzzer-no-link,address,undefined" "-fno-sanitize=alignment,function")
        libraries+=("-fsanitize=fuzzer,address,undefined" "-fno-sanitize=alignment,function")
    else
        sources+=("$here/server.c")
    fi
fi

objects=()
for source in "${sources[@]}"; do
    object=$out/objects/$(basename "$source" .c).o
    "$compiler" "${flags[@]}" -c "$source" -o "$object"
    objects+=("$object")
done
"$compiler" "${objects[@]}" "${libraries[@]}" -o "$out/$program"
