# Snappy: compressed memory dumps. C++ inside, with a C interface; its runtime library is linked in, so that no DLL of it is needed.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses, gcc, CFLAGS, LDFLAGS: toolchain and recipe.sh

gxx=${gcc/%gcc-win32/g++-win32}

# Compiled file by file: its own build wants the sources of its tests, and installs no description for pkg-config.
recipe_configure() {
    # The one header that it makes: what the system has, and the version.
    local version
    IFS=. read -r -a version <<<"$QCW_VERSION"
    sed "s/\${HAVE_SYS_UIO_H_01}/0/; s/\${PROJECT_VERSION_MAJOR}/${version[0]}/; s/\${PROJECT_VERSION_MINOR}/${version[1]}/
        s/\${PROJECT_VERSION_PATCH}/${version[2]}/" "$QCW_SOURCE/snappy-stubs-public.h.in" >snappy-stubs-public.h
    ! grep '[$][{]' snappy-stubs-public.h || fail 'snappy-stubs-public.h.in asks for more than the recipe says'
}

recipe_build() {
    local file objects=()
    for file in snappy snappy-c snappy-sinksource snappy-stubs-internal; do
        echo "  CXX $file.cc"
        # shellcheck disable=SC2086 # flags are words
        ${QCW_CCACHE:+"$QCW_CCACHE"} "$gxx" $CFLAGS -std=c++11 -fno-exceptions -fno-rtti -DNDEBUG -I. -I"$QCW_SOURCE" \
            -c "$QCW_SOURCE/$file.cc" -o "$file.o"
        objects+=("$file.o")
    done
    echo "  LD libsnappy.dll"
    # shellcheck disable=SC2086 # flags are words
    "$gxx" -shared -static-libstdc++ $LDFLAGS -Wl,--out-implib,libsnappy.dll.a -o libsnappy.dll "${objects[@]}"
}

recipe_install() {
    local root=$staging$prefix
    install -D -m 644 -t "$root/bin" libsnappy.dll
    install -D -m 644 -t "$root/lib" libsnappy.dll.a
    install -D -m 644 -t "$root/include" "$QCW_SOURCE/snappy-c.h"
    install_pc snappy snappy 'Snappy compression library' snappy
}

recipe_licenses() {
    install -m 644 "$QCW_SOURCE/COPYING" "$licenses"
    install_package_licenses "$licenses" "$(realpath "$("$gxx" -print-file-name=libstdc++.a)")"
}
