#!/bin/bash
# Makes the guest's root file system from Debian's packages: root.sh SUITE ARCHIVE OUTPUT.tar
# Needs root: the owners of the files inside are other users.
set -euo pipefail
suite=$1 archive=$2 output=$3
here=$(dirname "$(readlink -f "$0")")

packages=$(grep -v '^#' "$here/packages.txt" | paste -sd,)

# Left out while dpkg unpacks: documentation, and drivers of hardware that QEMU's q35 does not have. Each module that udev does not find
# saves time, because the processor is emulated.
exclude=(
    '/usr/share/man/*' '/usr/share/doc/*' '/usr/share/locale/*' '/usr/share/zoneinfo/*' '/usr/libexec/podman/podman-testing'
    # it would make an initramfs, and image.sh makes a smaller one
    /etc/kernel/postinst.d/initramfs-tools
)
for drivers in bluetooth gpu hwmon iio infiniband isdn leds media mmc mtd net/ethernet net/wireless nvme pcmcia power scsi staging thunderbolt usb; do
    exclude+=("/usr/lib/modules/*/kernel/drivers/$drivers/*")
done
exclude+=('/usr/lib/modules/*/kernel/sound/*')

options=()
for path in "${exclude[@]}"; do
    options+=(--dpkgopt="path-exclude=$path")
done

mmdebstrap --mode=root --variant=minbase --architectures=amd64 --include="$packages" \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
    "${options[@]}" --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    "$suite" "$output.part" "$archive" --format=tar
mv "$output.part" "$output"
