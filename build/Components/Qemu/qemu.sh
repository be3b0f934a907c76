# QEMU for Windows: system emulators and the disk image tools, laid out like the folder that the installer makes, and the guest agent in a folder of
# its own. From 8.0 to 11.1; what one of them does not know is left out by looking at the source. What is made of it besides the emulator of
# x86_64 and the tools depends on the version (is_complete).
# shellcheck shell=bash
# shellcheck disable=SC2154 # staging, prefix, licenses, CC and the flags: toolchain and recipe.sh

programs=(qemu-system-x86_64 qemu-img qemu-io qemu-nbd qemu-edid qemu-storage-daemon)
targets=x86_64-softmmu

# What is wanted; everything else is off. The image formats, dsound and avx2 (used when the processor has it) need no library.
features=(system tools tcg whpx slirp vnc pixman dsound avx2 stack-protector coroutine-pool
    bochs cloop dmg parallels qcow1 qed vdi vhdx vmdk vpc vvfat)

# What else is enabled where the toolchain has the library: QEMU's name for it, and pkg-config's.
by_library=(gtk:gtk+-3.0 sdl:sdl2 sdl-image:SDL2_image gnutls:gnutls libssh:libssh curl:libcurl png:libpng vnc-jpeg:libjpeg zstd:libzstd
    lzo:lzo2 libusb:libusb-1.0 usb-redir:libusbredirparser-0.5 libnfs:libnfs snappy:snappy)

# What an x86_64 machine loads, of all that pc-bios/ holds in an upstream archive.
firmware=('bios*.bin' 'vgabios*.bin' kvmvapic.bin 'linuxboot*.bin' 'multiboot*.bin' pvh.bin qboot.rom 'efi-*.rom' 'pxe-*.rom'
    'edk2-x86_64-*.fd.bz2' edk2-i386-vars.fd.bz2 edk2-licenses.txt)

# What an aarch64 machine loads besides.
firmware_aarch64=('edk2-aarch64-*.fd.bz2' edk2-arm-vars.fd.bz2)

# Older versions are in lines that have the x86_64 emulator and the tools only.
is_complete() { (($(cut -d. -f1 "$QCW_SOURCE/VERSION") >= 10)); }

recipe_configure() {
    local feature entry options=()
    check_whpx_headers
    if is_complete; then
        targets+=,aarch64-softmmu
        options+=(--enable-docs --enable-guest-agent)
    else
        options+=(--disable-docs --disable-guest-agent)
    fi
    for entry in "${by_library[@]}"; do
        ! has_library "${entry#*:}" || features+=("${entry%%:*}")
    done
    for feature in "${features[@]}"; do
        ! configure_knows "$feature" || options+=("--enable-$feature")
    done
    echo "features: ${options[*]#--enable-}"
    # Sharing a folder with the guest needs 9p for a Windows host, which is a patch set and not in QEMU itself.
    [[ ! -f $QCW_SOURCE/hw/9pfs/9p-util-win32.c ]] || options+=(--enable-virtfs)
    # The source tree may be a git work tree of ours: it has no submodules to update, and no version to describe.
    ! configure_knows_option --with-git-submodules || options+=(--with-git-submodules=ignore)
    # From 8.1 on configure would get missing Python packages and subprojects of meson from the network. Before, there is nothing to get.
    if configure_knows_option --disable-download; then
        options+=(--disable-download)
    elif compgen -G "$QCW_SOURCE/subprojects/*.wrap" >/dev/null; then
        fail "the source has subprojects to download (subprojects/*.wrap), and its configure does not know --disable-download"
    fi

    # No C++: nothing that is built needs it, but where a C++ compiler is found it links the emulator, against another libgcc.
    "$QCW_SOURCE/configure" --prefix="$prefix" ${tool_prefix:+"--cross-prefix=$tool_prefix"} --cc="$CC" --cxx= \
        --extra-cflags="$CPPFLAGS $CFLAGS" --extra-ldflags="$LDFLAGS" --with-pkgversion=qcw \
        --target-list="$targets" --without-default-features --enable-fdt=system "${options[@]}" \
        --disable-werror --disable-install-blobs --disable-debug-info --enable-strip
}

