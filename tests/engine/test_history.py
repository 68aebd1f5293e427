"""The history of a record tells each viewer what they may see now, and nothing that is hidden from them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from auth.viewer import ANONYMOUS, Viewer
from graph_store.reads import reader
from schema.root import derived
from tests import graph
from tests.engine.conftest import Hub, open_hub
from tests.engine.levels_web import FIELDS, HOME, KINDS, LEVELLED, LEVELS, ME, id_of, laid_out
from tests.engine.seen_by import FIELDS_SEEN, FULL, MASKED, NOTHING, OF_LI, SEEN, VIEWERS
from tests.engine.small_web import hits, run

LI, LONG = "cd-person-li", "cd-project-public"
ENTRIES = 300
ASKED = """query ($of: ID!, $first: Int, $after: String) {
  history(of: $of, first: $first, after: $after) {
    edges { cursor node {
      at by isNew command person { id name } principal { id }
      changes { field label labelEn
        before { value node { id } properties { name value } }
        after { value node { id ... on Record { name } } properties { name label value } } } } }
    pageInfo { hasNextPage endCursor }
  }
}"""


def _change(seq: int, node: str, noun: str, before: Any, after: Any, **more: Any) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": f"2026-01-01T00:00:{seq % 60:02}Z",
        "actor": LI,
        "command": "updateIt",
        "requestKey": "k",
        "noun": noun,
        "nodeId": node,
        "before": orjson.dumps(before).decode(),
        "after": orjson.dumps(after).decode(),
        **more,
    }


def _changes() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    told: dict[str, Any]

    def add(node: str, noun: str, before: Any, after: Any, **more: Any) -> None:
        rows.append(_change(len(rows) + 1, node, noun, before, after, **more))

    for kind, (noun, *_) in KINDS.items():
        for level in LEVELS:
            id_ = id_of(kind, level)
            told = {name: f"old {name} of {id_}" for name in FIELDS}
            add(id_, noun, {}, {**told, "name": "旧名", "version": 1, "lock": "secret bookkeeping"})
    owned = [{"id": id_of("Instrument", level)} for level in LEVELS]
    quoting = f'"id":"{id_of("Instrument", "self")}"'
    add(HOME, "Institution", {}, {"instruments": owned, "aliases": ["甲", quoting]})
    add(ME, "Person", {}, {"name": "我自己", "phone": "13812340000"}, actor=ME)
    add(LI, "Person", {"phone": "13900001111"}, {"phone": "13912345678", "email": "li@example.cn"})
    held = {"id": "cd-institution-other", "role": "member", "grantedBy": "hub"}
    add(LI, "Person", {}, {"roles": [held], "diaries": [{"id": "cd-diary-1"}]}, actingFor=ME)
    add("cd-diary-1", "Diary", {}, {"name": "一条日志"})
    for number in range(ENTRIES):
        before = {"kind": "research"} if number % 2 else {"kind": "joint_research"}
        add(LONG, "Project", before, {"budgetCny": float(number)}, actor="hub", command="tick")
    return rows


@pytest_asyncio.fixture(scope="module")
async def hub(driver: AsyncDriver) -> AsyncIterator[Hub]:
    await graph.empty(driver, LEVELLED)
    await graph.write(driver, laid_out())
    await run(driver, "UNWIND $rows AS row CREATE (c:Change) SET c = row", rows=_changes())
    yield open_hub(reader(driver, graph.DATABASE, 120), derived(LEVELLED), model=LEVELLED)
    await graph.empty(driver)


async def history(hub: Hub, of: str, viewer: Viewer = ANONYMOUS, **more: Any) -> list[Any]:
    found = await hub.data(ASKED, {"of": of, **more}, viewer)
    return [each["node"] for each in found["history"]["edges"]]


def values(entry: Any, field: str) -> tuple[list[str], list[str]] | None:
    for each in entry["changes"]:
        if each["field"] == field:
            before, after = each["before"], each["after"]
            return [one["value"] for one in before], [one["value"] for one in after]
    return None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", SEEN)
async def test_a_hidden_record_has_no_history(hub: Hub, who: str, kind: str) -> None:
    told = {level for level in LEVELS if await history(hub, id_of(kind, level), VIEWERS[who])}
    assert told == dict(zip(KINDS, SEEN[who], strict=True))[kind]


@pytest.mark.parametrize("who", SEEN)
async def test_a_hidden_field_has_none_either(hub: Hub, who: str) -> None:
    id_ = id_of("Instrument", "public")
    (entry,) = await history(hub, id_, VIEWERS[who])
    assert entry["isNew"]
    seen = {level.value for name, level in FIELDS.items() if values(entry, name)}
    assert seen == FIELDS_SEEN[who]
    for name, level in FIELDS.items():
        assert (f"old {name}" in str(entry)) == (level.value in FIELDS_SEEN[who])
    assert "secret" not in str(entry)
    assert values(entry, "version") is None


@pytest.mark.parametrize("who", SEEN)
async def test_relations_lead_to_no_hidden_record(hub: Hub, who: str) -> None:
    (entry,) = await history(hub, HOME, VIEWERS[who])
    seen = {level for level in LEVELS if id_of("Instrument", level) in str(entry["changes"][0])}
    assert seen == SEEN[who][0]
    # a text that looks like an id in the log is a text
    _, aliases = values(entry, "aliases") or ([], [])
    assert aliases == ["甲", f'"id":"{id_of("Instrument", "self")}"']


@pytest.mark.parametrize("who", SEEN)
async def test_personal_data_is_masked_or_nothing_and_never_full(hub: Hub, who: str) -> None:
    hub.noted.clear()
    roles, phone = await history(hub, LI, VIEWERS[who])
    is_told = OF_LI[who] in {FULL, MASKED}
    told = (["139****1111"], ["139****5678"]) if is_told else None
    assert (OF_LI[who] == NOTHING) != is_told
    assert values(phone, "phone") == told
    assert values(phone, "email") == (([], ["l***@example.cn"]) if is_told else None)
    assert "13912345678" not in str((roles, phone))
    assert "13900001111" not in str((roles, phone))
    assert hub.noted == []


@pytest.mark.parametrize("who", SEEN)
async def test_who_did_it_and_by_what_is_told_to_the_network_alone(hub: Hub, who: str) -> None:
    viewer = VIEWERS[who]
    roles, _ = await history(hub, LI, viewer)
    is_seen = viewer.rights.in_network
    assert (roles["person"] is not None) == (roles["command"] is not None) == is_seen
    assert roles["by"] == "PERSON"
    # in whose place: that person is to be seen by themselves alone
    assert (roles["principal"] is not None) == (is_seen and viewer.person == ME)
    # a relation of the network, and what only auditors read
    told = [each["field"] for each in roles["changes"]]
    assert told == (["roles"] if is_seen else [])


async def test_what_only_a_role_reads_has_no_history(hub: Hub) -> None:
    assert await history(hub, "cd-diary-1", VIEWERS["an auditor"]) == []


async def test_pages_come_the_latest_first_and_each_entry_once(hub: Hub) -> None:
    seen, after = [], None
    while True:
        found = (await hub.data(ASKED, {"of": LONG, "first": 70, "after": after}))["history"]
        seen += found["edges"]
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
    amounts = [values(each["node"], "budgetCny") for each in seen]
    assert amounts == [([], [f"{number}.0"]) for number in reversed(range(ENTRIES))]
    assert values(seen[0]["node"], "kind") == (["RESEARCH"], [])
    assert {each["node"]["by"] for each in seen} == {"HUB"}


async def test_a_cursor_of_another_records_history_is_refused(hub: Hub) -> None:
    found = await hub.data(ASKED, {"of": LONG, "first": 1})
    given = {"of": HOME, "after": found["history"]["pageInfo"]["endCursor"]}
    assert await hub.refusal(ASKED, given) == "BAD_CURSOR"


async def test_a_page_is_one_statement_that_costs_what_is_on_it(
    hub: Hub, driver: AsyncDriver
) -> None:
    costs = []
    for of, first in ((LI, 2), (LONG, 2), (LONG, 100)):
        hub.statements.clear()
        await history(hub, of, first=first)
        ((statement, parameters),) = hub.statements
        costs.append(await hits(driver, statement, parameters))
    assert costs[1] < costs[2] / 10
    assert costs[1] < 150


async def test_nothing_is_told_of_what_there_is_not(hub: Hub) -> None:
    for of in ("", "cd-person-nobody", "'", "\x00x"):
        answer = await hub.ask(ASKED, {"of": of})
        assert answer.get("data", {"history": {"edges": []}})["history"]["edges"] == []
