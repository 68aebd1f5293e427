"""Making, listing and taking back tokens: who may, and what a token may be.

A person makes tokens for themself, for what they may do, and as an administrator for programs of their institution. Whoever came
with a token makes none: what leaks cannot grow.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

import orjson

from auth import noting
from auth.token_text import hash_of, new_secret
from auth.viewer import Scope, Viewer
from graph_store.audit import Note
from graph_store.clock import Clock, instant
from graph_store.commands.facts import (
    Fact,
    NotYours,
    RecordNotFound,
    RequestKeyReused,
    ScopeIsNotYours,
    TokensMakeNoTokens,
    ValueIsInvalid,
)
from graph_store.rights import Role
from graph_store.tokens import Kind, Token, Tokens

LONGEST_DAYS = 365
LONGEST_NAME = 100
SERVICES_MAY = frozenset({Scope.READ, Scope.WRITE})
FACTS = (NotYours, RecordNotFound, ScopeIsNotYours, TokensMakeNoTokens, ValueIsInvalid)


@dataclass(frozen=True, slots=True)
class Wish:
    """A token that somebody wants; `institution`: for its programs, None: for the person themself.

    `of_calendar`: the secret in the address of the person's calendar, which opens nothing else and so needs no scope.
    """

    name: str
    scopes: frozenset[Scope]
    days: int
    institution: str | None = None
    of_calendar: bool = False

    @property
    def kind(self) -> Kind:
        """Whose it will be."""
        if self.of_calendar:
            return "calendar"
        return "personal" if self.institution is None else "service"


@dataclass(frozen=True, slots=True)
class Made:
    """The token and its secret, which is told once; None where the same request has made it before, and after a dry run."""

    token: Token
    secret: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokenDeeds:
    """What people may do with tokens; all of it raises GraphStoreError."""

    store: Tokens
    note: Note
    clock: Clock
    base: str

    async def make(
        self, viewer: Viewer, wish: Wish, request_key: str, *, dry_run: bool = False
    ) -> Made | Fact:
        """A new token, or why there is none."""
        if fact := (faulty(wish) or _may_make(viewer, wish)):
            return fact
        actor, owner = viewer.rights.holder, wish.institution or viewer.person
        assert actor is not None
        assert owner is not None
        token = self.drawn_up(wish, owner, actor, request_key)
        if dry_run:
            return Made(token, None)
        return await self.issue(token, wish, request_key)

    def drawn_up(self, wish: Wish, owner: str, actor: str, request_key: str) -> Token:
        """The token that this request makes: the same actor's same key names the same one."""
        now = self.clock()
        digest = hashlib.blake2b(f"{actor}\n{request_key}".encode(), digest_size=16).digest()
        key = base64.b32encode(digest).decode().rstrip("=").lower()
        return Token(
            id=f"{self.base}-token-{key}",
            kind=wish.kind,
            name=wish.name,
            scopes=tuple(sorted(scope.value for scope in wish.scopes)),
            created_at=instant(now),
            created_by=actor,
            expires_at=instant(now + timedelta(days=wish.days)),
            owner=owner,
        )

    async def issue(self, token: Token, wish: Wish, request_key: str) -> Made | Fact:
        """Note it, then make it; what cannot be noted is not made."""
        secret, digest = new_secret(token.kind), _digest(wish)
        hashed = hash_of(secret.encode())
        if await self.store.by_id(token.id) is None:
            new = noting.NewToken(token.id, token.scopes, token.expires_at, token.owner)
            await noting.token_made(self.note, token.created_by, new)
        found = await self.store.make(token, hashed, digest)
        if found is None:
            noun = "Institution" if token.kind == "service" else "Person"
            return RecordNotFound(token.owner, noun)
        if found[1] != digest:
            return RequestKeyReused(request_key)
        if found[0] == hashed:
            return Made(token, secret)
        return Made(await self.store.by_id(token.id) or token, None)

    async def revoke(self, viewer: Viewer, id_: str, *, dry_run: bool = False) -> Token | Fact:
        """Take a token back, whose it is or who administers; the token as it is now, or why not."""
        token = await self.store.by_id(id_)
        if token is None or not _may_see(viewer, token):
            return RecordNotFound(id_, "Token")
        if dry_run or token.revoked_at is not None:
            return token
        actor = viewer.rights.holder
        assert actor is not None
        await self.end(token, actor)
        return await self.store.by_id(id_) or token

    async def end(self, token: Token, actor: str) -> None:
        """Note it, then end it for every worker."""
        await noting.token_revoked(self.note, actor, token.id)
        await self.store.revoke(token.id, instant(self.clock()), actor)

    async def of(self, viewer: Viewer) -> list[Token]:
        """Those of the person and of the institutions they administer; who came with a token sees that one alone."""
        if viewer.token is not None:
            known = await self.store.by_id(viewer.token)
            return [] if known is None else [known]
        owners = [*([viewer.person] if viewer.person else ()), *_administered(viewer)]
        return await self.store.of(owners) if owners else []


def faulty(wish: Wish) -> Fact | None:
    """What is wrong with a wish, whoever has it."""
    if not 0 < len(wish.name.strip()) <= LONGEST_NAME:
        return ValueIsInvalid(
            "name",
            f"应有 1 到 {LONGEST_NAME} 个字符",
            f"it must have 1 to {LONGEST_NAME} characters",
        )
    if not wish.scopes and not wish.of_calendar:
        return ValueIsInvalid("scopes", "至少需要一项用途", "at least one is needed")
    if not 1 <= wish.days <= LONGEST_DAYS:
        return ValueIsInvalid(
            "days", f"应为 1 到 {LONGEST_DAYS} 天", f"it must be 1 to {LONGEST_DAYS} days"
        )
    if wish.kind == "service" and (wide := wish.scopes - SERVICES_MAY):
        return ScopeIsNotYours(_names(wide))
    return None


def _may_make(viewer: Viewer, wish: Wish) -> Fact | None:
    if viewer.token is not None:
        return TokensMakeNoTokens()
    if viewer.person is None:
        return NotYours("sign_on", "")
    if wish.institution is not None and wish.institution not in _administered(viewer):
        return NotYours(Role.INSTITUTION_ADMIN.value, wish.institution)
    if Scope.AUDIT in wish.scopes and not viewer.rights.has(Role.AUDITOR):
        return ScopeIsNotYours(Scope.AUDIT.value)
    return None


def _may_see(viewer: Viewer, token: Token) -> bool:
    """Whether it is theirs, of an institution they administer, or they administer the platform; with a token, only itself."""
    if viewer.token is not None:
        return viewer.token == token.id
    if viewer.person is None:
        return False
    is_theirs = token.owner in {viewer.person, *_administered(viewer)}
    return is_theirs or viewer.rights.has(Role.PLATFORM_ADMIN)


def _administered(viewer: Viewer) -> list[str]:
    """Institutions of which they are administrator today."""
    held = viewer.rights.roles
    return [each.institution for each in held if each.role is Role.INSTITUTION_ADMIN]


def _digest(wish: Wish) -> str:
    content = [wish.name, sorted(_values(wish.scopes)), wish.days, wish.institution]
    content += ["calendar"] if wish.of_calendar else []
    return hashlib.blake2b(orjson.dumps(content), digest_size=16).hexdigest()


def _values(scopes: frozenset[Scope]) -> list[str]:
    return [scope.value for scope in scopes]


def _names(scopes: frozenset[Scope]) -> str:
    return ", ".join(sorted(_values(scopes)))
