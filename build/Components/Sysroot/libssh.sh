# libssh: disk images that QEMU reads from, and writes to, a server with SSH.
# shellcheck shell=bash
# shellcheck disable=SC2154 # licenses: recipe.sh

recipe_configure() {
    # As the whole of a project it makes a link in its source tree, as a part of one it does not.
    mkdir -p project
    printf '%s\n' 'cmake_minimum_required(VERSION 3.14)' 'project(qcw C)' "add_subdirectory(\"$QCW_SOURCE\" libssh)" >project/CMakeLists.txt
    # The settings of all users stand where those of Windows' own ssh do. Mbed TLS takes its random numbers from bcrypt and does not say so.
    QCW_SOURCE=$PWD/project cmake_configure -DWITH_MBEDTLS=ON -DWITH_SERVER=OFF -DWITH_EXAMPLES=OFF -DWITH_GSSAPI=OFF -DWITH_NACL=OFF \
        -DWITH_PCAP=OFF -DWITH_SYMBOL_VERSIONING=OFF -DGLOBAL_CLIENT_CONFIG=C:/ProgramData/ssh/ssh_config \
        -DCMAKE_C_STANDARD_LIBRARIES=-lbcrypt
}

recipe_build() { ninja_build; }

recipe_install() { cmake_install; }

recipe_licenses() { install -m 644 "$QCW_SOURCE"/{COPYING,BSD} "$licenses"; }
