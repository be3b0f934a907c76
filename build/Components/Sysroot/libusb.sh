# libusb: USB devices of the host in a guest.
# shellcheck shell=bash
# shellcheck disable=SC2154 # licenses: recipe.sh

recipe_configure() {
    autotools_configure --enable-shared --disable-static
    # The resource compiler is told to write into this folder, which is not made without dependency tracking.
    mkdir -p libusb/.deps
}

recipe_build() { make_build; }

recipe_install() { make_install install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE"/{COPYING,AUTHORS} "$licenses"; }
