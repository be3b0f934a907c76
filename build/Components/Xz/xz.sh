# XZ Utils: the programs of upstream's own package for Windows, and liblzma as a DLL (xz.exe uses it) and as a static library.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses: recipe.sh

recipe_configure() {
    # The scripts (xzgrep and its like) need a POSIX shell; the threads are those of Windows since Vista.
    autotools_configure --enable-shared --enable-static --disable-nls --disable-scripts --enable-threads=vista
}

recipe_build() { make_build; }

recipe_install() {
    local root=$staging$prefix doc
    make_install install
    # Links and manual pages that name them: neither exists on Windows.
    rm -rf "$root/share"
    find "$root/bin" -type l -delete
    install_runtime "$root/bin"
    doc=$root/doc
    mkdir -p "$doc/manuals"
    install -m 644 "$QCW_SOURCE"/{AUTHORS,NEWS,README,THANKS} "$QCW_SOURCE"/doc/*.txt "$doc"
    install -m 644 "$QCW_SOURCE"/doc/man/txt/{xz,xzdec,lzmainfo}.txt "$doc/manuals"
    install -D -m 644 -t "$doc/examples" "$QCW_SOURCE"/doc/examples/*
}

# COPYING says what is under which: liblzma and the programs are in the public domain, other parts of the source are not.
recipe_licenses() { install -m 644 "$QCW_SOURCE/COPYING" "$licenses"; }
