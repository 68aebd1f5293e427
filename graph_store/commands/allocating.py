"""名额分配 | What the hub does by itself for a class: gives seats at close, promotes, settles what a class left behind.

All are safe to do twice and take as much as one transaction holds: a flow asks again until nothing is left.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from graph_store.commands.actors import HUB
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import Fact, NotNow, RecordNotFound, Written
from graph_store.commands.machines import Step
from graph_store.commands.move_facts import OnlyTheHub
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.registration_moves import GOES_ON, confirm, moved_to, promote
from graph_store.commands.registrations import APPROVED as APPROVED_STATE
from graph_store.commands.registrations import (
    AT_CLOSE,
    CANCELLED,
    LIVE,
    SUBMITTED,
    WAITLISTED,
)
from graph_store.commands.rows import instant_text
from graph_store.commands.seats import (
    fitting,
    known_whole,
    persons_of,
    questions_of_seats,
    questions_of_waiting,
    read_until,
    seats_of,
    waiting,
)
from graph_store.commands.tasks import settle
from graph_store.commands.training_readers import (
    APPROVED,
    ENDS,
    IN_STATES,
    MOST_AT_ONCE,
)
from graph_store.model import MODEL
from graph_store.model.classes import TRAINING_CLASS
from graph_store.model.registrations import REGISTRATION

Act = Callable[[Held, Seen, Draft], None]
Further = Callable[[Held, WorkingCopy], frozenset[Question]]

HELD = "培训班已举办 | The class was held"
SETTLE = "settle_registrations"
"""The topic under which the outbox asks for SETTLE_REGISTRATIONS; its subject is the class's id."""
ISSUE = "issue_certificates"
"""The topic under which it asks for ISSUE_CERTIFICATES; its subject is the class's id."""
ALLOCATE = "allocate_seats"
"""The topic under which it asks to close a class whose time has come, and to give its seats where that is at close."""
OF_HELD = (SUBMITTED, APPROVED_STATE, WAITLISTED)
"""Registrations for which there is nothing left to wait once the class was held."""


def _by_the_hub(name: str, act: Act, given: Step, seen: Seen, draft: Draft) -> Written | Fact:
    class_ = draft.held(given.id, TRAINING_CLASS)
    if class_ is None:
        return RecordNotFound(given.id, TRAINING_CLASS.name)
    if seen.actor != HUB:
        return OnlyTheHub(name)
    if not _IS_TIME[name](class_):
        return NotNow(class_.id, name, class_["state"])
    act(class_, seen, draft)
    return draft.written(class_)


def _allocate(class_: Held, seen: Seen, draft: Draft) -> None:
    """The next page of those who are approved, in order: each gets seats if it fits then, else waits for one."""
    until = read_until(class_.id, seen.copy, APPROVED)
    parties = known_whole(waiting(class_.id, seen.copy, APPROVED_STATE), until)
    seats, persons = seats_of(class_, seen.copy), persons_of(seen.copy)
    fit = {each.rank for each in fitting(seats, parties)}
    confirm(class_, (each for each in parties if each.rank in fit), seen, draft)
    for each in (each for each in parties if each.rank not in fit):
        for member in each.members:
            moved_to(member, {"state": WAITLISTED}, persons[member.id], seen, draft)
    if until is None:
        draft.set(class_, {"allocatedAt": instant_text(seen.now)})


def _promote(class_: Held, seen: Seen, draft: Draft) -> None:
    promote(class_, seats_of(class_, seen.copy), seen, draft)


def _settle(class_: Held, seen: Seen, draft: Draft) -> None:
    """Registrations that a cancelled class ends, or that wait for one that was held, are cancelled; their people told."""
    is_held = class_["state"] != "cancelled"
    settle_registrations(states_key(class_), HELD if is_held else class_["reason"], seen, draft)


def settle_registrations(key: str, reason: str | None, seen: Seen, draft: Draft) -> bool:
    """The registrations that were read are cancelled, for their class ends; whether there may be more."""
    rows = [row for row in seen.copy.answer(IN_STATES, key) if "person" in row]
    states = key.split(" ")[1].split(",")
    for row in rows:
        record = draft.held(row["far"])
        if record is not None and record["state"] in states:
            settle(record, "cancel", seen, draft)
            values = {"state": CANCELLED, "reason": reason, "rank": None, "seat": None}
            moved_to(record, values, row["person"], seen, draft)
    return len(rows) == MOST_AT_ONCE


def states_key(class_: Held) -> str:
    """What IN_STATES is asked: which of its registrations end with the class."""
    return f"{class_.id} {','.join(OF_HELD if class_['state'] in {'held', 'certified'} else LIVE)}"


def _needs(further: Further, given: Step) -> Needs:
    def then(copy: WorkingCopy) -> frozenset[Question]:
        class_ = copy.held(given.id)
        if class_ is None or given.id not in copy.answers.get(ENDS, {}):
            return frozenset()
        return further(class_, copy)

    return Needs(frozenset({given.id}), frozenset({Question(ENDS, given.id)}), then)


def _to_allocate(class_: Held, copy: WorkingCopy) -> frozenset[Question]:
    return questions_of_seats(class_.id, copy) | {Question(APPROVED, f"{class_.id} ")}


def _to_promote(class_: Held, copy: WorkingCopy) -> frozenset[Question]:
    asked = questions_of_seats(class_.id, copy)
    if any(each.key not in copy.answers.get(each.reader, {}) for each in asked):
        return asked
    return asked | questions_of_waiting(class_.id, seats_of(class_, copy), copy)


def _to_settle(class_: Held, copy: WorkingCopy) -> frozenset[Question]:
    return questions_to_settle(states_key(class_), copy)


def questions_to_settle(key: str, copy: WorkingCopy) -> frozenset[Question]:
    """The registrations of a class in these states, their people, and what is owed about them; all held."""
    rows = copy.answers.get(IN_STATES, {}).get(key, ())
    tasks = ties_of(MODEL, REGISTRATION.name, "tasks")
    asked = {Question(tasks, row["far"]) for row in rows if "person" in row}
    return frozenset({Question(IN_STATES, key)} | asked)


_IS_TIME: dict[str, Callable[[Held], bool]] = {
    "allocateSeats": lambda class_: (
        class_["state"] == "closed"
        and class_["allocation"] == AT_CLOSE
        and class_["allocatedAt"] is None
    ),
    "promoteWaitingList": lambda class_: class_["state"] in GOES_ON,
    "settleRegistrations": lambda class_: class_["state"] in {"cancelled", "held", "certified"},
}


def _decision(name: str, act: Act, further: Further) -> Decision[Step, Any]:
    facts = (Written, RecordNotFound, OnlyTheHub, NotNow)
    return Decision(name, partial(_needs, further), partial(_by_the_hub, name, act), facts)


ALLOCATE_SEATS = _decision("allocateSeats", _allocate, _to_allocate)
"""Again until the class's `allocatedAt` is set; NotNow from then on."""
PROMOTE_WAITING_LIST = _decision("promoteWaitingList", _promote, _to_promote)
"""The repair: changes nothing where nobody who waits would fit."""
SETTLE_REGISTRATIONS = _decision("settleRegistrations", _settle, _to_settle)
"""Again until no registration of the class is left to be cancelled."""
