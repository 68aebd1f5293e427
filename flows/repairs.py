"""What the other flows do when they are due is what `reconcile` does when they were missed: the same finders, the same commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from flows.advance_exchanges import advance
from flows.reports import Report

Repair = Callable[[Report], Awaitable[None]]

REPAIRS: tuple[Repair, ...] = (advance,)
