"""报名 | What becomes of registrations: approved or rejected by home, cancelled, given seats by the hub.

Every one of them holds the class first and the registrations after it, so that two units never wait for each other. A decision on one
member of a party decides its party; whatever makes room promotes in the same unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import Fact, Written
from graph_store.commands.machines import Step
from graph_store.commands.moving import USUAL, permitted
from graph_store.commands.notices import tell_of_state
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.registrations import (
    CANCELLED,
    CONFIRMED,
    MACHINE,
    REJECTED,
    SUBMITTED,
    WAITLISTED,
    owe,
    place,
    seat_or_wait,
)
from graph_store.commands.rows import instant_text
from graph_store.commands.seats import (
    Party,
    Seats,
    persons_of,
    promoted,
    questions_of_seats,
    questions_of_waiting,
    seat_text,
    seats_of,
)
from graph_store.commands.tasks import OPEN, settle
from graph_store.commands.training_facts import ClassIsClosed
from graph_store.commands.training_readers import (
    CLASS_OF,
    PARTY,
    ties_of_registration,
)
from graph_store.model import MODEL
from graph_store.model.classes import TRAINING_CLASS
from graph_store.model.registrations import REGISTRATION
from graph_store.model.tasks import TASK

GOES_ON = frozenset({"open", "closed"})
"""States of a class in which seats are still given and taken back."""
_NOTHING = {"rank": None, "seat": None}


def _approve(given: Step, seen: Seen, draft: Draft) -> Written | Fact:
    found = permitted(MACHINE, MACHINE.named("approve"), given, seen, draft)
    if isinstance(found, Fact):
        return found
    record, _ = found
    class_ = class_of(record, seen, draft)
    if fact := not_going_on(class_):
        return fact
    members, home = _party(record, seen, draft), _home(record, seen)
    seats = seats_of(class_, seen.copy)
    state = seat_or_wait(class_, seats, home, len(members))
    now = instant_text(seen.now)
    for each in members:
        values = place(state, class_, seats, home, each["party"], now)
        _decided(each, "approve", values, seen, draft)
    return draft.written(record)


def _reject(given: Step, seen: Seen, draft: Draft) -> Written | Fact:
    found = permitted(MACHINE, MACHINE.named("reject"), given, seen, draft)
    if isinstance(found, Fact):
        return found
    record, _ = found
    for each in _party(record, seen, draft):
        _decided(each, "reject", {"state": REJECTED, "reason": given.reason}, seen, draft)
    return draft.written(record)


def _cancel(given: Step, seen: Seen, draft: Draft) -> Written | Fact:
    found = permitted(MACHINE, MACHINE.named("cancel"), given, seen, draft)
    if isinstance(found, Fact):
        return found
    record, _ = found
    class_ = class_of(record, seen, draft)
    if fact := not_going_on(class_):
        return fact
    values = {"state": CANCELLED, "reason": given.reason, **_NOTHING}
    _pass_on_decision(record, seen, draft)
    _decided(record, "cancel", values, seen, draft)
    if record["state"] in {CONFIRMED, WAITLISTED}:
        seats = _without(record, seats_of(class_, seen.copy), seen)
        promote(class_, seats, seen, draft, without=frozenset({record.id}))
    return draft.written(record)


def promote(
    class_: Held, seats: Seats, seen: Seen, draft: Draft, *, without: frozenset[str] = frozenset()
) -> int:
    """Whoever waits and now fits is confirmed and told; how many they are."""
    parties = promoted(class_.id, seats, seen.copy, without)
    confirm(class_, parties, seen, draft)
    return sum(each.size for each in parties)


def confirm(class_: Held, parties: Iterable[Party], seen: Seen, draft: Draft) -> None:
    """Seats for these parties, which wait for them."""
    persons = persons_of(seen.copy)
    for party in parties:
        values = {"state": CONFIRMED, "rank": None, "seat": seat_text(class_.id, party.home)}
        for each in party.members:
            moved_to(each, values, persons[each.id], seen, draft)


def moved_to(
    record: Held, values: Mapping[str, Any], person: str, seen: Seen, draft: Draft
) -> None:
    """The registration in its next state, about which nothing is owed; its person told."""
    draft.set(record, values)
    tell_of_state(record, MACHINE.state(values["state"]), person, (), seen, draft)


def not_going_on(class_: Held) -> ClassIsClosed | None:
    """Refuses where the class was held, or will not be."""
    return None if class_["state"] in GOES_ON else ClassIsClosed(class_.id, class_["state"])


def class_of(record: Held, seen: Seen, draft: Draft) -> Held:
    """The registration's class, which is held."""
    (row,) = seen.copy.answer(CLASS_OF, record.id)
    class_ = draft.held(row["far"], TRAINING_CLASS)
    assert class_ is not None
    return class_


