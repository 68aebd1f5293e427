"""Personal calendars: who asks is whoever knows the address, and it opens nothing but the calendar.

A calendar program can send no token, so the secret stands in the address; it is a token of its own kind that is no good anywhere else,
and it reads no personal data of others.
"""

from __future__ import annotations

from dataclasses import dataclass

from auth import noting
from auth.authentication import RightsOf
from auth.token_text import hash_of, is_whole_feed
from auth.viewer import Scope, Viewer
from graph_store.audit import Note
from graph_store.clock import Clock, instant
from graph_store.tokens import Tokens

READS = frozenset({Scope.READ})


@dataclass(frozen=True, slots=True)
class Feeds:
    """Opens calendars by their secrets; all of it raises GraphStoreError."""

    store: Tokens
    rights: RightsOf
    note: Note
    clock: Clock

    async def viewer(self, secret: str) -> Viewer | None:
        """Whose calendar it is, as somebody who may only read; None for a secret that is wrong, revoked or over."""
        text = secret.encode()
        if not is_whole_feed(text):
            return None
        token, now = await self.store.by_hash(hash_of(text)), self.clock()
        if token is None or token.kind != "calendar":
            return None
        if token.revoked_at is not None or token.until <= now.timestamp():
            return None
        await noting.token_used(self.note, token.owner, token.id, instant(now)[:10])
        await self.store.used({token.id: instant(now)})
        rights = await self.rights.of(token.owner)
        return Viewer(rights, READS, token=token.id, name=token.name)
