/*
 * What QEMU's configure would have written, as far as hw/9pfs and fsdev ask:
 * the host's system, and what its C library has.
 */
#ifdef _WIN32
#define CONFIG_WIN32 1
#else
#define CONFIG_LINUX 1
#define CONFIG_POSIX 1
#define CONFIG_MADVISE 1
#define CONFIG_PREADV 1
#define CONFIG_UTIMENSAT 1
#define CONFIG_IOVEC 1
#define CONFIG_SYSMACROS 1
#endif
#define HOST_X86_64 1
#define CONFIG_FSDEV_9P 1
#define CONFIG_VIRTFS 1
#define CONFIG_INT128_TYPE 1
#define QEMU_VERSION "9p alone"
