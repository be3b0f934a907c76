# Mbed TLS: libssh's ciphers, which are not GnuTLS'. A static library, because nothing else here needs it.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses: recipe.sh

# What libssh uses in more than one thread. Both are an offer in a comment of the header, which those that compile against it must read as well.
threads=(MBEDTLS_THREADING_C MBEDTLS_THREADING_PTHREAD)

recipe_configure() {
    CFLAGS+=" ${threads[*]/#/-D}"
    cmake_configure -DENABLE_TESTING=OFF -DENABLE_PROGRAMS=OFF -DMBEDTLS_FATAL_WARNINGS=OFF
}

recipe_build() { ninja_build; }

recipe_install() {
    local header=$staging$prefix/include/mbedtls/mbedtls_config.h name
    cmake_install
    for name in "${threads[@]}"; do
        sed -i "s,^//\(#define $name\)\$,\1," "$header"
        grep -qx "#define $name" "$header" || fail "${header##*/} does not offer $name"
    done
}

recipe_licenses() { install -m 644 "$QCW_SOURCE/LICENSE" "$licenses"; }
