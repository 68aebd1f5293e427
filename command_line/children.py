"""Processes that a command keeps running beside itself: started again whenever they end, ended with it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

import structlog

log = structlog.get_logger("children")

Start = Callable[[], "subprocess.Popen[bytes]"]

STOP_SECONDS = 15.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
LONG_LIFE_SECONDS = 60.0


@contextmanager
def kept_running(name: str, start: Start) -> Iterator[None]:
    """The process, from now until the block ends.

    Its standard input is its lifeline: it is closed when the block ends and when this process is gone, however that ends.
    """
    keeper = _Keeper(name, start)
    watching = Thread(target=keeper.watch, name=name, daemon=True)
    watching.start()
    try:
        yield
    finally:
        keeper.stop()
        watching.join()


class _Keeper:
    def __init__(self, name: str, start: Start) -> None:
        self._name, self._start, self._stopping = name, start, Event()
        self._process = start()

    def watch(self) -> None:
        """Start it anew each time it ends, later each time it lived shortly."""
        pause = FIRST_PAUSE
        while True:
            began = monotonic()
            code = self._process.wait()
            if self._stopping.is_set():
                return
            lived = monotonic() - began
            pause = FIRST_PAUSE if lived > LONG_LIFE_SECONDS else min(pause * 2, LONGEST_PAUSE)
            log.warning("a process ended and is started again", process=self._name, code=code)
            if self._stopping.wait(pause):
                return
            self._start_again()

    def _start_again(self) -> None:
        """The next process; where it cannot be started, the ended one stays, and is waited for in no time."""
        try:
            started = self._start()
        except Exception as failed:  # noqa: BLE001 - whatever it is, it is tried again
            log.warning("a process cannot be started", process=self._name, reason=str(failed))
        else:
            _close(self._process)
            self._process = started

    def stop(self) -> None:
        """End it, and wait until it is gone."""
        self._stopping.set()
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        _close(self._process)


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
