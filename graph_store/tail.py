"""The tail of the change log: one poller a process, however many follow it.

Nobody listening costs nothing. A follower that resumes reads the log page by page, at its own pace, until it stands where the
tail stands, and is then handed what the tail finds; no change lies between, and none comes twice. What waits for a follower is
bounded: whoever takes too slowly is dropped, and resumes by reading. An import commits thousands of changes at once; then the
tail waits after each page, a bounded time, until all have room for the next.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, NamedTuple, TypeVar

import structlog

from graph_store.background import in_background
from graph_store.errors import FellBehind, GraphStoreError, LogBeganAnew, QueryTookTooLong
from graph_store.reads import Run

POLL_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 5.0
PAGE = 1_000
MOST_WAITING = 2 * PAGE
BURST_SECONDS, BURST_PAUSE_SECONDS = 5.0, 0.01
MOST_SLOW = 2

Numbered = TypeVar("Numbered", bound=Sequence[Any])

_ROW = "[c.seq, c.at, c.noun, c.nodeId, coalesce(c.before, '{}') = '{}']"

# a commit shows bit by bit: the sequence may have the number of a change that is not to be seen yet, whose instant is null then
END = """\
// end of the change log
MATCH (s:Sequence {id: 'changes'})
RETURN [s.last, head(COLLECT { MATCH (c:Change {seq: s.last}) RETURN c.at })] AS place"""

# the change at the tail's place is read again, to see that the log is still the one it was
POLL = f"""\
// tail of the change log
RETURN COLLECT {{ MATCH (c:Change) WHERE c.seq >= $after
  WITH c ORDER BY c.seq LIMIT $limit RETURN {_ROW} }} AS rows"""

REPLAY = f"""\
// replay of the change log
RETURN COLLECT {{ MATCH (c:Change) WHERE c.seq > $after AND c.seq <= $until AND ($nouns IS NULL OR c.noun IN $nouns)
  WITH c ORDER BY c.seq LIMIT $limit RETURN {_ROW} }} AS rows"""

REPLAY_OF_NODE = f"""\
// replay of one record's changes
RETURN COLLECT {{ MATCH (c:Change {{nodeId: $nodeId}}) WHERE c.seq > $after AND c.seq <= $until
  WITH c ORDER BY c.seq LIMIT $limit RETURN {_ROW} }} AS rows"""

KNOWN = """\
// place in the change log
RETURN head(COLLECT { MATCH (c:Change {seq: $seq}) RETURN c.at }) AS at,
  head(COLLECT { MATCH (c:Change) WHERE c.seq > 0 WITH c ORDER BY c.seq LIMIT 1 RETURN c.seq }) AS first"""

T = TypeVar("T")

log = structlog.get_logger("graph_store.tail")


class Entry(NamedTuple):
    """One change as followers are told of it; `at` is an instant in UTC, `is_new` that it made the record."""

    seq: int
    at: str
    noun: str
    node_id: str
    is_new: bool


class Place(NamedTuple):
    """A place in the log: just after the change of that number, made at that instant, by which another log is told apart."""

    seq: int
    at: str | None


class Standing(Enum):
    """What the log knows of a place."""

    KNOWN = "known"
    TOO_OLD = "too old"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes a follower wants: those of some nouns (None: of all), or those of one record."""

    nouns: frozenset[str] | None = None
    node_id: str | None = None

    def takes(self, entry: Entry) -> bool:
        """Whether the change is one of them."""
        if self.node_id is not None:
            return entry.node_id == self.node_id
        return self.nouns is None or entry.noun in self.nouns


