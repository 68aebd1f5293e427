"""A cadre exchange through GraphQL as the real roles: drafted, approved by both sides, told to whom it concerns, in the ledger."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

import pytest

from auth.viewer import ANONYMOUS, Viewer
from graph_store.commands.actors import HUB
from graph_store.commands.exchanges import ACTIVATE_EXCHANGE
from graph_store.commands.lanes import open_lane
from graph_store.commands.machines import Step
from graph_store.commands.rows import SHANGHAI
from graph_store.commands.transactions import Store
from graph_store.model import MODEL
from graph_store.person_months import hundredths
from tests.graph import DATABASE
from tests.network import Network
from tests.schema.conftest import Hub

_keys = count(1)

FACT = "... on Fact { __typename message messageEn whatNext whatNextEn }"
DRAFT = f"""mutation($key: ID!, $input: DraftExchangeInput!, $dry: Boolean = false) {{
  done: draftExchange(requestKey: $key, input: $input, dryRun: $dry) {{
    ... on ExchangeDrafted {{ id version dryRun cadreExchange {{ state name host {{ id }} }} }} {FACT} }} }}"""
OFFER = f"""mutation($key: ID!, $input: CreatePostInput!) {{
  done: createPost(requestKey: $key, input: $input) {{ ... on PostCreated {{ id post {{ vacancies }} }} {FACT} }} }}"""
SEEN = "query($id: ID!) { cadreExchange(id: $id) { state home { id } host { id } clause { id } } }"
LEDGER = """query($institution: ID, $year: Int, $level: ExchangeLedgerLevel) {
  exchangeLedger(institution: $institution, year: $year, level: $level) { asOf pairs {
    oneId otherId one { id } monthsSent monthsReceived balance plannedSent plannedReceived
    sent { id personId state months plannedMonths } received { id } } } }"""
SC, CQ = "cd-institution-sc", "cd-institution-cq"
APPROVER = {SC: "cd-person-li", CQ: "cd-person-wang"}


@pytest.fixture
async def agencies(hub: Hub) -> Hub:
    """Two agencies, their approvers, Zhang who is to go, and Chongqing's administrator; once for the module."""
    found = await hub.driver.execute_query(
        "RETURN EXISTS { (:Institution {id: $id}) }", id=SC, database_=DATABASE
    )
    if not found.records[0][0]:
        lay = Network()
        lay.institution("sc")
        lay.institution("cq")
        lay.institution("far")
        deal = lay.agreement("deal", SC, CQ, expiresOn="2031-12-31")
        lay.clause(deal, "exchange_cadres", quota=3, per="year")
        lay.person("li", "approver", SC)
        lay.person("wang", "approver", CQ)
        lay.person("admin", "institution_admin", CQ)
        lay.person("zhang", "member", SC)
        lay.person("stranger", "institution_admin", "cd-institution-far")
        lay.person("platform", "platform_admin", "cd-institution-far")
        await lay.write(hub.driver)
    return hub


async def do(hub: Hub, who: str, text: str, given: Any, *, dry: bool = False) -> Any:
    """The result's fields."""
    key, viewer = f"exchanges {next(_keys)}", await hub.viewer(who)
    variables = {"dry": dry} if "$dry" in text else {}
    return (await hub.ask(text, viewer, key=key, input=given, **variables))["done"]


def move(name: str) -> str:
    """The mutation of a move."""
    title = name[0].upper() + name[1:]
    deed = {"submit": "ExchangeSubmitted", "approve": "ExchangeApproved", "reject": "ExchangeRejected",
            "withdraw": "ExchangeWithdrawn", "recall": "ExchangeRecalled"}[name]  # fmt: skip
    return f"""mutation($key: ID!, $input: {title}ExchangeInput!, $dry: Boolean = false) {{
      done: {name}Exchange(requestKey: $key, input: $input, dryRun: $dry) {{
        ... on {deed} {{ id dryRun cadreExchange {{ state }} }} {FACT} }} }}"""


async def offered(hub: Hub) -> str:
    """A new post at Chongqing."""
    given = {"name": "规划处副处长", "vacancies": 1, "institution": CQ}
    return str((await do(hub, "cd-person-admin", OFFER, given))["id"])


async def drafted(hub: Hub, since: str, until: str) -> str:
    """Zhang's draft to a new post."""
    given = {"person": "cd-person-zhang", "home": SC, "post": await offered(hub)}
    given |= {"since": since, "until": until}
    made = await do(hub, APPROVER[SC], DRAFT, given)
    assert made["cadreExchange"]["state"] == "DRAFT"
    assert made["cadreExchange"]["host"] == {"id": CQ}
    return str(made["id"])


