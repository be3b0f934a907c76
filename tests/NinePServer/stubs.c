/*
 * What hw/9pfs calls of QEMU, for a server without threads: a coroutine runs
 * to its end when it is entered, so there is nothing to wait for and nothing
 * to lock. Races of the server are therefore not seen here.
 */
#include "qemu/osdep.h"
#include "qemu/coroutine.h"
#include "qemu/error-report.h"
#include "qemu/main-loop.h"
#include "qemu/option.h"
#include "qemu/qht.h"
#include "qapi/error.h"
#include "migration/blocker.h"
#include "fsdev/qemu-fsdev-throttle.h"
#include "trace/control.h"
#include "hw/9pfs/coth.h"

struct Coroutine {
    CoroutineEntry *entry;
    void *opaque;
};

Coroutine *qemu_coroutine_create(CoroutineEntry *entry, void *opaque)
{
    Coroutine *co = g_new0(Coroutine, 1);

    co->entry = entry;
    co->opaque = opaque;
    return co;
}

void qemu_coroutine_enter(Coroutine *co)
{
    co->entry(co->opaque);
    g_free(co);
}

Coroutine *qemu_coroutine_self(void)
{
    return NULL;
}

void qemu_coroutine_yield(void)
{
}

QEMUBH *qemu_bh_new_full(QEMUBHFunc *cb, void *opaque, const char *name,
                         struct MemReentrancyGuard *reentrancy_guard)
{
    return NULL;
}

void qemu_bh_schedule(QEMUBH *bh)
{
}

void qemu_bh_delete(QEMUBH *bh)
{
}

void co_run_in_worker_bh(void *opaque)
{
}

void qemu_co_queue_init(CoQueue *queue)
{
}

void qemu_co_queue_wait_impl(CoQueue *queue, QemuLockable *lock,
                             CoQueueWaitFlags flags)
{
}

bool qemu_co_queue_next(CoQueue *queue)
{
    return false;
}

void qemu_co_mutex_init(CoMutex *mutex)
{
}

void qemu_co_mutex_lock(CoMutex *mutex)
{
}

void qemu_co_mutex_unlock(CoMutex *mutex)
{
}

void qemu_co_rwlock_init(CoRwlock *lock)
{
}

void qemu_co_rwlock_rdlock(CoRwlock *lock)
{
}

void qemu_co_rwlock_wrlock(CoRwlock *lock)
{
}

void qemu_co_rwlock_unlock(CoRwlock *lock)
{
}

void qemu_mutex_init(QemuMutex *mutex)
{
}

static void lock(QemuMutex *mutex, const char *file, int line)
{
}

QemuMutexLockFunc qemu_mutex_lock_func = lock;

void qemu_mutex_unlock_impl(QemuMutex *mutex, const char *file, const int line)
{
}

AioContext *qemu_get_aio_context(void)
{
    return NULL;
}

bool aio_poll(AioContext *ctx, bool blocking)
{
    return false;
}

/* The tables of remapped inodes: buckets by hash. */
static GHashTable *buckets(const struct qht *ht)
{
    return (GHashTable *)ht->map;
}

void qht_init(struct qht *ht, qht_cmp_func_t cmp, size_t n_elems,
              unsigned int mode)
{
    ht->cmp = cmp;
    ht->map = (void *)g_hash_table_new(NULL, NULL);
}

void *qht_lookup(const struct qht *ht, const void *userp, uint32_t hash)
{
    GSList *bucket = g_hash_table_lookup(buckets(ht), GUINT_TO_POINTER(hash));

    for (; bucket; bucket = bucket->next) {
        if (ht->cmp(bucket->data, userp)) {
            return bucket->data;
        }
    }
    return NULL;
}

bool qht_insert(struct qht *ht, void *p, uint32_t hash, void **existing)
{
    GSList *bucket = g_hash_table_lookup(buckets(ht), GUINT_TO_POINTER(hash));

    g_hash_table_insert(buckets(ht), GUINT_TO_POINTER(hash),
                        g_slist_prepend(bucket, p));
    return true;
}

void qht_iter(struct qht *ht, qht_iter_func_t func, void *userp)
{
    GHashTableIter iter;
    gpointer hash, bucket;

    g_hash_table_iter_init(&iter, buckets(ht));
    while (g_hash_table_iter_next(&iter, &hash, &bucket)) {
        for (GSList *item = bucket; item; item = item->next) {
            func(item->data, GPOINTER_TO_UINT(hash), userp);
        }
    }
}

void qht_destroy(struct qht *ht)
{
    g_hash_table_destroy(buckets(ht));
}

/* Errors and what is said to the person who started QEMU. */
struct Error {
    char *text;
};
Error *error_abort;
Error *error_fatal;

