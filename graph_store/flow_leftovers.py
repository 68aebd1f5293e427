"""What is read of runs of flows: one that was asked for, and what a crash left at work."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.reads import Run

ASKED = """\
// a run that was asked for
RETURN COLLECT { MATCH (r:FlowRun {id: $id}) RETURN r {.id, .flow, .state, .attempt, .worker} } AS found"""
AT_WORK = """\
// runs at work
RETURN COLLECT { MATCH (r:FlowRun {state: 'running'}) RETURN r {.id, .flow, .state, .attempt, .worker} ORDER BY r.id } AS found"""
IN_DOUBT = """\
// deliveries in doubt
RETURN COLLECT { MATCH (d:Delivery) WHERE d.state = $state AND d.updatedAt < $before
  RETURN d {.id, .channel, .updatedAt, version: d.version} ORDER BY d.updatedAt LIMIT 200 } AS found"""


SILENT_IMPORTS = """\
// imports without a sign of life
RETURN COLLECT { MATCH (i:Import) WHERE i.state = 'running' AND i.id IS NOT NULL AND i.updatedAt < $before
  RETURN [i.id, i.version, i.name] ORDER BY i.id LIMIT 200 } AS found"""


@dataclass(frozen=True, slots=True)
class KnownRun:
    """A run as its record tells it."""

    id: str
    flow: str
    state: str
    attempt: int
    worker: str | None


@dataclass(frozen=True, slots=True)
class KnownDelivery:
    """A delivery that has stood so since `at`."""

    id: str
    channel: str
    at: str
    version: int


async def asked_for(run: Run, id_: str) -> KnownRun | None:
    """The run of this id. Raises GraphStoreError."""
    found = await _runs(run, ASKED, id=id_)
    return found[0] if found else None


async def at_work(run: Run) -> list[KnownRun]:
    """Those that are said to be at work. Raises GraphStoreError."""
    return await _runs(run, AT_WORK)


async def deliveries(run: Run, state: str, before: str) -> list[KnownDelivery]:
    """Those that have stood in the state since before that instant. Raises GraphStoreError."""
    (found,) = await run(IN_DOUBT, {"state": state, "before": before})
    return [
        KnownDelivery(row["id"], row["channel"], row["updatedAt"], row["version"]) for row in found
    ]


async def silent_imports(run: Run, before: str) -> list[tuple[str, int, str]]:
    """Imports at work that have written nothing since before that instant: id, version, file. Raises GraphStoreError."""
    (found,) = await run(SILENT_IMPORTS, {"before": before})
    return [(id_, version, name) for id_, version, name in found]


async def _runs(run: Run, statement: str, **parameters: str) -> list[KnownRun]:
    (found,) = await run(statement, parameters)
    return [
        KnownRun(row["id"], row["flow"], row["state"], row["attempt"], row.get("worker"))
        for row in found
    ]
