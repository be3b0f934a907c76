# libpng: screenshots, and the icons of QEMU's window.
# shellcheck shell=bash
# shellcheck disable=SC2154 # licenses: recipe.sh

recipe_configure() { autotools_configure --enable-shared --disable-static --disable-tools --disable-tests; }

recipe_build() { make_build; }

recipe_install() { make_install install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE/LICENSE" "$licenses"; }
