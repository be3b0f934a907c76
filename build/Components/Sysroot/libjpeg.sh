# libjpeg-turbo: the compressed pictures of VNC.
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, licenses: recipe.sh

# Its assembler code needs nasm; the pictures of a screen are small.
recipe_configure() { cmake_configure -DENABLE_SHARED=ON -DENABLE_STATIC=OFF -DWITH_SIMD=OFF -DWITH_TURBOJPEG=OFF; }

recipe_build() { ninja_build; }

recipe_install() { cmake_install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE"/{LICENSE.md,README.ijg} "$licenses"; }
