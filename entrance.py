"""The composition of who asks: opens what settles it, and wires that together for `app.py`."""

from __future__ import annotations

import os
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import httpx2

from auth.agencies import Agencies
from auth.authentication import Authentication, PersonOf
from auth.bearer import AccessTokens
from auth.cookies import Cookie, Cookies
from auth.csrf import origins_of
from auth.demonstration import agencies_for
from auth.feeds import Feeds
from auth.guests import open_guests
from auth.keys import open_keys
from auth.open_sign_on import Parts, open_transport, sign_on_of
from auth.rights import RightsKept
from auth.session_deeds import SessionDeeds
from auth.sessions import Limits, Sessions, kept_up
from auth.sign_on import SignOn
from auth.token_deeds import TokenDeeds
from auth.tokens import open_hub_tokens
from auth.watch import open_watch
from graph_store.audit import Note
from graph_store.clock import day, system_clock
from graph_store.commands.lanes import Lane
from graph_store.errors import QueryTookTooLong
from graph_store.identities import Identities
from graph_store.kept_secret import kept_secret
from graph_store.reads import Run
from graph_store.sessions import SessionStore
from graph_store.tokens import Tokens
from graph_store.writes import Write
from settings import Settings
from web.door import Door, Resource


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rest stands on: how the graph is read and written, the audit log, the hub's own addresses."""

    run: Run
    write: Write
    note: Note
    public_url: str
    hosts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entrance:
    """What settles who asks, what signs people on and off, what opens personal calendars."""

    rights: RightsKept
    tokens: TokenDeeds
    own_sessions: SessionDeeds
    door: Door
    sign_on: SignOn | None
    feeds: Feeds


async def open_entrance(
    settings: Settings, ground: Ground, lane: Lane, stack: AsyncExitStack
) -> Entrance:
    """Everything, until the stack closes. Raises AgenciesAreFaulty, GraphStoreError."""
    agencies = agencies_of(settings)
    watch = await stack.enter_async_context(open_watch(ground.run))
    transport = await stack.enter_async_context(open_transport())
    client = httpx2.AsyncClient(transport=transport, trust_env=False)
    issuers = frozenset(agency.issuer for agency in agencies.values())
    keys = await stack.enter_async_context(open_keys(issuers, client))
    rights = RightsKept(ground.run, watch, lambda: day(system_clock()))
    limits = Limits(settings.session_idle, settings.session_longest)
    store = SessionStore(ground.run, ground.write)
    sessions = Sessions(store, watch, rights, system_clock, limits)
    await stack.enter_async_context(kept_up(sessions))
    tokens = Tokens(ground.run, ground.write)
    identities, cookies = Identities(ground.run, ground.write), Cookies(ground.public_url)
    await _planned(tokens, identities, store)
    resource = Resource(f"{ground.public_url}/graphql", tuple(sorted(issuers)))
    authentication = Authentication(
        access_tokens=AccessTokens(agencies.values(), keys, resource.address),
        hub_tokens=await stack.enter_async_context(open_hub_tokens(tokens, watch, system_clock)),
        person_of=person_of(identities),
        sessions=sessions,
        session_secret=cookies.session_secret,
        rights=rights,
        watch=watch,
        note=ground.note,
    )
    door = Door(
        who=authentication,
        note=ground.note,
        guests=await stack.enter_async_context(open_guests(authentication, watch)),
        resource=resource,
        origins=origins_of(ground.public_url, ground.hosts),
        cookie_gone=cookies.header(Cookie(cookies.session, "")).encode(),
    )
    parts = Parts(
        agencies=agencies,
        keys=keys,
        transport=transport,
        sessions=sessions,
        identities=identities,
        lane=lane,
        cookies=cookies,
        public_url=ground.public_url,
        origins=door.origins,
        key=cookie_key(settings),
        note=ground.note,
    )
    return Entrance(
        rights=rights,
        own_sessions=SessionDeeds(sessions, ground.note),
        tokens=TokenDeeds(tokens, ground.note, system_clock, settings.base),
        door=door,
        sign_on=sign_on_of(parts) if agencies else None,
        feeds=Feeds(tokens, rights, ground.note, system_clock),
    )


async def _planned(tokens: Tokens, identities: Identities, sessions: SessionStore) -> None:
    """Ask each once about nobody: a fresh server takes seconds to plan them, which the first to sign on would wait for."""
    for asked in (tokens.by_hash(""), identities.find("", ""), sessions.read("")):
        with suppress(QueryTookTooLong):
            await asked


def cookie_key(settings: Settings) -> bytes:
    """The key that seals cookies of sign-ons under way: as set, else made once in the data folder for all workers."""
    given = settings.cookie_key.get_secret_value() or kept_secret(settings.data_dir / "cookie-key")
    return given.encode()


def agencies_of(settings: Settings) -> Agencies:
    """Those of the file, with their secrets. Raises AgenciesAreFaulty."""
    if not settings.agencies:
        return MappingProxyType({})
    place = Path(settings.agencies)
    return agencies_for(place, os.environ, settings.host, settings.public_url)


def public_address(settings: Settings) -> str:
    """Under which the outside reaches the hub: as set, else where it listens."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.public_url or f"http://{host}:{settings.port}"


def person_of(identities: Identities) -> PersonOf:
    """Who a subject is, unless their record has ended."""

    async def find(issuer: str, subject: str) -> str | None:
        known = await identities.find(issuer, subject)
        if known is None or (known.endedOn is not None and known.endedOn < day(system_clock())):
            return None
        return known.id

    return find
