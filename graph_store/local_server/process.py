"""Processes told apart for sure: a number alone is given again to somebody else, so its birth counts too."""

import fcntl
import os
import select
import signal
import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

# struct flock of Linux: type, whence, start, length, pid; laid out as the C compiler does
_FLOCK = "hhqqi"


@dataclass(frozen=True, slots=True)
class Process:
    """One process of this machine, past or present."""

    pid: int
    born: int
    """Clock ticks after the machine started (field 22 of /proc/PID/stat)."""
    boot: str
    """Which start of the machine that was."""

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """The process that has this number now; None when nobody lives under it."""
        try:
            # the name in brackets may itself hold brackets and blanks: fields are counted after the last one
            fields = (
                Path(f"/proc/{pid}/stat")
                .read_text(encoding="utf-8", errors="replace")
                .rpartition(")")[2]
                .split()
            )
        except (FileNotFoundError, ProcessLookupError):
            return None
        if fields[0] in "ZX":
            return None
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return cls(pid=pid, born=int(fields[19]), boot=boot)

    @property
    def lives(self) -> bool:
        """Whether it still runs, it and not another with its number."""
        return Process.of(self.pid) == self

    def command(self) -> tuple[str, ...]:
        """Its command line; empty when it is gone, not ours to see, or only just being started."""
        try:
            raw = Path(f"/proc/{self.pid}/cmdline").read_bytes()
        except OSError:
            return ()
        words = raw.decode(errors="replace").rstrip("\0")
        return tuple(words.split("\0")) if words else ()

    def end(self, *, patience: timedelta) -> bool:
        """Asks it to end and waits; kills it when patience is over. True if it went by itself.

        The handle is taken before the identity is checked, so nothing else can be hit in between.
        """
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return True
        try:
            return not self.lives or _end(handle, patience)
        finally:
            os.close(handle)
            with suppress(ChildProcessError):  # only a child of ours can be, and must be, collected
                os.waitpid(self.pid, os.WNOHANG)


def _end(handle: int, patience: timedelta) -> bool:
    gone = select.poll()
    gone.register(handle, select.POLLIN)
    signal.pidfd_send_signal(handle, signal.SIGTERM)
    if gone.poll(patience.total_seconds() * 1000):
        return True
    signal.pidfd_send_signal(handle, signal.SIGKILL)
    gone.poll(10_000)
    return False


def holder_of(lock: Path) -> int | None:
    """The pid that holds a POSIX lock on the file; 0 for one that cannot be seen from here; None for nobody."""
    try:
        with lock.open("rb+") as file:
            asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            kind, _, _, _, pid = struct.unpack(_FLOCK, fcntl.fcntl(file, fcntl.F_GETLK, asked))
    except FileNotFoundError:
        return None
    return None if kind == fcntl.F_UNLCK else max(pid, 0)
