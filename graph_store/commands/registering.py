"""报名 | The decisions by which people are registered: one person, a group, many parties in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Seen, WorkingCopy
from graph_store.commands.facts import (
    Fact,
    NotYours,
    RecordHasEnded,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.readers import Question
from graph_store.commands.registrations import (
    Register,
    Registered,
    questions_of,
    refused,
    register,
    seats_for,
)
from graph_store.commands.training_facts import (
    AlreadyRegistered,
    ClassesOverlap,
    ClassIsClosed,
    PartyTooLarge,
    PersonIsElsewhere,
)
from graph_store.commands.training_readers import BELONGS, BOOK, ENDS, REGISTERED, TIMES
from graph_store.model.people import PERSON
from graph_store.model.registrations import REGISTRATION

FACTS = (
    RecordNotFound,
    NotYours,
    ClassIsClosed,
    ValueIsInvalid,
    PartyTooLarge,
    PersonIsElsewhere,
    RecordHasEnded,
    AlreadyRegistered,
    ClassesOverlap,
)
"""Why a party cannot be registered."""

MOST_MANY = 500
"""People in one `RegisterMany`: what one transaction writes within its time."""


@dataclass(frozen=True, slots=True)
class PersonRegistered(Written):
    """The deed: the registration as it is after the command, and the state it is in; a dry run's, as they would be."""

    state: str


@dataclass(frozen=True, slots=True)
class Row:
    """One party of many: `number` is the row, or the first of the rows, that it stands in."""

    number: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterMany:
    """Many parties of one home for one class: all of them are registered, or none."""

    training_class: str
    home: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ManyRegistered:
    """What became of each row; where one is refused, none is registered.

    `rows`: {number, state, registrations} of a party that is registered, or would be if no other were refused (then without
    registrations); {number, fact, message, messageEn, whatNext, whatNextEn} of one that is refused.
    """

    training_class: str
    registered: int
    refused: int
    rows: list[dict[str, Any]]


def _needs(given: Register) -> Needs:
    return _needs_of(given.training_class, given.home, given.people)


def _needs_many(given: RegisterMany) -> Needs:
    people = tuple(dict.fromkeys(each for row in given.rows for each in row.people))
    return _needs_of(given.training_class, given.home, people)


def _needs_of(class_: str, home: str, people: tuple[str, ...]) -> Needs:
    questions = {Question(ENDS, class_), Question(BOOK, class_), Question(TIMES, class_)}
    questions |= {Question(REGISTERED, each) for each in people}
    questions |= {Question(BELONGS, f"{each} {home}") for each in people}

    def further(copy: WorkingCopy) -> frozenset[Question]:
        return questions_of(class_, people, copy)

    return Needs(frozenset({class_, home, *people}), frozenset(questions), further)


def _register_one(given: Register, seen: Seen, draft: Draft) -> PersonRegistered | Fact:
    seats = seats_for(given, seen, draft)
    if fact := refused(given, seats, seen, draft):
        return fact
    done = register(given, seats, seen, draft)
    (id_,) = done.registrations
    return PersonRegistered(REGISTRATION.name, id_, 1, done.state)


def _register_group(given: Register, seen: Seen, draft: Draft) -> Registered | Fact:
    seats = seats_for(given, seen, draft)
    if fact := refused(given, seats, seen, draft):
        return fact
    return register(given, seats, seen, draft)


def _register_many(given: RegisterMany, seen: Seen, draft: Draft) -> ManyRegistered | Fact:
    parties = [Register(given.training_class, given.home, row.people) for row in given.rows]
    people = [person for row in given.rows for person in row.people]
    if not people or len(people) > MOST_MANY:
        problem = f"应有 1 到 {MOST_MANY} 人", f"it must name 1 to {MOST_MANY} people"
        return ValueIsInvalid("rows", *problem)
    seats = seats_for(parties[0], seen, draft)
    facts = [refused(each, seats, seen, draft) for each in parties]
    if about_all := next(filter(_is_about_all, facts), None):
        return about_all
    twice = _twice(given)
    facts = [fact or twice.get(row.number) for fact, row in zip(facts, given.rows, strict=True)]
    if any(facts):
        rows = [_row(row, fact) for row, fact in zip(given.rows, facts, strict=True)]
        return ManyRegistered(given.training_class, 0, sum(map(bool, facts)), rows)
    rows = []
    for row, party in zip(given.rows, parties, strict=True):
        done = register(party, seats, seen, draft)
        rows.append(
            {"number": row.number, "state": done.state, "registrations": done.registrations}
        )
    return ManyRegistered(given.training_class, len(people), 0, rows)


def _is_about_all(fact: Fact | None) -> bool:
    """Whether it holds for all rows, so that it is told once."""
    if isinstance(fact, (NotYours, ClassIsClosed)):
        return True
    return isinstance(fact, RecordNotFound) and fact.noun != PERSON.name


def _twice(given: RegisterMany) -> dict[int, Fact]:
    """The rows that name somebody whom an earlier one names."""
    known: set[str] = set()
    found: dict[int, Fact] = {}
    for row in given.rows:
        if known & set(row.people):
            found[row.number] = ValueIsInvalid(
                "people", "同一人在前面的行中已出现", "an earlier row names the same person"
            )
        known |= set(row.people)
    return found


def _row(row: Row, fact: Fact | None) -> dict[str, Any]:
    if fact is None:
        return {"number": row.number, "state": "", "registrations": []}
    return {
        "number": row.number,
        "fact": type(fact).__name__,
        "message": fact.message,
        "messageEn": fact.message_en,
        "whatNext": fact.what_next,
        "whatNextEn": fact.what_next_en,
    }


REGISTER = Decision("register", _needs, _register_one, (PersonRegistered, *FACTS))
REGISTER_GROUP = Decision("registerGroup", _needs, _register_group, (Registered, *FACTS))
REGISTER_MANY = Decision(
    "registerMany",
    _needs_many,
    _register_many,
    (ManyRegistered, RecordNotFound, NotYours, ClassIsClosed, ValueIsInvalid),
)