async def accepted(hub: Hub, since: str, until: str) -> str:
    """An exchange that both sides approved."""
    id_ = await drafted(hub, since, until)
    for name, who in (("submit", SC), ("approve", SC), ("approve", CQ)):
        made = await do(hub, APPROVER[who], move(name), {"id": id_})
        assert made["id"] == id_, made
    return id_


async def test_both_sides_approve_what_home_drafted(agencies: Hub) -> None:
    id_ = await accepted(agencies, "2027-01-01", "2027-01-31")
    viewer = await agencies.viewer("cd-person-zhang")
    seen = (await agencies.ask(SEEN, viewer, id=id_))["cadreExchange"]
    assert (seen["state"], seen["home"]["id"], seen["host"]["id"]) == ("ACCEPTED", SC, CQ)
    assert seen["clause"]
    kinds = "{ notices(first: 100) { nodes { kind about } } }"
    told = (await agencies.ask(kinds, viewer))["notices"]["nodes"]
    assert {"kind": "cadre_exchange_accepted", "about": id_} in told


async def test_it_is_seen_at_home_at_the_host_and_by_the_person_and_by_nobody_else(
    agencies: Hub,
) -> None:
    id_ = await drafted(agencies, "2027-02-01", "2027-02-28")
    viewers: dict[str, Viewer] = {
        each: await agencies.viewer(f"cd-person-{each}")
        for each in ("li", "wang", "admin", "zhang", "stranger", "platform")
    }
    found = {
        each: (await agencies.ask(SEEN, viewer, id=id_))["cadreExchange"] is not None
        for each, viewer in {**viewers, "anonymous": ANONYMOUS}.items()
    }
    assert found == {
        "li": True, "wang": True, "admin": True, "zhang": True,
        "stranger": False, "platform": False, "anonymous": False,
    }  # fmt: skip


async def test_who_may_edit_a_post_is_explained_as_it_is(agencies: Hub) -> None:
    post = await offered(agencies)
    text = "query($id: ID!) { explainAccess(node: $id, action: EDIT) { allowed } }"
    edit = """mutation($key: ID!, $input: EditPostInput!) {
      done: editPost(requestKey: $key, input: $input) { ... on PostEdited { id } ... on Fact { __typename } } }"""
    for who, may in (("admin", True), ("platform", True), ("wang", False), ("li", False)):
        viewer = await agencies.viewer(f"cd-person-{who}")
        told = await agencies.ask(text, viewer, id=post)
        assert told["explainAccess"]["allowed"] is may
        version = "query($id: ID!) { post(id: $id) { version } }"
        read = (await agencies.ask(version, viewer, id=post))["post"]["version"]
        given = {"id": post, "version": read, "duties": f"由 {who} 改"}
        made = await do(agencies, f"cd-person-{who}", edit, given)
        assert made == ({"id": post} if may else {"__typename": "NotYours"})


async def test_a_refusal_says_what_happened_why_and_what_next_in_both_languages(
    agencies: Hub,
) -> None:
    id_ = await drafted(agencies, "2026-11-25", "2026-12-31")
    fact = await do(agencies, APPROVER[SC], move("submit"), {"id": id_})
    assert fact["__typename"] == "FirstDayHasCome"
    assert "2026-11-25" in fact["message"]
    assert "2026-11-25" in fact["messageEn"]
    assert fact["whatNext"]
    assert fact["whatNextEn"]


async def test_a_dry_run_checks_every_rule_and_changes_nothing(agencies: Hub) -> None:
    id_ = await drafted(agencies, "2027-03-01", "2027-03-31")
    made = await do(agencies, APPROVER[SC], move("submit"), {"id": id_}, dry=True)
    assert (made["id"], made["dryRun"]) == (None, True)
    seen = await agencies.ask(SEEN, await agencies.viewer(APPROVER[SC]), id=id_)
    assert seen["cadreExchange"]["state"] == "DRAFT"
    late = await drafted(agencies, "2026-11-20", "2026-11-30")
    fact = await do(agencies, APPROVER[SC], move("submit"), {"id": late}, dry=True)
    assert fact["__typename"] == "FirstDayHasCome"


async def test_a_stranger_is_answered_as_if_it_were_not_there(agencies: Hub) -> None:
    id_ = await drafted(agencies, "2027-04-01", "2027-04-30")
    for who in ("cd-person-stranger", "cd-person-platform"):
        fact = await do(agencies, who, move("withdraw"), {"id": id_})
        assert fact["__typename"] == "RecordNotFound"
    key = {"key": f"exchanges {next(_keys)}", "input": {"id": id_}}
    fact = (await agencies.ask(move("withdraw"), ANONYMOUS, **key))["done"]
    assert fact["__typename"] == "NotYours"


