/*
 * Takes the place of QEMU's header of the same name: 9p.c includes it for the
 * type of the device it is part of, of which nothing is used here.
 */
#ifndef NINEP_VIRTIO_H
#define NINEP_VIRTIO_H

#include "qemu/bswap.h"

typedef struct VirtIODevice {
    int unused;
} VirtIODevice;
typedef struct VirtQueue VirtQueue;
typedef struct VirtQueueElement VirtQueueElement;

#endif
