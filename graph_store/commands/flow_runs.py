"""流程运行 | Commands on runs of flows: the hub begins and ends them, an administrator of the platform asks for one or for another try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_store.commands.actors import GOVERN
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import Fact, NotNow, NotYours, RecordNotFound, Written
from graph_store.commands.flow_facts import FlowIsUnknown
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.rows import Tie, instant_text, tie
from graph_store.flow_names import FLOWS
from graph_store.model import MODEL
from graph_store.model.flow_runs import FLOW_RUN

WAITING, RUNNING, COMPLETED, FAILED, CRASHED = (
    "waiting",
    "running",
    "completed",
    "failed",
    "crashed",
)
RUN_FLOW_TOPIC = "run_flow"
"""The topic under which the outbox hands on a run that somebody asked for; its subject is the run's id."""

HOPS: Mapping[str, str] = {each.target: each.name for each in FLOW_RUN.edges}
"""The hop of a run to the records that it served, by their noun."""

SERVED_MOST = 500
"""Records that one run is linked to at most: what it says besides is in its report."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that a worker began; `record` is the run that somebody had asked for, None: a new one."""

    flow: str
    run_id: str
    worker: str
    attempt: int
    served: tuple[str, ...] = ()
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: `effects` counts records changed, `failure` has nobody's data in it."""

    id: str
    state: str
    effects: int = 0
    report: str = ""
    report_en: str = ""
    failure: str | None = None
    served: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A flow that somebody wants to run now, by its name."""

    flow: str


@dataclass(frozen=True, slots=True)
class Again:
    """A run that somebody wants to be tried again."""

    id: str


def begin(given: Begun, seen: Seen, draft: Draft) -> Written | NotYours | RecordNotFound | NotNow:
    """The run, at work."""
    if fact := seen.lacks(GOVERN, at=()):
        return fact
    values = {
        "flow": given.flow,
        "state": RUNNING,
        "runId": given.run_id,
        "worker": given.worker,
        "attempt": given.attempt,
        "startedAt": instant_text(seen.now),
        "endedAt": None,
        "failure": None,
    }
    served = _served(given.served, draft)
    if given.record is None:
        return draft.written(draft.create(FLOW_RUN, {**_named(given.flow), **values}, served))
    run = draft.held(given.record, FLOW_RUN)
    if run is None:
        return RecordNotFound(given.record, FLOW_RUN.name)
    if run["state"] != WAITING:
        return NotNow(run.id, "begin", run["state"])
    draft.set(run, values)
    draft.link(run, served - _linked(run, seen))
    return draft.written(run)


def end(given: Ended, seen: Seen, draft: Draft) -> Written | NotYours | RecordNotFound | NotNow:
    """The run as it ended; one that had been found crashed and went on all the same ends too."""
    run = draft.held(given.id, FLOW_RUN)
    if fact := seen.lacks(GOVERN, at=()):
        return fact
    if run is None:
        return RecordNotFound(given.id, FLOW_RUN.name)
    if run["state"] not in {RUNNING, CRASHED} or run["state"] == given.state:
        return NotNow(run.id, "end", run["state"])
    values = {
        "state": given.state,
        "endedAt": instant_text(seen.now),
        "effects": given.effects,
        "report": given.report,
        "reportEn": given.report_en,
        "failure": given.failure,
    }
    draft.set(run, values)
    draft.link(run, _served(given.served, draft) - _linked(run, seen))
    return draft.written(run)


def ask_for(given: Wanted, seen: Seen, draft: Draft) -> Written | NotYours | FlowIsUnknown:
    """A run that waits for a worker."""
    if fact := seen.lacks(GOVERN, at=()):
        return fact
    if given.flow not in FLOWS:
        return FlowIsUnknown(given.flow)
    now = instant_text(seen.now)
    values = {"flow": given.flow, "state": WAITING, "attempt": 1, "startedAt": now}
    run = draft.create(FLOW_RUN, {**_named(given.flow), **values})
    draft.tell(f"{RUN_FLOW_TOPIC}/{run.id}/1", RUN_FLOW_TOPIC, run.id, seen.now)
    return draft.written(run)


def ask_again(
    given: Again, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | NotNow:
    """The run waits for a worker once more; what it had left undone is due again with it."""
    run = draft.held(given.id, FLOW_RUN)
    if fact := seen.lacks(GOVERN, at=()):
        return fact
    if run is None:
        return RecordNotFound(given.id, FLOW_RUN.name)
    if run["state"] not in {FAILED, CRASHED}:
        return NotNow(run.id, "retry", run["state"])
    attempt = run["attempt"] + 1
    # its Prefect run has ended: the next try is a run of its own there
    draft.set(run, {"state": WAITING, "attempt": attempt, "runId": None, "endedAt": None})
    draft.tell(f"{RUN_FLOW_TOPIC}/{run.id}/{attempt}", RUN_FLOW_TOPIC, run.id, seen.now)
    return draft.written(run)


def _named(flow: str) -> dict[str, Any]:
    told = FLOWS.get(flow)
    return {"name": told.zh if told else flow, "nameEn": told.en if told else flow}


def _served(ids: tuple[str, ...], draft: Draft) -> frozenset[Tie]:
    """Ties to those that are records of a kind that runs are linked to."""
    held = [draft.held(each) for each in dict.fromkeys(ids[:SERVED_MOST])]
    return frozenset(
        tie(HOPS[each.noun.name], each.id) for each in held if each and each.noun.name in HOPS
    )


def _linked(run: Held, seen: Seen) -> frozenset[Tie]:
    return seen.ties(run, *HOPS.values())


def _links(id_: str | None) -> frozenset[Question]:
    if id_ is None:
        return frozenset()
    hops = HOPS.values()
    return frozenset(
        Question(ties_of(MODEL, FLOW_RUN.name, each), id_, holds=False) for each in hops
    )


def _needs_of_begin(given: Begun) -> Needs:
    ids = {*given.served[:SERVED_MOST], *([given.record] if given.record else [])}
    return Needs(frozenset(ids), _links(given.record))


def _needs_of_end(given: Ended) -> Needs:
    return Needs(frozenset({given.id, *given.served[:SERVED_MOST]}), _links(given.id))


def _facts(*facts: type[Fact]) -> tuple[type[Any], ...]:
    return (Written, NotYours, *facts)


BEGIN_RUN = Decision("beginRun", _needs_of_begin, begin, _facts(RecordNotFound, NotNow))
END_RUN = Decision("endRun", _needs_of_end, end, _facts(RecordNotFound, NotNow))
RUN_FLOW = Decision("runFlow", lambda _given: Needs(), ask_for, _facts(FlowIsUnknown))
RETRY_FLOW_RUN = Decision(
    "retryFlowRun",
    lambda given: Needs(frozenset({given.id})),
    ask_again,
    _facts(RecordNotFound, NotNow),
)
