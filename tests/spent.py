"""A bound on the work that something is, not on how long a busy machine lets it wait."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def cpu_at_most(seconds: float, told: str = "") -> Iterator[None]:
    """What is done within takes this process so many seconds of CPU at most.

    Meant for what would take minutes or never end if it were not refused: give ten times what it takes when it is.
    """
    began = time.process_time()
    yield
    spent = time.process_time() - began
    assert spent < seconds, f"{spent:.1f} s of CPU: {told}"
