"""Who asks: the headers of a request → its viewer, settled before the question and, for whoever is known, without a trip.

`Authorization: Bearer` wins over the cookie, and one that is no good is refused, never passed over: a program that believes to be
somebody must not silently be nobody. A cookie whose session has ended is passed over, since signed out is no error.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from auth import noting
from auth.bearer import AccessToken, AccessTokens
from auth.claims import KeyDoesNotFit
from auth.kept import Kept, Watching
from auth.refusals import (
    IN_THE_QUERY,
    NOT_A_TOKEN,
    NOT_KNOWN_YET,
    SEVERAL,
    UNKNOWN_ISSUER,
    TokenRefused,
)
from auth.token_text import is_ours
from auth.tokens import HubTokens, TokenIsOver
from auth.viewer import ANONYMOUS, Scope, Viewer
from graph_store.audit import Note
from graph_store.rights import Rights

MOST_VIEWERS = 10_000
SESSION_SECONDS = 60.0
"""After which whoever stays with a session is asked again: it may have come to its end unused elsewhere."""

Headers = Iterable[tuple[bytes, bytes]]
PersonOf = Callable[[str, str], Awaitable[str | None]]
"""The person behind an issuer's subject; None where nobody signed on so. Raises GraphStoreError."""


class Sessions(Protocol):
    """What is asked of sessions; what is kept is answered without a trip."""

    async def viewer(self, secret: str) -> Viewer | None:
        """Whose session it is; None where it is none, or over. Raises GraphStoreError."""
        ...


class RightsOf(Protocol):
    """What is asked of rights: the same object as long as nothing has changed."""

    async def of(self, holder: str) -> Rights:
        """Of a person, or of an institution's program by its token's id, today. Raises GraphStoreError."""
        ...


@dataclass(frozen=True, slots=True)
class Asker:
    """The viewer of one request; `until`: when what they came with ends by itself, in seconds since 1970."""

    viewer: Viewer
    until: float | None = None
    has_dead_cookie: bool = False


