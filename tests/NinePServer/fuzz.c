/*
 * libFuzzer's entry to the 9p server: an input is what a guest sends, one 9p
 * message after the other, each cut by the size in its header. The server
 * shares a folder that is made anew for each input.
 *
 * Every string of an input is also held against the rules for names on
 * Windows, which must refuse what they are there to refuse.
 */
#include "alone.h"
#include <ftw.h>
#include "9p-name-win32.h"

#define MESSAGES_MAX 64

static char root[] = "/tmp/ninep-fuzz-XXXXXX";
static char *shared;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int discard(const char *path, const struct stat *st, int type,
                   struct FTW *ftw)
{
    if (ftw->level > 0) {
        remove(path);
    }
    return 0;
}

static int discard_all(const char *path, const struct stat *st, int type,
                       struct FTW *ftw)
{
    return remove(path);
}

static void leave(void)
{
    nftw(root, discard_all, 16, FTW_DEPTH | FTW_PHYS);
}

/* What the fuzzer would have to be lucky to make. */
static void fill(void)
{
    char *file = g_build_filename(shared, "file", NULL);
    char *folder = g_build_filename(shared, "folder", NULL);
    char *inner = g_build_filename(folder, "inner", NULL);
    char *link = g_build_filename(shared, "link", NULL);

    nftw(shared, discard, 16, FTW_DEPTH | FTW_PHYS);
    g_mkdir_with_parents(folder, 0755);
    g_file_set_contents(file, "shared", -1, NULL);
    g_file_set_contents(inner, "inner", -1, NULL);
    if (symlink("../../canary", link)) {
        abort();
    }
    g_free(link);
    g_free(inner);
    g_free(folder);
    g_free(file);
}

/* The folder above the share has two entries, whatever the guest did. */
static void check_outside(void)
{
    char *canary = g_build_filename(root, "canary", NULL);
    char *text = NULL;
    GDir *dir = g_dir_open(root, 0, NULL);
    int entries = 0;

    while (g_dir_read_name(dir)) {
        entries++;
    }
    g_dir_close(dir);
    if (entries != 2 || !g_file_get_contents(canary, &text, NULL, NULL) ||
        strcmp(text, "outside")) {
        fprintf(stderr, "9p: the guest left the share\n");
        abort();
    }
    g_free(text);
    g_free(canary);
}

static void check_name(const char *name)
{
    if (v9fs_win32_check_name(name) == 0) {
        size_t length = strlen(name);

        if (strpbrk(name, "\\/:*?\"<>|") || length == 0 || length > 255 ||
            name[length - 1] == '.' || name[length - 1] == ' ' ||
            !g_utf8_validate(name, -1, NULL) ||
            !g_ascii_strncasecmp(name, "con.", 4)) {
            fprintf(stderr, "9p: a name that Windows reads otherwise\n");
            abort();
        }
    }
}

static void check_names(const uint8_t *message, size_t size)
{
    for (size_t i = 7; i + 2 < size; i++) {
        size_t length = message[i] | message[i + 1] << 8;

        if (length < 300 && i + 2 + length <= size) {
            char *name = g_strndup((const char *)message + i + 2, length);

            check_name(name);
            g_free(name);
        }
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *model = getenv("NINEP_MODEL");
    char *canary;

    if (!mkdtemp(root)) {
        abort();
    }
    atexit(leave);
    canary = g_build_filename(root, "canary", NULL);
    g_file_set_contents(canary, "outside", -1, NULL);
    g_free(canary);
    shared = g_build_filename(root, "share", NULL);
    g_mkdir_with_parents(shared, 0755);
    alone_start(shared, model ? model : "mapped-file", false);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fill();
    for (int i = 0; i < MESSAGES_MAX && size >= 7; i++) {
        size_t length = data[0] | data[1] << 8 | data[2] << 16
                        | (size_t)data[3] << 24;
        size_t reply_size;

        length = length < 7 || length > size ? size : length;
        check_names(data, length);
        alone_answer(data, length, &reply_size);
        data += length;
        size -= length;
    }
    alone_reset();
    check_outside();
    return 0;
}
