/* A native ws2_32.dll for tests under a Wine without AF_UNIX (8.0 and 10.0 answer WSAEAFNOSUPPORT).

   A Unix socket becomes a TCP socket on 127.0.0.1, and the file of the socket holds its port. All else goes to Wine's own ws2_32, of which
   a copy named wsreal32 has to be in system32 and in WINEDLLPATH.

   It is a fixture. Any local process can connect, there are no datagrams, no abstract names and no credentials of the peer, and the
   file is an ordinary one, where Windows has a reparse point. */
#ifndef QCW_SHIM_H
#define QCW_SHIM_H

#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>

/* as in afunix.h of Windows' SDK, which mingw-w64 of Debian 12 has not */
struct unix_address
{
    ADDRESS_FAMILY family;
    char path[108];
};

/* Wine's own functions, by their names. */
#define WINE_FUNCTIONS(F) \
    F(SOCKET, socket, (int, int, int)) \
    F(SOCKET, WSASocketA, (int, int, int, LPWSAPROTOCOL_INFOA, GROUP, DWORD)) \
    F(SOCKET, WSASocketW, (int, int, int, LPWSAPROTOCOL_INFOW, GROUP, DWORD)) \
    F(int, bind, (SOCKET, const struct sockaddr *, int)) \
    F(int, connect, (SOCKET, const struct sockaddr *, int)) \
    F(int, WSAConnect, (SOCKET, const struct sockaddr *, int, LPWSABUF, LPWSABUF, LPQOS, LPQOS)) \
    F(SOCKET, accept, (SOCKET, struct sockaddr *, int *)) \
    F(SOCKET, WSAAccept, (SOCKET, struct sockaddr *, LPINT, LPCONDITIONPROC, DWORD_PTR)) \
    F(int, getsockname, (SOCKET, struct sockaddr *, int *)) \
    F(int, getpeername, (SOCKET, struct sockaddr *, int *)) \
    F(int, closesocket, (SOCKET)) \
    F(int, setsockopt, (SOCKET, int, int, const char *, int)) \
    F(int, select, (int, fd_set *, fd_set *, fd_set *, const struct timeval *)) \
    F(int, WSAIoctl, (SOCKET, DWORD, LPVOID, DWORD, LPVOID, DWORD, LPDWORD, LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE)) \
    F(int, WSAGetLastError, (void)) \
    F(void, WSASetLastError, (int))

struct wine
{
#define DECLARE(type, name, arguments) type (WSAAPI *name) arguments;
    WINE_FUNCTIONS(DECLARE)
#undef DECLARE
};

extern struct wine wine;

/* Between the network's order of bytes and this machine's; htons itself is in the DLL that this one replaces. */
static inline USHORT swapped(USHORT number)
{
    return (USHORT)(number << 8 | number >> 8);
}

/* Sets the error of the thread; returns SOCKET_ERROR. */
int fail(int error);

/* table.c: which TCP sockets of this process stand for Unix sockets. */
void table_open(void);
BOOL table_has(SOCKET s);
BOOL table_add(SOCKET s);
void table_remove(SOCKET s);
void table_set_peer(SOCKET s, const struct unix_address *peer);
/* A port of 127.0.0.1 and the name that a listener of this process bound it to. */
void table_name_port(SOCKET s, USHORT port, const struct unix_address *name);
/* The name of a socket's peer; empty where it has none. */
struct unix_address table_peer(SOCKET s);
/* The name that a port was bound to; empty where it was to none. */
struct unix_address table_name_of_port(USHORT port);

/* address.c: a Unix address, and the file that holds its port. 0, or SOCKET_ERROR with the error set. */
int address_read(const struct sockaddr *address, int length, struct unix_address *unix_address);
/* As Windows' functions do: as much as there is room for, and the whole length. */
int address_write(const struct unix_address *from, struct sockaddr *address, int *length);
/* Binds the TCP socket to a free port and makes the file. */
int address_bind(SOCKET s, const struct unix_address *address, USHORT *port);
/* The TCP address behind the file. */
int address_resolve(const struct unix_address *address, struct sockaddr_in *tcp);

/* pipes.c */
void alias_pipes(void);

/* snapshots.c */
void add_snapshots(void);

#endif
