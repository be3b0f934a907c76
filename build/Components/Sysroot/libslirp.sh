# libslirp: QEMU's user-mode network.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, licenses: recipe.sh

recipe_configure() { meson_configure; }

recipe_build() { ninja_build; }

recipe_install() { meson_install "$staging"; }

recipe_licenses() { install -m 644 "$QCW_SOURCE/COPYRIGHT" "$licenses"; }
