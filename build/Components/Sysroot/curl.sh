# libcurl: disk images that QEMU reads over HTTP. Certificates are checked by Windows (Schannel).
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses: recipe.sh

recipe_configure() {
    autotools_configure --enable-shared --disable-static --with-schannel --with-zlib --without-libpsl --without-brotli --without-zstd \
        --without-libssh2 --without-libidn2 --without-nghttp2 --disable-ldap --disable-manual --disable-docs
}

# The library only.
recipe_build() { make_build -C lib; }

recipe_install() {
    make_install -C lib install
    make_install -C include install
    make_install install-pkgconfigDATA
    # What only a static library needs names folders of this machine.
    sed -i '/^Libs.private:/d' "$staging$prefix/lib/pkgconfig/libcurl.pc"
}

recipe_licenses() { install -m 644 "$QCW_SOURCE/COPYING" "$licenses"; }
