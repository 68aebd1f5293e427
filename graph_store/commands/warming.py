"""Statements of units of work, planned before anybody waits for them.

The store gives up a plan when the time of its transaction is over, and begins it anew for the next: on a fresh server that is busy too,
a unit, whose time is short, would never get one.
"""

from __future__ import annotations

from contextlib import suppress

from graph_store.commands.actors import Actor
from graph_store.commands.registering import REGISTER
from graph_store.commands.registrations import Register
from graph_store.commands.retry import retried
from graph_store.commands.transactions import Store, prepare
from graph_store.errors import QueryTookTooLong

NOBODYS = REGISTER.by(Actor("warming-up"), "warming-up", Register("", "", ("",)))
"""Of all commands it reads most before it decides; there is no such class."""

PATIENCE_SECONDS = 120.0


async def plan_units(store: Store) -> None:
    """Have planned what every unit sends. Raises GraphStoreError, but not where even this took too long."""
    with suppress(QueryTookTooLong):
        await retried(lambda: prepare(store, NOBODYS, time_limit_seconds=PATIENCE_SECONDS))
