#!/bin/bash
# Makes the guest's disk from its root file system: image.sh ROOT.tar OUTPUT.qcow2
# One disk with two partitions: FAT with the boot loader, kernel and initramfs; ext4 with the rest. No loop device and no mount is used,
# so that it works in a container too. Needs root: see root.sh.
set -euo pipefail
tar=$1 output=$2
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d "$output.XXXXXX")
trap 'rm -rf "$work"' EXIT

boot_size=48 # MiB; one more before it for the partition table
root_size=1536

unpack_root() {
    mkdir "$work/root"
    tar -C "$work/root" --numeric-owner -xpf "$tar"
    cp -r --no-preserve=mode,ownership "$here/overlay/." "$work/root"
    cd "$work/root"
    chmod 755 usr/local/sbin/*
    chmod 440 etc/sudoers.d/*

    # Ignition makes a link here and fails where something is; the rest is a machine's own
    rm -f etc/localtime etc/timezone etc/machine-id etc/ssh/ssh_host_*
    # empty it would be made at the first boot, and every unit would be set to its preset then
    echo 0123456789abcdef0123456789abcdef > etc/machine-id
    ssh-keygen -q -t ed25519 -N '' -C guest -f etc/ssh/ssh_host_ed25519_key
    : > etc/fstab

    offline systemctl --quiet enable systemd-networkd.service ssh.service
    offline systemctl --quiet disable ssh.socket sshd-unix-local.socket || true
    grep -v '^#' "$here/masked-units.txt" | xargs env SYSTEMD_OFFLINE=1 chroot . systemctl --quiet mask
    rm -rf var/cache/* var/lib/apt/lists/*

    # packed modules cost the emulated processor more than the disk's size
    find usr/lib/modules -name '*.ko.xz' -exec xz -d {} +
    chroot . depmod "$kernel"
    cd - > /dev/null
}

offline() { SYSTEMD_OFFLINE=1 chroot . "$@" 2> /dev/null; }

# busybox, and the modules that find the disk and what Podman's QEMU attaches, with all that these need, in their order
make_initramfs() {
    local tree=$work/initramfs module
    mkdir -p "$tree"/{bin,dev,modules,proc,root,sys}
    cp /bin/busybox "$tree/bin/busybox"
    # evdev and button: without them nobody hears the power button
    for module in virtio_pci virtio_blk ext4 virtio_net virtio_console virtio_rng 9pnet_virtio 9p evdev button qemu_fw_cfg; do
        chroot "$work/root" modprobe --show-depends --set-version "$kernel" "$module"
    done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' > "$work/modules"
    while read -r module; do
        cp "$work/root$module" "$tree/modules/"
        basename "$module"
    done < "$work/modules" > "$tree/modules/order"
    install -m 755 "$here/init" "$tree/init"
    (cd "$tree" && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0) > "$work/initrd"
}

make_boot_partition() {
    truncate -s "${boot_size}M" "$work/boot"
    mkfs.vfat -F 16 -n BOOT "$work/boot" > /dev/null
    mcopy -i "$work/boot" "$work/vmlinuz" "$work/initrd" "$here/syslinux.cfg" ::
    syslinux --install "$work/boot"
}

make_disk() {
    local first=2048 sectors=$((boot_size * 2048))
    truncate -s "${root_size}M" "$work/ext4"
    # no journal: the disk is thrown away when a test ends it the hard way
    mke2fs -q -t ext4 -d "$work/root" -L root -E lazy_itable_init=1,nodiscard "$work/ext4"
    truncate -s $((1 + boot_size + root_size))M "$work/disk"
    printf 'label: dos\nstart=%d, size=%d, type=6, bootable\nstart=%d, type=83\n' $first $sectors $((first + sectors)) | sfdisk -q "$work/disk"
    dd if=/usr/lib/syslinux/mbr/mbr.bin of="$work/disk" conv=notrunc bs=440 count=1 status=none
    dd if="$work/boot" of="$work/disk" conv=notrunc,sparse bs=1M seek=1 status=none
    dd if="$work/ext4" of="$work/disk" conv=notrunc,sparse bs=1M seek=$((1 + boot_size)) status=none
    qemu-img convert -f raw -O qcow2 -c "$work/disk" "$work/qcow2"
    mv "$work/qcow2" "$output"
}

kernel=$(tar -tf "$tar" | sed -n 's,^\./usr/lib/modules/\([^/]*\)/$,\1,p' | head -n 1)
[ -n "$kernel" ] || { echo "$tar has no kernel in /usr/lib/modules" >&2; exit 1; }
unpack_root
mv "$work/root/boot/vmlinuz-$kernel" "$work/vmlinuz"
rm -rf "$work"/root/boot/*
make_initramfs
make_boot_partition
make_disk
