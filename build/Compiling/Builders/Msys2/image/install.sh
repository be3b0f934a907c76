#!/usr/bin/env bash
# Installs packages while the image is made, in MSYS2: bash install.sh update|packages
#   update    brings what is there to the versions of the databases
#   packages  installs those of packages.txt
# Where databases were kept in cache/ they choose the versions, and kept packages are installed without being fetched.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
refresh=y
if compgen -G "$here/cache/*.db" >/dev/null; then
    refresh=
    databases=$(pacman-conf DBPath)
    kept=$(pacman-conf CacheDir)
    mkdir -p "${databases%/}/sync" "$kept"
    find "$here/cache" -name '*.db*' -exec cp -t "${databases%/}/sync" {} +
    find "$here/cache" -name '*.pkg.tar*' -exec cp -t "$kept" {} +
fi

case ${1-} in
update) pacman --noconfirm --noprogressbar "-S${refresh}uu" ;;
packages)
    mapfile -t packages < <(sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "$here/packages.txt")
    pacman --noconfirm --noprogressbar -S --needed "${packages[@]}"
    ;;
*)
    echo "usage: install.sh update|packages" >&2
    exit 2
    ;;
esac
