# Sourced by recipe.sh. MSYS2's UCRT64 environment, in its shell or in a container: compiler, tools and libraries are its packages,
# all below one prefix. The same names as in toolchain-cross.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154 # prefix, staging, compiling: recipe.sh
# shellcheck disable=SC2034 # CC and its like: the recipes
# shellcheck source=build/Compiling/Recipes/toolchain-common.sh
source "$compiling/toolchain-common.sh"

: "${MINGW_PREFIX:?is /ucrt64 in the UCRT64 shell of MSYS2}"
export PATH=$MINGW_PREFIX/bin:/usr/bin
tool_prefix=
CC="${QCW_CCACHE:+$QCW_CCACHE }gcc"
AR='ar'
OBJCOPY=objcopy
RANLIB=ranlib
WINDRES=windres

# MSYS2 rewrites what looks like a path in the arguments of Windows programs. The prefix is none of this machine's.
export MSYS2_ARG_CONV_EXCL="--prefix=;-Dprefix=;$prefix"

# A path as Windows programs see it, with slashes.
native() { cygpath --mixed "$1"; }

CPPFLAGS=
CFLAGS="-O2 -ffile-prefix-map=$(native "$QCW_BUILD")=$QCW_NAME"
if [[ -n $QCW_SOURCE ]]; then
    # Autoconf names sources by absolute paths, meson relative to the build folder.
    CFLAGS+=" -ffile-prefix-map=$(native "$QCW_SOURCE")=$QCW_NAME"
    CFLAGS+=" -ffile-prefix-map=$(realpath --relative-to="$QCW_BUILD" "$QCW_SOURCE")=$QCW_NAME"
fi
# -s: nothing here debugs a release, and a symbol table would differ by what the linker happened to see.
LDFLAGS="-s -Wl,--no-insert-timestamp"
for program in gcc "$AR" "$WINDRES" objdump pacman; do
    command -v "$program" >/dev/null || fail "$program is missing: is this MSYS2 with the packages of build/Compiling/Builders/Msys2/image/packages.txt?"
done

utf8_manifest "$QCW_BUILD/.manifest"
LDFLAGS+=" -B$(native "$QCW_BUILD/.manifest")"

# True where MSYS2 has this library, by its name for pkg-config.
has_library() { pkg-config --exists "$1"; }

# All spellings of a path of this machine that a tool could have left in its output, one a line.
spellings() { printf '%s\n' "$1" "$(native "$1")" "$(cygpath --windows "$1")"; }

# It compiles for the machine that it runs on: there is nothing to say about another one.
meson_configure() {
    meson_tools "" >qcw-native.ini
    meson_setup --native-file=qcw-native.ini "$@"
}

# Puts what the programs in a folder need of MSYS2 at run time beside them: DLLs, GLib's helpers and, where they use GTK, its data
# below the installed root; the licences of all packages that these belong to go among the licences.
install_runtime() {
    local folder=$1 file list
    taken=()
    list=$(find "$folder" -maxdepth 1 -type f \( -iname '*.exe' -o -iname '*.dll' \) | LC_ALL=C sort)
    mapfile -t images <<<"$list"
    take_dlls "$folder" "${images[@]}"
    if [[ -f $folder/libglib-2.0-0.dll ]]; then
        for file in "$MINGW_PREFIX"/bin/gspawn-win64-helper{,-console}.exe; do
            take "$file" "$folder/${file##*/}"
        done
    fi
    [[ ! -f $folder/libgtk-3-0.dll ]] || install_gtk_data "$folder"
    ((${#taken[@]} == 0)) || install_package_licenses
}

# Copies a file of a package and remembers it for the licences.
take() {
    install -D -m 644 "$1" "$2"
    taken+=("$1")
}

# Copies the DLLs that images import, and those that these import. What MSYS2 does not have is Windows' own; that nothing is missing is
# proven when the installer is made.
take_dlls() {
    local folder=$1 image tables dll open=("${@:2}")
    while ((${#open[@]} > 0)); do
        image=${open[0]}
        open=("${open[@]:1}")
        tables=$(objdump -p "$image")
        while read -r dll; do
            # Windows' own, whatever package has another: graphics drivers expect it.
            [[ ${dll,,} != opengl32.dll && ${dll,,} != d3dcompiler_47.dll ]] || continue
            if [[ -n $dll && -f $MINGW_PREFIX/bin/$dll && ! -e $folder/$dll ]]; then
                take "$MINGW_PREFIX/bin/$dll" "$folder/$dll"
                open+=("$folder/$dll")
            fi
        done <<<"$(sed -n -e 's/\r$//' -e 's/^[[:space:]]*DLL Name: //p' <<<"$tables")"
    done
}

# The settings' schemas, the icons of GTK's own widgets and the readers of image files, which GTK looks for below the folder of its DLL.
install_gtk_data() {
    local root=$staging$prefix file list loaders=()
    list=$(cd "$MINGW_PREFIX" && find share/icons/Adwaita share/icons/hicolor lib/gdk-pixbuf-2.0 -type f \
        \( -name index.theme -o -name '*-symbolic*' -o -name '*.dll' \) | LC_ALL=C sort)
    while read -r file; do
        take "$MINGW_PREFIX/$file" "$root/$file"
        [[ $file != *.dll ]] || loaders+=("$root/$file")
    done <<<"$list"
    # These two are made when packages are installed, and belong to none.
    for file in share/glib-2.0/schemas/gschemas.compiled lib/gdk-pixbuf-2.0/2.10.0/loaders.cache; do
        install -D -m 644 "$MINGW_PREFIX/$file" "$root/$file"
    done
    ((${#loaders[@]} == 0)) || take_dlls "$1" "${loaders[@]}"
}

install_package_licenses() {
    local packages package files file folder
    packages=$(pacman -Qqo "${taken[@]}" | LC_ALL=C sort -u)
    for package in $packages; do
        folder=${licenses%/*}/${package#mingw-w64-ucrt-x86_64-}
        files=$(pacman -Qql "$package")
        while read -r file; do
            if [[ $file == "$MINGW_PREFIX"/share/licenses/*[^/] ]]; then
                install -D -m 644 "$file" "$folder/${file#"$MINGW_PREFIX"/share/licenses/*/}"
            fi
        done <<<"$files"
        if [[ ! -d $folder ]]; then
            echo "$package has no text of its licence: what it says about it is installed instead"
            mkdir -p "$folder"
            pacman -Qi "$package" | grep -E '^(Name|Version|URL|Licenses) ' >"$folder/LICENSE.txt"
        fi
    done
}
