/*
 * The 9p server of QEMU without QEMU: one share, one client, no threads.
 * What hw/9pfs needs of QEMU is in stubs.c.
 */
#ifndef NINEP_ALONE_H
#define NINEP_ALONE_H

#include "qemu/osdep.h"
#include "9p.h"

/* The most that a reply may have, and what the client may ask for (msize). */
#define ALONE_REPLY_MAX (1u << 20)

/*
 * Shares @root. @model is one of none, mapped-file, mapped-xattr and
 * passthrough; a reply from stubs.c' get_fsdev_fsentry() says what is shared.
 * Ends the process with 2 and a sentence on stderr if it cannot.
 */
void alone_start(const char *root, const char *model, bool readonly);

/*
 * Answers @request, a whole 9p message of @size bytes. Returns the reply,
 * which is valid until the next call, and its size in @reply_size; NULL when
 * the server sent none (the message has no header, or was flushed).
 */
const uint8_t *alone_answer(const uint8_t *request, size_t size,
                            size_t *reply_size);

/* Forgets every fid, as a guest that reboots makes it do. */
void alone_reset(void);

/* The server, for what goes past the protocol. */
V9fsState *alone_state(void);

#endif
