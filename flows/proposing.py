"""A plan computed: the situation read, matched beside the event loop, and written by one command of the hub."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from flows.matching.matched import Matched, matched
from flows.matching.solver import Limits, SolverFailed
from flows.matching.written import computed
from graph_store.commands.commands import Decision
from graph_store.commands.exchange_plans import FAIL_PLAN, RECORD_PLAN
from graph_store.commands.facts import Written
from graph_store.commands.machines import Step
from graph_store.matching.reading import read_situation
from graph_store.reads import Run

Do = Callable[[Decision[Any, Any], str, Any], Awaitable[Any]]
"""Carries out a command of the hub's own, under a key."""


class NotWritten(Exception):
    """The command that writes the plan answered with a fact; the row of the outbox is due again."""


async def compute(run: Run, do: Do, plan: str, key: str, today: date) -> Matched | None:
    """What was found and written; None where the plan is not to be computed any more, or could not be.

    `key`: of the effect: done twice it is there once. Raises GraphStoreError, NotWritten.
    """
    reading = await read_situation(run, plan, today)
    if reading is None:
        return None
    limits = Limits(seconds=float(reading.limit_seconds))
    try:
        found = await asyncio.to_thread(matched, reading.situation, reading.names, limits)
    except SolverFailed as failed:
        await do(FAIL_PLAN, f"{key}/failed", Step(plan, reason=f"HiGHS: {failed}"))
        return None
    outcome = await do(RECORD_PLAN, key, computed(plan, found, reading))
    if not isinstance(outcome, Written):
        raise NotWritten(f"the plan was not written: {outcome}")
    return found