async def test_the_ledger_counts_what_was_served_and_what_is_planned(agencies: Hub) -> None:
    id_ = await accepted(agencies, "2028-01-01", "2028-02-14")
    for who in (APPROVER[SC], APPROVER[CQ], "cd-person-zhang"):
        viewer = await agencies.viewer(who)
        asked = await agencies.ask(LEDGER, viewer, year=2028, institution=SC)
        (pair,) = asked["exchangeLedger"]["pairs"]
        assert (pair["oneId"], pair["otherId"], pair["one"]) == (SC, CQ, {"id": SC})
        assert (pair["monthsSent"], pair["balance"], pair["plannedSent"]) == (0, 0, 1.48)
        assert [each["id"] for each in pair["sent"]] == [id_]
    viewer = await agencies.viewer(APPROVER[CQ])
    (pair,) = (await agencies.ask(LEDGER, viewer, year=2028))["exchangeLedger"]["pairs"]
    assert (pair["oneId"], pair["plannedReceived"], pair["plannedSent"]) == (CQ, 1.48, 0)


async def test_the_ledger_clips_to_the_year_and_to_today(agencies: Hub) -> None:
    id_ = await accepted(agencies, "2029-12-01", "2030-01-31")
    viewer, days = await agencies.viewer(APPROVER[SC]), {}
    store = Store(agencies.driver, DATABASE, MODEL, "cd", lambda: _noon("2029-12-01"))
    async with open_lane(store) as lane:
        await lane.do(ACTIVATE_EXCHANGE.by(HUB, f"activate {id_}", Step(id_)))
    for year in (2029, 2030):
        (pair,) = (await agencies.ask(LEDGER, viewer, year=year))["exchangeLedger"]["pairs"]
        (entry,) = pair["sent"]
        days[year] = (entry["state"], entry["months"], entry["plannedMonths"])
    assert days == {2029: ("ACTIVE", 0, 1), 2030: ("ACTIVE", 0, 1)}


async def test_the_ledger_of_parties_is_kept_between_those_for_whom_they_act(agencies: Hub) -> None:
    lay = Network()
    body = lay.institution("body", part_of=SC)
    lay.person("deng", "institution_admin", body)
    lay.person("sent", "member", body)
    await lay.write(agencies.driver)
    given = {"person": "cd-person-sent", "home": body, "post": await offered(agencies),
             "since": "2031-05-01", "until": "2031-05-31"}  # fmt: skip
    id_ = (await do(agencies, "cd-person-deng", DRAFT, given))["id"]
    for name, who in (("submit", "cd-person-deng"), ("approve", "cd-person-deng"), ("approve", APPROVER[CQ])):  # fmt: skip
        assert (await do(agencies, who, move(name), {"id": id_}))["id"] == id_
    viewer = await agencies.viewer(APPROVER[CQ])
    ends = {}
    for level in ("INSTITUTION", "PARTY"):
        (pair,) = (await agencies.ask(LEDGER, viewer, year=2031, level=level))["exchangeLedger"]["pairs"]  # fmt: skip
        ends[level] = pair["otherId"]
    assert ends == {"INSTITUTION": body, "PARTY": SC}


async def test_whoever_sees_no_exchange_has_an_empty_ledger(agencies: Hub) -> None:
    await accepted(agencies, "2030-06-01", "2030-06-30")
    for viewer in (ANONYMOUS, await agencies.viewer("cd-person-stranger"),
                   await agencies.viewer("cd-person-platform")):  # fmt: skip
        asked = await agencies.ask(LEDGER, viewer, institution=SC)
        assert asked["exchangeLedger"]["pairs"] == []


async def test_a_ledger_is_of_a_year_that_can_be(agencies: Hub) -> None:
    errors = await agencies.ask(LEDGER, await agencies.viewer(APPROVER[SC]), year=20270)
    assert errors[0]["extensions"]["code"] == "BAD_ARGUMENT"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2027-01-01", "2027-12-31", 1200),
        ("2028-02-01", "2028-02-29", 100),
        ("2027-02-28", "2027-02-28", 4),
        ("2027-01-16", "2027-02-15", 105),
        ("2027-12-17", "2028-01-16", 100),
        ("2027-03-02", "2027-03-01", 0),
    ],
)
def test_person_months_are_days_by_the_length_of_their_months(
    first: str, last: str, expected: int
) -> None:
    assert hundredths(first, last) == expected


def _noon(day: str) -> Any:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=SHANGHAI)
