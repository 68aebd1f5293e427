"""What takes rights away, heard by every worker within a second: endings of sessions and tokens, and changes of the graph.

One statement every quarter of a second. Whoever keeps something made from the graph (a session's viewer, a person's rights) keeps
it only while the watch `is_fresh`, and asks the graph again when it is not: a watch that is blind lets nobody stay.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

import structlog

from graph_store.background import in_background
from graph_store.errors import GraphStoreError
from graph_store.reads import Run
from graph_store.tail import unbroken

POLL_SECONDS = 0.25
FRESH_SECONDS = 0.75
BLIND_SECONDS = 3_600.0  # what has ended is remembered for a day (`sessions.HEARD_BY_ALL`); a gap would never close
PAGE = 1_000

# the sequence is read first: a commit shows bit by bit, and a number may be there before what it numbers
PLACES = """\
// places of the watch of rights
RETURN [COLLECT { MATCH (s:Sequence {id: 'endings'}) RETURN s.last }[0],
  COLLECT { MATCH (s:Sequence {id: 'changes'}) RETURN s.last }[0]] AS places"""

LOOK = """\
// watch of rights
RETURN [COLLECT { MATCH (s:Sequence {id: 'endings'}) RETURN s.last }[0],
    COLLECT { MATCH (s:Sequence {id: 'changes'}) RETURN s.last }[0]] AS places,
  COLLECT { MATCH (e:Ending) WHERE e.seq > $ended WITH e ORDER BY e.seq LIMIT $limit RETURN [e.seq, e.of] } AS ended,
  COLLECT { MATCH (c:Change) WHERE c.seq > $changed WITH c ORDER BY c.seq LIMIT $limit
    RETURN [c.seq, c.noun, c.nodeId] } AS changed"""

log = structlog.get_logger("auth.watch")


class Heard(NamedTuple):
    """What is new: ids of ended sessions and tokens, (noun, id) of changed records; `all`: forget everything."""

    ended: frozenset[str] = frozenset()
    changed: frozenset[tuple[str, str]] = frozenset()
    all: bool = False


Listener = Callable[[Heard], None]


class Watch:
    """Looks again and again and tells its listeners; made by `open_watch`."""

    def __init__(self, run: Run, poll_seconds: float = POLL_SECONDS) -> None:
        self._run, self._poll_seconds = run, poll_seconds
        self._listeners: list[Listener] = []
        self._ended = self._changed = 0
        self._looked = float("-inf")

    @property
    def is_fresh(self) -> bool:
        """Whether it has looked a moment ago."""
        return time.monotonic() - self._looked < FRESH_SECONDS

    def listen(self, listener: Listener) -> None:
        """Tell this one too; it must not await, nor raise."""
        self._listeners.append(listener)

    async def begin(self) -> None:
        """Take the place from which to look. Raises GraphStoreError."""
        started = time.monotonic()
        ((ended, changed),) = await self._run(PLACES, {})
        self._ended, self._changed = ended or 0, changed or 0
        self._looked = started

    async def look(self) -> bool:
        """Tell what is new; whether there is more already. Raises GraphStoreError."""
        started = time.monotonic()
        if started - self._looked > BLIND_SECONDS:
            await self.begin()
            self._tell(Heard(all=True))
            return False
        parameters = {"ended": self._ended, "changed": self._changed, "limit": PAGE}
        places, ended, changed = await self._run(LOOK, parameters)
        if (places[0] or 0) < self._ended or (places[1] or 0) < self._changed:
            self._ended, self._changed = places[0] or 0, places[1] or 0
            self._tell(Heard(all=True))  # another graph stands in place of the one that was watched
            return False
        ended, changed = unbroken(ended, self._ended), unbroken(changed, self._changed)
        self._ended += len(ended)
        self._changed += len(changed)
        if ended or changed:
            nodes = frozenset((noun, id_) for _, noun, id_ in changed)
            self._tell(Heard(frozenset(of for _, of in ended), nodes))
        has_more = max(len(ended), len(changed)) == PAGE
        if not has_more:
            self._looked = started
        return has_more

    async def keep_looking(self) -> None:
        """Never ends, whatever the store does."""
        while True:
            pause = self._poll_seconds
            try:
                if await self.look():
                    continue
            except GraphStoreError as error:
                log.warning("rights cannot be watched", reason=str(error))
            except (
                Exception
            ):  # a watch that ended would leave everybody in possession of what they had
                log.exception("the watch of rights failed")
                pause = 1.0
            await asyncio.sleep(pause)

    def _tell(self, heard: Heard) -> None:
        for listener in self._listeners:
            listener(heard)


@asynccontextmanager
async def open_watch(run: Run, poll_seconds: float = POLL_SECONDS) -> AsyncIterator[Watch]:
    """The watch, looking. Raises GraphStoreError where it cannot begin."""
    watch = Watch(run, poll_seconds)
    await watch.begin()
    async with in_background(watch.keep_looking()):
        yield watch
