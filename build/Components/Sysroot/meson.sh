# meson for libraries that need a newer one than the host's. It is a tool of the build: toolchain-cross.sh puts its bin/ before the host's programs.
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
}

recipe_licenses() { install -m 644 "$QCW_SOURCE/COPYING" "$licenses"; }
