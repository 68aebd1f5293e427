"""报名 | Registering people for a class: one, a group that is confirmed whole or waits whole, or many parties at once.

Everyone registers in a party. Registrations by a program of the home institution count as approved; all others wait for its approver.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ulid import ULID

from graph_store.commands.actors import EDIT, HUB
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import (
    Fact,
    NotYours,
    RecordHasEnded,
    RecordNotFound,
    ValueIsInvalid,
)
from graph_store.commands.machines import DECIDE, Machine, Move, Owes, Who, states
from graph_store.commands.notices import tell_of_state
from graph_store.commands.readers import Question
from graph_store.commands.rows import instant_text, tie
from graph_store.commands.seats import (
    Seats,
    questions_of_seats,
    rank_text,
    seat_text,
    seats_of,
)
from graph_store.commands.tasks import open_owed
from graph_store.commands.training_facts import (
    AlreadyRegistered,
    ClassesOverlap,
    ClassIsClosed,
    PartyTooLarge,
    PersonIsElsewhere,
)
from graph_store.commands.training_readers import BELONGS, ENDS, REGISTERED, TIMES, far_of
from graph_store.model.classes import TRAINING_CLASS
from graph_store.model.institutions import INSTITUTION
from graph_store.model.people import PERSON
from graph_store.model.registrations import REGISTRATION
from graph_store.rights import Role

SUBMITTED, APPROVED, CONFIRMED, WAITLISTED = "submitted", "approved", "confirmed", "waitlisted"
ATTENDED, CERTIFIED, NO_SHOW = "attended", "certified", "no_show"
CANCELLED, REJECTED = "cancelled", "rejected"
LIVE = (SUBMITTED, APPROVED, CONFIRMED, WAITLISTED)
OVER = frozenset({CANCELLED, REJECTED, NO_SHOW})
"""In which nobody is registered any more, as far as other registrations are concerned."""

AT_CLOSE = "at_close"

APPROVER = Who(DECIDE, at="home", not_oneself=True)
ORGANISER = Who(EDIT, at="organiser")
CANCELLER = Who(EDIT, at=("home", "organiser"), or_oneself=True)
_SEATED = (APPROVED, CONFIRMED, WAITLISTED)


def _chosen(_record: Held, _given: Any, _seen: Seen, _draft: Draft) -> str:
    """Seats are given to whole parties, so the commands choose, not the move of one registration."""
    raise NotImplementedError("the commands of registrations choose the state of a whole party")


MACHINE = Machine(
    REGISTRATION,
    initial=SUBMITTED,
    moves=(
        Move("approve", states(SUBMITTED), _SEATED, APPROVER, effect=_chosen),
        Move("reject", states(SUBMITTED), (REJECTED,), APPROVER, reasoned=True),
        Move("seat", states(APPROVED), (CONFIRMED, WAITLISTED), None, effect=_chosen),
        Move("promote", states(WAITLISTED), (CONFIRMED,), None),
        Move("cancel", states(*LIVE), (CANCELLED,), CANCELLER),
        Move("attend", states(CONFIRMED, NO_SHOW), (ATTENDED,), ORGANISER),
        Move("miss", states(CONFIRMED, ATTENDED), (NO_SHOW,), ORGANISER),
        Move("certify", states(ATTENDED), (CERTIFIED,), ORGANISER),
    ),
    owes={SUBMITTED: (Owes("approve", at="home", within=timedelta(days=5)),)},
)


@dataclass(frozen=True, slots=True)
class Register:
    """People of one home institution who want to take part together, all or none of them."""

    training_class: str
    home: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registered:
    """The deed: the ids of the party's registrations, in the order of the people, and the state that all of them are in."""

    party: str
    registrations: list[str]
    state: str


def questions_of(class_: str, people: Iterable[str], copy: WorkingCopy) -> frozenset[Question]:
    """What registering must know once the locks are held."""
    if copy.held(class_) is None:
        return frozenset()
    registered = copy.answers.get(REGISTERED, {})
    classes = {row["class"] for person in people for row in registered.get(person, ())}
    times = {Question(TIMES, each) for each in {class_, *classes}}
    return questions_of_seats(class_, copy) | times


