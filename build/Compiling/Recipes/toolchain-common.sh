# Sourced by each toolchain: how configure scripts, meson, ninja and make are run, whatever the compiler.
# shellcheck shell=bash
# shellcheck disable=SC2154 # prefix, staging: recipe.sh; CC, AR, RANLIB, WINDRES and the flags: the toolchain

# Windows gives a C program its arguments, and takes its file names, as bytes in a code page: by default that of the system, in which most letters do
# not exist. In a program whose manifest says so (Windows 10 1903 and newer) it is UTF-8, which GLib, JSON and Unix sockets use anyway. GCC links
# default-manifest.o into each program, and into no DLL, where it finds it. Language 0 makes it a default: a manifest of the program's own wins.
# The other entry is Windows 10: ours takes the place of MSYS2's, which has it too. Without it Windows calls itself 8 to the program.
utf8_manifest() {
    mkdir -p "$1"
    cat >"$1/utf8.manifest" <<'EOF'
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application>
      <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
    </application>
  </compatibility>
  <application>
    <windowsSettings>
      <activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
    </windowsSettings>
  </application>
</assembly>
EOF
    printf 'LANGUAGE 0, 0\n1 24 "utf8.manifest"\n' >"$1/utf8.rc"
    (cd "$1" && "$WINDRES" utf8.rc default-manifest.o)
}

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

# A machine file's text: the programs, with what the names of those that recipes do not name begin with, and the flags.
meson_tools() {
    cat <<EOF
[binaries]
c = [$(meson_list "$CC")]
ar = '$AR'
ranlib = '$RANLIB'
strip = '$1strip'
dlltool = '$1dlltool'
windres = '$WINDRES'
pkgconfig = '$1pkg-config'

[built-in options]
c_args = [$(meson_list "$CPPFLAGS $CFLAGS")]
c_link_args = [$(meson_list "$LDFLAGS")]
EOF
}

# A release build out of tree, with the options given. What a source needs is a component of its own: meson does not download a subproject, and
# uses one that the source brings along only where the recipe names it in bundled.
meson_setup() {
    local names name
    meson setup . "$QCW_SOURCE" "$1" --prefix="$prefix" --libdir=lib --buildtype=release --wrap-mode=nodownload "${@:2}"
    names=$(python3 -c 'import json, sys; print(*(s["name"] for s in json.load(sys.stdin)["subprojects"]))' <meson-info/intro-projectinfo.json)
    for name in $names; do
        [[ " ${bundled:-} " == *" $name "* ]] ||
            fail "meson used the subproject $name of the source: make it a library of the line, or add it to 'bundled' in ${recipe##*/}"
    done
}

# Out of tree, with the options given. Nothing is looked for outside the folders of the libraries. The cross toolchain only: cmake_system is its own.
cmake_configure() {
    cmake -G Ninja "$QCW_SOURCE" -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE= \
        -DCMAKE_C_COMPILER="$gcc" -DCMAKE_C_COMPILER_LAUNCHER="$QCW_CCACHE" -DCMAKE_RC_COMPILER="$WINDRES" -DCMAKE_AR="$(command -v "$AR")" \
        -DCMAKE_RANLIB="$(command -v "$RANLIB")" -DCMAKE_C_FLAGS="$CPPFLAGS $CFLAGS" \
        -DCMAKE_EXE_LINKER_FLAGS="$LDFLAGS" -DCMAKE_SHARED_LINKER_FLAGS="$LDFLAGS" -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF \
        "${cmake_system[@]}" "$@"
}

# Installs below $staging.
cmake_install() { DESTDIR=$staging cmake --install .; }

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

# For a library whose own build is not used: its name for pkg-config, the name and the description inside, its name for the linker.
install_pc() {
    mkdir -p "$staging$prefix/lib/pkgconfig"
    cat >"$staging$prefix/lib/pkgconfig/$1.pc" <<EOF
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: $2
Description: $3
Version: $QCW_VERSION
Libs: -L\${libdir} -l$4
Cflags: -I\${includedir}
EOF
}
