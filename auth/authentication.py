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
from auth.refusals import IN_THE_QUERY, NOT_A_TOKEN, NOT_KNOWN_YET, SEVERAL, TokenRefused
from auth.token_text import is_ours
from auth.tokens import HubTokens, TokenIsOver
from auth.viewer import ALL_SCOPES, ANONYMOUS, Scope, Viewer
from graph_store.audit import Note
from graph_store.rights import Rights

MOST_VIEWERS = 10_000

Headers = Iterable[tuple[bytes, bytes]]
PersonOf = Callable[[str, str], Awaitable[str | None]]
"""The person behind an issuer's subject; None where nobody signed on so. Raises GraphStoreError."""


class SignedOn(Protocol):
    """A session that lives."""

    @property
    def id(self) -> str:
        """Its public id, never the value of the cookie."""
        ...

    @property
    def person(self) -> str:
        """Whose it is."""
        ...

    @property
    def agency(self) -> str:
        """The key of the agency that vouches for them."""
        ...

    @property
    def name(self) -> str | None:
        """As pages greet them."""
        ...

    @property
    def until(self) -> float:
        """Its end in seconds since 1970, unless it is used before."""
        ...


class Sessions(Protocol):
    """What is asked of sessions; what is kept is answered without a trip."""

    def secret_in(self, cookie: bytes) -> str | None:
        """The session's secret within the value of a Cookie header."""
        ...

    async def find(self, secret: str) -> SignedOn | None:
        """The session that lives. Raises GraphStoreError."""
        ...


class RightsDesk(Protocol):
    """What is asked of rights: the same object as long as nothing has changed. Raises GraphStoreError."""

    async def of_person(self, person: str) -> Rights:
        """Of a person today."""
        ...

    async def of_service(self, token: str, institution: str) -> Rights:
        """Of an institution's program today."""
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
        rights: RightsDesk,
        watch: Watching,
        note: Note,
    ) -> None:
        self._access_tokens, self._hub_tokens = access_tokens, hub_tokens
        self._person_of, self._sessions = person_of, sessions
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
        secret = self._sessions.secret_in(cookie)
        if secret is None:
            return NOBODY_ASKS
        session = await self._sessions.find(secret)
        if session is None:
            return WITH_A_DEAD_COOKIE
        rights = await self._rights.of_person(session.person)
        known = self._viewers.get(session.id)
        if known is None or known.rights is not rights:
            known = Viewer(
                rights, ALL_SCOPES, session=session.id, agency=session.agency, name=session.name
            )
            self._keep(session.id, known)
        return Asker(known, session.until)

    async def _by_hub_token(self, text: bytes) -> Asker:
        token = await self._hub_tokens.check(text)
        if token.kind == "personal":
            rights = await self._rights.of_person(token.owner)
        else:
            rights = await self._rights.of_service(token.id, token.owner)
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
        rights = await self._rights.of_person(person)
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
