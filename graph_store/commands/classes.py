"""培训班 | Commands on classes: drafted with their sessions, published, closed, held, cancelled.

Once a class is published, what people registered for stands: only what it is called, where it is held, how many seats it has and when
its registration closes may still change. More seats, or a higher quota, promote whoever waits in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from graph_store.commands.actors import EDIT, HUB
from graph_store.commands.allocating import (
    ALLOCATE,
    SETTLE,
    questions_to_settle,
    settle_registrations,
    states_key,
)
from graph_store.commands.authority import Authority, Ties
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.ends import ByStatus
from graph_store.commands.facts import DatesOutOfOrder, Fact, NotNow, ValueIsInvalid, Written
from graph_store.commands.machines import Machine, Move, Owes, Step, Who, states
from graph_store.commands.moving import USUAL, moved, moving, needs_of
from graph_store.commands.readers import Question
from graph_store.commands.records import Create, Edit, Rules, create, creating, edit, editing
from graph_store.commands.registration_moves import promote
from graph_store.commands.registrations import AT_CLOSE
from graph_store.commands.rows import instant_text, tie
from graph_store.commands.seats import (
    HIGHEST_PRIORITY,
    Seats,
    questions_of_seats,
    questions_of_waiting,
    seats_of,
)
from graph_store.commands.training_facts import (
    ClassIsIncomplete,
    ClauseDoesNotCover,
    FieldStands,
    SeatsFewerThanTaken,
    SeatsNotAllocated,
)
from graph_store.commands.training_readers import COVERS, ENDS, far_of
from graph_store.commands.values import checked, missing
from graph_store.model.classes import CLASS_SESSION, TRAINING_CLASS
from graph_store.rights import Role

ORGANISER = Who(EDIT, at="organiser")
CERTIFY_WITHIN = timedelta(days=10)
MOSTSESSIONS = 100
STILL_EDITABLE = frozenset(
    {
        "name",
        "nameEn",
        "aliases",
        "visibility",
        "description",
        "place",
        "seats",
        "quota",
        "registrationClosesAt",
    }
)
"""What may change once a class is published."""


@dataclass(frozen=True, slots=True)
class CreateClass:
    """A class to be, with its sessions: each {startsAt, endsAt, name, place, teacher}."""

    values: Mapping[str, Any]
    ties: Ties
    sessions: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class EditClass:
    """Changes to a class; `sessions`, where given, replace those of a draft."""

    id: str
    version: int
    values: Mapping[str, Any]
    ties: Ties
    sessions: tuple[Mapping[str, Any], ...] | None = None


RULES = Rules(
    TRAINING_CLASS,
    ByStatus("cancelled"),
    Authority(EDIT, begins_at="organiser"),
    ties=("organiser", "clause", "topics", "allotments"),
    fixed=("organiser",),
    periods=(("startsOn", "endsOn"),),
    reads=("sessions",),
    defaults={"state": "draft", "allocation": "at_approval"},
    kept=("state", "allocatedAt", "reason"),
)
_CREATE = creating("createClass", RULES)
_EDIT = editing("editClass", RULES)
SESSION = tuple(
    each
    for each in CLASS_SESSION.properties
    if each.name in {"name", "startsAt", "endsAt", "place", "teacher"}
)
"""What a session is given."""


def _create(given: CreateClass, seen: Seen, draft: Draft) -> Any:
    sessions = _sound_sessions(given.sessions, str(given.values.get("name") or ""))
    if isinstance(sessions, Fact):
        return sessions
    values = _in_utc(given.values)
    if fact := _unsound(values, given.ties):
        return fact
    outcome = create(RULES, Create(values, given.ties), seen, draft)
    if isinstance(outcome, Written):
        _add_sessions(outcome.id, sessions, draft)
    return outcome


def _edit(given: EditClass, seen: Seen, draft: Draft) -> Any:
    record = draft.held(given.id, TRAINING_CLASS)
    values = _in_utc(given.values)
    sessions = _sound_sessions(given.sessions or (), str((record or {"name": ""})["name"]))
    if isinstance(sessions, Fact):
        return sessions
    if record is not None and seen.may(EDIT, at=seen.answering(record)):
        fact = _unsound(values, given.ties) or _stands(record, given, values, seen)
        if fact:
            return fact
    change = Edit(given.id, given.version, values, given.ties)
    outcome = edit(RULES, change, seen, draft)
    if isinstance(outcome, Written) and record is not None:
        if given.sessions is not None:
            _drop_sessions(record, seen, draft)
            _add_sessions(record.id, sessions, draft)
        if record["state"] != "draft":
            promote(record, _seats_after(record, values, seen.copy), seen, draft)
            _ask_to_close(record, values.get("registrationClosesAt"), draft)
    return outcome


def _stands(
    record: Held, given: EditClass, values: Mapping[str, Any], seen: Seen
) -> FieldStands | SeatsFewerThanTaken | NotNow | None:
    """Why what was published may not change so."""
    if record["state"] == "draft":
        return None
    if record["state"] not in {"open", "closed"}:
        return NotNow(record.id, "edit", record["state"])
    changed = {name for name, value in values.items() if value != record[name]}
    ties = {
        name
        for name, several in given.ties.items()
        if frozenset(several) != seen.ties(record, name)
    }
    sessions = {"sessions"} if given.sessions is not None else set()
    standing = sorted((changed - STILL_EDITABLE) | ties | sessions)
    if standing:
        return FieldStands(record.id, standing[0])
    seats = seats_of(record, seen.copy)
    taken = seats.taken.total()
    if (wanted := values.get("seats")) is not None and wanted < taken:
        return SeatsFewerThanTaken("seats", wanted, taken)
    if (wanted := values.get("quota")) is not None:
        most = max(
            (number for home, number in seats.taken.items() if seats.follows_quota(home)), default=0
        )
        if wanted < most:
            return SeatsFewerThanTaken("quota", wanted, most)
    return None


def _seats_after(record: Held, values: Mapping[str, Any], copy: WorkingCopy) -> Seats:
    """The seats as they are once the record has these values."""
    seats = seats_of(record, copy)
    seats.seats = values.get("seats", seats.seats)
    seats.quota = values.get("quota", seats.quota)
    return seats


def _unsound(values: Mapping[str, Any], ties: Ties) -> ValueIsInvalid | None:
    if (seats := values.get("seats")) is not None and seats < 1:
        return ValueIsInvalid("seats", "至少为 1", "there must be at least one")
    for each in ties.get("allotments", ()):
        if (each["priority"] or 0) > HIGHEST_PRIORITY:
            problem = f"不能超过 {HIGHEST_PRIORITY}", f"at most {HIGHEST_PRIORITY}"
            return ValueIsInvalid("priority", *problem)
    return None


def _sound_sessions(
    given: tuple[Mapping[str, Any], ...], class_name: str
) -> list[dict[str, Any]] | ValueIsInvalid | DatesOutOfOrder:
    """The sessions' values in their normal form."""
    if len(given) > MOSTSESSIONS:
        return ValueIsInvalid("sessions", f"不能超过 {MOSTSESSIONS} 项", f"at most {MOSTSESSIONS}")
    found = []
    for number, each in enumerate(given, 1):
        named = {
            "name": f"{class_name} · {number}",
            **{k: v for k, v in each.items() if v is not None},
        }
        values = checked(SESSION, _in_utc(named))
        if isinstance(values, Fact):
            return values  # type: ignore[return-value] # no property of a session is an identifier
        if fact := missing(SESSION, values):
            return fact
        if values["endsAt"] <= values["startsAt"]:
            return DatesOutOfOrder("startsAt", values["startsAt"], "endsAt", values["endsAt"])
        found.append(values)
    return found


