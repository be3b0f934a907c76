# The first dependency of everything: a pkg-config that sees the sysroot and nothing else, the headers that mingw-w64 spells
# differently, and the DLLs that belong to the compiler, which programs here need beside them.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses, recipe, gcc: recipe.sh

recipe_configure() { :; }
recipe_build() { :; }

recipe_install() {
    local root=$staging$prefix dll
    install -D -m 755 "${recipe%.sh}/pkg-config" "$root/bin/$QCW_TRIPLE-pkg-config"
    # Windows' SDK, and the sources written for it, use capitals; mingw-w64's headers are lower case.
    mkdir -p "$root/include"
    for name in WinHvPlatform WinHvEmulation WinHvPlatformDefs; do
        echo "#include <${name,,}.h>" >"$root/include/$name.h"
    done
    for dll in libwinpthread-1.dll libgcc_s_seh-1.dll libssp-0.dll; do
        install -m 644 "$(compiler_file "$dll")" "$root/bin/$dll"
    done
}

recipe_licenses() {
    local dll files=()
    for dll in libwinpthread-1.dll libgcc_s_seh-1.dll; do
        files+=("$(realpath "$(compiler_file "$dll")")")
    done
    install_package_licenses "$licenses" "${files[@]}"
    # The runtime's licence is the GPL with an exception; Debian's files point to these for the text itself.
    install -m 644 /usr/share/common-licenses/GPL-3 "$licenses/GPL-3.txt"
}

# gcc answers with the bare name when it does not know a file.
compiler_file() {
    local path
    path=$("$gcc" -print-file-name="$1")
    [[ $path == /* ]] || fail "$gcc has no $1"
    echo "$path"
}
