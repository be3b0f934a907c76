#include "alone.h"
#include "9p-util.h"
#include "qapi/error.h"
#include "fsdev/qemu-fsdev.h"
#include "fsdev/9p-iov-marshal.h"
#include "qemu/iov.h"

static V9fsState server;
static FsDriverEntry share;
static struct iovec request_iov;
static struct iovec reply_iov;
static size_t replied;
static bool has_replied;

/* A guest that breaks the rules of the transport loses its device in QEMU. */
static ssize_t broken(const char *what, V9fsPDU *pdu, ssize_t err)
{
    if (err < 0 && getenv("NINEP_VERBOSE")) {
        fprintf(stderr, "9p: the device would be broken: %s of type %d\n",
                what, pdu->id);
    }
    return err;
}

static ssize_t marshal(V9fsPDU *pdu, size_t offset, const char *fmt,
                       va_list ap)
{
    return broken("reply", pdu,
                  v9fs_iov_vmarshal(&reply_iov, 1, offset, 1, fmt, ap));
}

static ssize_t unmarshal(V9fsPDU *pdu, size_t offset, const char *fmt,
                         va_list ap)
{
    return broken("request", pdu,
                  v9fs_iov_vunmarshal(&request_iov, 1, offset, 1, fmt, ap));
}

static void reply_buffers(V9fsPDU *pdu, struct iovec **iov, unsigned int *n,
                          size_t size)
{
    *iov = &reply_iov;
    *n = 1;
}

static void request_buffers(V9fsPDU *pdu, struct iovec **iov, unsigned int *n,
                            size_t size)
{
    *iov = &request_iov;
    *n = 1;
}

static void push(V9fsPDU *pdu)
{
    replied = pdu->size;
    has_replied = true;
}

static size_t msize_limit(V9fsState *s)
{
    return ALONE_REPLY_MAX;
}

static size_t response_buffer_size(V9fsPDU *pdu)
{
    return reply_iov.iov_len;
}

static const V9fsTransport transport = {
    .pdu_vmarshal = marshal,
    .pdu_vunmarshal = unmarshal,
    .init_in_iov_from_pdu = reply_buffers,
    .init_out_iov_from_pdu = request_buffers,
    .push_and_notify = push,
    .msize_limit = msize_limit,
    .response_buffer_size = response_buffer_size,
};

FsDriverEntry *get_fsdev_fsentry(char *id)
{
    return &share;
}

static int export_flags(const char *model)
{
    static const struct {
        const char *name;
        int flag;
    } models[] = {
        { "none", V9FS_SM_NONE },
        { "passthrough", V9FS_SM_PASSTHROUGH },
        { "mapped-file", V9FS_SM_MAPPED_FILE },
        { "mapped-xattr", V9FS_SM_MAPPED },
    };

    for (size_t i = 0; i < ARRAY_SIZE(models); i++) {
        if (!strcmp(models[i].name, model)) {
            return models[i].flag;
        }
    }
    fprintf(stderr, "9p: unknown security model %s\n", model);
    exit(2);
}

void alone_start(const char *root, const char *model, bool readonly)
{
    Error *err = NULL;

    share.path = g_strdup(root);
    share.export_flags = V9FS_PATHNAME_FSCONTEXT | export_flags(model)
                         | (readonly ? V9FS_RDONLY : 0);
    share.ops = &local_ops;
    share.fmode = SM_LOCAL_MODE_BITS;
    share.dmode = SM_LOCAL_DIR_MODE_BITS;
    share.max_xattr = V9FS_MAX_XATTR_DEFAULT;
    server.fsconf.tag = g_strdup("share");
    server.fsconf.fsdev_id = g_strdup("share");
    if (v9fs_device_realize_common(&server, &transport, &err) < 0) {
        fprintf(stderr, "9p: %s\n", error_get_pretty(err));
        exit(2);
    }
    reply_iov.iov_base = g_malloc(ALONE_REPLY_MAX);
    reply_iov.iov_len = ALONE_REPLY_MAX;
}

const uint8_t *alone_answer(const uint8_t *request, size_t size,
                            size_t *reply_size)
{
    P9MsgHeader header;
    V9fsPDU *pdu;

    if (size < sizeof(header)) {
        return NULL;
    }
    memcpy(&header, request, sizeof(header));
    /* A copy of the exact size, so that a checker sees reading beyond it. */
    request_iov.iov_base = g_memdup2(request, size);
    request_iov.iov_len = size;
    has_replied = false;
    pdu = pdu_alloc(&server);
    if (!pdu) {
        fprintf(stderr, "9p: no request can be taken any more\n");
        exit(3);
    }
    pdu_submit(pdu, &header);
    g_free(request_iov.iov_base);
    if (!has_replied) {
        return NULL;
    }
    *reply_size = replied;
    return reply_iov.iov_base;
}

void alone_reset(void)
{
    v9fs_reset(&server);
}

V9fsState *alone_state(void)
{
    return &server;
}
