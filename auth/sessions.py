"""A cookie → the viewer, without a trip to the database while the watch of rights is fresh.

The cookie holds a secret of 256 random bits; the graph knows its digest alone, so that who reads the graph can be nobody. What a
session keeps of the provider's ID token, which signing off needs, is sealed with that secret too.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Protocol

import structlog

from auth.kept import Kept, Watching
from auth.sealing import Seal
from auth.viewer import Viewer
from auth.watch import Heard
from graph_store.background import in_background
from graph_store.clock import Clock, instant
from graph_store.errors import GraphStoreError
from graph_store.rights import Rights
from graph_store.sessions import Ended, NewSession, SessionStore

SEEN_EVERY_SECONDS = 60.0
WRITE_EVERY_SECONDS = 5.0
SWEEP_EVERY_SECONDS = 3_600.0
REMEMBERED = timedelta(days=30)
HEARD_BY_ALL = timedelta(days=1)

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")

log = structlog.get_logger("auth.sessions")


class RightsOf(Protocol):
    """Who computes what a person may do."""

    async def of(self, holder: str) -> Rights:
        """The person's rights now."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """`idle`: the end of one that nobody uses; `longest`: of every one."""

    idle: timedelta = timedelta(hours=8)
    longest: timedelta = timedelta(hours=24)


@dataclass(slots=True)
class Held:
    """A session as this worker knows it; times in seconds since 1970."""

    id: str
    person: str
    agency: str
    name: str | None
    seen: float
    expires: float
    written: float
    viewer: Viewer | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """A session to be: whose, by whose word, and whence."""

    person: str
    name: str | None
    issuer: str
    subject: str
    sid: str | None
    agency: str
    id_token: str = field(repr=False)
    spent: str
    spent_until: datetime
    address: str | None = None
    user_agent: str | None = None


class Sessions:
    """Those of one hub. Methods that ask the graph raise GraphStoreError."""

    def __init__(
        self,
        store: SessionStore,
        watch: Watching,
        rights: RightsOf,
        clock: Clock,
        limits: Limits = Limits(),
    ) -> None:
        self._store, self._rights, self._clock, self._limits = store, rights, clock, limits
        self._kept: Kept[str, Held] = Kept(watch, lambda id_, _held: (id_,))
        self._used: dict[str, str] = {}

    async def viewer(self, secret: str) -> Viewer | None:
        """Whose session it is; None where it is none, or over."""
        if _SECRET.fullmatch(secret) is None:
            return None
        id_ = id_of(secret)
        held = await self._kept.get(id_, partial(self._read, id_))
        now = self._clock().timestamp()
        if held is None or now >= held.expires or not await self._is_in_use(held, now):
            return None
        self._note_use(held, now)
        rights = await self._rights.of(held.person)
        if held.viewer is None or held.viewer.rights is not rights:
            held.viewer = Viewer(rights, session=id_, agency=held.agency, name=held.name)
        return held.viewer

    async def open(self, opening: Opening) -> str | None:
        """The secret of a new session; None where its sign-on was used before."""
        secret = secrets.token_urlsafe(32)
        id_, now = id_of(secret), self._clock()
        session = NewSession(
            id=id_,
            issuer=opening.issuer,
            subject=opening.subject,
            sid=opening.sid,
            agency=opening.agency,
            name=opening.name,
            createdAt=instant(now),
            lastSeenAt=instant(now),
            expiresAt=instant(now + self._limits.longest),
            address=opening.address,
            userAgent=opening.user_agent,
            idToken=_seal(secret).closed(opening.id_token.encode(), id_),
        )
        until = instant(opening.spent_until)
        is_open = await self._store.open(session, opening.person, opening.spent, until)
        return secret if is_open else None

    async def id_token(self, secret: str) -> str | None:
        """The provider's ID token, for signing off there; None where the session is over."""
        id_ = id_of(secret)
        row = await self._store.read(id_)
        sealed = row and row["idToken"]
        content = _seal(secret).opened(sealed, id_) if sealed else None
        return None if content is None else content.decode()

    async def of(self, person: str) -> list[dict[str, Any]]:
        """The sessions of a person that go on, the one used last first."""
        now = self._clock()
        return await self._store.of(person, instant(now), instant(now - self._limits.idle))

    async def end(self, person: str, ids: Sequence[str], because: str) -> list[Ended]:
        """End these of a person: here at once, elsewhere within a second. Those that went on."""
        ended = await self._store.end(person, ids, instant(self._clock()), because)
        self._forget(each.id for each in ended)
        return ended

    async def end_by_provider(self, word: dict[str, Any]) -> list[Ended] | None:
        """End those that a provider's word names; None where the word was used before."""
        ended = await self._store.end_by_provider(word | {"at": instant(self._clock())})
        self._forget(each.id for each in ended or ())
        return ended

    async def write_use(self) -> None:
        """Write down which were used."""
        used, self._used = self._used, {}
        if used:
            await self._store.seen([{"id": id_, "at": at} for id_, at in used.items()])

    async def sweep(self) -> None:
        """Forget what is over."""
        now = self._clock()
        await self._store.sweep(
            instant(now), instant(now - REMEMBERED), instant(now - HEARD_BY_ALL)
        )

    def _forget(self, ids: Iterable[str]) -> None:
        self._kept.hear(Heard(ended=frozenset(ids)))

    async def _read(self, id_: str) -> Held | None:
        row = await self._store.read(id_)
        if row is None:
            return None
        seen, expires = _seconds(row["lastSeenAt"]), _seconds(row["expiresAt"])
        return Held(id_, row["person"], row["agency"], row["name"], seen, expires, seen)

    async def _is_in_use(self, held: Held, now: float) -> bool:
        """Whether it is not idle; other workers may have seen it later than this one."""
        idle = self._limits.idle.total_seconds()
        if now - held.seen < idle:
            return True
        row = await self._store.read(held.id)
        if row is None:
            return False
        held.seen = max(held.seen, _seconds(row["lastSeenAt"]))
        return now - held.seen < idle

    def _note_use(self, held: Held, now: float) -> None:
        held.seen = now
        if now - held.written >= SEEN_EVERY_SECONDS:
            held.written = now
            self._used[held.id] = instant(datetime.fromtimestamp(now, UTC))


def id_of(secret: str) -> str:
    """The session's id."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _seal(secret: str) -> Seal:
    return Seal(secret.encode(), "id token")


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


@asynccontextmanager
async def kept_up(sessions: Sessions) -> AsyncIterator[None]:
    """In the background: uses are written down, what is over is forgotten."""
    writing = _again(sessions.write_use, WRITE_EVERY_SECONDS)
    sweeping = _again(sessions.sweep, SWEEP_EVERY_SECONDS)
    try:
        async with in_background(writing, sweeping):
            yield
    finally:
        with suppress(GraphStoreError):
            await sessions.write_use()


async def _again(deed: Callable[[], Awaitable[None]], seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await deed()
        except GraphStoreError as error:
            log.warning("sessions are not kept up", reason=str(error))
