# Sourced by recipe.sh. The mingw-w64 cross compiler of a Linux distribution: its programs, its flags, and how meson is told about
# them. Another toolchain defines the same names.
# shellcheck shell=bash
# shellcheck disable=SC2154 # prefix, staging, dependencies: recipe.sh
# shellcheck disable=SC2034 # CC and its like: the recipes

# shellcheck source=build/Compiling/Recipes/toolchain-common.sh
source "$compiling/toolchain-common.sh"

# What the names of its programs begin with.
tool_prefix=$QCW_TRIPLE-
# The win32 thread model by name: which of the two a bare "gcc" means is a setting of the machine, and they need different DLLs.
gcc=$QCW_TRIPLE-gcc-win32
CC="${QCW_CCACHE:+$QCW_CCACHE }$gcc"
AR=$QCW_TRIPLE-ar
OBJCOPY=$QCW_TRIPLE-objcopy
RANLIB=$QCW_TRIPLE-ranlib
WINDRES=$QCW_TRIPLE-windres

CPPFLAGS=
CFLAGS="-O2 -ffile-prefix-map=$QCW_BUILD=$QCW_NAME"
if [[ -n $QCW_SOURCE ]]; then
    # Autoconf names sources by absolute paths, meson relative to the build folder.
    CFLAGS+=" -ffile-prefix-map=$QCW_SOURCE=$QCW_NAME"
    CFLAGS+=" -ffile-prefix-map=$(realpath --relative-to="$QCW_BUILD" "$QCW_SOURCE")=$QCW_NAME"
fi
# -s: nothing here debugs a release, and a symbol table would differ by what the linker happened to see.
LDFLAGS="-s -Wl,--no-insert-timestamp"
python_path=
for dependency in "${dependencies[@]}"; do
    # Of the libraries, two have programs of the build: the toolchain's own part and meson.
    [[ ! -x $dependency/bin/$QCW_TRIPLE-pkg-config && ! -x $dependency/bin/meson ]] || PATH=$dependency/bin:$PATH
    [[ ! -d $dependency/lib/meson ]] || python_path+=:$dependency/lib/meson
    [[ ! -d $dependency/include ]] || CPPFLAGS+=" -I$dependency/include"
    [[ ! -d $dependency/include ]] || CFLAGS+=" -ffile-prefix-map=$dependency=sysroot"
    [[ ! -d $dependency/lib ]] || LDFLAGS+=" -L$dependency/lib"
done
export PATH
for program in "$gcc" "$AR" "$WINDRES"; do
    command -v "$program" >/dev/null || fail "$program is missing (Debian: gcc-mingw-w64-x86-64-win32)"
done

# The linker sorts a program's imports by the paths of the import libraries. Seen through these links, the compiler's own stand
# beside the sysroot's under one folder, and the order is the same wherever that folder is.
own=$QCW_BUILD/.compiler
rm -rf "$own"
mkdir "$own"
searched=$("$gcc" -print-search-dirs | sed -n 's/^libraries: =//p')
count=0
for path in ${searched//:/ }; do
    [[ -d $path ]] || continue
    ln -s "$(realpath "$path")" "$own/$((++count))"
    LDFLAGS+=" -L$own/$count"
done

utf8_manifest "$QCW_BUILD/.manifest"
# An absolute path: GCC leaves out a default manifest that it finds by a relative one.
LDFLAGS+=" -B$QCW_BUILD/.manifest"

# True where the libraries have this one, by its name for pkg-config.
has_library() { "$QCW_TRIPLE-pkg-config" --exists "$1"; }

# All spellings of a path of this machine that a tool could have left in its output, one a line.
spellings() { echo "$1"; }

# The libraries that programs need beside themselves are components of their own, which the host adds.
install_runtime() { :; }

# The licences of files of this machine, as those of the packages that they are from: the folder that gets them, the files.
install_package_licenses() {
    local packages package
    command -v dpkg-query >/dev/null || fail "dpkg-query is missing, which finds the licences of files of this machine, such as $2"
    packages=$(dpkg-query --search "${@:2}" | cut -d: -f1 | LC_ALL=C sort -u)
    for package in $packages; do
        install -D -m 644 "/usr/share/doc/$package/copyright" "$1/$package.txt"
    done
}

# How CMake is told that it compiles for another system, and that no library of this one counts.
cmake_system=(-DCMAKE_SYSTEM_NAME=Windows -DCMAKE_SYSTEM_PROCESSOR="$QCW_ARCH" -DCMAKE_FIND_ROOT_PATH="$(IFS=";" && echo "${dependencies[*]}")"
    -DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER -DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY -DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY
    -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=ONLY)

# A cross build takes no flags from the environment, so they stand in the cross file.
meson_configure() {
    {
        meson_tools "$QCW_TRIPLE-"
        cat <<EOF

[host_machine]
system = 'windows'
cpu_family = '$QCW_ARCH'
cpu = '$QCW_ARCH'
endian = 'little'
EOF
    } >qcw-cross.ini
    meson_setup --cross-file=qcw-cross.ini "$@"
}
