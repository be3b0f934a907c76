# libffi: calls through function types known only at run time; GObject's closures need it.
# shellcheck shell=bash
# shellcheck disable=SC2154 # licenses: recipe.sh

recipe_configure() {
    # Static trampolines read Linux' /proc; multi-os folders would put the library where no other recipe puts its own.
    autotools_configure --enable-shared --disable-static --disable-docs --disable-multi-os-directory --disable-exec-static-tramp
}

recipe_build() { make_build; }

recipe_install() { make_install install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE/LICENSE" "$licenses"; }
