# Nettle: GnuTLS' ciphers. With its own small arithmetic in place of GMP, as GnuTLS' option for it asks.
# shellcheck shell=bash
# shellcheck disable=SC2154 # licenses: recipe.sh

recipe_configure() {
    # fat: the processor's own instructions for AES are used where it has them.
    autotools_configure --enable-shared --disable-static --enable-mini-gmp --enable-fat --disable-openssl --disable-documentation --libdir="$prefix/lib" \
        CC_FOR_BUILD=gcc
}

# Its tests, tools and examples are not built.
recipe_build() { make_build SUBDIRS=; }

recipe_install() { make_install SUBDIRS= install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE"/{COPYINGv2,COPYINGv3,COPYING.LESSERv3} "$licenses"; }
