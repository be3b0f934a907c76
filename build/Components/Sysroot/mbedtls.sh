# Mbed TLS: libssh's ciphers; it cannot use GnuTLS'. A static library, because nothing else here needs it.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses: recipe.sh

# libssh does not start where its ciphers know no threads. Its header has both names in comments: what compiles against it has to see them, too.
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
