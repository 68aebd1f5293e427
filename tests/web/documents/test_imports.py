"""A list of people is imported whole or not at all, and every row is told what became of it."""

from __future__ import annotations

from itertools import count
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from auth.viewer import Scope
from tests.auth.whom import ADMIN, HOME, ZHANG, Hub
from tests.web.documents.school import (
    CHEN,
    GROUPS,
    LATER,
    LI,
    PLAIN,
    STRANGER,
    ZHAO,
    code,
    got,
)
from tests.web.documents.spreadsheets import opened, workbook
from web.documents.sheets import XLSX_TYPE

HEADINGS = ("姓名", "ORCID", "邮箱", "电话", "分组")
PATIENT_SECONDS = 300  # the machine may be busy

_keys = count(1)


async def sent(  # noqa: PLR0913 - what a request has
    hub: Hub,
    body: bytes,
    *,
    to: str = LATER,
    token: str | None = None,
    kind: str = XLSX_TYPE,
    key: str | None = None,
    query: str = "",
    **headers: str,
) -> httpx2.Response:
    """The answer to a list; by the home's administrator unless a token is given."""
    given = {"content-type": kind, "idempotency-key": key or f"import {next(_keys)}"} | headers
    if token != "":
        given["authorization"] = f"Bearer {token or hub.access_token(ADMIN)}"
    path = f"/training/classes/{to}/registrations{query}"
    return await hub.client.post(path, content=body, headers=given, timeout=PATIENT_SECONDS)


async def reported(hub: Hub, body: bytes, **given: Any) -> dict[str, Any]:
    """The report."""
    answer = await sent(hub, body, **given)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return dict(answer.json())


async def registered(hub: Hub, class_: str) -> dict[str, str]:
    """States by person."""
    rows = await hub.base.run(
        "MATCH (:TrainingClass {id: $id})<-[:FOR_CLASS]-(r)-[:REGISTERS]->(p) RETURN [p.id, r.state]",
        id=class_,
    )
    return dict(rows)


async def program(hub: Hub) -> str:
    """A token of the home's own program."""
    return (await hub.base.token(HOME, Scope.READ, Scope.WRITE))[0]


