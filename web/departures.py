"""A client that goes away while its question runs: the question is stopped, a mutation goes on to its end.

Nothing is watched while an answer is quick: a timer, which costs 1 µs, begins to listen for the end of the connection
only when the answer is late (measured in decision 0008: a task beside every answer costs 20 µs and more).
"""

import asyncio
from collections.abc import Callable

from starlette.types import Receive

PATIENCE_SECONDS = 0.1


class Departure:
    """Watches over one answer, in the task that computes it, until `stop` is called.

    When the client goes, `has_left` is true, and the task is cancelled unless `must_finish` says no; `has_ended` tells
    that cancellation from any other. `must_finish` is asked only then.
    """

    __slots__ = (
        "_must_finish",
        "_receive",
        "_task",
        "_timer",
        "_watching",
        "has_ended",
        "has_left",
    )

    def __init__(self, receive: Receive, must_finish: Callable[[], bool]) -> None:
        self._receive = receive
        self._must_finish = must_finish
        self._watching: asyncio.Task[None] | None = None
        self.has_left = False
        self.has_ended = False
        self._task = asyncio.current_task()
        self._timer = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._begin)

    def stop(self) -> None:
        """The answer is there, or has failed."""
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()

    def _begin(self) -> None:
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.has_left = True
        if self._task is not None and not self._must_finish():
            self.has_ended = self._task.cancel()
