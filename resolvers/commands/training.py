"""The inputs of mutations on training, as the values of their commands."""

from __future__ import annotations

from typing import Any

import strawberry

from graph_store.commands.attendance import Attendance
from graph_store.commands.classes import RULES, CreateClass, EditClass
from graph_store.commands.registering import RegisterMany, Row
from graph_store.commands.registrations import Register
from resolvers.commands.inputs import edited_record, new_record


def new_class(given: Any) -> CreateClass:
    """The input of createClass."""
    record = new_record(RULES, given)
    return CreateClass(record.values, record.ties, _sessions(given) or ())


def edited_class(given: Any) -> EditClass:
    """The input of editClass."""
    change = edited_record(RULES, given)
    return EditClass(change.id, change.version, change.values, change.ties, _sessions(given))


def one_registered(given: Any) -> Register:
    """The input of register."""
    return Register(given.trainingClass, given.home, (given.person,))


def group_registered(given: Any) -> Register:
    """The input of registerGroup."""
    return Register(given.trainingClass, given.home, tuple(given.people))


def many_registered(given: Any) -> RegisterMany:
    """The input of registerMany."""
    rows = tuple(Row(each.number, tuple(each.people)) for each in given.rows)
    return RegisterMany(given.trainingClass, given.home, rows)


def given_attendance(given: Any) -> Attendance:
    """The input of markAttendance."""
    return Attendance(given.trainingClass, _ids(given, "attended"), _ids(given, "absent"))


def _sessions(given: Any) -> tuple[dict[str, Any], ...] | None:
    if (sessions := _known(given, "sessions")) is None:
        return None
    return tuple(
        {name: each for name, each in vars(session).items() if each is not strawberry.UNSET}
        for session in sessions
    )


def _ids(given: Any, name: str) -> tuple[str, ...]:
    return tuple(_known(given, name) or ())


def _known(given: Any, name: str) -> Any:
    value = getattr(given, name, None)
    return None if value is strawberry.UNSET else value
