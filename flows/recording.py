"""A run's record in the graph: begun when there is something to do, ended with what was done, also when it failed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from traceback import format_exception

from flows.desk import Running, at_desk, current
from flows.reports import Report
from graph_store.commands.facts import Written
from graph_store.commands.flow_runs import BEGIN_RUN, COMPLETED, END_RUN, FAILED, Begun, Ended


@asynccontextmanager
async def recorded(served: Iterable[str], *, always: bool = False) -> AsyncIterator[Report]:
    """The report to fill, while the run is on record as serving these records.

    A run that finds nothing to do, and that nobody asked for, leaves no record unless `always`: a minutely look would fill the
    graph.
    """
    running, report = current(), Report()
    ids = tuple(dict.fromkeys(served))
    if ids or always or running.record:
        running.recorded = await _begun(running, ids)
    try:
        yield report
    except Exception as error:
        await _end(running, report, FAILED, failure_of(error))
        raise
    await _end(running, report, FAILED if report.undone else COMPLETED, report.failure)


def failure_of(error: BaseException | None) -> str:
    """What is told of an error: its kind alone, since its text may hold somebody's data."""
    return type(error).__name__


def where(error: BaseException | None) -> str:
    """The way to it, for the log: as plain text, since a console that prints locals too would print somebody's data."""
    return "".join(format_exception(error)) if error else ""


async def _begun(running: Running, served: tuple[str, ...]) -> str:
    desk = at_desk()
    begun = Begun(
        running.flow, running.run_id, desk.worker, running.attempt, served, running.record
    )
    outcome = await desk.do(BEGIN_RUN, f"begin/{running.run_id}", begun)
    if not isinstance(outcome, Written):
        raise RunIsNotToBegin(outcome.message_en)
    return outcome.id


async def _end(running: Running, report: Report, state: str, failure: str | None) -> None:
    if running.recorded is None:
        return
    ended = Ended(
        running.recorded,
        state,
        report.effects,
        report.zh,
        report.en,
        failure,
        tuple(dict.fromkeys(report.served)),
    )
    await at_desk().do(END_RUN, f"end/{running.run_id}", ended)


class RunIsNotToBegin(Exception):
    """The run that was asked for is under way or done already."""
