"""The story of an exchange: a post is offered, somebody applies, the host is slow and is passed over, they go, and are called back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import Story

pytestmark = pytest.mark.usefixtures("prefect_in_use")

SC, CQ = "cd-institution-sc", "cd-institution-cq"
INBOX = "{ inbox { edges { node { task { id } record { id } possible { name } isOverdue } } } }"
EXCHANGE = """query ($id: ID!) { cadreExchange(id: $id) { state since endedOn clause { quota } home { id } host { id }
  runs { nodes { flow state } } } }"""
STAYS = """query ($id: ID!) { person(id: $id) { affiliations { edges { role title since until node { id } } } } }"""


async def _owed(story: Story, by: str) -> list[Any]:
    """What somebody owes."""
    seen = await story.see(INBOX, by)
    return [each["node"] for each in seen["inbox"]["edges"]]


async def _exchange(story: Story, id_: str) -> Any:
    return (await story.see(EXCHANGE, "zhang", id=id_))["cadreExchange"]


async def _told(story: Story, by: str) -> list[str]:
    seen = await story.see("{ notices { nodes { kind } } }", by)
    return [each["kind"] for each in seen["notices"]["nodes"]]


async def test_an_exchange_over_two_agencies_with_escalation_and_recall(story: Story) -> None:
    lay = story.network
    for side, approver, admin in (("sc", "li", "he"), ("cq", "wang", "chen")):
        at = lay.institution(side)
        lay.person(approver, "approver", at)
        lay.person(admin, "institution_admin", at)
    lay.clause(lay.agreement("deal", SC, CQ), "exchange_cadres", quota=3, per="year")
    lay.person("zhang", "member", SC)
    await story.laid_out()

    offered = await story.do(
        "createPost", "chen", "... on PostCreated { id }",
        name="科普部副主任", institution=CQ, vacancies=1, since="2026-12-01", until="2027-12-31",
    )  # fmt: skip
    drafted = await story.do(
        "draftExchange", "zhang", "... on ExchangeDrafted { id }",
        person="cd-person-zhang", home=SC, post=offered["id"], since="2027-01-01", until="2027-06-30",
    )  # fmt: skip
    id_ = drafted["id"]
    await story.do("submitExchange", "zhang", id=id_)
    (owed,) = await _owed(story, "li")
    assert {"approve", "reject"} <= {each["name"] for each in owed["possible"]}
    await story.do("decideTask", "li", task=owed["task"]["id"], decision="approve")
    assert (await _exchange(story, id_))["state"] == "HOME_APPROVED"

    # nobody at the host decides in time: the administrator is asked, and does
    (owed,) = await _owed(story, "wang")
    story.passes_to("2026-12-02")
    await story.flow("escalate_overdue_tasks")
    escalated = [kind for kind in await _told(story, "chen") if "escalat" in kind]
    assert escalated, await _told(story, "chen")
    await story.do("decideTask", "chen", task=owed["task"]["id"], decision="approve")
    accepted = await _exchange(story, id_)
    assert (accepted["state"], accepted["clause"]) == ("ACCEPTED", {"quota": 3})

    # the first day comes
    story.passes_to("2027-01-01")
    await story.flow("advance_exchanges")
    active = await _exchange(story, id_)
    assert active["state"] == "ACTIVE"
    assert {"flow": "advance_exchanges", "state": "COMPLETED"} in active["runs"]["nodes"]
    stay = await _stay(story)
    assert (stay["title"], stay["until"], stay["node"]["id"]) == ("科普部副主任", "2027-06-30", CQ)

    # home needs them back
    story.passes_to("2027-02-28")
    await story.do("recallExchange", "he", id=id_, reason="家中工作需要")
    await story.settled()
    recalled = await _exchange(story, id_)
    assert (recalled["state"], recalled["endedOn"]) == ("RECALLED", "2027-02-28")
    assert (await _stay(story))["until"] == "2027-02-28"
    assert "cadre_exchange_recalled" in await _told(story, "zhang")
    query = "{ exchangeLedger { pairs { sent { id months } received { id months } } } }"
    (pair,) = (await story.see(query, "he"))["exchangeLedger"]["pairs"]
    assert [*pair["sent"], *pair["received"]] == [{"id": id_, "months": 2.0}]


async def _stay(story: Story) -> Any:
    seen = await story.see(STAYS, "zhang", id="cd-person-zhang")
    edges = seen["person"]["affiliations"]["edges"]
    (stay,) = [each for each in edges if each["role"] == "ON_EXCHANGE"]
    return stay