void error_setg_internal(Error **errp, const char *src, int line,
                         const char *func, const char *fmt, ...)
{
    va_list ap;

    if (errp) {
        va_start(ap, fmt);
        *errp = g_new0(Error, 1);
        (*errp)->text = g_strdup_vprintf(fmt, ap);
        va_end(ap);
    }
}

void error_setg_errno_internal(Error **errp, const char *src, int line,
                               const char *func, int os_error,
                               const char *fmt, ...)
{
    va_list ap;

    if (errp) {
        va_start(ap, fmt);
        *errp = g_new0(Error, 1);
        (*errp)->text = g_strdup_vprintf(fmt, ap);
        va_end(ap);
    }
}

void error_setg_file_open_internal(Error **errp, const char *src, int line,
                                   const char *func, int os_error,
                                   const char *filename)
{
    error_setg_internal(errp, src, line, func, "cannot open %s", filename);
}

void error_prepend(Error *const *errp, const char *fmt, ...)
{
}

void error_append_hint(Error *const *errp, const char *fmt, ...)
{
}

const char *error_get_pretty(const Error *err)
{
    return err->text;
}

void error_propagate(Error **dst_errp, Error *local_err)
{
    if (dst_errp) {
        *dst_errp = local_err;
    }
}

void error_free(Error *err)
{
    if (err) {
        g_free(err->text);
        g_free(err);
    }
}

static void say(const char *fmt, va_list ap)
{
    if (getenv("NINEP_VERBOSE")) {
        vfprintf(stderr, fmt, ap);
        fputc('\n', stderr);
    }
}

void error_report(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say(fmt, ap);
    va_end(ap);
}

void warn_report(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say(fmt, ap);
    va_end(ap);
}

bool error_report_once_cond(bool *printed, const char *fmt, ...)
{
    va_list ap;

    if (*printed) {
        return false;
    }
    *printed = true;
    va_start(ap, fmt);
    say(fmt, ap);
    va_end(ap);
    return true;
}

bool warn_report_once_cond(bool *printed, const char *fmt, ...)
{
    va_list ap;

    if (*printed) {
        return false;
    }
    *printed = true;
    va_start(ap, fmt);
    say(fmt, ap);
    va_end(ap);
    return true;
}

int migrate_add_blocker(Error **reasonp, Error **errp)
{
    return 0;
}

void migrate_del_blocker(Error **reasonp)
{
}

/* The share of this process is not read from QEMU's command line. */
const char *qemu_opt_get(QemuOpts *opts, const char *name)
{
    return NULL;
}

QemuOpt *qemu_opt_find(QemuOpts *opts, const char *name)
{
    return NULL;
}

uint64_t qemu_opt_get_number(QemuOpts *opts, const char *name,
                             uint64_t defval)
{
    return defval;
}

int fsdev_throttle_parse_opts(QemuOpts *opts, FsThrottle *fst, Error **errp)
{
    return 0;
}

void fsdev_throttle_init(FsThrottle *fst)
{
}

void fsdev_throttle_cleanup(FsThrottle *fst)
{
}

void fsdev_co_throttle_request(FsThrottle *fst, ThrottleDirection direction,
                               struct iovec *iov, int iovcnt)
{
}

int trace_events_enabled_count;

/* What util/iov.c and 9p-local.c take of util/. */
bool buffer_is_zero_ool(const void *buf, size_t len)
{
    return false;
}

void qemu_hexdump(FILE *fp, const char *prefix, const void *buf, size_t size)
{
}

int qemu_fdatasync(int fd)
{
#ifdef _WIN32
    return _commit(fd);
#else
    return fdatasync(fd);
#endif
}

#ifndef HAVE_STRCHRNUL
const char *qemu_strchrnul(const char *s, int c)
{
    const char *found = strchr(s, c);

    return found ? found : s + strlen(s);
}
#endif

#ifdef _WIN32
#undef close
int qemu_close_wrap(int fd)
{
    return close(fd);
}

ssize_t qemu_send_wrap(int sockfd, const void *buf, size_t len, int flags)
{
    abort();
}

ssize_t qemu_recv_wrap(int sockfd, void *buf, size_t len, int flags)
{
    abort();
}

ssize_t readv(int fd, const struct iovec *iov, int iov_cnt)
{
    ssize_t total = 0;

    for (int i = 0; i < iov_cnt; i++) {
        ssize_t len = read(fd, iov[i].iov_base, iov[i].iov_len);

        if (len < 0) {
            return total ? total : -1;
        }
        total += len;
        if (len < iov[i].iov_len) {
            break;
        }
    }
    return total;
}

ssize_t writev(int fd, const struct iovec *iov, int iov_cnt)
{
    ssize_t total = 0;

    for (int i = 0; i < iov_cnt; i++) {
        ssize_t len = write(fd, iov[i].iov_base, iov[i].iov_len);

        if (len < 0) {
            return total ? total : -1;
        }
        total += len;
        if (len < iov[i].iov_len) {
            break;
        }
    }
    return total;
}
#endif
