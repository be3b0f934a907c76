# libnfs: disk images on NFS servers.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, licenses: recipe.sh

recipe_configure() { cmake_configure -DBUILD_SHARED_LIBS=ON -DENABLE_TESTS=OFF -DENABLE_DOCUMENTATION=OFF -DENABLE_UTILS=OFF -DENABLE_EXAMPLES=OFF; }

recipe_build() { ninja_build; }

recipe_install() { cmake_install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE"/{COPYING,LICENCE-LGPL-2.1.txt,LICENCE-BSD.txt} "$licenses"; }
