"""Signing on, put together: providers over one transport, sessions that are kept up in the background."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import httpx2

from auth.agencies import Agencies
from auth.arrivals import Arrivals
from auth.backchannel import BackChannel
from auth.cookies import Cookies
from auth.csrf import origins_of
from auth.keys import IssuerKeys, open_keys
from auth.oidc import Provider
from auth.outside import ArmsLength
from auth.pending import PendingSignOns
from auth.sessions import Limits, RightsOf, Sessions, kept_up
from auth.sign_on import SignOn
from auth.watch import Watch
from graph_store.audit import Note
from graph_store.clock import Clock, system_clock
from graph_store.commands.lanes import Lane
from graph_store.identities import Identities
from graph_store.reads import Run
from graph_store.sessions import SessionStore
from graph_store.writes import Write


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What signing on stands on. `key` seals cookies, the same for all workers; `hosts` are the hub's own."""

    agencies: Agencies
    keys: Mapping[str, IssuerKeys]
    transport: ArmsLength
    public_url: str
    hosts: Collection[str]
    key: bytes = field(repr=False)
    run: Run
    write: Write
    lane: Lane
    watch: Watch
    rights: RightsOf
    note: Note
    limits: Limits
    clock: Clock = system_clock


@asynccontextmanager
async def open_providers(
    agencies: Agencies,
) -> AsyncIterator[tuple[Mapping[str, IssuerKeys], ArmsLength]]:
    """The keys of each issuer, and the way to the providers."""
    async with AsyncExitStack() as stack:
        transport = ArmsLength()
        stack.push_async_callback(transport.close)
        client = httpx2.AsyncClient(transport=transport, trust_env=False)
        issuers = frozenset(agency.issuer for agency in agencies.values())
        yield await stack.enter_async_context(open_keys(issuers, client)), transport


@asynccontextmanager
async def open_sign_on(parts: Parts) -> AsyncIterator[SignOn]:
    """Signing on, until the context ends."""
    agencies, cookies = parts.agencies, Cookies(parts.public_url)
    providers = {
        key: Provider(agency, parts.keys[agency.issuer], parts.transport)
        for key, agency in agencies.items()
    }
    store = SessionStore(parts.run, parts.write)
    sessions = Sessions(store, parts.watch, parts.rights, parts.clock, parts.limits)
    identities = Identities(parts.run, parts.write)
    async with kept_up(sessions):
        yield SignOn(
            agencies=agencies,
            providers=providers,
            arrivals=Arrivals(identities, parts.lane, parts.clock),
            sessions=sessions,
            pending=PendingSignOns(parts.key, cookies),
            cookies=cookies,
            backchannel=BackChannel(providers, sessions, parts.note),
            public_url=parts.public_url,
            origins=origins_of(parts.public_url, parts.hosts),
            note=parts.note,
            clock=parts.clock,
        )
