# usbredir: USB devices of another computer in a guest, over the network.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, licenses: recipe.sh

recipe_configure() { meson_configure -Dgit_werror=disabled -Dstack_protector=disabled -Dtools=disabled -Dtests=disabled; }

recipe_build() { ninja_build; }

recipe_install() { meson_install "$staging"; }

recipe_licenses() { install -m 644 "$QCW_SOURCE"/{COPYING,COPYING.LIB} "$licenses"; }
