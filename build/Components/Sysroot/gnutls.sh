# GnuTLS: encrypted connections of VNC, NBD and character devices, and the ciphers of encrypted images. Its copies of libtasn1 and libunistring
# are part of the archive, and linked in.
# shellcheck shell=bash
# shellcheck disable=SC2154 # licenses: recipe.sh

recipe_configure() {
    autotools_configure --enable-shared --disable-static --with-nettle-mini --with-included-libtasn1 --with-included-unistring \
        --without-p11-kit --without-idn --without-tpm --without-tpm2 --without-brotli --without-zstd --without-zlib \
        --disable-cxx --disable-tools --disable-tests --disable-doc --disable-nls --disable-libdane
}

recipe_build() { make_build; }

recipe_install() { make_install install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE"/{COPYING,COPYING.LESSERv2} "$licenses"; }
