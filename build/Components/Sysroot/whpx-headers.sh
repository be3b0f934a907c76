# The headers of the Windows Hypervisor Platform, out of mingw-w64's source: QEMU's accelerator needs newer ones than a distribution's compiler
# may have. They stand before the compiler's own, and nothing is linked from them.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses: recipe.sh

recipe_configure() { :; }

recipe_build() { :; }

recipe_install() {
    install -D -m 644 -t "$staging$prefix/include" "$QCW_SOURCE"/mingw-w64-headers/include/{winhvplatform,winhvplatformdefs,winhvemulation}.h
}

# The headers name DISCLAIMER; COPYING is the licence of the package.
recipe_licenses() { install -m 644 "$QCW_SOURCE"/{COPYING,DISCLAIMER} "$licenses"; }
