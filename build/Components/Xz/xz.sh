# XZ Utils: the programs of upstream's own package for Windows, and liblzma as a DLL (xz.exe uses it) and as a static library.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses: recipe.sh

# A release's archive has configure and the manuals as plain text. A tree from git has neither: both are made here, as upstream
# makes them for a release. The tree itself is never written to.
recipe_configure() {
    if [[ ! -e $QCW_SOURCE/configure ]]; then
        rm -rf generated
        cp -r "$QCW_SOURCE" generated
        (cd generated && rm -rf .git && ./autogen.sh --no-po4a)
        local QCW_SOURCE=$QCW_BUILD/generated
    fi
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
    manuals xz xzdec lzmainfo
    install -D -m 644 -t "$doc/examples" "$QCW_SOURCE"/doc/examples/*
}

manuals() {
    local program
    for program; do
        if [[ -e $QCW_SOURCE/doc/man/txt/$program.txt ]]; then
            install -m 644 "$QCW_SOURCE/doc/man/txt/$program.txt" "$doc/manuals"
        else
            # -c -b -u: plain characters, nothing struck over
            groff -t -mandoc -Tascii -P-c -P-b -P-u "$QCW_SOURCE/src/$program/$program.1" >"$doc/manuals/$program.txt"
        fi
    done
}

# COPYING says what is under which: liblzma and the programs are in the public domain, other parts of the source are not.
recipe_licenses() { install -m 644 "$QCW_SOURCE/COPYING" "$licenses"; }
