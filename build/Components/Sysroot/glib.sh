# GLib, which QEMU is written with.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, licenses: recipe.sh

recipe_configure() {
    # Its translations are not installed: they would be larger than the library, and libintl here passes texts through.
    meson_configure -Dtests=false -Dinstalled_tests=false -Dnls=disabled -Dlibmount=disabled -Dselinux=disabled -Dxattr=false \
        -Dman=false -Dgtk_doc=false -Dglib_debug=disabled -Dsysprof=disabled -Dlibelf=disabled
}

recipe_build() { ninja_build; }

recipe_install() { meson_install "$staging"; }

recipe_licenses() { cp -rL "$QCW_SOURCE/LICENSES/." "$QCW_SOURCE/COPYING" "$licenses"; }
