"""任职 | Commands on a person's affiliations: edges, named by institution, role and first day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_store.commands.actors import EDIT
from graph_store.commands.authority import concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import (
    AffiliationHasEnded,
    AffiliationNotFound,
    DatesOutOfOrder,
    Fact,
    IdentifierIsInvalid,
    NotYours,
    PeriodsOverlap,
    RecordHasChanged,
    RecordHasEnded,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import outcomes_of, unchanged
from graph_store.commands.rows import Tie, tie
from graph_store.commands.values import checked, out_of_order
from graph_store.model import MODEL
from graph_store.model.institutions import INSTITUTION
from graph_store.model.people import PERSON

NAME = "affiliations"
PROPERTIES = MODEL.hops("Person")[NAME].edge.properties
PERIOD = (("since", "until"),)
EVER = ("0000-00-00", "9999-99-99")


@dataclass(frozen=True, slots=True)
class Which:
    """One of a person's affiliations."""

    institution: str
    role: str | None = None
    since: str | None = None

    def is_(self, each: Tie) -> bool:
        """Whether it is this one."""
        return (each.far, each["role"], each["since"]) == (self.institution, self.role, self.since)


@dataclass(frozen=True, slots=True)
class Start:
    """A person begins at an institution; values: role, title, since, until."""

    person: str
    institution: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes to an affiliation of the person as read at `version`; None takes a value away."""

    id: str
    version: int
    which: Which
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class End:
    """The end of an affiliation; `on` is its last day, today unless given."""

    id: str
    version: int
    which: Which
    on: str | None = None


def start(
    given: Start, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | RecordHasEnded
    | ValueIsInvalid
    | IdentifierIsInvalid
    | DatesOutOfOrder
    | PeriodsOverlap
):
    """The person is affiliated with the institution too."""
    person = draft.held(given.person, PERSON)
    if person is None:
        return RecordNotFound(given.person, PERSON.name)
    if draft.held(given.institution, INSTITUTION) is None:
        return RecordNotFound(given.institution, INSTITUTION.name)
    if fact := _lacks_to_start(person, given.institution, seen):
        return fact
    if person["endedOn"]:
        return RecordHasEnded(person.id)
    new = _sound(given.institution, given.values)
    if isinstance(new, Fact):
        return new
    if overlap := _overlap(new, seen.ties(person, NAME)):
        return overlap
    draft.link(person, [new])
    return draft.written(person)


def edit(
    given: Edit, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | RecordHasChanged
    | AffiliationNotFound
    | ValueIsInvalid
    | IdentifierIsInvalid
    | DatesOutOfOrder
    | PeriodsOverlap
):
    """The affiliation with what was given changed."""
    person = _current(given, seen, draft)
    if isinstance(person, Fact):
        return person
    old = _found(person, given.which, seen)
    if isinstance(old, Fact):
        return old
    new = _sound(old.far, {**dict(old.properties), **given.values})
    if isinstance(new, Fact):
        return new
    if overlap := _overlap(new, seen.ties(person, NAME) - {old}):
        return overlap
    _replace(person, old, new, draft)
    return draft.written(person)


def end(
    given: End, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | RecordHasChanged
    | AffiliationNotFound
    | AffiliationHasEnded
    | DatesOutOfOrder
):
    """The affiliation with a last day."""
    person = _current(given, seen, draft)
    if isinstance(person, Fact):
        return person
    old = _found(person, given.which, seen)
    if isinstance(old, Fact):
        return old
    on = given.on or seen.today
    if old["until"] and old["until"] <= on:
        return AffiliationHasEnded(person.id, old.far, old["until"])
    values = {**dict(old.properties), "until": on}
    if fact := out_of_order(PERIOD, values):
        return fact
    _replace(person, old, tie(NAME, old.far, values), draft)
    return draft.written(person)


def _lacks_to_start(person: Held, institution: str, seen: Seen) -> NotYours | RecordNotFound | None:
    """Whoever ties a person to their institution sees more of that person: those who answer for the person already must agree."""
    fact = seen.lacks(EDIT, at={institution})
    if fact is None and (present := seen.answering(person)):
        fact = seen.lacks(EDIT, at=present)
    return concealed(fact, person, seen)


def _current(
    given: Edit | End, seen: Seen, draft: Draft
) -> Held | RecordNotFound | NotYours | RecordHasChanged:
    """The person as the client read them, if the actor answers for the affiliation's institution."""
    person = draft.held(given.id, PERSON)
    if person is None:
        return RecordNotFound(given.id, PERSON.name)
    fact = concealed(seen.lacks(EDIT, at={given.which.institution}), person, seen)
    return fact or unchanged(person, given.version)


def _sound(
    institution: str, given: Mapping[str, Any]
) -> Tie | ValueIsInvalid | IdentifierIsInvalid | DatesOutOfOrder:
    values = checked(PROPERTIES, given)
    if isinstance(values, Fact):
        return values
    return out_of_order(PERIOD, values) or tie(NAME, institution, values)


def _found(person: Held, which: Which, seen: Seen) -> Tie | AffiliationNotFound:
    found = (each for each in seen.ties(person, NAME) if which.is_(each))
    return next(found, None) or AffiliationNotFound(person.id, which.institution)


def _overlap(new: Tie, others: frozenset[Tie]) -> PeriodsOverlap | None:
    """The first other affiliation in the same role at the same institution that shares a day with it."""
    begin, last = new["since"] or EVER[0], new["until"] or EVER[1]
    for each in sorted(others, key=repr):
        same = (each.far, each["role"]) == (new.far, new["role"])
        since, until = each["since"] or EVER[0], each["until"] or EVER[1]
        if same and since <= last and begin <= until:
            return PeriodsOverlap(each.far, each["since"] or "…", each["until"] or "…")
    return None


def _replace(person: Held, old: Tie, new: Tie, draft: Draft) -> None:
    if new != old:
        draft.end(person, [old])
        draft.link(person, [new])


def _needs(person: str, *institutions: str) -> Needs:
    question = Question(ties_of(MODEL, PERSON.name, NAME), person)
    return Needs(frozenset({person, *institutions}), frozenset({question}))


START_AFFILIATION = Decision(
    "startAffiliation",
    lambda given: _needs(given.person, given.institution),
    start,
    outcomes_of(start),
)
EDIT_AFFILIATION = Decision(
    "editAffiliation", lambda given: _needs(given.id), edit, outcomes_of(edit)
)
END_AFFILIATION = Decision("endAffiliation", lambda given: _needs(given.id), end, outcomes_of(end))