def refused(given: Register, seats: Seats | None, seen: Seen, draft: Draft) -> Fact | None:
    """Why these people cannot register together; nothing is drafted. `seats`: `seats_for` them."""
    class_ = draft.held(given.training_class, TRAINING_CLASS)
    if class_ is None or seats is None:
        return RecordNotFound(given.training_class, TRAINING_CLASS.name)
    if draft.held(given.home, INSTITUTION) is None:
        return RecordNotFound(given.home, INSTITUTION.name)
    return (
        _not_theirs(given, seen)
        or not_open(class_, seen)
        or _no_party(given, seats)
        or next(
            filter(None, (_unfit(given, class_, each, seen, draft) for each in given.people)), None
        )
    )


def not_open(class_: Held, seen: Seen) -> ClassIsClosed | None:
    """Refuses where nobody can register any more, or not yet."""
    closes = class_["registrationClosesAt"]
    is_open = class_["state"] == "open" and (closes is None or instant_text(seen.now) < closes)
    return None if is_open else ClassIsClosed(class_.id, class_["state"])


def _not_theirs(given: Register, seen: Seen) -> NotYours | None:
    """Whoever may edit at the home registers its people; somebody at home there registers themself."""
    fact = seen.lacks(EDIT, at={given.home})
    if fact is None or not seen.actor.may_write:
        return fact
    is_oneself = given.people == (seen.actor.person,)
    return None if is_oneself and _belongs(given.people[0], given.home, seen) else fact


def _no_party(given: Register, seats: Seats) -> Fact | None:
    if not given.people:
        return ValueIsInvalid("people", "不能为空", "it must have a value")
    if len(set(given.people)) < len(given.people):
        return ValueIsInvalid("people", "同一人出现了两次", "somebody is named twice")
    most = seats.most(given.home)
    return PartyTooLarge(len(given.people), most) if len(given.people) > most else None


def _unfit(given: Register, class_: Held, id_: str, seen: Seen, draft: Draft) -> Fact | None:
    """Why this person cannot be registered."""
    person = draft.held(id_, PERSON)
    if person is None:
        return RecordNotFound(id_, PERSON.name)
    if not _belongs(id_, given.home, seen):
        hidden = seen.hides(person)
        return RecordNotFound(id_, PERSON.name) if hidden else PersonIsElsewhere(id_, given.home)
    if person["endedOn"] and person["endedOn"] < seen.today:
        return RecordHasEnded(id_)
    live = [each for each in seen.copy.answer(REGISTERED, id_) if each["state"] not in OVER]
    for each in live:
        if each["class"] == class_.id:
            return AlreadyRegistered(id_, each["id"], each["state"])
    mine = seen.copy.answer(TIMES, class_.id)[0]
    for each in live:
        if overlap(mine, seen.copy.answer(TIMES, each["class"])[0]):
            return ClassesOverlap(id_, each["class"])
    return None


def _belongs(person: str, home: str, seen: Seen) -> bool:
    return any(row["here"] for row in seen.copy.answer(BELONGS, f"{person} {home}"))


def _is_reached(person: str, home: str, seen: Seen, draft: Draft) -> bool:
    """Whether there is any way to tell the person something: they sign on, or have an address."""
    held = draft.held(person)
    signs_on = any(row["signsOn"] for row in seen.copy.answer(BELONGS, f"{person} {home}"))
    return signs_on or (held is not None and held["email"] is not None)


def overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two classes share a moment: of their sessions where both have some, else a day.

    >>> overlap({"since": "2026-12-01", "until": "2026-12-03", "sessions": []}, {"since": "2026-12-03", "until": None, "sessions": []})
    True
    """
    if one["sessions"] and other["sessions"]:
        return any(
            begin < other_end and other_begin < end
            for begin, end in one["sessions"]
            for other_begin, other_end in other["sessions"]
        )
    if not one["since"] or not other["since"]:
        return False
    ends = one["until"] or one["since"], other["until"] or other["since"]
    return bool(max(one["since"], other["since"]) <= min(ends))


def counts_as_approved(home: str, seen: Seen) -> bool:
    """Whether what the actor registers needs no approval: a program of the home institution, or the hub."""
    is_program = seen.actor.person is None and (Role.SERVICE, home) in seen.standing.pairs
    return seen.actor == HUB or is_program


def seat_or_wait(class_: Held, seats: Seats, home: str, number: int) -> str:
    """What approval leads to for a party of that many; a seat is taken from `seats`."""
    if class_["allocation"] == AT_CLOSE and class_["allocatedAt"] is None:
        return APPROVED
    if number > seats.room(home):
        return WAITLISTED
    seats.take(home, number)
    return CONFIRMED


def place(  # noqa: PLR0913, PLR0917 - what a place among the seats follows from
    state: str, class_: Held, seats: Seats, home: str, party: str, approved_at: str
) -> dict[str, Any]:
    """The properties of a registration that is approved, by the state it comes to."""
    priority = seats.priority_of(home)
    waits = state in {APPROVED, WAITLISTED}
    rank = rank_text(class_.id, priority, approved_at, party, home) if waits else None
    return {
        "state": state,
        "rank": rank,
        "seat": seat_text(class_.id, home) if state == CONFIRMED else None,
        "priority": priority,
        "approvedAt": approved_at,
    }


def register(given: Register, seats: Seats | None, seen: Seen, draft: Draft) -> Registered:
    """The party, registered; what refuses it was asked before. The seats it is given are taken from `seats`."""
    class_ = draft.held(given.training_class)
    assert class_ is not None
    assert seats is not None
    now, party = instant_text(seen.now), str(ULID())
    values: dict[str, Any] = {"state": SUBMITTED}
    if counts_as_approved(given.home, seen):
        state = seat_or_wait(class_, seats, given.home, len(given.people))
        values = place(state, class_, seats, given.home, party, now)
    values |= {"party": party, "partySize": len(given.people), "submittedAt": now}
    made = [_registration(class_, given.home, each, values, seen, draft) for each in given.people]
    owed: list[Held] = []
    if values["state"] == SUBMITTED:  # one decision for the whole party
        owed = [owe(made[0], given.home, seen, draft)]
    reached = (_is_reached(each, given.home, seen, draft) for each in given.people)
    for record, person, is_reached in zip(made, given.people, reached, strict=True):
        if not is_reached:
            continue
        tell_of_state(record, MACHINE.state(values["state"]), person, owed, seen, draft)
    return Registered(party, [each.id for each in made], values["state"])


def seats_for(given: Register, seen: Seen, draft: Draft) -> Seats | None:
    """The seats of the class; None where there is no such class."""
    class_ = draft.held(given.training_class, TRAINING_CLASS)
    return seats_of(class_, seen.copy) if class_ else None


def owe(record: Held, home: str, seen: Seen, draft: Draft) -> Held:
    """The home approver's decision on the registration's party."""
    (owes,) = MACHINE.owes[SUBMITTED]
    return open_owed(record, owes, home, seen, draft)


def _registration(  # noqa: PLR0913, PLR0917 - what a registration has
    class_: Held, home: str, person: str, values: Mapping[str, Any], seen: Seen, draft: Draft
) -> Held:
    organiser = far_of(seen.copy.answer(ENDS, class_.id), "RUN_BY")
    assert organiser is not None
    whom = draft.held(person)
    assert whom is not None
    assert REGISTRATION.visible is not None
    named = {
        "name": f"{class_['name']} · {whom['name']}",
        "nameEn": f"{class_['nameEn'] or class_['name']} · {whom['nameEn'] or whom['name']}",
        "visibility": REGISTRATION.visible.value,
    }
    ties = (
        tie("person", person),
        tie("trainingClass", class_.id),
        tie("home", home),
        tie("organiser", organiser),
    )
    return draft.create(REGISTRATION, {**named, **values}, ties)
