/* The sockets of this process that stand for Unix sockets. Few and short-lived: a list is enough. */
#include "shim.h"
#include <stdlib.h>

struct entry
{
    SOCKET socket;
    USHORT port; /* of a bound socket, else 0 */
    struct unix_address name, peer;
    struct entry *next;
};

static struct entry *entries;
static CRITICAL_SECTION lock;

void table_open(void)
{
    InitializeCriticalSection(&lock);
}

static struct entry *find(SOCKET s)
{
    struct entry *entry = entries;
    while (entry && entry->socket != s) entry = entry->next;
    return entry;
}

BOOL table_has(SOCKET s)
{
    BOOL has;
    EnterCriticalSection(&lock);
    has = find(s) != NULL;
    LeaveCriticalSection(&lock);
    return has;
}

BOOL table_add(SOCKET s)
{
    struct entry *entry = calloc(1, sizeof(*entry));
    BOOL on = TRUE;
    if (!entry) return FALSE;
    entry->socket = s;
    /* a Unix socket does not wait for more to send */
    wine.setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (const char *)&on, sizeof(on));
    EnterCriticalSection(&lock);
    entry->next = entries;
    entries = entry;
    LeaveCriticalSection(&lock);
    return TRUE;
}

void table_remove(SOCKET s)
{
    struct entry **link = &entries, *entry;
    EnterCriticalSection(&lock);
    while ((entry = *link) && entry->socket != s) link = &entry->next;
    if (entry) *link = entry->next;
    LeaveCriticalSection(&lock);
    free(entry);
}

void table_set_peer(SOCKET s, const struct unix_address *peer)
{
    struct entry *entry;
    EnterCriticalSection(&lock);
    if ((entry = find(s))) entry->peer = *peer;
    LeaveCriticalSection(&lock);
}

void table_name_port(SOCKET s, USHORT port, const struct unix_address *name)
{
    struct entry *entry;
    EnterCriticalSection(&lock);
    if ((entry = find(s)))
    {
        entry->port = port;
        entry->name = *name;
    }
    LeaveCriticalSection(&lock);
}

struct unix_address table_peer(SOCKET s)
{
    struct unix_address peer = { .family = AF_UNIX };
    struct entry *entry;
    EnterCriticalSection(&lock);
    if ((entry = find(s)) && entry->peer.path[0]) peer = entry->peer;
    LeaveCriticalSection(&lock);
    return peer;
}

struct unix_address table_name_of_port(USHORT port)
{
    struct unix_address name = { .family = AF_UNIX };
    struct entry *entry;
    EnterCriticalSection(&lock);
    for (entry = entries; entry && (!entry->port || entry->port != port); entry = entry->next) ;
    if (entry) name = entry->name;
    LeaveCriticalSection(&lock);
    return name;
}
