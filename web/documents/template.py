"""`/training/classes/{id}/registrations.xlsx`: an empty list for a class, with how to fill it in."""

from __future__ import annotations

import anyio
from starlette.responses import Response

from web.documents.books import Book
from web.documents.files import PRIVATE, named, streamed
from web.documents.headings import COLUMNS
from web.documents.refusals import MOST_ROWS
from web.documents.serving import Caller, found
from web.documents.sheets import XLSX_TYPE

CLASS = """query ClassOfTemplate($id: ID!) { trainingClass(id: $id) {
  name nameEn seats startsOn endsOn registrationClosesAt organiser { name } } }"""

RULES = (
    "第一张表的首行为标题，请保留；每人一行，从第二行填起。 Keep the first row of the first sheet; one row for each person, from the second on.",
    "姓名之外，人员标识、ORCID、邮箱、电话任填其一即可。 Beside the name, one of the hub's id, the ORCID iD, the e-mail address, the telephone number is enough.",
    "同一分组的人一起确认或一起候补。 People of the same group are confirmed together, or wait together.",
    f"一次最多 {MOST_ROWS} 人；任何一行不能报名，则全部不导入。 At most {MOST_ROWS} people; if any row is refused, nobody is imported.",
    "请先试运行（dryRun=true），查看逐行结果后再导入。 Send it as a dry run first (dryRun=true), read what would become of each row, then import.",
)


async def template(caller: Caller) -> Response:
    """The file."""
    data = await caller.ask(CLASS, id=caller.request.path_params["id"])
    training = found(data["trainingClass"])
    book = Book()
    book.sheet("报名名单 People", (18, 38, 24, 30, 20, 12), frozen_rows=1)
    book.headings(column.heading for column in COLUMNS)
    book.sheet("说明 How to", (24, 40, 60))
    book.row(("培训班 Class", training["name"], training["nameEn"]), bold=True)
    book.row(("主办 Organiser", (training["organiser"] or {}).get("name")))
    book.row(("日期 Days", f"{training['startsOn'] or '—'} – {training['endsOn'] or '—'}"))
    book.row(("名额 Seats", training["seats"]))
    book.row(())
    for column in COLUMNS:
        book.row((column.heading, column.hint_zh, column.hint_en))
    book.row(())
    for rule in RULES:
        book.row((None, rule))
    file = await anyio.to_thread.run_sync(book.finished)
    name = named(f"报名模板-{training['name']}.xlsx", "registrations.xlsx")
    return streamed(file, XLSX_TYPE, PRIVATE | name)
