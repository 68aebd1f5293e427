"""Records as events of a calendar (RFC 5545): what stays the same, what grows with each change, what is cancelled.

A UID never changes; SEQUENCE is the sum of the versions of all that the event is made of, so it grows with each of their changes;
DTSTAMP is the last of them, so that the same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from unicodedata import category

from icalendar import Calendar, Event
from icalendar.enums import STATUS

from graph_store.clock import SHANGHAI

PRODUCT = "-//Bashu Hub//Calendar 1.0//ZH"
DOMAIN = "bashu-hub"
REFRESH = timedelta(hours=1)
CALENDAR_TYPE = "text/calendar"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dated:
    """One event: `made_of` are the records whose changes are its own; days include the last."""

    uid: str
    summary: str
    begins: datetime | date
    ends: datetime | date
    status: STATUS
    made_of: tuple[Record, ...]
    place: str | None = None
    description: str = ""
    address: str | None = None

    def event(self) -> Event:
        """As RFC 5545 has it."""
        event = Event()
        event.add("uid", f"{self.uid}@{DOMAIN}")
        event.add("sequence", sum(each["version"] for each in self.made_of))
        changed = max(datetime.fromisoformat(each["updatedAt"]) for each in self.made_of)
        event.add("dtstamp", changed.replace(microsecond=0))
        event.add("last-modified", changed.replace(microsecond=0))
        event.add("summary", _clean(self.summary))
        event.add("dtstart", self.begins)
        event.add("dtend", _after(self.ends))
        event.add("status", self.status)
        event.add("transp", "TRANSPARENT" if self.status is STATUS.CANCELLED else "OPAQUE")
        for name, value in (("location", self.place), ("description", self.description)):
            if value:
                event.add(name, _clean(value))
        if self.address:
            event.add("url", self.address)
        return event


def calendar(name: str, events: Iterable[Dated]) -> bytes:
    """The file, in order of the events' beginnings, with the time zone it names."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _clean(name))
    made.add("x-wr-timezone", str(SHANGHAI))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for each in sorted(events, key=lambda one: (_day(one.begins), one.uid)):
        made.add_component(each.event())
    made.add_missing_timezones()
    written: bytes = made.to_ical()
    return written


def of_class(
    training: Record, status: STATUS, *, uid: str, made_of: tuple[Record, ...], prefix: str = ""
) -> Iterator[Dated]:
    """A class as one event for each session; without sessions, its days as one."""
    organiser = (training["organiser"] or {}).get("name")
    told = "\n".join(
        filter(None, (organiser and f"主办 Organiser: {organiser}", training["description"]))
    )
    for session in training["sessions"]:
        teacher = session["teacher"] and f"授课 Teacher: {session['teacher']}"
        yield Dated(
            f"{uid}{session['id']}",
            f"{prefix}{training['name']} · {session['name']}",
            _instant(session["startsAt"]),
            _instant(session["endsAt"]),
            status,
            (*made_of, training, session),
            session["place"] or training["place"],
            "\n".join(filter(None, (teacher, told))),
        )
    if not training["sessions"] and training["startsOn"]:
        begins = date.fromisoformat(training["startsOn"])
        ends = date.fromisoformat(training["endsOn"] or training["startsOn"])
        yield Dated(
            f"{uid}{training['id']}",
            f"{prefix}{training['name']}",
            begins,
            ends,
            status,
            (*made_of, training),
            training["place"],
            told,
        )


def _clean(text: str) -> str:
    """Without signs that would end a line of the file; a new line in a text is kept, and written as RFC 5545 does."""
    return "".join(sign for sign in text if sign == "\n" or not category(sign).startswith("C"))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


def _after(ends: datetime | date) -> datetime | date:
    """RFC 5545 names the first day that is no more of it."""
    return ends if isinstance(ends, datetime) else ends + timedelta(days=1)


def _day(begins: datetime | date) -> str:
    return begins.isoformat()
