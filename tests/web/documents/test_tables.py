"""A table of a page as a workbook: what is sent stands in it, as text and numbers, and nothing else is taken."""

from __future__ import annotations

from typing import Any

import pytest

from tests.auth.whom import Hub
from tests.web.documents.school import code
from tests.web.documents.spreadsheets import opened
from web.documents.sheets import XLSX_TYPE
from web.documents.tables import MOST_TABLE_ROWS

PLACE = "/documents/table.xlsx"
ROWS: list[list[Any]] = [
    ["名称", "原值（元）", "演示数据"],
    ["=HYPERLINK(1)", 2800000, ""],
    ["质谱仪", 0.5, None],
]


async def test_what_is_sent_stands_in_the_workbook_text_as_text(hub: Hub) -> None:
    answer = await hub.client.post(PLACE, json={"title": "仪器 [全部]", "rows": ROWS})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == XLSX_TYPE
    assert answer.headers["cache-control"] == "no-store"
    ((title, found),) = opened(answer.content).items()
    assert title == "仪器  全部 "
    assert found[0] == tuple(ROWS[0])
    assert [row[:2] for row in found[1:]] == [("=HYPERLINK(1)", 2800000), ("质谱仪", 0.5)]


async def test_as_many_rows_as_a_page_exports_stand_in_it(hub: Hub) -> None:
    lines = [[f"仪器 {number}", number, *["质谱仪"] * 18] for number in range(1, MOST_TABLE_ROWS)]
    rows = [[f"第 {number} 列" for number in range(20)], *lines]
    answer = await hub.client.post(PLACE, json={"title": "仪器", "rows": rows})
    assert answer.status_code == 200, answer.text
    ((_, found),) = opened(answer.content).items()
    assert [list(row) for row in found] == rows


@pytest.mark.parametrize(
    "given",
    [
        [],
        {"title": "", "rows": ROWS},
        {"title": "仪器", "rows": []},
        {"title": "仪器", "rows": [["名称", 1]]},
        {"title": "仪器", "rows": [["名称"], [{"deep": 1}]]},
        {"title": "仪器", "rows": [["名称"], [True]]},
        {"title": "仪器", "rows": [["名称"] * 51]},
        {"title": "仪器", "rows": [["名称"]] * (MOST_TABLE_ROWS + 1)},
        {"title": 7, "rows": ROWS},
    ],
)
async def test_what_is_no_table_is_the_clients_error(hub: Hub, given: Any) -> None:
    answer = await hub.client.post(PLACE, json=given)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["extensions"]["messageZh"]


async def test_garbage_and_other_kinds_are_refused(hub: Hub) -> None:
    broken = await hub.client.post(
        PLACE, content=b"{", headers={"content-type": "application/json"}
    )
    other = await hub.client.post(PLACE, content=b"a,b", headers={"content-type": "text/csv"})
    assert broken.status_code == 400
    assert code(other) == (415, "CONTENT_TYPE_UNSUPPORTED")
