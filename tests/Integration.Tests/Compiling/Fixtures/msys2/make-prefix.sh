#!/usr/bin/env bash
# Makes what looks like MSYS2's UCRT64 prefix, for tests on Linux: make-prefix.sh FOLDER
# The compiler and its tools are Debian's cross compilers under the names that MSYS2 has, pacman answers for three packages, and there are
# libraries: greet (which needs base), and one by the name of GTK's with the data that GTK loads.
set -euo pipefail
prefix=$1
triple=x86_64-w64-mingw32
mkdir -p "$prefix"/{bin,include,lib/pkgconfig,share/licenses/greet/parts,share/licenses/gtk3} "$prefix/sources"

# As a native compiler it looks into the prefix by itself.
cat >"$prefix/bin/gcc" <<EOF
#!/bin/sh
exec $triple-gcc-win32 "\$@" -isystem "$prefix/include" -L"$prefix/lib"
EOF
for tool in ar objcopy objdump ranlib strip windres; do
    printf '#!/bin/sh\nexec %s-%s "$@"\n' "$triple" "$tool" >"$prefix/bin/$tool"
done
# Windows programs end lines with CR LF.
# shellcheck disable=SC2016 # for the script
printf '#!/bin/sh\n%s-objdump "$@" | sed "s/\\$/\\r/"\n' "$triple" >"$prefix/bin/objdump"

cat >"$prefix/bin/cygpath" <<'EOF'
#!/bin/sh
# Linux' compilers need Linux' paths, so only the form with backslashes differs.
case $1 in
--mixed) echo "$2" ;;
--windows) echo "Z:$2" | tr / '\\' ;;
esac
EOF
cat >"$prefix/bin/pkg-config" <<EOF
#!/bin/sh
[ "\$1" = --exists ] && [ -f "$prefix/lib/pkgconfig/\$2.pc" ]
EOF
cat >"$prefix/bin/pacman" <<EOF
#!/usr/bin/env bash
set -euo pipefail
package() {
    case \$1 in
    */libgreet.dll | */gspawn-win64-helper*) echo mingw-w64-ucrt-x86_64-greet ;;
    */libbase-1.dll | */libglib-2.0-0.dll) echo mingw-w64-ucrt-x86_64-base-libs ;;
    */libgtk-3-0.dll | */share/icons/* | */loaders/*.dll) echo mingw-w64-ucrt-x86_64-gtk3 ;;
    *) echo "error: No package owns \$1" >&2; exit 1 ;;
    esac
}
case \$1 in
-Qqo) for file in "\${@:2}"; do [[ -f \$file ]] || exit 1; package "\$file"; done ;;
-Qql)
    echo "$prefix/bin/"
    find "$prefix/share/licenses/\${2#mingw-w64-ucrt-x86_64-}" \\( -type d -printf '%p/\n' -o -printf '%p\n' \\) 2>/dev/null || true
    ;;
-Qi) printf 'Name            : %s\nVersion         : 1.0-1\nURL             : https://example.org\nLicenses        : MIT\nInstall Date    : today\n' "\$2" ;;
*) exit 2 ;;
esac
EOF
chmod 755 "$prefix"/bin/*

library() {
    echo "$2" >"$prefix/sources/$1.c"
    "$prefix/bin/gcc" -O1 -s -shared -Wl,--no-insert-timestamp -Wl,--out-implib,"$prefix/lib/$1.dll.a" -o "$prefix/bin/$1.dll" "$prefix/sources/$1.c" "${@:3}"
}
library libbase-1 '__declspec(dllexport) const char *base(void) { return "MSYS2"; }'
library libgreet 'const char *base(void); __declspec(dllexport) const char *greet(void) { return base(); }' -l:libbase-1.dll.a
library libglib-2.0-0 '__declspec(dllexport) int glib(void) { return 1; }'
library libgtk-3-0 'int glib(void); __declspec(dllexport) int gtk(void) { return glib(); }' -l:libglib-2.0-0.dll.a
library opengl32 '__declspec(dllexport) int glFlush(void) { return 0; }'
library pixbufloader-test 'const char *base(void); __declspec(dllexport) const char *load(void) { return base(); }' -l:libbase-1.dll.a
echo 'const char *greet(void);' >"$prefix/include/greet.h"
echo 'Name: greet' >"$prefix/lib/pkgconfig/greet.pc"
echo 'the licence of greet' >"$prefix/share/licenses/greet/COPYING"
echo 'of a part' >"$prefix/share/licenses/greet/parts/NOTICE"
echo 'the licence of gtk' >"$prefix/share/licenses/gtk3/COPYING"
cp "$prefix/bin/libbase-1.dll" "$prefix/bin/gspawn-win64-helper.exe"
cp "$prefix/bin/libbase-1.dll" "$prefix/bin/gspawn-win64-helper-console.exe"

mkdir -p "$prefix"/share/{glib-2.0/schemas,icons/hicolor,icons/Adwaita/symbolic/ui,icons/Adwaita/16x16} "$prefix/lib/gdk-pixbuf-2.0/2.10.0/loaders"
mv "$prefix/bin/pixbufloader-test.dll" "$prefix/lib/gdk-pixbuf-2.0/2.10.0/loaders"
for file in share/glib-2.0/schemas/gschemas.compiled share/icons/{hicolor,Adwaita}/index.theme share/icons/Adwaita/symbolic/ui/pan-down-symbolic.svg \
    share/icons/Adwaita/16x16/big.png lib/gdk-pixbuf-2.0/2.10.0/loaders.cache lib/gdk-pixbuf-2.0/2.10.0/loaders/pixbufloader-test.dll.a; do
    echo "$file" >"$prefix/$file"
done
rm -r "$prefix/sources"
