# LZO: compressed memory dumps and images.
# shellcheck shell=bash
# shellcheck disable=SC2154 # licenses: recipe.sh

recipe_configure() { autotools_configure --enable-shared --disable-static; }

recipe_build() { make_build; }

recipe_install() { make_install install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE/COPYING" "$licenses"; }
