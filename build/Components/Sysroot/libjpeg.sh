# libjpeg-turbo: the compressed pictures of VNC.
# shellcheck shell=bash
# shellcheck disable=SC2154 # prefix, licenses: recipe.sh

# Its assembler code needs nasm; the pictures of a screen are small. A folder for libraries that is not a full path is one of the build folder to it.
recipe_configure() {
    cmake_configure -DCMAKE_INSTALL_LIBDIR="$prefix/lib" -DENABLE_SHARED=ON -DENABLE_STATIC=OFF -DWITH_SIMD=OFF -DWITH_TURBOJPEG=OFF
}

recipe_build() { ninja_build; }

recipe_install() { cmake_install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE"/{LICENSE.md,README.ijg} "$licenses"; }
