"""Which exchanges the hub moves on a day, in which order, and that it reads no others."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_store.exchanges_due import STATEMENT, Due, exchanges_due
from graph_store.reads import reader
from tests.graph import DATABASE, empty, replanned

FIRST, LAST, TODAY, LATER = "2026-10-01", "2026-11-24", "2026-11-25", "2026-12-31"
STATES = (
    "draft", "submitted", "home_approved", "accepted", "active",
    "completed", "withdrawn", "rejected", "recalled", "expired",
)  # fmt: skip


@pytest.fixture
async def exchanges(driver: AsyncDriver) -> AsyncDriver:
    """One of each state that began long ago and ended yesterday, begins today, or begins later."""
    await empty(driver)
    for name, since, until in (
        ("past", FIRST, LAST),
        ("today", TODAY, TODAY),
        ("later", LATER, LATER),
    ):
        rows = [
            {"id": f"{each}-{name}", "state": each, "since": since, "until": until}
            for each in STATES
        ]
        await _write(driver, rows)
    return driver


async def test_what_ended_comes_first_then_what_was_not_decided_then_what_begins(
    exchanges: AsyncDriver,
) -> None:
    assert await exchanges_due(reader(exchanges, DATABASE, 30), TODAY) == [
        Due("complete", "active-past"),
        Due("expire", "submitted-past"),
        Due("expire", "submitted-today"),
        Due("expire", "home_approved-past"),
        Due("expire", "home_approved-today"),
        Due("activate", "accepted-past"),
        Due("activate", "accepted-today"),
    ]


async def test_a_day_takes_no_more_than_it_is_told_of_each_kind(exchanges: AsyncDriver) -> None:
    due = await exchanges_due(reader(exchanges, DATABASE, 30), LATER, most=1)
    assert [each.move for each in due] == ["complete", "expire", "expire", "activate"]


async def test_what_is_not_due_is_not_read(exchanges: AsyncDriver) -> None:
    await _write(
        exchanges,
        [
            {"id": f"{state}-{number}", "state": state, "since": LATER, "until": LATER}
            for state in STATES
            for number in range(300)
        ],
    )
    await replanned(exchanges)
    _, profile = await reader(exchanges, DATABASE, 30).profiled(
        STATEMENT, {"day": TODAY, "most": 500}
    )
    assert profile.all_hits < 100


async def _write(driver: AsyncDriver, rows: list[dict[str, Any]]) -> None:
    await driver.execute_query(
        "UNWIND $rows AS row CREATE (n:CadreExchange:Record) SET n = row",
        rows=rows,
        database_=DATABASE,
    )
