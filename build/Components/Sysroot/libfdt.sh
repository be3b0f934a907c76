# libfdt: device trees, a static library. Its source is the device tree compiler's, which is not built.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses, CC, CFLAGS, AR: toolchain and recipe.sh

recipe_configure() { :; }

recipe_build() {
    local file
    rm -f libfdt.a ./*.o
    for file in "$QCW_SOURCE"/libfdt/fdt*.c; do
        echo "  CC ${file##*/}"
        # shellcheck disable=SC2086 # flags are words
        $CC $CFLAGS -I"$QCW_SOURCE/libfdt" -c "$file"
    done
    "$AR" crD libfdt.a fdt*.o
}

recipe_install() {
    local root=$staging$prefix
    install -D -m 644 -t "$root/lib" libfdt.a
    install -D -m 644 -t "$root/include" "$QCW_SOURCE"/libfdt/{fdt,libfdt,libfdt_env}.h
    install_pc libfdt libfdt 'Flat Device Tree manipulation' fdt
}

recipe_licenses() {
    # Each file may be taken under the GPL or under the BSD licence.
    install -m 644 "$QCW_SOURCE/BSD-2-Clause" "$QCW_SOURCE/GPL" "$QCW_SOURCE/README.license" "$licenses"
}
