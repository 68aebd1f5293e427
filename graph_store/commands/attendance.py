"""出席 | Who took part in a class that was held, and who had a seat and was absent: many at once, all or none."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.actors import EDIT
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import (
    Fact,
    NotNow,
    NotYours,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.move_facts import NotOnYourself
from graph_store.commands.readers import Question
from graph_store.commands.registration_moves import moved_to
from graph_store.commands.registrations import ATTENDED, MACHINE, NO_SHOW
from graph_store.commands.training_facts import ClassIsClosed
from graph_store.commands.training_readers import ENDS, ONE, far_of
from graph_store.model.classes import TRAINING_CLASS
from graph_store.model.registrations import REGISTRATION

MOST = 500
"""Registrations in one command: what one transaction writes within its time."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Ids of registrations of the class; whoever stands in neither is left as they are."""

    training_class: str
    attended: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Of both."""
        return (*self.attended, *self.absent)


def mark(
    given: Attendance, seen: Seen, draft: Draft
) -> Written | RecordNotFound | NotYours | ClassIsClosed | ValueIsInvalid | NotNow | NotOnYourself:
    """The registrations as attended, or as no_show; a mark may be corrected until the certificate is issued."""
    class_ = draft.held(given.training_class, TRAINING_CLASS)
    if class_ is None:
        return RecordNotFound(given.training_class, TRAINING_CLASS.name)
    organiser = far_of(seen.copy.answer(ENDS, class_.id), "RUN_BY")
    if fact := seen.lacks(EDIT, at=filter(None, [organiser])):
        return fact
    if class_["state"] not in {"held", "certified"}:
        return ClassIsClosed(class_.id, class_["state"])
    if not given.all or len(given.all) > MOST or len(set(given.all)) < len(given.all):
        problem = (
            f"应有 1 到 {MOST} 项，且不重复",
            f"it must name 1 to {MOST} registrations, each once",
        )
        return ValueIsInvalid("attended", *problem)
    moves = [("attend", ATTENDED, each) for each in given.attended]
    moves += [("miss", NO_SHOW, each) for each in given.absent]
    steps = [_step(move, state, id_, class_, seen, draft) for move, state, id_ in moves]
    for step in steps:
        if isinstance(step, Fact):
            return step
    for step in steps:
        assert isinstance(step, tuple)
        record, state, person = step
        if record["state"] != state:
            moved_to(record, {"state": state}, person, seen, draft)
    return draft.written(class_)


def _step(  # noqa: PLR0913, PLR0917 - what a mark is made of
    move: str, state: str, id_: str, class_: Held, seen: Seen, draft: Draft
) -> tuple[Held, str, str] | RecordNotFound | NotNow | NotOnYourself:
    rows = [row for row in seen.copy.answer(ONE, id_) if row.get("class") == class_.id]
    record = draft.held(id_, REGISTRATION)
    if record is None or not rows:
        return RecordNotFound(id_, REGISTRATION.name)
    sources = {source for each in MACHINE.named(move) for source in each.sources}
    if record["state"] not in sources | {state}:
        return NotNow(id_, move, record["state"])
    person = str(rows[0]["person"])
    return NotOnYourself(id_) if person == seen.actor.person else (record, state, person)


def _needs(given: Attendance) -> Needs:
    def further(copy: WorkingCopy) -> frozenset[Question]:
        if copy.held(given.training_class) is None:
            return frozenset()
        return frozenset(Question(ONE, each) for each in given.all)

    ends = Question(ENDS, given.training_class)
    return Needs(frozenset({given.training_class}), frozenset({ends}), further)


MARK_ATTENDANCE = Decision(
    "markAttendance",
    _needs,
    mark,
    (
        Written,
        RecordNotFound,
        NotYours,
        ClassIsClosed,
        ValueIsInvalid,
        NotNow,
        NotOnYourself,
    ),
)
