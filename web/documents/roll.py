"""`/training/classes/{id}/roll.xlsx`: who takes part in a class and who waits, as far as the viewer may see it.

The organiser sees everybody, a home institution its own people; contacts are masked or left out as in any question, and what is read of
persons stands in the audit log.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import anyio
from starlette.responses import Response

from graph_store.clock import SHANGHAI
from web.documents.books import Book
from web.documents.files import PRIVATE, named, streamed
from web.documents.serving import Caller, found
from web.documents.sheets import XLSX_TYPE
from web.documents.states import said
from web.errors import Refusal, WebError

CLASS = """query ClassOfRoll($id: ID!) { trainingClass(id: $id) {
  id name nameEn state seats place startsOn endsOn organiser { id name nameEn }
  sessions { startsAt endsAt place teacher name } } }"""

ROWS = """query RowsOfRoll($id: ID!, $states: [RegistrationState!], $first: Int, $after: String) {
  trainingClass(id: $id) { registrations(where: {state: {in: $states}}, orderBy: [{rank: ASC}, {approvedAt: ASC}], first: $first, after: $after) {
    nodes { id state party partySize priority approvedAt home { name nameEn }
      person { id name nameEn email phone } }
    pageInfo { hasNextPage endCursor } } } }"""

# who has a seat first, then who waits, then who is not decided on; who is out is not on the roll
STATES = ("confirmed", "attended", "certified", "no_show", "waitlisted", "approved", "submitted")

NOT_YOUR_ROLL = Refusal(
    403,
    "ROLL_IS_NOT_YOURS",
    "The roll of a class is for the institution that holds it, and for those that send people to it, each its own. Ask the organiser.",
    "培训班名单供主办机构使用；派出机构可查看本机构人员。请联系主办机构。",
)

HEADINGS = (
    ("序号 No.", 8),
    ("状态 State", 22),
    ("姓名 Name", 16),
    ("英文名 Name in English", 22),
    ("派出机构 Sent by", 34),
    ("分组 Group", 12),
    ("优先级 Priority", 12),
    ("批准时间 Approved at", 20),
    ("邮箱 E-mail", 28),
    ("电话 Telephone", 18),
    ("报名标识 Registration ID", 40),
)
SESSION_HEADINGS = (
    ("课次 Session", 30),
    ("开始 Begins", 20),
    ("结束 Ends", 20),
    ("地点 Place", 26),
    ("授课人 Teacher", 18),
)


async def roll(caller: Caller) -> Response:
    """The file."""
    caller.signed_on()
    id_ = caller.request.path_params["id"]
    data = await caller.ask(CLASS, id=id_)
    training = found(data["trainingClass"])
    rows = await _rows(caller, id_)
    organiser = (training["organiser"] or {}).get("id")
    if not rows and organiser not in caller.viewer.rights.institutions:
        raise WebError(NOT_YOUR_ROLL)
    book = Book()
    groups: dict[str, int] = {}
    _begin(book, training)
    for number, registration in enumerate(rows, 1):
        book.row(_row(number, registration, groups))
    _sessions(book, training)
    file = await anyio.to_thread.run_sync(book.finished)
    name = named(f"名单-{training['name']}.xlsx", "roll.xlsx")
    return streamed(file, XLSX_TYPE, PRIVATE | name)


async def _rows(caller: Caller, id_: str) -> list[dict[str, Any]]:
    """The registrations that the viewer may see, by state, in each as they wait or were approved."""
    rows: list[dict[str, Any]] = []
    states, after, more = [state.upper() for state in STATES], None, True
    while more:
        data = await caller.ask(ROWS, id=id_, states=states, first=caller.page, after=after)
        page = found(data["trainingClass"])["registrations"]
        rows += page["nodes"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    return sorted(rows, key=lambda row: STATES.index(row["state"].lower()))


def _begin(book: Book, training: dict[str, Any]) -> None:
    """What class it is, above the people."""
    book.sheet("名单 Roll", (width for _, width in HEADINGS))
    organiser = training["organiser"] or {"name": None}
    days = f"{training['startsOn'] or '—'} – {training['endsOn'] or '—'}"
    book.row((training["name"], None, training["nameEn"]), bold=True)
    book.row(("主办 Organiser", None, organiser["name"]))
    book.row(("日期 Days", None, days, None, training["place"]))
    book.row(("名额 Seats", None, training["seats"]))
    book.row(())
    book.headings(heading for heading, _ in HEADINGS)


def _row(
    number: int, registration: dict[str, Any], groups: dict[str, int]
) -> list[str | int | None]:
    person, home = registration["person"] or {}, registration["home"] or {}
    group = None
    if registration["partySize"] > 1:
        group = groups.setdefault(registration["party"], len(groups) + 1)
    return [
        number,
        said(registration["state"].lower()),
        person.get("name"),
        person.get("nameEn"),
        home.get("name"),
        group,
        registration["priority"],
        at_home(registration["approvedAt"]),
        person.get("email"),
        person.get("phone"),
        registration["id"],
    ]


def _sessions(book: Book, training: dict[str, Any]) -> None:
    book.sheet("课次 Sessions", (width for _, width in SESSION_HEADINGS), frozen_rows=1)
    book.headings(heading for heading, _ in SESSION_HEADINGS)
    for each in sorted(training["sessions"], key=lambda one: str(one["startsAt"])):
        begins, ends = at_home(each["startsAt"]), at_home(each["endsAt"])
        place = each["place"] or training["place"]
        book.row((each["name"], begins, ends, place, each["teacher"]))


def at_home(instant: str | None) -> str | None:
    """An instant as people read it in Shanghai.

    >>> at_home("2026-11-25T01:30:00.000Z")
    '2026-11-25 09:30'
    """
    if instant is None:
        return None
    return datetime.fromisoformat(instant).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