def outcomes(report: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Row, outcome and the fact's name."""
    return [(row["row"], row["outcome"], row.get("fact", "")) for row in report["rows"]]


@pytest_asyncio.fixture(scope="module", autouse=True)
async def planned(school: Hub) -> None:
    """A fresh server plans each statement of a command anew, which on a busy machine takes longer than one command may."""
    body = workbook(HEADINGS, ("李四", "0000-0002-1694-233X"), ("陈六", None, None, "13700000000"))
    for _ in range(5):
        if (await sent(school, body, query="?dryRun=true")).status_code == 200:
            break


GOOD = (
    HEADINGS,
    ("李四", "0000-0002-1694-233X"),
    ("陈六", None, None, 13700000000),
    ("赵七", None, "Zhao@Example.cn"),
)


async def test_a_dry_run_tells_of_each_row_what_it_would_be_and_writes_nothing(school: Hub) -> None:
    report = await reported(school, workbook(*GOOD), query="?dryRun=true")
    assert (report["dryRun"], report["imported"], report["counts"]) == (
        True,
        False,
        {"SUBMITTED": 3},
    )
    assert report["rows"] == [
        {"row": row, "person": person, "name": name, "group": None, "outcome": "SUBMITTED", "registration": None}
        for row, person, name in ((2, LI, "李四"), (3, CHEN, "陈六"), (4, ZHAO, "赵七"))
    ]  # fmt: skip
    assert await registered(school, LATER) == {}


async def test_programs_of_the_home_register_at_once_and_the_same_key_twice_once(
    school: Hub,
) -> None:
    rows = (
        ("姓名", "ORCID", "人员标识"),
        ("李四", "0000-0002-1694-233X", None),
        ("陈六", None, CHEN),
        ("赵七", None, ZHAO),
    )
    token, body = await program(school), workbook(*rows)
    dry = await reported(school, body, token=token, query="?dryRun=1")
    states = [(2, "CONFIRMED", ""), (3, "CONFIRMED", ""), (4, "WAITLISTED", "")]
    assert outcomes(dry) == states
    first = await reported(school, body, token=token, key="the list")
    again = await reported(school, body, token=token, key="the list")
    assert first == again
    assert (first["imported"], outcomes(first)) == (True, states)
    assert all(row["registration"] for row in first["rows"])
    assert await registered(school, LATER) == {
        LI: "confirmed",
        CHEN: "confirmed",
        ZHAO: "waitlisted",
    }
    other = await reported(school, workbook(*rows[:2]), token=token, key="the list")
    assert outcomes(other) == [(2, "REFUSED", "RequestKeyReused")]
    anew = await reported(school, body, token=token)
    assert {fact for _, _, fact in outcomes(anew)} == {"AlreadyRegistered"}
    assert "已报名" in anew["rows"][0]["message"]


async def test_where_one_row_is_refused_nobody_is_imported_and_each_row_is_told(
    school: Hub,
) -> None:
    rows = (
        HEADINGS,
        ("张三", "0000-0002-1825-0097"),
        ("陈六", None, None, "13700000000"),
        ("陈六", None, None, "+86 137-0000-0000"),
        (),
        ("赵六", "0000-0001-5109-3700"),
        ("无人", None, "nobody@example.cn"),
        ("某", "=A1"),
        ("某",),
        ("王五", None, "wang@example.cn"),
        ("某", "0000-0002-1825-0098"),
    )
    before = await registered(school, PLAIN)
    report = await reported(school, workbook(*rows), to=PLAIN)
    assert (report["imported"], report["counts"]) == (False, {"REFUSED": 8, "SUBMITTED": 1})
    assert outcomes(report) == [
        (2, "REFUSED", "ClassesOverlap"),
        (3, "SUBMITTED", ""),
        (4, "REFUSED", "PERSON_STANDS_TWICE"),
        (6, "REFUSED", "NAME_DIFFERS"),
        (7, "REFUSED", "PERSON_NOT_FOUND"),
        (8, "REFUSED", "CELL_IS_A_FORMULA"),
        (9, "REFUSED", "PERSON_NOT_NAMED"),
        (10, "REFUSED", "PERSON_NOT_FOUND"),
        (11, "REFUSED", "ORCID_IS_INVALID"),
    ]
    for row in report["rows"]:
        if row["outcome"] == "REFUSED":
            assert all(row[each] for each in ("message", "messageEn", "whatNext", "whatNextEn"))
    assert await registered(school, PLAIN) == before
    faults = {row["row"]: (row.get("column"), row.get("value")) for row in report["rows"]}
    assert (faults[6], faults[7], faults[8], faults[11]) == (
        ("姓名", "赵六"),
        ("单位邮箱", "nobody@example.cn"),
        ("ORCID", None),
        ("ORCID", "0000-0002-1825-0098"),
    )
    assert [(each["heading"], each["column"]) for each in report["columns"]] == [
        ("姓名", "姓名"), ("ORCID", "ORCID"), ("邮箱", "单位邮箱"), ("电话", "电话"), ("分组", "分组")
    ]  # fmt: skip


async def test_rows_that_the_sender_leaves_out_are_no_part_of_the_list(school: Hub) -> None:
    body = workbook(
        HEADINGS, ("无人", None, "nobody@example.cn"), ("陈六", None, None, "13700000000")
    )
    report = await reported(school, body, to=PLAIN, query="?dryRun=true&without=2")
    assert outcomes(report) == [(3, "SUBMITTED", "")]
    nothing = await sent(school, body, to=PLAIN, query="?dryRun=true&without=2,3")
    assert code(nothing) == (400, "SPREADSHEET_IS_EMPTY")
    odd = await sent(school, body, to=PLAIN, query="?dryRun=true&without=2-3")
    assert odd.status_code == 400


async def test_rows_of_a_group_are_one_party_and_are_refused_together(school: Hub) -> None:
    token = await program(school)
    headings = ("人员标识", "分组")
    three = workbook(headings, (LI, "甲"), (CHEN, "甲"), (ZHAO, "甲"))
    report = await reported(school, three, to=GROUPS, token=token)
    assert {(outcome, fact) for _, outcome, fact in outcomes(report)} == {
        ("REFUSED", "PartyTooLarge")
    }
    broken = workbook(headings, (LI, "甲"), ("cd-person-none", "甲"), (ZHAO, "乙"))
    report = await reported(school, broken, to=GROUPS, token=token)
    assert outcomes(report) == [
        (2, "REFUSED", "GROUP_IS_REFUSED"),
        (3, "REFUSED", "PERSON_NOT_FOUND"),
        (4, "CONFIRMED", ""),
    ]
    assert await registered(school, GROUPS) == {}
    mixed = workbook(headings, (ZHAO, None), (LI, "甲"), (CHEN, "甲"))
    report = await reported(school, mixed, to=GROUPS, token=token)
    assert outcomes(report) == [(2, "CONFIRMED", ""), (3, "WAITLISTED", ""), (4, "WAITLISTED", "")]
    parties = await school.base.run(
        "MATCH (:TrainingClass {id: $id})<-[:FOR_CLASS]-(r) RETURN [r.party, r.partySize]",
        id=GROUPS,
    )
    assert sorted(size for _, size in parties) == [1, 2, 2]
    assert len({party for party, _ in parties}) == 2


async def test_the_report_as_a_workbook_is_the_sheet_with_what_became_of_each_row(
    school: Hub,
) -> None:
    rows = (HEADINGS, ("张三", "0000-0002-1825-0097"), ("=1+1", None, "x@example.cn"))
    answer = await sent(school, workbook(*rows), to=PLAIN, query="?dryRun=true&report=xlsx")
    assert answer.headers["content-type"] == XLSX_TYPE
    ((head, first, second),) = opened(answer.content).values()
    assert head[0:2] == ("行号 Row", "结果 Outcome")
    assert head[5:10] == HEADINGS
    assert (first[0], first[1], first[5:7]) == (
        2,
        "不能报名 Refused",
        ("张三", "0000-0002-1825-0097"),
    )
    assert "时间重叠" in first[2]
    assert (second[0], second[5]) == (3, "#formula")


async def test_the_template_is_filled_in_and_sent_back(school: Hub) -> None:
    answer = await got(school, f"/training/classes/{PLAIN}/registrations.xlsx")
    people, told = opened(answer.content).values()
    assert told[0][1] == "无课次班"
    row = {"姓名 Name": "陈六", "电话 Telephone": "13700000000"}
    filled = workbook(people[0], [row.get(heading) for heading in people[0]])
    report = await reported(school, filled, to=PLAIN, query="?dryRun=true")
    assert outcomes(report) == [(2, "SUBMITTED", "")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
async def test_a_csv_file_is_taken_too(school: Hub, encoding: str) -> None:
    body = "姓名,手机\n陈六,13700000000\n".encode(encoding)
    report = await reported(school, body, to=PLAIN, kind="text/csv", query="?dryRun=true")
    assert outcomes(report) == [(2, "SUBMITTED", "")]


async def test_who_acts_for_nobody_or_for_others_imports_nothing(school: Hub) -> None:
    body = workbook(("人员标识",), (CHEN,))
    assert code(await sent(school, body, token="")) == (401, "DOCUMENT_NEEDS_SIGN_ON")
    stranger = school.access_token(STRANGER)
    assert code(await sent(school, body, token=stranger)) == (400, "HOME_IS_UNCLEAR")
    report = await reported(school, body, to=PLAIN, token=stranger, query=f"?home={HOME}")
    assert (report["imported"], outcomes(report)) == (False, [(2, "REFUSED", "NotYours")])
    narrow = school.access_token(ADMIN, scope="graph:read")
    assert code(await sent(school, body, token=narrow)) == (403, "INSUFFICIENT_SCOPE")


async def test_a_session_imports_from_pages_of_the_hub_alone(school: Hub) -> None:
    cookie = f"{school.cookie_name}={await school.base.session(ADMIN)}"
    body = workbook(("人员标识",), (CHEN,))
    query = "?dryRun=true"
    foreign = await sent(school, body, to=PLAIN, token="", query=query, cookie=cookie)
    assert code(foreign) == (403, "NOT_FROM_OUR_PAGE")
    origin = school.opened.address
    ours = await sent(school, body, to=PLAIN, token="", query=query, cookie=cookie, origin=origin)
    assert outcomes(ours.json()) == [(2, "SUBMITTED", "")]


async def test_what_is_no_import_is_refused_before_it_is_read(school: Hub) -> None:
    body = workbook(("人员标识",), (CHEN,))
    assert code(await sent(school, body, kind="text/html")) == (415, "SPREADSHEET_KIND_UNSUPPORTED")
    assert code(await sent(school, body, query="?dryRun=yes")) == (400, "REQUEST_IS_MALFORMED")
    assert code(await sent(school, body, key="k" * 201)) == (400, "IDEMPOTENCY_KEY_IS_MISSING")
    rows = [("人员标识",), *[(CHEN,)] * 3_000]
    assert code(await sent(school, workbook(*rows))) == (413, "SPREADSHEET_HAS_TOO_MANY_ROWS")
    unknown = await reported(school, body, to="cd-training_class-none", query="?dryRun=true")
    assert outcomes(unknown) == [(2, "REFUSED", "RecordNotFound")]
    assert (await got(school, f"/training/classes/{PLAIN}/registrations")).status_code == 405


async def test_addresses_that_were_read_to_find_people_are_in_the_audit_log(school: Hub) -> None:
    body = workbook(HEADINGS, ("张三", None, "zhang@example.cn"))
    await reported(school, body, to=PLAIN, query="?dryRun=true")
    noted = await school.base.run(
        "MATCH (e:AuditEntry {happened: 'personal_data_read', actor: $actor, subject: $zhang})"
        " RETURN e.detail ORDER BY e.seq DESC LIMIT 1",
        actor=ADMIN, zhang=ZHANG,
    )  # fmt: skip
    assert "Person.email" in noted[0]