class Follower:
    """What waits for one subscriber, in order; at most `most` changes."""

    def __init__(self, wanted: Wanted, after: int, most: int) -> None:
        self._wanted, self._after, self._most = wanted, after, most
        self._waiting: deque[Entry] = deque()
        self._wake = asyncio.Event()
        self._error: GraphStoreError | None = None

    def offer(self, entry: Entry) -> bool:
        """Take the change where it is wanted; False when there is no room left, which ends this follower."""
        if entry.seq <= self._after or not self._wanted.takes(entry):
            return True
        if len(self._waiting) >= self._most:
            self.drop(FellBehind(f"more than {self._most} changes waited"))
            return False
        self._waiting.append(entry)
        self._wake.set()
        return True

    @property
    def has_room(self) -> bool:
        """Whether it has taken most of what it was offered."""
        return len(self._waiting) <= self._most // 2

    def drop(self, error: GraphStoreError) -> None:
        """Forget what waits; whoever takes next is told why."""
        self._error = error
        self._waiting.clear()
        self._wake.set()

    async def taken(self, most: int) -> list[Entry]:
        """The next changes, as soon as there is one. Raises FellBehind or LogBeganAnew once dropped."""
        await self._wake.wait()
        if self._error is not None:
            raise self._error
        batch = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        if not self._waiting:
            self._wake.clear()
        return batch


class Tail:
    """Follows the log; made by `open_tail`."""

    def __init__(self, run: Run, *, poll_seconds: float, most_waiting: int) -> None:
        self._run, self._poll_seconds, self._most_waiting = run, poll_seconds, most_waiting
        self._followers: set[Follower] = set()
        self._listening = 0
        self._somebody, self._placed = asyncio.Event(), asyncio.Event()
        self._place = Place(0, None)
        self._epoch = 0

    @property
    def followers(self) -> int:
        """How many are handed changes as they come; those that still read the log are not counted."""
        return len(self._followers)

    async def standing(self, place: Place) -> Standing:
        """Whether the log can be followed from there. Raises GraphStoreError."""
        at, first = await self._run(KNOWN, {"seq": place.seq})
        if at is not None:
            return Standing.KNOWN if at == place.at else Standing.UNKNOWN
        return Standing.TOO_OLD if first is not None and place.seq < first else Standing.UNKNOWN

    async def follow(
        self, wanted: Wanted, after: Place | None, *, most: int
    ) -> AsyncGenerator[list[Entry]]:
        """Every change wanted, from that place or from now on, without end, `most` at a time at most.

        A store that is away is waited for. Raises FellBehind, LogBeganAnew, QueryTookTooLong.
        """
        self._listening += 1
        self._somebody.set()
        follower: Follower | None = None
        try:
            await self._placed.wait()
            epoch, seq = self._epoch, self._place.seq if after is None else after.seq
            while seq < self._place.seq:
                entries, seq = await self._replayed(wanted, seq, self._place.seq)
                for start in range(0, len(entries), most):
                    yield entries[start : start + most]
                if epoch != self._epoch:
                    raise LogBeganAnew("the change log is another one")
            # nothing is awaited since the comparison: the tail hands out just what comes next
            follower = Follower(wanted, seq, self._most_waiting)
            self._followers.add(follower)
            while True:
                yield await follower.taken(most)
        finally:
            self._leave(follower)

    async def keep_up(self) -> None:
        """Look again and again, as long as somebody listens; never ends, whatever the store does."""
        pause = self._poll_seconds
        while True:
            await self._somebody.wait()
            try:
                has_more = await self._look()
            except GraphStoreError as error:
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                log.warning("the change log cannot be read", reason=str(error), again_in=pause)
            except Exception:  # a tail that ended would leave everybody waiting in silence
                pause = LONGEST_PAUSE_SECONDS
                log.exception("the tail of the change log failed")
            else:
                pause = self._poll_seconds
                if has_more:
                    await self._room_is_made()
                    continue
            await asyncio.sleep(pause)

    async def _look(self) -> bool:
        """Hand out what is new; whether there is more already."""
        if not self._placed.is_set():
            (place,) = await self._run(END, {})
            if self._listening:  # else the place would be an old one for whoever comes next
                self._place = Place(*place)
                self._placed.set()
            return False
        place = self._place
        (rows,) = await self._run(POLL, {"after": place.seq, "limit": PAGE + 1})
        entries = [Entry(*row) for row in rows]
        if entries and entries[0].seq == place.seq:
            same = entries.pop(0)
            if place.at not in (None, same.at):
                self._begin_anew()
                return True
            self._place = Place(same.seq, same.at)
        new = unbroken(entries, place.seq)
        for entry in new:
            self._hand_out(entry)
        if new:
            self._place = Place(new[-1].seq, new[-1].at)
        return bool(new) and len(rows) > PAGE

    async def _room_is_made(self) -> None:
        """Let followers take what a full page left with them; those who do not in time are left to the next page."""
        until = time.monotonic() + BURST_SECONDS
        await asyncio.sleep(0)
        while time.monotonic() < until and not all(each.has_room for each in self._followers):  # noqa: ASYNC110 - takers are many, and each would have to tell
            await asyncio.sleep(BURST_PAUSE_SECONDS)

    def _hand_out(self, entry: Entry) -> None:
        behind = [each for each in self._followers if not each.offer(entry)]
        self._followers.difference_update(behind)

    def _begin_anew(self) -> None:
        """The log was put in place of another, as loading a demonstration does."""
        for follower in self._followers:
            follower.drop(LogBeganAnew("the change log is another one"))
        self._followers.clear()
        self._placed.clear()
        self._epoch += 1

    def _leave(self, follower: Follower | None) -> None:
        if follower is not None:
            self._followers.discard(follower)
        self._listening -= 1
        if not self._listening:
            self._somebody.clear()
            self._placed.clear()

    async def _replayed(self, wanted: Wanted, seq: int, until: int) -> tuple[list[Entry], int]:
        """The next page of what is wanted, and the number up to which the log has now been read."""
        statement = REPLAY if wanted.node_id is None else REPLAY_OF_NODE
        nouns = None if wanted.nouns is None else sorted(wanted.nouns)
        own = {"nouns": nouns} if wanted.node_id is None else {"nodeId": wanted.node_id}
        parameters = {"after": seq, "until": until, "limit": PAGE} | own
        ask = partial(self._run, statement, parameters)
        (rows,) = await patiently(ask, self._poll_seconds)
        entries = [Entry(*row) for row in rows]
        return entries, entries[-1].seq if len(entries) == PAGE else until


