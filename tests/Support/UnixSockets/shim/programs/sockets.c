/* Unix sockets through Winsock's own functions: sockets.exe PATH. Prints one line for each thing it did; the test compares them. */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

struct unix_address
{
    ADDRESS_FAMILY family;
    char path[108];
};

static struct unix_address address = { AF_UNIX, "" };

static void say(const char *what, int result)
{
    if (result == SOCKET_ERROR) printf("%s: error %d\n", what, WSAGetLastError());
    else printf("%s: ok\n", what);
}

static void say_name(const char *what, int result, const struct unix_address *name, int length)
{
    if (result == SOCKET_ERROR) printf("%s: error %d\n", what, WSAGetLastError());
    else printf("%s: family %d, %d bytes, %s\n", what, name->family, length, length > 2 ? name->path : "no name");
}

static DWORD WINAPI client(void *unused)
{
    SOCKET s = socket(AF_UNIX, SOCK_STREAM, 0);
    struct unix_address name;
    u_long on = 1, off = 0;
    int length = sizeof(name), count;
    char text[16] = "";
    (void)unused;
    ioctlsocket(s, FIONBIO, &on);
    say("client: connect without blocking", connect(s, (struct sockaddr *)&address, sizeof(address)));
    ioctlsocket(s, FIONBIO, &off);
    say_name("client: peer", getpeername(s, (struct sockaddr *)&name, &length), &name, length);
    send(s, "ping", 4, 0);
    count = recv(s, text, sizeof(text) - 1, 0);
    printf("client: %d bytes, %s\n", count, text);
    closesocket(s);
    return 0;
}

int main(int argc, char **argv)
{
    struct unix_address name;
    SOCKET listener, server, other;
    HANDLE thread;
    WSADATA data;
    char file[sizeof(address.path)], *slash;
    char text[16] = "";
    int length = sizeof(name), count;

    if (argc != 2 || strlen(argv[1]) >= sizeof(address.path) || WSAStartup(MAKEWORD(2, 2), &data)) return 2;
    strcpy(address.path, argv[1]);
    strcpy(file, argv[1]);
    /* "/x" is a Unix path for Wine's own functions */
    while ((slash = strchr(file, '/'))) *slash = '\\';

    say("datagrams", (int)socket(AF_UNIX, SOCK_DGRAM, 0));
    listener = socket(AF_UNIX, SOCK_STREAM, 0);
    say("connect before there is one", connect(listener, (struct sockaddr *)&address, sizeof(address)));
    say("bind", bind(listener, (struct sockaddr *)&address, sizeof(address)));
    other = socket(AF_UNIX, SOCK_STREAM, 0);
    say("bind again", bind(other, (struct sockaddr *)&address, sizeof(address)));
    closesocket(other);
    say("listen", listen(listener, 1));

    thread = CreateThread(NULL, 0, client, NULL, 0, NULL);
    server = accept(listener, (struct sockaddr *)&name, &length);
    /* the client has printed its first lines when this arrives */
    count = recv(server, text, sizeof(text) - 1, 0);
    say_name("server: accepted from", 0, &name, length);
    length = sizeof(name);
    say_name("server: own name", getsockname(server, (struct sockaddr *)&name, &length), &name, length);
    printf("server: %d bytes, %s\n", count, text);
    send(server, "pong", 4, 0);
    WaitForSingleObject(thread, 5000);
    count = recv(server, text, sizeof(text), 0);
    printf("server: %d bytes after the client has closed\n", count);
    closesocket(server);
    closesocket(listener);

    printf("the file is %s\n", GetFileAttributesA(file) == INVALID_FILE_ATTRIBUTES ? "gone" : "still there");
    other = socket(AF_UNIX, SOCK_STREAM, 0);
    say("connect to nobody", connect(other, (struct sockaddr *)&address, sizeof(address)));
    DeleteFileA(file);
    say("connect to no file", connect(other, (struct sockaddr *)&address, sizeof(address)));
    closesocket(other);
    other = socket(AF_UNIX, SOCK_STREAM, 0);
    say("bind after the file was deleted", bind(other, (struct sockaddr *)&address, sizeof(address)));
    closesocket(other);
    DeleteFileA(file);

    other = socket(AF_INET, SOCK_STREAM, 0);
    printf("a TCP socket is still one: %d\n", other != INVALID_SOCKET);
    return 0;
}