def _add_sessions(class_: str, sessions: list[dict[str, Any]], draft: Draft) -> None:
    for each in sessions:
        draft.create(
            CLASS_SESSION, {**each, "visibility": "public"}, (tie("trainingClass", class_),)
        )


def _drop_sessions(record: Held, seen: Seen, draft: Draft) -> None:
    """Sessions of a draft that others replace: nobody sees them any more."""
    stood = seen.ties(record, "sessions")
    draft.end(record, stood)
    for each in stood:
        if session := draft.held(each.far):
            draft.set(session, {"visibility": "self"})


def _in_utc(values: Mapping[str, Any]) -> dict[str, Any]:
    """Instants as the store writes them, so that they compare as text."""
    return {
        name: instant_text(datetime.fromisoformat(value))
        if value is not None and name in {"startsAt", "endsAt", "registrationClosesAt"}
        else value
        for name, value in values.items()
    }


def _is_complete(record: Held, _given: Step, _seen: Seen, _draft: Draft) -> Fact | None:
    """People must know when it takes place."""
    return None if record["startsOn"] else ClassIsIncomplete(record.id, "startsOn")


def _is_covered(record: Held, _given: Step, seen: Seen, _draft: Draft) -> Fact | None:
    rows = seen.copy.answer(ENDS, record.id)
    clause, organiser = far_of(rows, "AUTHORISED_BY"), far_of(rows, "RUN_BY")
    if clause is None or seen.copy.answer(COVERS, record.id):
        return None
    return ClauseDoesNotCover(clause, str(organiser))


def _publish(record: Held, _given: Step, _seen: Seen, draft: Draft) -> str:
    _ask_to_close(record, record["registrationClosesAt"], draft)
    return "open"


