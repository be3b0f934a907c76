/* The functions of ws2_32.dll that see Unix sockets. shim.def exports each as the name behind shim_, and forwards all others to Wine. */
#include "shim.h"
#include <string.h>

struct wine wine;

/* Functions that have no export; WSAIoctl hands them out. */
static LPFN_CONNECTEX wine_ConnectEx;
static LPFN_GETACCEPTEXSOCKADDRS wine_GetAcceptExSockaddrs;

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    HMODULE library;
    (void)reserved;
    if (reason != DLL_PROCESS_ATTACH) return TRUE;
    DisableThreadLibraryCalls(instance);
    if (!(library = LoadLibraryW(L"wsreal32.dll"))) return FALSE;
#define FIND(type, name, arguments) \
    if (!(wine.name = (type (WSAAPI *) arguments)(void *)GetProcAddress(library, #name))) return FALSE;
    WINE_FUNCTIONS(FIND)
#undef FIND
    table_open();
    alias_pipes();
    add_snapshots();
    return TRUE;
}

int fail(int error)
{
    wine.WSASetLastError(error);
    return SOCKET_ERROR;
}

/* What Windows has of Unix sockets: streams, with the default protocol. */
static BOOL offered(int type, int protocol)
{
    int error = type != SOCK_STREAM ? WSAESOCKTNOSUPPORT : protocol ? WSAEPROTONOSUPPORT : 0;
    if (error) fail(error);
    return !error;
}

static SOCKET added(SOCKET s)
{
    if (s == INVALID_SOCKET || table_add(s)) return s;
    wine.closesocket(s);
    fail(WSAENOBUFS);
    return INVALID_SOCKET;
}

SOCKET WSAAPI shim_socket(int family, int type, int protocol)
{
    if (family != AF_UNIX) return wine.socket(family, type, protocol);
    return offered(type, protocol) ? added(wine.socket(AF_INET, type, IPPROTO_TCP)) : INVALID_SOCKET;
}

SOCKET WSAAPI shim_WSASocketA(int family, int type, int protocol, LPWSAPROTOCOL_INFOA info, GROUP group, DWORD flags)
{
    if (family != AF_UNIX || info) return wine.WSASocketA(family, type, protocol, info, group, flags);
    return offered(type, protocol) ? added(wine.WSASocketA(AF_INET, type, IPPROTO_TCP, NULL, group, flags)) : INVALID_SOCKET;
}

SOCKET WSAAPI shim_WSASocketW(int family, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP group, DWORD flags)
{
    if (family != AF_UNIX || info) return wine.WSASocketW(family, type, protocol, info, group, flags);
    return offered(type, protocol) ? added(wine.WSASocketW(AF_INET, type, IPPROTO_TCP, NULL, group, flags)) : INVALID_SOCKET;
}

int WSAAPI shim_closesocket(SOCKET s)
{
    table_remove(s);
    return wine.closesocket(s);
}

int WSAAPI shim_bind(SOCKET s, const struct sockaddr *address, int length)
{
    struct unix_address unix_address;
    USHORT port;
    if (!table_has(s)) return wine.bind(s, address, length);
    if (address_read(address, length, &unix_address) || address_bind(s, &unix_address, &port)) return SOCKET_ERROR;
    table_name_port(s, port, &unix_address);
    return 0;
}

/* A Unix socket is connected at once or not at all, also one that does not block. */
static int wait_until_connected(SOCKET s)
{
    struct timeval limit = { .tv_sec = 5 };
    fd_set writable = { 1, { s } }, failed = { 1, { s } };
    return wine.select(0, NULL, &writable, &failed, &limit) > 0 && writable.fd_count ? 0 : fail(WSAECONNREFUSED);
}

int WSAAPI shim_connect(SOCKET s, const struct sockaddr *address, int length)
{
    struct unix_address peer;
    struct sockaddr_in tcp;
    if (!table_has(s)) return wine.connect(s, address, length);
    if (address_read(address, length, &peer) || address_resolve(&peer, &tcp)) return SOCKET_ERROR;
    if (wine.connect(s, (struct sockaddr *)&tcp, sizeof(tcp)) &&
        (wine.WSAGetLastError() != WSAEWOULDBLOCK || wait_until_connected(s))) return SOCKET_ERROR;
    table_set_peer(s, &peer);
    return 0;
}

int WSAAPI shim_WSAConnect(SOCKET s, const struct sockaddr *address, int length, LPWSABUF caller, LPWSABUF callee, LPQOS qos,
                           LPQOS group_qos)
{
    return table_has(s) ? shim_connect(s, address, length) : wine.WSAConnect(s, address, length, caller, callee, qos, group_qos);
}

/* The peer of an accepted socket has no name. */
static SOCKET accepted(SOCKET s, struct sockaddr *address, int *length)
{
    static const struct unix_address nameless = { .family = AF_UNIX };
    s = added(s);
    if (s != INVALID_SOCKET && address && length) address_write(&nameless, address, length);
    return s;
}

SOCKET WSAAPI shim_accept(SOCKET s, struct sockaddr *address, int *length)
{
    return table_has(s) ? accepted(wine.accept(s, NULL, NULL), address, length) : wine.accept(s, address, length);
}

SOCKET WSAAPI shim_WSAAccept(SOCKET s, struct sockaddr *address, LPINT length, LPCONDITIONPROC condition, DWORD_PTR data)
{
    return table_has(s) ? accepted(wine.WSAAccept(s, NULL, NULL, condition, data), address, length)
                        : wine.WSAAccept(s, address, length, condition, data);
}

/* An accepted socket has its listener's port, and with it its name. */
int WSAAPI shim_getsockname(SOCKET s, struct sockaddr *address, int *length)
{
    struct sockaddr_in tcp = { .sin_family = AF_INET };
    struct unix_address name;
    int size = sizeof(tcp);
    if (!table_has(s)) return wine.getsockname(s, address, length);
    /* before bind there is no port, which is no error here */
    if (wine.getsockname(s, (struct sockaddr *)&tcp, &size)) tcp.sin_port = 0;
    name = table_name_of_port(swapped(tcp.sin_port));
    return address_write(&name, address, length);
}

int WSAAPI shim_getpeername(SOCKET s, struct sockaddr *address, int *length)
{
    struct sockaddr_in tcp;
    struct unix_address peer;
    int size = sizeof(tcp);
    if (!table_has(s)) return wine.getpeername(s, address, length);
    if (wine.getpeername(s, (struct sockaddr *)&tcp, &size)) return SOCKET_ERROR; /* not connected, or no more */
    peer = table_peer(s);
    return address_write(&peer, address, length);
}

static BOOL WINAPI shim_ConnectEx(SOCKET s, const struct sockaddr *address, int length, PVOID data, DWORD size, LPDWORD sent,
                                  LPOVERLAPPED overlapped)
{
    struct unix_address peer;
    struct sockaddr_in tcp;
    if (!table_has(s)) return wine_ConnectEx(s, address, length, data, size, sent, overlapped);
    if (address_read(address, length, &peer) || address_resolve(&peer, &tcp)) return FALSE;
    table_set_peer(s, &peer);
    return wine_ConnectEx(s, (struct sockaddr *)&tcp, sizeof(tcp), data, size, sent, overlapped);
}

/* AcceptEx has written TCP addresses behind the data. Where the local one is that of a Unix socket, both are replaced in their places. */
static void WINAPI shim_GetAcceptExSockaddrs(PVOID buffer, DWORD data, DWORD local_size, DWORD remote_size,
                                             struct sockaddr **local, LPINT local_length, struct sockaddr **remote, LPINT remote_length)
{
    static const struct unix_address nameless = { .family = AF_UNIX };
    struct unix_address name;
    wine_GetAcceptExSockaddrs(buffer, data, local_size, remote_size, local, local_length, remote, remote_length);
    if (!*local || (*local)->sa_family != AF_INET) return;
    name = table_name_of_port(swapped(((const struct sockaddr_in *)*local)->sin_port));
    if (!name.path[0]) return;
    *local = (struct sockaddr *)((char *)buffer + data);
    *local_length = (int)local_size;
    address_write(&name, *local, local_length);
    *remote = (struct sockaddr *)((char *)buffer + data + local_size);
    *remote_length = (int)remote_size;
    address_write(&nameless, *remote, remote_length);
}

int WSAAPI shim_WSAIoctl(SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size, LPDWORD returned,
                         LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE completed)
{
    static const GUID connect_ex = WSAID_CONNECTEX, sockaddrs = WSAID_GETACCEPTEXSOCKADDRS;
    int result = wine.WSAIoctl(s, code, in, in_size, out, out_size, returned, overlapped, completed);
    if (result || code != SIO_GET_EXTENSION_FUNCTION_POINTER) return result;
    if (!memcmp(in, &connect_ex, sizeof(GUID)))
    {
        wine_ConnectEx = *(LPFN_CONNECTEX *)out;
        *(LPFN_CONNECTEX *)out = shim_ConnectEx;
    }
    else if (!memcmp(in, &sockaddrs, sizeof(GUID)))
    {
        wine_GetAcceptExSockaddrs = *(LPFN_GETACCEPTEXSOCKADDRS *)out;
        *(LPFN_GETACCEPTEXSOCKADDRS *)out = shim_GetAcceptExSockaddrs;
    }
    return result;
}
