# libintl, which GLib wants on Windows even without translations. With a source it is proxy-libintl; without one it is the
# pass-through in libintl/: Debian has no proxy-libintl, and GNU gettext's own library takes ten minutes to configure and compile only to find no
# catalogue, because none is installed.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses, recipe, CC, CFLAGS, AR: toolchain and recipe.sh

own=${recipe%.sh}

recipe_configure() {
    [[ -z $QCW_SOURCE ]] || meson_configure -Ddefault_library=shared
}

recipe_build() {
    if [[ -n $QCW_SOURCE ]]; then
        ninja_build
        return
    fi
    echo "  CC libintl.c"
    # shellcheck disable=SC2086 # flags are words
    $CC $CFLAGS -ffile-prefix-map="$own=$QCW_NAME" -I"$own" -c "$own/libintl.c"
    rm -f libintl.a
    "$AR" crD libintl.a libintl.o
}

recipe_install() {
    local root=$staging$prefix
    if [[ -n $QCW_SOURCE ]]; then
        meson_install "$staging"
        return
    fi
    install -D -m 644 -t "$root/lib" libintl.a
    install -D -m 644 -t "$root/include" "$own/libintl.h"
}

recipe_licenses() {
    if [[ -n $QCW_SOURCE ]]; then
        install -m 644 "$QCW_SOURCE/COPYING" "$licenses"
    else
        install -m 644 "${own%/build/Components/Sysroot/libintl}/LICENSE" "$licenses"
    fi
}
