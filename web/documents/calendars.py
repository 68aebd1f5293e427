"""`/calendar/classes/{id}.ics` for everybody, and `/calendar/feeds/{secret}.ics` for whoever knows the secret."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from icalendar.enums import STATUS
from starlette.requests import Request
from starlette.responses import Response

from auth.viewer import ANONYMOUS, Viewer
from graph_store.clock import day
from web.documents.events import CALENDAR_TYPE, Dated, calendar, of_class
from web.documents.files import named, tagged
from web.documents.refusals import NOT_FOUND
from web.documents.serving import Caller, Documents, found
from web.errors import WebError

_CLASS = """id name version updatedAt state description place startsOn endsOn organiser { name }
  sessions { id name version updatedAt startsAt endsAt place teacher }"""

CLASS = f"query ClassCalendar($id: ID!) {{ trainingClass(id: $id) {{ {_CLASS} }} }}"

PERSON = f"""query PersonCalendar($id: ID!, $first: Int) {{ person(id: $id) {{ name endedOn
  registrations(first: $first, orderBy: [{{submittedAt: DESC}}]) {{ nodes {{ id version updatedAt state trainingClass {{ {_CLASS} }} }} }}
  exchanges(first: $first, orderBy: [{{since: DESC}}]) {{ nodes {{ id name version updatedAt state since until endedOn
    host {{ name }} post {{ name }} }} }} }} }}"""

MOST_OF_A_KIND = 200
"""The latest of a person's registrations, and of their exchanges."""

PUBLIC = {"Cache-Control": "public, max-age=300"}
# a calendar program keeps what it shows, and asks each time whether it still holds
OF_ONE = {"Cache-Control": "private, no-cache"}

CONFIRMED = frozenset(
    {"CONFIRMED", "ATTENDED", "CERTIFIED", "ACCEPTED", "ACTIVE", "COMPLETED", "RECALLED"}
)
OPEN = frozenset({"SUBMITTED", "APPROVED", "WAITLISTED", "HOME_APPROVED"})
MARKS = {
    "WAITLISTED": "［候补］",
    "SUBMITTED": "［待批］",
    "APPROVED": "［待分配］",
    "HOME_APPROVED": "［待接收］",
}


async def nobody(_request: Request) -> Viewer:
    """Class dates are those that everybody may see."""
    return ANONYMOUS


async def whose(request: Request) -> Viewer:
    """Whoever the secret in the address stands for. Raises WebError 404, GraphStoreError."""
    documents: Documents = request.scope["state"]["documents"]
    viewer = await documents.feeds.viewer(request.path_params["secret"])
    if viewer is None:
        raise WebError(NOT_FOUND)
    return viewer


async def class_calendar(caller: Caller) -> Response:
    """The sessions of one class."""
    data = await caller.ask(CLASS, id=caller.request.path_params["id"])
    training = found(data["trainingClass"])
    if training["state"] == "DRAFT":
        raise WebError(NOT_FOUND)
    status = STATUS.CANCELLED if training["state"] == "CANCELLED" else STATUS.CONFIRMED
    body = calendar(training["name"], of_class(training, status, uid="", made_of=()))
    headers = PUBLIC | named(f"{training['name']}.ics", "class.ics")
    return tagged(caller.request, body, CALENDAR_TYPE, headers)


async def feed(caller: Caller) -> Response:
    """Trainings and exchanges of one person."""
    most = min(MOST_OF_A_KIND, caller.documents.page)
    data = await caller.ask(PERSON, id=caller.viewer.person, first=most)
    person = found(data["person"])
    if (person["endedOn"] or "9") < day(caller.documents.clock()):
        raise WebError(NOT_FOUND)
    body = calendar(f"{person['name']} · 巴蜀科技云数据枢纽", _of_person(person))
    headers = OF_ONE | named("我的日程.ics", "calendar.ics", inline=True)
    return tagged(caller.request, body, CALENDAR_TYPE, headers)


def _of_person(person: dict[str, Any]) -> Iterator[Dated]:
    for each in person["registrations"]["nodes"]:
        training, state = each["trainingClass"], each["state"]
        if training is not None:
            is_off = training["state"] == "CANCELLED"
            status = STATUS.CANCELLED if is_off else _status(state)
            prefix, uid = MARKS.get(state, ""), f"{each['id']}-"
            yield from of_class(training, status, uid=uid, made_of=(each,), prefix=prefix)
    for each in person["exchanges"]["nodes"]:
        if each["state"] != "DRAFT" and each["since"]:
            yield _exchange(each)


def _exchange(each: dict[str, Any]) -> Dated:
    until = each["endedOn"] or each["until"] or each["since"]
    host, post = (each["host"] or {}).get("name"), (each["post"] or {}).get("name")
    return Dated(
        each["id"],
        f"{MARKS.get(each['state'], '')}干部交流 {host or each['name']}",
        date.fromisoformat(each["since"]),
        max(date.fromisoformat(until), date.fromisoformat(each["since"])),
        _status(each["state"]),
        (each,),
        host,
        post or "",
    )


def _status(state: str) -> STATUS:
    if state in CONFIRMED:
        return STATUS.CONFIRMED
    return STATUS.TENTATIVE if state in OPEN else STATUS.CANCELLED
