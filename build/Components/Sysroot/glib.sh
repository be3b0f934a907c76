# GLib, which QEMU is written with.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, licenses: recipe.sh

# Its reader and writer of hash tables in files is a part of the archive.
# shellcheck disable=SC2034 # toolchain-common.sh
bundled=gvdb

recipe_configure() {
    # GLib looks for functions of these names in libintl and does not read its header. proxy-libintl has them under names of its own, which the
    # header maps these to.
    cat >qcw-libintl.ini <<EOF
[properties]
has_function_ngettext = true
has_function_bind_textdomain_codeset = true
EOF
    # GLib has its own introspection since 2.80. By default it is made where the host has the tools.
    local introspection=()
    [[ ! -e $QCW_SOURCE/girepository/meson.build ]] || introspection=(-Dintrospection=disabled)
    # Its translations are not installed: they would be larger than the library, and libintl here passes texts through.
    meson_configure --cross-file=qcw-libintl.ini -Dtests=false -Dinstalled_tests=false -Dnls=disabled -Dlibmount=disabled -Dselinux=disabled -Dxattr=false \
        -Dman=false -Dgtk_doc=false -Dglib_debug=disabled -Dsysprof=disabled -Dlibelf=disabled "${introspection[@]}"
}

recipe_build() { ninja_build; }

recipe_install() { meson_install "$staging"; }

recipe_licenses() { cp -rL "$QCW_SOURCE/LICENSES/." "$QCW_SOURCE/COPYING" "$licenses"; }
