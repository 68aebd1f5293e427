"""The roll of a class: the organiser's whole, a home's own people, nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.auth.whom import ADMIN, Hub
from tests.web.documents.school import CLASS, DEAN, LI, STRANGER, ZHANG, code, got
from tests.web.documents.spreadsheets import opened
from web.documents import serving
from web.documents.sheets import XLSX_TYPE

ROLL = f"/training/classes/{CLASS}/roll.xlsx"


async def rows(hub: Hub, person: str) -> list[tuple[Any, ...]]:
    """The people on it."""
    answer = await got(hub, ROLL, person)
    assert answer.status_code == 200, answer.text
    people, _ = opened(answer.content).values()
    return people[6:]


async def test_the_organiser_reads_everybody_seats_first_without_those_who_are_out(
    school: Hub,
) -> None:
    found = [row[:5] for row in await rows(school, DEAN)]
    assert {row[1:3] for row in found[:2]} == {
        ("已确认 Confirmed", "张三"),
        ("已确认 Confirmed", "王五"),
    }
    assert found[2][:3] == (3, "候补 Waitlisted", "李四")
    assert [row[4] for row in found if row[2] == "王五"] == ["第三研究所"]
    assert len(found) == 3


async def test_a_long_roll_is_asked_for_page_by_page(
    school: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await rows(school, DEAN)
    monkeypatch.setattr(serving, "PAGE", 1)
    assert await rows(school, DEAN) == whole


async def test_a_home_reads_its_own_people_with_their_contacts(school: Hub) -> None:
    found = {row[2]: (row[8], row[9]) for row in await rows(school, ADMIN)}
    assert found == {
        "张三": ("zhang@example.cn", "13812345678"),
        "李四": ("li@example.cn", "138 1111 2222"),
    }


async def test_the_organiser_reads_contacts_of_others_masked(school: Hub) -> None:
    found = {row[2]: row[9] for row in await rows(school, DEAN)}
    assert found["张三"] == "138****5678"


async def test_reading_contacts_is_in_the_audit_log(school: Hub) -> None:
    await rows(school, ADMIN)
    noted = await school.base.run(
        "MATCH (e:AuditEntry {happened: 'personal_data_read', actor: $actor})"
        " RETURN e.detail ORDER BY e.seq DESC LIMIT 3",
        actor=ADMIN,
    )
    assert any(LI in detail and "Person.email" in detail for detail in noted)


async def test_it_tells_the_class_and_its_sessions_and_no_formula(school: Hub) -> None:
    answer = await got(school, ROLL, DEAN)
    people, sessions = opened(answer.content).values()
    assert people[0][:3] == ("数字化培训班", None, "Digital skills")
    assert people[5][1] == "状态 State"
    assert sessions[1] == ("第1课", "2027-03-01 09:00", "2027-03-01 12:00", "成都", "=1+1")
    from io import BytesIO

    import openpyxl

    cell = openpyxl.load_workbook(BytesIO(answer.content))["课次 Sessions"]["E2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


async def test_the_file_has_a_chinese_name_and_no_cache_keeps_it(school: Hub) -> None:
    headers = (await got(school, ROLL, DEAN)).headers
    assert headers["content-type"] == XLSX_TYPE
    assert headers["content-disposition"] == (
        "attachment; filename=\"roll.xlsx\"; filename*=UTF-8''"
        "%E5%90%8D%E5%8D%95-%E6%95%B0%E5%AD%97%E5%8C%96%E5%9F%B9%E8%AE%AD%E7%8F%AD.xlsx"
    )
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


async def test_nobody_else_is_given_it(school: Hub) -> None:
    assert code(await got(school, ROLL)) == (401, "DOCUMENT_NEEDS_SIGN_ON")
    other = ROLL.replace("digital", "plain")
    assert code(await got(school, other, STRANGER)) == (403, "ROLL_IS_NOT_YOURS")
    assert code(await got(school, ROLL.replace("digital", "none"), DEAN)) == (
        404,
        "DOCUMENT_NOT_FOUND",
    )
    token = school.access_token(ZHANG, scope="graph:write")
    answer = await school.client.get(ROLL, headers={"authorization": f"Bearer {token}"})
    assert code(answer) == (403, "INSUFFICIENT_SCOPE")


async def test_a_class_without_registrations_has_an_empty_roll_for_its_organiser(
    school: Hub,
) -> None:
    answer = await got(school, ROLL.replace("digital", "plain"), DEAN)
    people, sessions = opened(answer.content).values()
    assert (len(people), len(sessions)) == (6, 1)