def _decided(record: Held, move: str, values: Mapping[str, Any], seen: Seen, draft: Draft) -> None:
    settle(record, move, seen, draft)
    (person,) = (each.far for each in seen.ties(record, "person"))
    moved_to(record, values, person, seen, draft)


def _pass_on_decision(record: Held, seen: Seen, draft: Draft) -> None:
    """Where the party's decision is owed about whoever leaves it, it is owed about the next of them."""
    tasks = (draft.held(each.far, TASK) for each in seen.ties(record, "tasks"))
    others = [each for each in _party(record, seen, draft) if each.id != record.id]
    if record["state"] == SUBMITTED and others and any(t and t["state"] == OPEN for t in tasks):
        owe(others[0], _home(record, seen), seen, draft)


def _party(record: Held, seen: Seen, draft: Draft) -> list[Held]:
    """All of the party who are where the record is."""
    rows = seen.copy.answer(PARTY, record.id)
    members = (draft.held(row["far"], REGISTRATION) for row in rows)
    together = (each for each in members if each and each["state"] == record["state"])
    return sorted(together, key=lambda each: each.id)


def _home(record: Held, seen: Seen) -> str:
    (home,) = (each.far for each in seen.ties(record, "home"))
    return home


def _without(record: Held, seats: Seats, seen: Seen) -> Seats:
    if record["state"] == CONFIRMED:
        seats.take(_home(record, seen), -1)
    return seats


def _needs(given: Step) -> Needs:
    """The class first; then the party, what the seats are, and whom and what each member is tied to."""

    def further(copy: WorkingCopy) -> frozenset[Question]:
        rows = copy.answers.get(CLASS_OF, {}).get(given.id, ())
        asked = {Question(PARTY, given.id)} if rows else set()
        for row in rows:
            asked |= questions_of_seats(row["far"], copy)
        for each in copy.answers.get(PARTY, {}).get(given.id, ()):
            asked |= ties_of_registration(each["far"])
        return frozenset(asked)

    return Needs(frozenset(), frozenset({Question(CLASS_OF, given.id)}), further)


def _needs_to_cancel(given: Step) -> Needs:
    """Besides, those who wait, as far as the place of whoever leaves makes room for them."""
    needs = _needs(given)
    assert needs.further is not None
    before = needs.further

    def further(copy: WorkingCopy) -> frozenset[Question]:
        asked = before(copy)
        known = copy.answers.get(ties_of(MODEL, REGISTRATION.name, "home"), {}).get(given.id)
        record, rows = copy.held(given.id), copy.answers.get(CLASS_OF, {}).get(given.id, [])
        if not known or record is None or any(not _is_answered(each, copy) for each in asked):
            return asked
        class_ = copy.held(rows[0]["far"])
        if class_ is None or record["state"] not in {CONFIRMED, WAITLISTED}:
            return asked
        seats = seats_of(class_, copy)
        if record["state"] == CONFIRMED:
            seats.take(known[0]["far"], -1)
        return asked | questions_of_waiting(class_.id, seats, copy, frozenset({record.id}))

    return Needs(needs.locks, needs.questions, further)


def _is_answered(question: Question, copy: WorkingCopy) -> bool:
    return question.key in copy.answers.get(question.reader, {})


FACTS = (*USUAL, ClassIsClosed)

APPROVE_REGISTRATION = Decision("approveRegistration", _needs, _approve, FACTS)
REJECT_REGISTRATION = Decision("rejectRegistration", _needs, _reject, FACTS)
CANCEL_REGISTRATION = Decision("cancelRegistration", _needs_to_cancel, _cancel, FACTS)
