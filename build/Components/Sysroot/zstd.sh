# libzstd: compressed clusters of qcow2 images, and migration. Compiled here, file by file, because its makefile writes into the source tree.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses, CC, CFLAGS, LDFLAGS: toolchain and recipe.sh

recipe_configure() { :; }

recipe_build() {
    local file objects=()
    for file in "$QCW_SOURCE"/lib/{common,compress,decompress}/*.c; do
        echo "  CC ${file##*/}"
        # The assembler code of the decoder is for the System V ABI.
        # shellcheck disable=SC2086 # flags are words
        $CC $CFLAGS -DZSTD_DLL_EXPORT=1 -DZSTD_MULTITHREAD -DZSTD_DISABLE_ASM -DZSTD_LEGACY_SUPPORT=0 -DXXH_NAMESPACE=ZSTD_ \
            -c "$file" -o "$(basename "$file" .c).o"
        objects+=("$(basename "$file" .c).o")
    done
    echo "  LD libzstd.dll"
    # shellcheck disable=SC2086 # flags are words
    $CC -shared $LDFLAGS -Wl,--out-implib,libzstd.dll.a -o libzstd.dll "${objects[@]}"
}

recipe_install() {
    local root=$staging$prefix
    install -D -m 644 -t "$root/bin" libzstd.dll
    install -D -m 644 -t "$root/lib" libzstd.dll.a
    install -D -m 644 -t "$root/include" "$QCW_SOURCE"/lib/{zstd,zstd_errors}.h
    install_pc libzstd zstd 'Zstandard compression library' zstd
}

recipe_licenses() { install -m 644 "$QCW_SOURCE"/{LICENSE,COPYING} "$licenses"; }
