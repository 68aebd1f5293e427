"""The hub's own port: taken at once, or the one who has it is named."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from command_line.errors import CommandLineError
from graph_store.local_server.process import Process

_LISTENS = "0A"


class PortIsTaken(CommandLineError):
    """Somebody else listens there."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens already: nobody can take the port while the rest is prepared.

    Who connects meanwhile waits for the answer. Raises PortIsTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise PortIsTaken(_sentence(port, error)) from error
    with listener:
        yield listener


def holder_of_port(port: int) -> Process | None:
    """The process that listens at the port, as far as /proc lets us see."""
    sockets = {f"socket:[{inode}]" for inode in _inodes_listening(port)}
    for descriptor in Path("/proc").glob("[0-9]*/fd/*") if sockets else ():
        try:
            if str(descriptor.readlink()) in sockets:
                return Process.of(int(descriptor.parts[2]))
        except OSError:
            continue
    return None


def described(process: Process | None) -> str:
    """Who it is, for a person: `pid 4711 (python -m http.server)`."""
    if process is None:
        return "a process that cannot be seen from here"
    return f"pid {process.pid} ({' '.join(process.command())[:200]})"


def _sentence(port: int, error: OSError) -> str:
    if error.errno != errno.EADDRINUSE:
        return f"Port {port} cannot be used ({error.strerror}); choose another with BASHU_PORT."
    return (
        f"Port {port} is taken by {described(holder_of_port(port))};"
        " stop that one, or choose another port with BASHU_PORT."
    )


def _inodes_listening(port: int) -> Iterator[str]:
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        try:
            rows = table.read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            fields = row.split()
            if fields[3] == _LISTENS and int(fields[1].rpartition(":")[2], 16) == port:
                yield fields[9]
