#!/usr/bin/env bash
# Takes the pictures that the pages show, on a screen of its own.
# Of a setup program's windows, which runs under Wine: each page is answered as its default button does, and the arguments say which page
# becomes which picture.
#   tests/Documentation/pictures.sh SETUP.exe 3=docs/pictures/setup-components.png
# Of a page in a browser, here one that a container of nginx serves:
#   tests/Documentation/pictures.sh http://localhost:8080 1=docs/pictures/container-page.png
set -euo pipefail

packages="chromium fonts-wine imagemagick optipng wine64 x11-utils xdotool xvfb"

fail() {
  echo "pictures.sh: $1" >&2
  exit 1
}

[ $# -ge 2 ] || fail "usage: pictures.sh SETUP.exe|ADDRESS PAGE=FILE.png ..."
for tool in Xvfb chromium compare convert import optipng xdotool xwininfo /usr/lib/wine/wine64; do
  command -v "$tool" >/dev/null || fail "$tool is missing: apt-get install $packages"
done
what=$1
name=Chromium # the class of its windows
if [[ $what != http://* ]]; then
  what=$(realpath -e "$1") || fail "$1: there is no such setup program"
  name=$(basename "$what")
fi
shift
declare -A wanted
last=0
for pair in "$@"; do
  [[ $pair =~ ^([1-9][0-9]*)=(.+\.png)$ ]] || fail "$pair: a page's number, = and the name of a PNG are expected"
  wanted[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
  if [ "${BASH_REMATCH[1]}" -gt "$last" ]; then last=${BASH_REMATCH[1]}; fi
done

work=$(mktemp -d)
export HOME="$work" LC_ALL=C.UTF-8 WINEPREFIX="$work/prefix" WINEDEBUG=-all
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree,mshtml="
wine() { setarch --addr-no-randomize /usr/lib/wine/wine64 "$@" >/dev/null 2>&1; }
screen=
finish() {
  if [ -d "$WINEPREFIX" ]; then wineserver -k 2>/dev/null || true; fi
  if [ -n "$screen" ]; then kill "$screen" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT

# the server chooses a free number and writes it
Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
screen=$!
for _ in {1..50}; do
  [ -s "$work/display" ] && break
  sleep 0.2
done
[ -s "$work/display" ] || fail "Xvfb does not start"
DISPLAY=:$(cat "$work/display")
export DISPLAY

if [[ $what == http://* ]]; then
  # root may run it without its sandbox only
  chromium --no-sandbox --test-type --no-first-run --user-data-dir="$work/chromium" --window-position=0,0 --window-size=680,330 \
    "$what" >/dev/null 2>&1 &
else
  wine wineboot -i
  wine winecfg -v win10
  # the signs on the buttons of a window's title are letters of this font
  cp /usr/share/wine/fonts/marlett.ttf "$WINEPREFIX/drive_c/windows/Fonts/"
  wine explorer /desktop=qcw,800x600 "$what" &
fi

# width x height + left + top of the program's window
window() {
  xwininfo -root -tree | grep -F "\"$name\"" | grep -oE -m 1 '[0-9]{3,}x[0-9]{3,}\+[0-9]+\+[0-9]+ ' || true
}

# a picture of the window when it has not changed for three seconds, but for a cursor that blinks
settle() {
  local same=0 changed place
  rm -f "$work/before.png"
  for _ in {1..120}; do
    sleep 1
    place=$(window)
    [ -n "$place" ] || continue
    import -window root -crop "${place% }" +repage -strip "$work/page.png"
    changed=$(compare -metric AE "$work/before.png" "$work/page.png" null: 2>&1) || true
    if [[ $changed =~ ^[0-9]+$ ]] && [ "$changed" -le 40 ]; then same=$((same + 1)); else same=0; fi
    cp "$work/page.png" "$work/before.png"
    if [ "$same" -ge 3 ]; then return; fi
  done
  fail "the window of $name does not come to rest"
}

for ((page = 1; page <= last; page++)); do
  settle
  if [ -n "${wanted[$page]:-}" ]; then
    # few colours are enough for a window, and make a small file
    convert "$work/page.png" +dither -colors 128 -define png:exclude-chunks=date,time "PNG8:$work/small.png"
    optipng -quiet -o5 -strip all "$work/small.png"
    mv "$work/small.png" "${wanted[$page]}"
    echo "page $page: ${wanted[$page]}, $(stat -c %s "${wanted[$page]}") bytes"
  fi
  xdotool key Return
done
