"""Exchange and training of the demonstration as the hub meets them: nothing to repair, an inbox to decide on, a ledger with figures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from neo4j import AsyncDriver

from demo.loading import load, remove
from demo.sample_people import Sample, samples
from demo.standing import Wanted
from demo.world import build
from graph_store import due_classes, exchanges_due, tasks_due
from graph_store.local_server.progress import silent
from graph_store.reads import reader
from tests.graph import DATABASE
from tests.schema.conftest import NOW, TODAY, Hub, hub, schema

__all__ = ["hub", "schema"]  # fixtures

WANTED = Wanted(0.01, 7, force=True)
INBOX = """{ inbox(first: 50) { counts { open overdue } edges { node { isOverdue
  task { id move priority institution { id } comments { edges { node { isQuestion } } } }
  record { id __typename } possible { name } } } } }"""
DECIDE = """mutation ($tasks: [ID!]!) { decideTasks(requestKey: "all", dryRun: true, input: {tasks: $tasks, decision: "approve"}) {
  results { taskId result { __typename ... on Fact { messageEn } } } } }"""
LEDGER = (
    "{ exchangeLedger { pairs { monthsSent monthsReceived plannedSent sent { state months } } } }"
)
VERIFY = "query ($number: String!) { verifyCertificate(number: $number) { __typename } }"
UNREAD = "{ notices(first: 50) { edges { node { kind body } } } }"


@pytest.fixture(scope="module")
async def laid_out(hub: Hub, driver: AsyncDriver) -> AsyncIterator[Hub]:
    """The hub over a demonstration that was laid out on its day."""
    await load(driver, DATABASE, WANTED, silent, lambda: NOW)
    yield hub
    await remove(driver, DATABASE, silent)


def sample(subject: str) -> Sample:
    """The sample person of that name at the provider."""
    known = samples(build(WANTED.scale, WANTED.seed))
    return next(each for each in known.values() if each.subject == subject)


async def asked(laid_out: Hub, text: str, subject: str, **given: Any) -> Any:
    """What that sample person is answered."""
    return await laid_out.ask(text, await laid_out.viewer(sample(subject).id), **given)


async def test_the_hub_finds_nothing_that_it_must_move_or_repair(laid_out: Hub) -> None:
    run, now = reader(laid_out.driver, DATABASE, 120), NOW.isoformat().replace("+00:00", ".000Z")
    assert await exchanges_due.exchanges_due(run, TODAY) == []
    for statement in (
        due_classes.TO_CLOSE,
        due_classes.TO_ALLOCATE,
        due_classes.TO_PROMOTE,
        due_classes.TO_SETTLE,
        due_classes.TO_CERTIFY,
    ):
        assert await due_classes.classes(run, statement, now) == []
    assert await tasks_due.overdue(run, NOW) == []
    assert await tasks_due.due_soon(run, NOW) == []


@pytest.mark.parametrize("side", ["sichuan", "chongqing"])
async def test_an_approver_finds_decisions_of_each_kind_and_may_take_all_of_them(
    laid_out: Hub, side: str
) -> None:
    found = (await asked(laid_out, INBOX, f"{side}-approver"))["inbox"]
    nodes = [each["node"] for each in found["edges"]]
    assert found["counts"]["open"] == len(nodes) >= 5
    assert found["counts"]["overdue"] == sum(each["isOverdue"] for each in nodes) == 1
    assert {each["record"]["__typename"] for each in nodes} == {"CadreExchange", "Registration"}
    assert max(each["task"]["priority"] for each in nodes) >= 2
    assert any(each["task"]["comments"]["edges"] for each in nodes)
    ids = [each["task"]["id"] for each in nodes]
    decided = await asked(laid_out, DECIDE, f"{side}-approver", tasks=ids)
    results = [each["result"] for each in decided["decideTasks"]["results"]]
    assert [each for each in results if each["__typename"] != "TaskDecided"] == []
    assert len(results) == len(ids)


@pytest.mark.parametrize("side", ["sichuan", "chongqing"])
async def test_an_administrator_owes_certificates_of_a_class_that_was_held(
    laid_out: Hub, side: str
) -> None:
    found = (await asked(laid_out, INBOX, f"{side}-institution-admin"))["inbox"]
    moves = {each["node"]["task"]["move"] for each in found["edges"]}
    assert moves == {"approve", "certify"}


async def test_the_ledger_shows_months_served_and_months_ahead(laid_out: Hub) -> None:
    pairs = (await asked(laid_out, LEDGER, "sichuan-institution-admin"))["exchangeLedger"]["pairs"]
    assert sum(each["monthsSent"] for each in pairs) > 0
    assert sum(each["monthsReceived"] for each in pairs) > 0
    assert sum(each["plannedSent"] for each in pairs) > 0
    assert {entry["state"] for each in pairs for entry in each["sent"]} >= {"completed", "active"}


async def test_anyone_can_verify_a_certificate(laid_out: Hub) -> None:
    found = await laid_out.driver.execute_query(
        "MATCH (c:Certificate) RETURN c.number AS number ORDER BY c.id", database_=DATABASE
    )
    numbers = [row["number"] for row in found.records]
    assert numbers
    answer = await laid_out.ask(VERIFY, number=numbers[0])
    assert answer["verifyCertificate"] is not None


async def test_a_member_is_told_and_sees_what_is_theirs(laid_out: Hub) -> None:
    answer = await asked(laid_out, UNREAD, "sichuan-member")
    assert [each["node"]["kind"] for each in answer["notices"]["edges"]]