async def patiently(ask: Callable[[], Awaitable[T]], pause_seconds: float) -> T:
    """What the store answers, however long it is away. Raises what trying again would not mend."""
    slow = 0
    while True:
        try:
            return await ask()
        except QueryTookTooLong:  # a store that has just come back plans everything anew, slowly
            slow += 1
            if slow > MOST_SLOW:
                raise
        except GraphStoreError as error:
            if not error.may_be_retried:
                raise
        pause_seconds = min(pause_seconds * 2, LONGEST_PAUSE_SECONDS)
        await asyncio.sleep(pause_seconds)


@asynccontextmanager
async def open_tail(
    run: Run, *, poll_seconds: float = POLL_SECONDS, most_waiting: int = MOST_WAITING
) -> AsyncIterator[Tail]:
    """The tail, running; it reads by `run`."""
    tail = Tail(run, poll_seconds=poll_seconds, most_waiting=most_waiting)
    async with in_background(tail.keep_up()):
        yield tail


def unbroken(entries: Iterable[Numbered], seq: int) -> list[Numbered]:
    """Those that come without a gap after the number, which is the first of each; what is behind a gap is seen at the next look.

    >>> unbroken([[5, "a"], [6, "b"], [8, "c"]], 4)
    [[5, 'a'], [6, 'b']]
    """
    found: list[Numbered] = []
    for entry in entries:
        if entry[0] != seq + len(found) + 1:
            break
        found.append(entry)
    return found