# QEMU's configure asks whether the headers of the Windows Hypervisor Platform are there, not whether they are new enough: the compiler would find
# out after more than a thousand files. So the names that the accelerator uses are looked for in the headers, comments aside.
check_whpx_headers() {
    local files missing
    mapfile -t files < <(find "$QCW_SOURCE"/{accel,include,target/i386} -path '*whpx*' -name '*.[ch]')
    # A source without the accelerator is configure's to refuse.
    ((${#files[@]} > 0)) || return 0
    # shellcheck disable=SC2086 # CC and flags are words
    missing=$(comm -23 <(cat "${files[@]}" | $CC -x c -fpreprocessed -dD -E -P -w - | whpx_names) \
        <(printf '#include <%s>\n' windows.h winhvplatform.h winhvemulation.h | $CC $CPPFLAGS -x c -E - | whpx_names))
    [[ -z $missing ]] ||
        fail "the headers of the Windows Hypervisor Platform (winhvplatform.h) are too old for this QEMU: they lack ${missing//$'\n'/, }." \
            "Add the library whpx-headers to the line, and to what qemu needs; line 2026.11 shows how"
}

whpx_names() { grep -oE '\bWHv[A-Z][A-Za-z0-9_]*' | sort -u; }

# Named one by one, where meson placed them: "all" would also build the unit tests. The variant without a console window (…w.exe)
# exists only with a display of its own (SDL, GTK).
executables() {
    local program found
    ! is_complete || programs+=(qemu-system-aarch64 qemu-ga)
    for program in "${programs[@]}"; do
        found=$(grep -oP "^build \K(\S+/)?${program}w?\.exe(?=[: ])" build.ninja) || fail "meson does not build $program.exe"
        echo "$found"
    done
}

# The emulator of 64-bit ARM is compiled from what scripts/decodetree.py writes in the order of Python's hashes: PYTHONHASHSEED makes that the same
# each time.
recipe_build() {
    local list manual=()
    list=$(executables)
    mapfile -t built <<<"$list"
    ! is_complete || manual=(docs/docs.stamp)
    # In one go: Sphinx and the linkers use one processor most of the time, and others can work beside them.
    ninja_build "${built[@]}" "${manual[@]}"
}

# Copied from the build folder: the install target wants every target built, and adds what only a Linux desktop reads.
recipe_install() {
    local root=$staging$prefix file
    for file in "${built[@]}"; do
        case $file in
        *qemu-ga.exe) install -D -m 755 -t "$root/guest-agent" "$file" ;;
        *) install -m 755 "$file" "$root" ;;
        esac
    done
    install_windowless "$root"
    if is_complete; then
        find_manual_parts
        # The licences of packages of MSYS2 are installed with the DLLs.
        [[ $QCW_TOOLCHAIN != msys2 ]] || taken+=("${manual_parts[@]}")
    fi
    install_runtime "$root"
    mkdir -p "$root/share/keymaps" "$root/doc"
    for file in "$QCW_SOURCE"/pc-bios/keymaps/*; do
        [[ $file == */meson.build ]] || install -m 644 "$file" "$root/share/keymaps"
    done
    install_firmware "$root/share"
    install -m 644 "$QCW_SOURCE/README.rst" "$root/doc"
    ! is_complete || install_manual "$root/doc"
}

# The manual as HTML, without what Sphinx keeps for itself and for other manuals.
install_manual() {
    # Files of the host's theme can be links.
    cp -rL docs/manual/. "$1"
    rm -rf "$1"/{.buildinfo,.doctrees,_sources,objects.inv}
    chmod -R u=rwX,go=rX "$1"
}

# Podman starts qemu-system-x86_64w, which opens no console window. Meson links it only together with a window of QEMU's own
# (SDL, GTK); all that differs is what the header says about the console.
install_windowless() {
    local windowless=$1/qemu-system-x86_64w.exe
    [[ -f $windowless ]] || "$OBJCOPY" --subsystem windows "$1/qemu-system-x86_64.exe" "$windowless"
}

recipe_licenses() {
    install -m 644 "$QCW_SOURCE"/{COPYING,COPYING.LIB,LICENSE} "$licenses"
    ! is_complete || [[ $QCW_TOOLCHAIN == msys2 ]] || install_package_licenses "$licenses/manual" "${manual_parts[@]}"
}

# The manual has files of Sphinx and of its theme in it: styles, scripts, fonts.
find_manual_parts() {
    local sphinx theme
    sphinx=$(pyvenv/bin/python3 -c 'import sphinx; print(sphinx.__path__[0])')/themes/basic/static
    # Debian has Sphinx' own files apart from its program.
    [[ -d $sphinx ]] || sphinx=/usr/share/sphinx/themes/basic/static
    theme=$(pyvenv/bin/python3 -c 'import sphinx_rtd_theme; print(sphinx_rtd_theme.__path__[0])')/static
    [[ -d $sphinx && -d $theme ]] || fail "the manual's styles are neither in $sphinx nor in $theme"
    mapfile -t manual_parts < <(find -L "$sphinx" "$theme" -type f -exec realpath {} + | LC_ALL=C sort -u)
}

# An archive either has the firmware, then all of it must be there, or is known to have had it removed (Debian), and then the
# host takes it from packages.
install_firmware() {
    local pattern file files made
    if [[ ! -f $QCW_SOURCE/pc-bios/bios-256k.bin ]]; then
        echo "this source has no firmware (pc-bios/bios-256k.bin): none is installed"
        return
    fi
    ! is_complete || firmware+=("${firmware_aarch64[@]}")
    for pattern in "${firmware[@]}"; do
        mapfile -t files < <(compgen -G "$QCW_SOURCE/pc-bios/$pattern")
        ((${#files[@]} > 0)) || fail "pc-bios/$pattern is missing from a source that has firmware"
        for file in "${files[@]}"; do
            made=$file
            if [[ $file == *.bz2 ]]; then
                # Unpacking takes seconds, so it is done once, and again where a patch changed the file.
                made=$QCW_BUILD/firmware/$(basename "$file" .bz2)
                if [[ ! $made -nt $file ]]; then
                    mkdir -p "$QCW_BUILD/firmware"
                    bzip2 -dc "$file" >"$made.partial"
                    mv "$made.partial" "$made"
                fi
            fi
            install -m 644 "$made" "$1"
        done
    done
    install -m 644 "$QCW_SOURCE/pc-bios/README" "$licenses/pc-bios-README.txt"
}

# Features are options of meson's, spelled with an underscore there, or, the older ones, of configure's own.
configure_knows() {
    grep -q "^option('${1//-/_}'" "$QCW_SOURCE/meson_options.txt" || configure_knows_option "--enable-$1"
}

configure_knows_option() {
    grep -q -e "^ *$1[=)]" "$QCW_SOURCE/configure"
}
