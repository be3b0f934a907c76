# meson for sources that need a newer one than the host's. It is a tool of the build: toolchain-cross.sh puts its bin/ before the host's programs, and
# its lib/meson before the host's Python packages, where QEMU's configure looks for it.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses: recipe.sh

recipe_configure() { :; }

recipe_build() { :; }

recipe_install() {
    local root=$staging$prefix
    install -D -m 644 -t "$root/lib/meson" "$QCW_SOURCE/meson.py"
    cp -r "$QCW_SOURCE/mesonbuild" "$root/lib/meson"
    mkdir -p "$root/bin"
    # shellcheck disable=SC2016 # the program expands this, not the recipe
    printf '%s\n' '#!/bin/sh' 'exec python3 "${0%/*}/../lib/meson/meson.py" "$@"' >"$root/bin/meson"
    chmod 755 "$root/bin/meson"
    # What pip would write: Python finds the version and the name of the program in it.
    local info=$root/lib/meson/meson-$QCW_VERSION.dist-info
    mkdir "$info"
    printf '%s\n' 'Metadata-Version: 2.1' 'Name: meson' "Version: $QCW_VERSION" >"$info/METADATA"
    printf '%s\n' '[console_scripts]' 'meson = mesonbuild.mesonmain:main' >"$info/entry_points.txt"
}

recipe_licenses() { install -m 644 "$QCW_SOURCE/COPYING" "$licenses"; }
