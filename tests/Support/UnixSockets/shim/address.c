/* Unix addresses, and the files that hold their ports. */
#include "shim.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* First line of a socket's file; the second one is the port. */
#define FIRST_LINE "a Unix socket of qcw's tests\n"

static const IN_ADDR loopback = { .S_un.S_un_b = { 127, 0, 0, 1 } };

int address_read(const struct sockaddr *address, int length, struct unix_address *unix_address)
{
    memset(unix_address, 0, sizeof(*unix_address));
    if (!address || length < (int)sizeof(ADDRESS_FAMILY)) return fail(WSAEFAULT);
    if (address->sa_family != AF_UNIX) return fail(WSAEINVAL);
    memcpy(unix_address, address, length < (int)sizeof(*unix_address) ? (size_t)length : sizeof(*unix_address));
    /* no abstract names, and a path has its terminating zero */
    if (!unix_address->path[0] || !memchr(unix_address->path, 0, sizeof(unix_address->path))) return fail(WSAEINVAL);
    return 0;
}

int address_write(const struct unix_address *from, struct sockaddr *address, int *length)
{
    int size = from->path[0] ? (int)sizeof(*from) : (int)sizeof(from->family);
    if (!address || !length || *length < 0) return fail(WSAEFAULT);
    memset(address, 0, *length);
    memcpy(address, from, *length < size ? *length : size);
    *length = size;
    return 0;
}

static int wide_path(const struct unix_address *address, WCHAR *path, int count)
{
    if (!MultiByteToWideChar(CP_UTF8, 0, address->path, -1, path, count)) return fail(WSAEINVAL);
    /* "/x" is a Unix path for Wine; for Windows it is relative to the current drive */
    for (; *path; path++)
    {
        if (*path == '/') *path = '\\';
    }
    return 0;
}

int address_bind(SOCKET s, const struct unix_address *address, USHORT *port)
{
    struct sockaddr_in tcp = { .sin_family = AF_INET, .sin_addr = loopback };
    int length = sizeof(tcp);
    WCHAR path[sizeof(address->path)];
    char text[sizeof(FIRST_LINE) + 16];
    HANDLE file;
    DWORD written, error;
    BOOL complete;

    if (wide_path(address, path, ARRAYSIZE(path))) return SOCKET_ERROR;
    /* CREATE_NEW: a file that is left over keeps others from listening, as on Windows */
    file = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
    {
        error = GetLastError();
        return fail(error == ERROR_FILE_EXISTS || error == ERROR_ALREADY_EXISTS ? WSAEADDRINUSE
                    : error == ERROR_ACCESS_DENIED ? WSAEACCES : WSAENETDOWN);
    }

    if (wine.bind(s, (struct sockaddr *)&tcp, sizeof(tcp)) || wine.getsockname(s, (struct sockaddr *)&tcp, &length))
    {
        error = wine.WSAGetLastError();
        CloseHandle(file);
        DeleteFileW(path);
        return fail(error);
    }

    *port = swapped(tcp.sin_port);
    snprintf(text, sizeof(text), FIRST_LINE "%u\n", *port);
    complete = WriteFile(file, text, strlen(text), &written, NULL) && written == strlen(text);
    CloseHandle(file);
    if (complete) return 0;
    DeleteFileW(path);
    return fail(WSAENETDOWN);
}

int address_resolve(const struct unix_address *address, struct sockaddr_in *tcp)
{
    WCHAR path[sizeof(address->path)];
    char text[sizeof(FIRST_LINE) + 16] = "";
    DWORD read = 0;
    HANDLE file;
    int port;

    if (wide_path(address, path, ARRAYSIZE(path))) return SOCKET_ERROR;
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return fail(WSAECONNREFUSED);
    ReadFile(file, text, sizeof(text) - 1, &read, NULL);
    CloseHandle(file);
    if (strncmp(text, FIRST_LINE, strlen(FIRST_LINE))) return fail(WSAECONNREFUSED);
    port = atoi(text + strlen(FIRST_LINE));
    if (port <= 0 || port > 65535) return fail(WSAECONNREFUSED);
    memset(tcp, 0, sizeof(*tcp));
    tcp->sin_family = AF_INET;
    tcp->sin_port = swapped((USHORT)port);
    tcp->sin_addr = loopback;
    return 0;
}
