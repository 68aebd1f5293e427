"""A client that goes away while its question runs: the question is stopped, a mutation goes on to its end.

A quick answer costs two entries of a dictionary. A round each twentieth of a second begins to listen for the end of those
connections whose answer was already awaited in the round before (decision 0008: a timer or a task for each costs ten times as much).
"""

import asyncio
from collections.abc import Callable

from starlette.types import Receive

ROUND_SECONDS = 0.05


class Presence:
    """One client who awaits an answer in this task.

    When he goes, `has_left` is true, and the task is cancelled unless `must_finish` says no, which is asked only then;
    `has_ended` tells that cancellation from any other.
    """

    __slots__ = ("has_ended", "has_left", "is_late", "must_finish", "receive", "task", "watching")

    def __init__(self, receive: Receive, must_finish: Callable[[], bool]) -> None:
        self.receive, self.must_finish = receive, must_finish
        self.task = asyncio.current_task()
        self.watching: asyncio.Task[None] | None = None
        self.is_late = self.has_left = self.has_ended = False


class Departures:
    """The clients who await answers; a round is due only while there are any."""

    def __init__(self) -> None:
        self._present: dict[Presence, None] = {}
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, receive: Receive, must_finish: Callable[[], bool]) -> Presence:
        """A client awaits the answer of the current task."""
        presence = Presence(receive, must_finish)
        self._present[presence] = None
        if self._timer is None:
            self._due()
        return presence

    def end(self, presence: Presence) -> None:
        """The answer is there, or has failed."""
        del self._present[presence]
        if presence.watching is not None:
            presence.watching.cancel()

    def _due(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(ROUND_SECONDS, self._round)

    def _round(self) -> None:
        self._timer = None
        for presence in self._present:
            if presence.is_late and presence.watching is None:
                presence.watching = asyncio.create_task(_watch(presence))
            presence.is_late = True
        if self._present:
            self._due()


async def _watch(presence: Presence) -> None:
    while (await presence.receive())["type"] != "http.disconnect":
        pass
    presence.has_left = True
    if presence.task is not None and not presence.must_finish():
        presence.has_ended = presence.task.cancel()
