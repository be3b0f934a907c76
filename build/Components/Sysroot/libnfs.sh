# libnfs: disk images that QEMU reads from an NFS server.
# shellcheck shell=bash
# shellcheck disable=SC2154 # licenses: recipe.sh

# It hands -Wall to the resource compiler too, which refuses it.
recipe_configure() { cmake_configure -DC_ACCEPTS_WALL=OFF; }

recipe_build() { ninja_build; }

recipe_install() { cmake_install; }

# The library may be taken under the LGPL; what it makes of the protocols' files is under the BSD licence.
recipe_licenses() { install -m 644 "$QCW_SOURCE"/{COPYING,LICENCE-BSD.txt,LICENCE-LGPL-2.1.txt} "$licenses"; }
