"""Signing on, put together from what the hub has open already."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from auth.agencies import Agencies
from auth.arrivals import Arrivals
from auth.backchannel import BackChannel
from auth.cookies import Cookies
from auth.keys import IssuerKeys
from auth.oidc import Provider
from auth.outside import ArmsLength
from auth.pending import PendingSignOns
from auth.sessions import Sessions
from auth.sign_on import SignOn
from graph_store.audit import Note
from graph_store.clock import Clock, system_clock
from graph_store.commands.lanes import Lane
from graph_store.identities import Identities


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What signing on stands on. `key` seals its cookies, the same for all workers; `origins` are those of the hub's own pages."""

    agencies: Agencies
    keys: Mapping[str, IssuerKeys]
    transport: ArmsLength
    sessions: Sessions
    identities: Identities
    lane: Lane
    cookies: Cookies
    public_url: str
    origins: frozenset[bytes]
    key: bytes = field(repr=False)
    note: Note
    clock: Clock = system_clock


@asynccontextmanager
async def open_transport() -> AsyncIterator[ArmsLength]:
    """The way to all providers, closed at the end."""
    transport = ArmsLength()
    try:
        yield transport
    finally:
        await transport.close()


def sign_on_of(parts: Parts) -> SignOn:
    """Signing on at these agencies' providers; none of them is asked before somebody comes."""
    providers = {
        key: Provider(agency, parts.keys[agency.issuer], parts.transport)
        for key, agency in parts.agencies.items()
    }
    return SignOn(
        agencies=parts.agencies,
        providers=providers,
        arrivals=Arrivals(parts.identities, parts.lane, parts.clock),
        sessions=parts.sessions,
        pending=PendingSignOns(parts.key, parts.cookies),
        cookies=parts.cookies,
        backchannel=BackChannel(providers, parts.sessions, parts.note),
        public_url=parts.public_url,
        origins=parts.origins,
        note=parts.note,
        clock=parts.clock,
    )
