"""Runs that an administrator asked for: what their record says is what is run."""

from __future__ import annotations

from flows.desk import Desk, Running
from graph_store.commands.flow_runs import WAITING
from graph_store.flow_leftovers import asked_for
from graph_store.outbox import Errand


async def requested(desk: Desk, errand: Errand) -> Running | None:
    """The run; None where it was begun already."""
    asked = await asked_for(desk.run, errand.subject)
    if asked is None or asked.state != WAITING:
        return None
    # what it had given up is due again, for the flow of those rows
    await desk.outbox.revive(errand.subject, desk.now)
    return Running(asked.flow, f"{errand.id}/{errand.leases}", asked.attempt, record=errand.subject)
