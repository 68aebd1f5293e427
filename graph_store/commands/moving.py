"""One move of one record: who may, whether now, what must hold, what becomes of it, who owes the next decision."""

from __future__ import annotations

from functools import partial
from typing import Any

from graph_store.commands.actors import HUB
from graph_store.commands.authority import concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import (
    Fact,
    NotNow,
    NotOnYourself,
    NotYours,
    OnlyTheHub,
    RecordHasChanged,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.machines import Machine, Move, Step
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.rows import instant_text
from graph_store.commands.tasks import owed_next
from graph_store.model import MODEL

USUAL = (
    Written,
    RecordNotFound,
    NotYours,
    OnlyTheHub,
    NotOnYourself,
    NotNow,
    RecordHasChanged,
    ValueIsInvalid,
)
"""What every move may answer."""


def moving(
    name: str, machine: Machine, move: str, *facts: type[Fact], locks: tuple[str, ...] = ()
) -> Decision[Step, Any]:
    """The decision to make a move; `facts` are those of its guards, `locks` hops whose far ends the rules need held."""
    made = machine.move(move)

    def needs(given: Step) -> Needs:
        hops = {
            *machine.reads,
            *locks,
            "tasks",
            *(hop.name for hop in MODEL.holders(machine.noun.name)),
        }
        asked = (Question(ties_of(MODEL, machine.noun.name, hop), given.id) for hop in hops)
        return Needs(frozenset({given.id}), frozenset(asked))

    return Decision(name, needs, partial(moved, machine, made), (*USUAL, *facts))


def moved(machine: Machine, move: Move, given: Step, seen: Seen, draft: Draft) -> Written | Fact:
    """The record in its next state."""
    record = draft.held(given.id, machine.noun)
    if record is None:
        return RecordNotFound(given.id, machine.noun.name)
    fact = _not_theirs(move, record, seen) or _not_now(move, record, given)
    if fact:
        return fact
    for guard in move.guards:
        refused = guard(record, given, seen, draft)
        if refused:
            return refused
    return draft.written(enter(machine, move, record, given, seen, draft))


def enter(  # noqa: PLR0913, PLR0917 - what a move has
    machine: Machine, move: Move, record: Held, given: Step, seen: Seen, draft: Draft
) -> Held:
    """The record after the move, with its effect and the tasks that follow."""
    state = move.effect(record, given, seen, draft) if move.effect else move.targets[0]
    assert state in move.targets, f"{move.name} may not lead to {state}"
    now = instant_text(seen.now)
    values: dict[str, Any] = {"state": state, **dict.fromkeys(move.sets, now)}
    if move.reasoned or given.reason:
        values["reason"] = given.reason
    draft.set(record, values)
    owed_next(machine, move, record, state, seen, draft)
    return record


def _not_theirs(move: Move, record: Held, seen: Seen) -> Fact | None:
    if move.by is None:
        return None if seen.actor == HUB else OnlyTheHub(move.name)
    at = {each.far for each in seen.ties(record, move.by.at)}
    fact = concealed(seen.lacks(move.by.doing, at=at), record, seen)
    if fact is None and move.by.not_oneself and seen.actor.person:
        subject = MODEL.subject(record.noun.name)
        about = {each.far for each in seen.ties(record, subject.name)} if subject else set()
        if seen.actor.person in about:
            return NotOnYourself(record.id)
    return fact


def _not_now(move: Move, record: Held, given: Step) -> Fact | None:
    if given.version is not None and given.version != record.version:
        return RecordHasChanged(record.id, record.version)
    if record["state"] not in move.sources:
        return NotNow(record.id, move.name, record["state"])
    if move.reasoned and not (given.reason or "").strip():
        return ValueIsInvalid("reason", "请说明原因", "a reason must be given")
    return None
