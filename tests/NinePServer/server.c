/*
 * server ROOT MODEL [ro]: answers the 9p messages of its input on its output.
 *
 * Two types of message that 9p does not have go past the protocol:
 * type 1, a path as 9p string: the errno of the driver's lstat() of that path,
 *         as 4 bytes, whatever way the path would have come to a fid;
 * type 3: the memory that is this process's own, in bytes, as 8 bytes.
 */
#include "alone.h"
#include "9p-util.h"
#ifdef _WIN32
#include <io.h>
#include <windows.h>
#include <psapi.h>
#endif

enum {
    TYPE_LSTAT = 1,
    TYPE_MEMORY = 3,
};

static uint64_t memory(void)
{
#ifdef _WIN32
    PROCESS_MEMORY_COUNTERS counters = { 0 };

    K32GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters));
    return counters.PagefileUsage;
#else
    unsigned long long size = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");

    if (f) {
        if (fscanf(f, "%llu %llu", &size, &resident) != 2) {
            resident = 0;
        }
        fclose(f);
    }
    return resident * 4096;
#endif
}

static int32_t lstat_past_the_protocol(const uint8_t *request, size_t size)
{
    V9fsState *s = alone_state();
    V9fsPath path;
    struct stat st;
    size_t length = size >= 9 ? request[7] | request[8] << 8 : 0;
    int ret;

    if (size < 9 + length) {
        return EINVAL;
    }
    path.data = g_strndup((const char *)request + 9, length);
    path.size = length + 1;
    errno = 0;
    ret = s->ops->lstat(&s->ctx, &path, &st);
    if (ret < 0) {
        ret = errno ? errno_to_dotl(errno) : -1;
    }
    g_free(path.data);
    return ret;
}

static bool read_all(uint8_t *buffer, size_t size)
{
    return fread(buffer, 1, size, stdin) == size;
}

static void put(const void *bytes, size_t size)
{
    fwrite(bytes, 1, size, stdout);
    fflush(stdout);
}

/* A little-endian number as the body of a message that 9p does not have. */
static void put_number(uint8_t type, const uint8_t *tag, uint64_t value,
                       uint32_t bytes)
{
    uint32_t size = 7 + bytes;
    uint8_t reply[15] = { size, 0, 0, 0, type + 1, tag[0], tag[1] };

    memcpy(reply + 7, &value, bytes);
    put(reply, size);
}

int main(int argc, char **argv)
{
    uint8_t *request = g_malloc(ALONE_REPLY_MAX);

#ifdef _WIN32
    _setmode(0, _O_BINARY);
    _setmode(1, _O_BINARY);
#endif
    if (argc < 3) {
        fprintf(stderr, "usage: %s ROOT MODEL [ro]\n", argv[0]);
        return 2;
    }
    alone_start(argv[1], argv[2], argc > 3);
    while (read_all(request, 4)) {
        size_t size = request[0] | request[1] << 8 | request[2] << 16
                      | (size_t)request[3] << 24;
        const uint8_t *reply;
        size_t reply_size;

        if (size < 7 || size > ALONE_REPLY_MAX || !read_all(request + 4, size - 4)) {
            fprintf(stderr, "9p: a message of %zu bytes\n", size);
            return 2;
        }
        if (request[4] == TYPE_LSTAT) {
            put_number(TYPE_LSTAT, request + 5,
                       (uint32_t)lstat_past_the_protocol(request, size), 4);
        } else if (request[4] == TYPE_MEMORY) {
            put_number(TYPE_MEMORY, request + 5, memory(), 8);
        } else if ((reply = alone_answer(request, size, &reply_size))) {
            put(reply, reply_size);
        } else {
            fprintf(stderr, "9p: no reply to type %d\n", request[4]);
            return 3;
        }
    }
    return 0;
}