NOBODY_ASKS = Asker(ANONYMOUS)
WITH_A_DEAD_COOKIE = Asker(ANONYMOUS, has_dead_cookie=True)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request brings to say who asks: at most one of the two counts."""

    authorization: bytes | None = None
    cookie: bytes = b""


def credentials_of(headers: Headers, query: bytes = b"") -> Credentials:
    """Those of a request. Raises TokenRefused."""
    authorization: bytes | None = None
    cookies: list[bytes] = []
    for name, value in headers:
        if name == b"authorization":
            if authorization is not None:
                raise TokenRefused(SEVERAL)
            authorization = value
        elif name == b"cookie":
            cookies.append(value)
    if b"access_token=" in query:
        raise TokenRefused(IN_THE_QUERY)
    return Credentials(authorization, b"; ".join(cookies))


def token_in(authorization: bytes) -> bytes:
    """The token after `Bearer`. Raises TokenRefused."""
    scheme, _, text = authorization.partition(b" ")
    token = text.strip()
    if scheme.lower() != b"bearer" or not token:
        raise TokenRefused(NOT_A_TOKEN)
    return token


class Authentication:
    """Who asks, by whatever they bring along."""

    def __init__(  # noqa: PLR0913 - the ways to be known, by keyword
        self,
        *,
        access_tokens: AccessTokens,
        hub_tokens: HubTokens,
        person_of: PersonOf,
        sessions: Sessions,
        session_secret: Callable[[bytes], str | None],
        rights: RightsOf,
        watch: Watching,
        note: Note,
    ) -> None:
        self._access_tokens, self._hub_tokens = access_tokens, hub_tokens
        self._person_of = person_of
        self._sessions, self._session_secret = sessions, session_secret
        self._rights, self._note = rights, note
        self._people: Kept[tuple[str, str], str] = Kept(watch, lambda _, person: (person,))
        self._viewers: OrderedDict[object, Viewer] = OrderedDict()
        self._noted: set[tuple[str, str]] = set()
        self._noted_on = ""

    async def asker(self, brought: Credentials) -> Asker:
        """Who brings these. Raises TokenRefused, which is in the audit log then, and GraphStoreError."""
        if brought.authorization is None:
            return await self._by_cookie(brought.cookie) if brought.cookie else NOBODY_ASKS
        text = token_in(brought.authorization)
        return await (self._by_hub_token(text) if is_ours(text) else self._by_access_token(text))

    async def refused(self, refusal: TokenRefused) -> None:
        """Put a refusal into the audit log; it stays one whether or not that succeeds."""
        token = refusal.token if isinstance(refusal, TokenIsOver) else None
        await noting.token_refused(self._note, refusal.reason.word, token=token)

    async def _by_cookie(self, cookie: bytes) -> Asker:
        secret = self._session_secret(cookie)
        if secret is None:
            return NOBODY_ASKS
        viewer = await self._sessions.viewer(secret)
        if viewer is None:
            return WITH_A_DEAD_COOKIE
        return Asker(viewer, time.time() + SESSION_SECONDS)

    async def _by_hub_token(self, text: bytes) -> Asker:
        token = await self._hub_tokens.check(text)
        rights = await self._rights.of(token.owner if token.kind == "personal" else token.id)
        known = self._viewers.get(token.id)
        if known is None or known.rights is not rights:
            scopes = frozenset(scope for scope in Scope if scope.value in token.scopes)
            known = Viewer(rights, scopes, token=token.id, name=token.name)
            self._keep(token.id, known)
        await self._note_use(known, token.id)
        return Asker(known, token.until)

    async def _by_access_token(self, text: bytes) -> Asker:
        try:
            token = self._access_tokens.check(text)
        except KeyDoesNotFit:
            token = await self._access_tokens.check_again(text)
        issuer, subject = token.agency.issuer, token.subject
        person = await self._people.get((issuer, subject), lambda: self._person_of(issuer, subject))
        if person is None:
            raise TokenRefused(NOT_KNOWN_YET)
        known = await self._viewer_of(token, person)
        await self._note_use(known, f"{token.agency.key}:{token.client}:{person}")
        return Asker(known, token.until)

    async def _viewer_of(self, token: AccessToken, person: str) -> Viewer:
        rights = await self._rights.of(person)
        key = (person, token.agency.key, token.client, token.scopes)
        known = self._viewers.get(key)
        if known is None or known.rights is not rights:
            used = f"{token.agency.key}:{token.client}"
            known = Viewer(rights, token.scopes, token=used, agency=token.agency.key)
            self._keep(key, known)
        return known

    def _keep(self, key: object, viewer: Viewer) -> None:
        """A viewer is made of rights that are known to hold: whoever takes it has asked for those."""
        self._viewers[key] = viewer
        self._viewers.move_to_end(key)
        if len(self._viewers) > MOST_VIEWERS:
            self._viewers.popitem(last=False)

    async def _note_use(self, viewer: Viewer, token: str) -> None:
        """Into the audit log, the first time on a day."""
        day = datetime.fromtimestamp(time.time(), UTC).date().isoformat()
        holder = viewer.rights.holder or token
        if day != self._noted_on:
            self._noted_on = day
            self._noted.clear()
        if (holder, token) not in self._noted:
            await noting.token_used(self._note, holder, token, day, viewer.agency)
            self._noted.add((holder, token))


class NobodyIsKnown:
    """Of a hub that signs nobody on: without a token one is anonymous, and no token is any good."""

    async def asker(self, brought: Credentials) -> Asker:
        """Nobody. Raises TokenRefused."""
        if brought.authorization is not None:
            raise TokenRefused(UNKNOWN_ISSUER)
        return NOBODY_ASKS

    async def refused(self, refusal: TokenRefused) -> None:
        """There is no audit log."""
