"""One move of one record: who may, whether now, what must hold, what becomes of it, who owes the next decision, who is told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from graph_store.commands.actors import HUB
from graph_store.commands.authority import concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.deciders import deciders_at, who_owes
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import (
    Fact,
    NotNow,
    NotYours,
    RecordHasChanged,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.machines import Machine, Move, Step, Who
from graph_store.commands.move_facts import NotOnYourself, OnlyTheHub
from graph_store.commands.notices import tell_of_state, tell_who_owes
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.rows import Tie, instant_text
from graph_store.commands.tasks import open_owed, settle
from graph_store.model import MODEL

Ends = Mapping[str, frozenset[str]]
"""Ids of the records that a record is tied to, by hop."""

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


def moving(name: str, machine: Machine, move: str, *facts: type[Fact]) -> Decision[Step, Any]:
    """The decision to make a move; `facts` are those of its guards."""
    moves = machine.named(move)
    outcomes = tuple(dict.fromkeys((*USUAL, *facts)))
    needs = partial(needs_of, machine, moves=moves)
    return Decision(name, needs, partial(moved, machine, moves), outcomes)


def needs_of(machine: Machine, given: Step, moves: tuple[Move, ...] = ()) -> Needs:
    """The record, whatever its rules look at, what is owed about it, and who is told of what will be after these moves."""
    noun, further = machine.noun.name, machine.further
    told = _told_of(machine, moves)
    held, looked = {*machine.reads, *_always(machine)}, set(machine.looks)
    asked = {Question(ties_of(MODEL, noun, hop), given.id) for hop in held}
    asked |= {Question(ties_of(MODEL, noun, hop), given.id, holds=False) for hop in looked - held}

    def then(copy: WorkingCopy) -> frozenset[Question]:
        if copy.held(given.id) is None:
            return frozenset()
        at = {each.far for each in copy.ties(machine.noun, given.id, told)}
        who = frozenset().union(*map(deciders_at, at))
        return who | (further(given.id, copy) if further else frozenset())

    return Needs(frozenset({given.id}), frozenset(asked), then if further or told else None)


def _told_of(machine: Machine, moves: tuple[Move, ...]) -> frozenset[str]:
    """The hops to institutions whose people are told at once of what they owe after these moves."""
    owed = (
        each for move in moves for state in move.targets for each in machine.owes.get(state, ())
    )
    return frozenset(each.at for each in owed if each.tells)


def moved(
    machine: Machine, moves: tuple[Move, ...], given: Step, seen: Seen, draft: Draft
) -> Written | Fact:
    """The record in its next state."""
    found = permitted(machine, moves, given, seen, draft)
    if isinstance(found, Fact):
        return found
    record, move = found
    return draft.written(enter(machine, move, record, given, seen, draft))


def permitted(
    machine: Machine, moves: tuple[Move, ...], given: Step, seen: Seen, draft: Draft
) -> tuple[Held, Move] | Fact:
    """The record and the one of the moves that leads on from its state, if the actor may make it now and its guards let it."""
    record = draft.held(given.id, machine.noun)
    if record is None:
        return RecordNotFound(given.id, machine.noun.name)
    move = next((each for each in moves if record["state"] in each.sources), None)
    refused = _not_theirs(moves if move is None else (move,), record, seen)
    if refused:
        return refused
    if given.version is not None and given.version != record.version:
        return RecordHasChanged(record.id, record.version)
    if move is None:
        return NotNow(record.id, moves[0].name, record["state"])
    if move.reasoned and not (given.reason or "").strip():
        return ValueIsInvalid("reason", "请说明原因", "a reason must be given")
    for guard in move.guards:
        if fact := guard(record, given, seen, draft):
            return fact
    draft.act_for(_principals(move, record, seen))
    return record, move


def enter(  # noqa: PLR0913, PLR0917 - what a move has
    machine: Machine, move: Move, record: Held, given: Step, seen: Seen, draft: Draft
) -> Held:
    """The record after the move: its effect, what was owed settled, what is owed now opened, the person told.

    Asks no one whether they may: for `moved`, and for effects that move other records along.
    """
    state = move.effect(record, given, seen, draft) if move.effect else move.targets[0]
    assert state in move.targets, f"{move.name} may not lead to {state}"
    values: dict[str, Any] = {"state": state}
    values |= dict.fromkeys(move.sets, instant_text(seen.now))
    if move.reasoned or given.reason:
        values["reason"] = given.reason
    draft.set(record, values)
    settle(record, move.name, seen, draft)
    ends = {hop: _far(seen, record, hop) for hop in _always(machine)}
    _follow(machine, record, state, ends, seen, draft)
    return record


def begin(
    machine: Machine, record: Held, given: Mapping[str, tuple[Tie, ...]], seen: Seen, draft: Draft
) -> None:
    """What follows when a record was made in a state: what is owed is opened, the person told. `given` are its ties, all held."""
    ends = {hop: frozenset(each.far for each in ties) for hop, ties in given.items()}
    _follow(machine, record, record["state"], ends, seen, draft)


def _follow(  # noqa: PLR0913, PLR0917 - what a state brings with it
    machine: Machine, record: Held, state: str, ends: Ends, seen: Seen, draft: Draft
) -> None:
    subject = MODEL.subject(machine.noun.name)
    people = ends.get(subject.name, frozenset()) if subject else frozenset()
    owed = []
    for owes in machine.owes.get(state, ()):
        for at in sorted(ends.get(owes.at, ())):
            task = open_owed(record, owes, at, seen, draft)
            owed.append(task)
            if owes.tells:
                theirs = who_owes(at, owes.role, machine.noun.word, seen)
                tell_who_owes(task, theirs - people, seen, draft)
    for person in sorted(people):
        tell_of_state(record, machine.state(state), person, owed, seen, draft)


def _always(machine: Machine) -> frozenset[str]:
    """Hops that every move asks for: who answers for the record, whom it is about, and what is owed about it."""
    noun, subject = machine.noun.name, MODEL.subject(machine.noun.name)
    held = {hop.name for hop in MODEL.holders(noun)} | {"tasks"}
    held |= {hop for each in machine.moves if each.by for hop in each.by.hops}
    held |= {each.at for owed in machine.owes.values() for each in owed}
    return frozenset(held | ({subject.name} if subject else set()))


def _not_theirs(moves: tuple[Move, ...], record: Held, seen: Seen) -> Fact | None:
    """What is missing to make any of the moves."""
    facts = [_lacks(each, record, seen) for each in moves]
    return None if None in facts else facts[0]


def _lacks(move: Move, record: Held, seen: Seen) -> Fact | None:
    if seen.actor == HUB:
        return None
    if move.by is None:
        return OnlyTheHub(move.name)
    subject = MODEL.subject(record.noun.name)
    about = _far(seen, record, subject.name) if subject else frozenset()
    is_oneself = seen.actor.person in about
    if is_oneself and move.by.or_oneself and seen.actor.may_write:
        return None
    where, kind = _where(move.by, record, seen), record.noun.word
    fact = concealed(seen.lacks(move.by.doing, at=where, about=kind), record, seen)
    if fact is None and move.by.not_oneself:
        principals = _principals(move, record, seen)
        if is_oneself or (principals and principals <= about):
            return NotOnYourself(record.id)
    return fact


def _principals(move: Move, record: Held, seen: Seen) -> frozenset[str]:
    """In whose place alone the actor makes the move; rather in anybody's than in that of the person it is about."""
    subject = MODEL.subject(record.noun.name)
    about = _far(seen, record, subject.name) if subject else frozenset()
    if move.by is None or (move.by.or_oneself and seen.actor.person in about):
        return frozenset()
    where, kind = _where(move.by, record, seen), record.noun.word
    found = seen.deputy_for(move.by.doing, at=where, about=kind)
    return found - about or found


def _where(who: Who, record: Held, seen: Seen) -> frozenset[str]:
    return frozenset(each for hop in who.hops for each in _far(seen, record, hop))


def _far(seen: Seen, record: Held, hop: str) -> frozenset[str]:
    return frozenset(each.far for each in seen.ties(record, hop))
