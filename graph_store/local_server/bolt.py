"""Whether somebody speaks Bolt at a port of this machine, and which ports are free."""

import socket

# the magic of Bolt, then four versions the client would take: 5.0 to 5.8, 4.4 and none
_HELLO = bytes.fromhex("6060B017 00080805 00000404 00000000 00000000")
_NO_VERSION = bytes(4)


def answers_bolt(port: int) -> bool:
    """Whether the server at 127.0.0.1:`port` agrees on a version of Bolt."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2.0) as connection:
            connection.sendall(_HELLO)
            answer = connection.recv(4)
    except OSError:
        return False
    return len(answer) == len(_NO_VERSION) and answer != _NO_VERSION


def free_port(wished: int | None = None) -> int:
    """`wished` when nobody has it, else one that the system picks."""
    for port in filter(None, (wished,)):
        if _is_free(port):
            return port
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen()
        except OSError:
            return False
    return True
