"""Read by every Python that a recipe starts, see recipe.sh: sockets reach nothing but this machine's own Unix sockets."""

import socket


def refuse(*_arguments, **_options):
    raise OSError("qcw: a recipe has no network: make what the build asks for a source or a library of the line")


def guard(inherited):
    def guarded(self, *arguments):
        if self.family != getattr(socket, "AF_UNIX", None):
            refuse()
        return inherited(self, *arguments)

    return guarded


socket.getaddrinfo = refuse
for name in ("connect", "connect_ex", "sendto", "bind"):
    setattr(socket.socket, name, guard(getattr(socket.socket, name)))
