"""Whoever stays: a connection that is held for events keeps asking who holds it, and ends when what it was opened with ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol

import structlog

from auth.authentication import Asker, Credentials
from auth.kept import Watching
from auth.refusals import TokenRefused
from auth.viewer import Viewer
from auth.watch import Heard
from graph_store.background import in_background
from graph_store.errors import GraphStoreError

ROUND_SECONDS = 1.0

log = structlog.get_logger("auth.guests")


class WhoAsks(Protocol):
    """Whoever settles who asks."""

    async def asker(self, brought: Credentials) -> Asker:
        """Who brings these. Raises TokenRefused, GraphStoreError."""
        ...

    async def refused(self, refusal: TokenRefused) -> None:
        """Put a refusal into the audit log."""
        ...


class GuestIsOut(Exception):
    """What the connection was opened with has ended: nothing more is told over it."""


class Guest:
    """One connection; `out` is set when it is to be closed."""

    __slots__ = ("_brought", "_who", "asker", "out")

    def __init__(self, who: WhoAsks, brought: Credentials, asker: Asker) -> None:
        self._who, self._brought = who, brought
        self.asker = asker
        self.out = asyncio.Event()

    def became(self, brought: Credentials, asker: Asker) -> None:
        """They have said anew who they are."""
        self._brought, self.asker = brought, asker

    async def viewer(self) -> Viewer:
        """The viewer as of now. Raises GuestIsOut, GraphStoreError."""
        if not self.out.is_set():
            try:
                now = await self._who.asker(self._brought)
            except TokenRefused:
                self.out.set()
            else:
                if _is_the_same(now.viewer, self.asker.viewer):
                    self.asker = now
                    return now.viewer
                self.out.set()
        raise GuestIsOut

    @property
    def ends_with(self) -> str | None:
        """The id of the session or token they came with."""
        return self.asker.viewer.session or self.asker.viewer.token


class Guests:
    """All of this process."""

    def __init__(self, who: WhoAsks) -> None:
        self._who = who
        self._inside: set[Guest] = set()

    @contextmanager
    def staying(self, brought: Credentials, asker: Asker) -> Iterator[Guest]:
        """A guest while the context lasts."""
        guest = Guest(self._who, brought, asker)
        self._inside.add(guest)
        try:
            yield guest
        finally:
            self._inside.discard(guest)

    def hear(self, heard: Heard) -> None:
        """Show out those whose session or token has ended."""
        for guest in self._inside if heard.ended else ():
            if guest.ends_with in heard.ended:
                guest.out.set()

    async def keep_asking(self) -> None:
        """Never ends: whoever's time has come is asked again who they are."""
        while True:
            await asyncio.sleep(ROUND_SECONDS)
            now = time.time()
            for guest in [each for each in self._inside if _is_due(each, now)]:
                try:
                    await guest.viewer()
                except (GuestIsOut, GraphStoreError):
                    continue  # they are out, or are asked again in the next round
                except Exception:
                    log.exception("a guest cannot be asked who they are")
                    guest.out.set()


@asynccontextmanager
async def open_guests(who: WhoAsks, watch: Watching) -> AsyncIterator[Guests]:
    """The guests, who are asked until the end."""
    guests = Guests(who)
    watch.listen(guests.hear)
    async with in_background(guests.keep_asking()):
        yield guests


def _is_due(guest: Guest, now: float) -> bool:
    return guest.asker.until is not None and guest.asker.until <= now and not guest.out.is_set()


def _is_the_same(now: Viewer, before: Viewer) -> bool:
    return (now.rights.holder, now.session, now.token) == (
        before.rights.holder,
        before.session,
        before.token,
    )
