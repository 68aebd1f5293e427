"""What written resolvers find in `info.context`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from auth.access import Action, Explanation
from auth.session_deeds import SessionDeeds
from auth.token_deeds import TokenDeeds
from auth.viewer import Scope, Viewer
from graph_store.audit import Note, nobody_notes
from graph_store.commands.actors import NOBODY, Actor
from graph_store.commands.lanes import Lane
from graph_store.seat_counts import SeatCounts
from graph_store.waiting import Place
from resolvers.exchange_ledger import ExchangeLedger
from resolvers.explaining import Explain
from resolvers.flows import LookAtFlows, no_flows
from resolvers.inbox import Inbox
from resolvers.records import Record
from resolvers.verifying import Verify, nothing_verified

PlaceOf = Callable[[str], Awaitable[Place | None]]
SeatsOf = Callable[[str], Awaitable[SeatCounts | None]]


async def nothing_explained(_viewer: Viewer, _node: str, _action: Action) -> Explanation:
    """For a context in which nobody asks why."""
    raise NotImplementedError("this context explains no access")


async def nowhere(_registration: str) -> Place | None:
    """For a context in which nobody waits."""
    return None


async def no_seats(_training_class: str) -> SeatCounts | None:
    """For a context without classes."""
    return None


def no_secret(_webhook: str) -> str:
    """For a context in which nobody registers webhooks."""
    raise NotImplementedError("this context has no key of webhooks")


async def nothing_proposed(_plan: str) -> list[str]:
    """For a context without plans."""
    return []


@dataclass(frozen=True, slots=True)
class Context:
    """One request: who asks, for whom commands are done, the lane they go through, and how a record is read back.

    `read(record, info)` reads after the commit what the field selects; None where the viewer may not see it. `note`: into the
    audit log, by the functions of `auth/noting.py`. `tokens` and `sessions`: what the viewer may do with their own; None where there is no
    hub around. `explain` says why the viewer may do something (`auth/access.py`). `inbox` reads what the viewer owes, `ledger` who
    has sent and received whom; None as above. `place_of` reads where a registration stands on its waiting list (`graph_store/waiting.py`),
    `seats_of` how the seats of a class stand (`graph_store/seat_counts.py`).
    `flows` looks at how flows stand; `webhook_secret` makes the secret of a webhook. `verify` tells whether a certificate is real.
    `open_proposals`: ids of what a plan of exchanges proposes and nobody has decided on.
    """

    viewer: Viewer
    actor: Actor
    lane: Lane
    read: Callable[[Record, Any], Awaitable[Any]]
    language: str = "zh"
    note: Note = nobody_notes
    tokens: TokenDeeds | None = None
    sessions: SessionDeeds | None = None
    explain: Explain = nothing_explained
    inbox: Inbox | None = None
    ledger: ExchangeLedger | None = None
    place_of: PlaceOf = nowhere
    seats_of: SeatsOf = no_seats
    flows: LookAtFlows = no_flows
    webhook_secret: Callable[[str], str] = no_secret
    verify: Verify = nothing_verified
    open_proposals: Callable[[str], Awaitable[list[str]]] = nothing_proposed


def actor_of(viewer: Viewer) -> Actor:
    """For whom the viewer's commands are done."""
    holder = viewer.rights.holder
    if holder is None:
        return NOBODY
    return Actor(holder, viewer.person, Scope.WRITE in viewer.scopes)