def _ask_to_close(record: Held, closes_at: str | None, draft: Draft) -> None:
    """The hub closes it at that time, and gives its seats where that is at close."""
    if closes_at is not None:
        at = datetime.fromisoformat(closes_at)
        draft.tell(f"{ALLOCATE}/{record.id}/{closes_at}", ALLOCATE, record.id, at)


def _its_time_has_come(record: Held, _given: Step, seen: Seen, _draft: Draft) -> Fact | None:
    """The hub closes no class before its time; its organiser may."""
    closes_at = record["registrationClosesAt"]
    too_early = closes_at is not None and closes_at > instant_text(seen.now)
    return NotNow(record.id, "close", record["state"]) if seen.actor == HUB and too_early else None


def _close(record: Held, _given: Step, seen: Seen, draft: Draft) -> str:
    if record["allocation"] == AT_CLOSE:
        draft.tell(f"{ALLOCATE}/{record.id}/closed", ALLOCATE, record.id, seen.now)
    return "closed"


def _is_allocated(record: Held, _given: Step, _seen: Seen, _draft: Draft) -> Fact | None:
    waits = record["allocation"] == AT_CLOSE and record["allocatedAt"] is None
    return SeatsNotAllocated(record.id) if waits else None


def _hold(record: Held, _given: Step, seen: Seen, draft: Draft) -> str:
    draft.tell(f"{SETTLE}/{record.id}/held", SETTLE, record.id, seen.now)
    return "held"


def _further(id_: str, _copy: WorkingCopy) -> frozenset[Question]:
    return frozenset({Question(ENDS, id_), Question(COVERS, id_)})


MACHINE = Machine(
    TRAINING_CLASS,
    initial="draft",
    moves=(
        Move(
            "publish", states("draft"), ("open",), ORGANISER, (_is_complete, _is_covered), _publish
        ),
        Move("close", states("open"), ("closed",), ORGANISER, (_its_time_has_come,), _close),
        Move("hold", states("closed"), ("held",), ORGANISER, (_is_allocated,), _hold),
        Move("certify", states("held"), ("certified",), ORGANISER),
        Move("cancel", states("draft", "open", "closed"), ("cancelled",), ORGANISER, reasoned=True),
    ),
    owes={
        "held": (Owes("certify", "organiser", CERTIFY_WITHIN, Role.INSTITUTION_ADMIN, tells=True),)
    },
    further=_further,
)


def _cancel(given: Step, seen: Seen, draft: Draft) -> Written | Fact:
    """The class cancelled with its registrations; what one transaction does not take, the hub does after it."""
    outcome = moved(MACHINE, MACHINE.named("cancel"), given, seen, draft)
    record = draft.held(given.id, TRAINING_CLASS)
    if not isinstance(outcome, Written) or record is None:
        return outcome
    if settle_registrations(states_key(record), given.reason, seen, draft):
        draft.tell(f"{SETTLE}/{record.id}/cancelled", SETTLE, record.id, seen.now)
    return outcome


def _needs_to_create(given: CreateClass) -> Needs:
    return _CREATE.needs(Create(given.values, given.ties))


def _needs_to_edit(given: EditClass) -> Needs:
    needs = _EDIT.needs(Edit(given.id, given.version, given.values, given.ties))
    values = _in_utc(given.values)

    def further(copy: WorkingCopy) -> frozenset[Question]:
        record = copy.held(given.id)
        if record is None or record["state"] not in {"open", "closed"}:
            return frozenset()
        asked = questions_of_seats(record.id, copy)
        if any(each.key not in copy.answers.get(each.reader, {}) for each in asked):
            return asked
        seats = _seats_after(record, values, copy)
        return asked | questions_of_waiting(record.id, seats, copy)

    return Needs(needs.locks, needs.questions, further)


def _needs_to_cancel(given: Step) -> Needs:
    needs = needs_of(MACHINE, given)

    def further(copy: WorkingCopy) -> frozenset[Question]:
        record = copy.held(given.id)
        before = needs.further(copy) if needs.further else frozenset()
        return before | (questions_to_settle(states_key(record), copy) if record else frozenset())

    return Needs(needs.locks, needs.questions, further)


CREATE_CLASS: Decision[CreateClass, Any] = Decision(
    "createClass", _needs_to_create, _create, _CREATE.outcomes
)
EDIT_CLASS: Decision[EditClass, Any] = Decision(
    "editClass",
    _needs_to_edit,
    _edit,
    (*_EDIT.outcomes, FieldStands, SeatsFewerThanTaken, NotNow),
)
PUBLISH_CLASS = moving("publishClass", MACHINE, "publish", ClassIsIncomplete, ClauseDoesNotCover)
CLOSE_CLASS = moving("closeClass", MACHINE, "close")
HOLD_CLASS = moving("holdClass", MACHINE, "hold", SeatsNotAllocated)
CANCEL_CLASS = Decision("cancelClass", _needs_to_cancel, _cancel, USUAL)
