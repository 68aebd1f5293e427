"""A process that ends when whoever started it is gone: they hold the other end of its standard input."""

from __future__ import annotations

import os
import signal
import sys
from threading import Thread


def hold_on() -> None:
    """From now on, the end of standard input ends this process as SIGTERM does."""
    Thread(target=_stop_at_end_of_input, name="lifeline", daemon=True).start()


def _stop_at_end_of_input() -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
