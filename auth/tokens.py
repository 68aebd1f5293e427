"""The hub's own tokens as they are used: looked up once, then kept while the watch would tell of their end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from auth.kept import Kept, Watching
from auth.refusals import NOT_A_TOKEN, REVOKED, TokenRefused
from auth.token_text import hash_of, is_whole
from graph_store.background import in_background
from graph_store.clock import Clock, instant
from graph_store.errors import GraphStoreError
from graph_store.tokens import Token, Tokens

USE_SECONDS = 60.0
FLUSH_SECONDS = 5.0
MOST_NOTED = 10_000

log = structlog.get_logger("auth.tokens")


class TokenIsOver(TokenRefused):
    """A token that was good once; `token` is its id, for the audit log."""

    def __init__(self, token: str) -> None:
        super().__init__(REVOKED)
        self.token = token


class HubTokens:
    """Checks tokens, and notes in the background when they were used last: at most once a minute each."""

    def __init__(self, store: Tokens, watch: Watching, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._kept: Kept[str, Token] = Kept(watch, lambda _, token: (token.id,))
        self._noted: dict[str, float] = {}
        self._uses: dict[str, str] = {}

    async def check(self, text: bytes) -> Token:
        """The token with this secret. Raises TokenRefused, GraphStoreError."""
        if not is_whole(text):
            raise TokenRefused(NOT_A_TOKEN)
        hashed = hash_of(text)
        token = await self._kept.get(hashed, lambda: self._store.by_hash(hashed))
        if token is None:
            raise TokenRefused(REVOKED)
        now = self._clock()
        if token.revoked_at is not None or token.until <= now.timestamp():
            raise TokenIsOver(token.id)
        self._use(token.id, now)
        return token

    async def keep_noting(self) -> None:
        """Never ends, whatever the store does: a use that cannot be noted is noted with the next."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Write the uses since the last time."""
        uses, self._uses = self._uses, {}
        if not uses:
            return
        try:
            await self._store.used(uses)
        except GraphStoreError as error:
            log.warning("uses of tokens cannot be noted", reason=str(error))
            for id_ in uses:
                self._noted.pop(id_, None)

    def _use(self, id_: str, now: datetime) -> None:
        seconds = now.timestamp()
        if seconds - self._noted.get(id_, 0.0) < USE_SECONDS:
            return
        if len(self._noted) >= MOST_NOTED:
            self._noted.clear()
        self._noted[id_] = seconds
        self._uses[id_] = instant(now)


@asynccontextmanager
async def open_hub_tokens(store: Tokens, watch: Watching, clock: Clock) -> AsyncIterator[HubTokens]:
    """The check of tokens, which notes their uses until the end."""
    tokens = HubTokens(store, watch, clock)
    try:
        async with in_background(tokens.keep_noting()):
            yield tokens
    finally:
        await tokens.flush()
