# Sourced by recipe.sh. The mingw-w64 cross compiler of a Linux distribution: its programs, its flags, and how configure scripts and
# meson are told about them. Another toolchain defines the same names.
# shellcheck shell=bash
# shellcheck disable=SC2154 # prefix, staging, dependencies: recipe.sh
# shellcheck disable=SC2034 # CC and its like: the recipes

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
for dependency in "${dependencies[@]}"; do
    [[ ! -x $dependency/bin/$QCW_TRIPLE-pkg-config ]] || PATH=$dependency/bin:$PATH
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

# A configure script of autoconf. The maintainer's tools are replaced: a source tree whose file times say that configure is
# older than configure.ac would otherwise be rebuilt in place.
autotools_configure() {
    local tool
    for tool in ACLOCAL AUTOCONF AUTOHEADER AUTOMAKE MAKEINFO; do
        export "$tool=true"
    done
    "$QCW_SOURCE/configure" --prefix="$prefix" --host="$QCW_TRIPLE" --disable-dependency-tracking --enable-silent-rules \
        CC="$CC" AR="$AR" RANLIB="$RANLIB" RC="$WINDRES" WINDRES="$WINDRES" \
        CPPFLAGS="$CPPFLAGS" CFLAGS="$CFLAGS" LDFLAGS="$LDFLAGS" "$@"
}

# 'a b' -> 'a', 'b'
meson_list() {
    local word list=
    for word in $1; do
        list+="${list:+, }'$word'"
    done
    echo "$list"
}

# A release build out of tree, with the options given. Subprojects that a source brings along are not used, nor downloaded: what it
# needs is a component of its own. A cross build takes no flags from the environment, so they stand in the cross file.
meson_configure() {
    cat >qcw-cross.ini <<EOF
[binaries]
c = [$(meson_list "$CC")]
ar = '$AR'
ranlib = '$RANLIB'
strip = '$QCW_TRIPLE-strip'
dlltool = '$QCW_TRIPLE-dlltool'
windres = '$WINDRES'
pkgconfig = '$QCW_TRIPLE-pkg-config'

[built-in options]
c_args = [$(meson_list "$CPPFLAGS $CFLAGS")]
c_link_args = [$(meson_list "$LDFLAGS")]

[host_machine]
system = 'windows'
cpu_family = '$QCW_ARCH'
cpu = '$QCW_ARCH'
endian = 'little'
EOF
    meson setup . "$QCW_SOURCE" --cross-file=qcw-cross.ini --prefix="$prefix" --libdir=lib --buildtype=release \
        --wrap-mode=nofallback "$@"
}

# The build folder's own targets, all of them unless some are named.
ninja_build() {
    ninja -j "$QCW_JOBS" "$@"
}

# Installs below the folder given; a recipe that takes all of it gives $staging.
meson_install() {
    DESTDIR=$1 meson install --no-rebuild --quiet
}

make_build() {
    make --no-print-directory -j "$QCW_JOBS" "$@"
}

make_install() {
    make --no-print-directory DESTDIR="$staging" "$@"
}
