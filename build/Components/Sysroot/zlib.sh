# zlib1.dll. Compiled here, file by file, because its makefiles for Windows stand in win32/, which Debian's archive leaves out; the
# upstream archive takes the same way and gains the version resource.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses, CC, CFLAGS, LDFLAGS, WINDRES: toolchain and recipe.sh

recipe_configure() { :; }

recipe_build() {
    local file objects=()
    for file in adler32 compress crc32 deflate gzclose gzlib gzread gzwrite infback inffast inflate inftrees trees uncompr zutil; do
        echo "  CC $file.c"
        # With ZLIB_DLL zlib.h marks what it declares as exported, and with the other two it declares the 64-bit functions: together
        # the list of win32/zlib.def.
        # shellcheck disable=SC2086 # flags are words
        $CC $CFLAGS -DZLIB_DLL -D_LARGEFILE64_SOURCE=1 -D_LFS64_LARGEFILE=1 -I"$QCW_SOURCE" -c "$QCW_SOURCE/$file.c" -o "$file.o"
        objects+=("$file.o")
    done
    if [[ -f $QCW_SOURCE/win32/zlib1.rc ]]; then
        echo "  RC zlib1.rc"
        "$WINDRES" --define GCC_WINDRES -I "$QCW_SOURCE" "$QCW_SOURCE/win32/zlib1.rc" zlib1.o
        objects+=(zlib1.o)
    fi
    echo "  LD zlib1.dll"
    # shellcheck disable=SC2086 # flags are words
    $CC -shared $LDFLAGS -Wl,--out-implib,libz.dll.a -o zlib1.dll "${objects[@]}"
}

recipe_install() {
    local root=$staging$prefix
    install -D -m 644 -t "$root/bin" zlib1.dll
    install -D -m 644 -t "$root/lib" libz.dll.a
    install -D -m 644 -t "$root/include" "$QCW_SOURCE/zlib.h" "$QCW_SOURCE/zconf.h"
    install_pc zlib zlib 'zlib compression library' z
}

recipe_licenses() {
    local file
    for file in LICENSE README; do
        [[ ! -f $QCW_SOURCE/$file ]] || install -m 644 "$QCW_SOURCE/$file" "$licenses"
    done
}
