"""Calendars are valid RFC 5545 for another program that reads them, and the same records give the same bytes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from icalendar.enums import STATUS

from graph_store.clock import SHANGHAI
from web.documents.events import calendar, of_class

SESSION: dict[str, Any] = {
    "id": "cd-class_session-1",
    "name": "第一课",
    "version": 2,
    "updatedAt": "2026-11-02T08:00:00.123Z",
    "startsAt": "2026-12-01T01:00:00.000Z",
    "endsAt": "2026-12-01T03:30:00.000Z",
    "place": None,
    "teacher": "李; 王, 周",
}
CLASS: dict[str, Any] = {
    "id": "cd-training_class-1",
    "name": "数字化培训班",
    "version": 3,
    "updatedAt": "2026-11-01T00:00:00.000Z",
    "description": "第一行\r\nEND:VEVENT\nx",
    "place": "成都",
    "startsOn": "2026-12-01",
    "endsOn": "2026-12-03",
    "organiser": {"name": "四川省科协"},
    "sessions": [SESSION],
}


def events(training: dict[str, Any], status: STATUS = STATUS.CONFIRMED) -> list[Any]:
    """As a calendar program reads them."""
    body = calendar("班", of_class(training, status, uid="", made_of=()))
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    read = icalendar.Calendar.from_ical(body)
    assert isinstance(read, icalendar.Calendar)
    assert not read.errors
    assert all(not each.errors for each in read.events)
    return read.events


def test_a_session_is_an_event_in_shanghai() -> None:
    (event,) = events(CLASS)
    assert event["summary"] == "数字化培训班 · 第一课"
    assert event["uid"] == "cd-class_session-1@bashu-hub"
    assert event.start == datetime(2026, 12, 1, 9, tzinfo=SHANGHAI)
    assert event.end == datetime(2026, 12, 1, 11, 30, tzinfo=SHANGHAI)
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert (event["location"], event.status) == ("成都", STATUS.CONFIRMED)


def test_the_file_holds_the_time_zone_that_it_names() -> None:
    body = calendar("班", of_class(CLASS, STATUS.CONFIRMED, uid="", made_of=()))
    read = icalendar.Calendar.from_ical(body)
    assert isinstance(read, icalendar.Calendar)
    (zone,) = read.timezones
    assert zone.tz_name == "Asia/Shanghai"
    moment = datetime(2026, 12, 1, 9)  # noqa: DTZ001 - a wall clock's, to ask the zone of
    assert zone.to_tz().utcoffset(moment) == timedelta(hours=8)


def test_text_is_escaped_and_nothing_ends_an_event_early() -> None:
    (event,) = events(CLASS)
    assert "李; 王, 周" in event["description"]
    assert "\nEND:VEVENT\nx" in event["description"].replace("\r", "")


def test_a_class_without_sessions_is_one_event_of_whole_days() -> None:
    (event,) = events({**CLASS, "sessions": []})
    assert (event.start, event.end) == (date(2026, 12, 1), date(2026, 12, 4))


def test_a_class_without_days_has_no_event_and_is_a_calendar_all_the_same() -> None:
    assert events({**CLASS, "sessions": [], "startsOn": None, "endsOn": None}) == []


def test_the_sequence_grows_with_each_change_and_the_uid_stays() -> None:
    (before,) = events(CLASS)
    (moved,) = events({**CLASS, "sessions": [{**SESSION, "version": 3, "place": "重庆"}]})
    (renamed,) = events({**CLASS, "version": 4, "name": "新名"})
    assert {each["uid"] for each in (before, moved, renamed)} == {before["uid"]}
    assert (before["sequence"], moved["sequence"], renamed["sequence"]) == (5, 6, 6)


def test_what_is_cancelled_says_so_and_takes_no_time() -> None:
    (event,) = events(CLASS, STATUS.CANCELLED)
    assert (event.status, str(event["transp"])) == (STATUS.CANCELLED, "TRANSPARENT")


def test_the_same_records_give_the_same_bytes() -> None:
    first, second = (
        calendar("班", of_class(CLASS, STATUS.CONFIRMED, uid="", made_of=())) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("field", ["name", "description", "place"])
def test_no_text_of_a_record_breaks_the_file(field: str) -> None:
    hostile = "a\r\nBEGIN:VEVENT\r\nUID:x\u202e\u0000;,\\n\\"
    (event,) = events({**CLASS, field: hostile})
    assert event["uid"] == "cd-class_session-1@bashu-hub"
