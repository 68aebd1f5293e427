"""Events from the change log: which, to whom, how often, and at what price."""

import asyncio
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from graphql import GraphQLError
from neo4j import AsyncDriver

from graph_store.reads import reader
from graph_store.tail import POLL
from resolvers.answer import Answer, Asked
from tests.graph import DATABASE, empty
from tests.subscriptions.conftest import ALL, Desk, Writer, asking, listened, told, until
from tests.viewers import at_home

OF_PEOPLE = "subscription { changes(kinds: [PERSON]) { kind nodeId at isNew __typename } }"
OF_ONE = "subscription ($id: ID!) { nodeChanged(id: $id) { nodeId isNew node { __typename ... on Institution { name version } } } }"
SUBSCRIBERS = 200


async def test_a_change_is_told_with_the_record_as_it_was_selected(
    desk: Desk, writer: Writer
) -> None:
    async with listened(desk, ALL) as heard:
        id_ = await writer.institution("成都信息工程大学")
        await heard(1)
        await writer.edit(id_, 1, name="成信大")
        first, second = await heard(2)
    assert first.pop("cursor") != second.pop("cursor")
    assert first == {
        "nodeId": id_,
        "isNew": True,
        "node": {"id": id_, "name": "成都信息工程大学"},
    }
    assert second == {"nodeId": id_, "isNew": False, "node": {"id": id_, "name": "成信大"}}


async def test_only_the_kinds_that_are_named_are_told(desk: Desk, writer: Writer) -> None:
    async with listened(desk, OF_PEOPLE) as heard:
        await writer.institution()
        id_ = await writer.person()
        (event,) = await heard(1)
    at = event.pop("at")
    assert at.endswith("Z")
    assert event == {"kind": "PERSON", "nodeId": id_, "isNew": True, "__typename": "Change"}


async def test_one_record_is_followed_alone(desk: Desk, writer: Writer) -> None:
    id_, _other = await writer.institution("甲"), await writer.institution("乙")
    async with listened(desk, OF_ONE, id=id_) as heard:
        await writer.institution("丙")
        await writer.edit(id_, 1, name="甲一")
        (event,) = await heard(1)
    node = {"__typename": "Institution", "name": "甲一", "version": 2}
    assert event == {"nodeId": id_, "isNew": False, "node": node}


async def test_a_change_of_a_hidden_record_is_told_to_nobody_else(
    desk: Desk, writer: Writer
) -> None:
    hidden = await writer.institution("内部机构", visibility="institution")
    theirs = at_home((hidden,))
    async with (
        listened(desk, ALL) as anonymous,
        listened(desk, OF_ONE, id=hidden) as of_one,
        listened(desk, ALL, viewer=theirs) as member,
    ):
        await writer.edit(hidden, 1, name="内部机构一")
        shown = await writer.institution("公开机构")
        seen = await member(2)
        assert [each["nodeId"] for each in seen] == [hidden, shown]
        (event,) = await anonymous(1)
        assert event["nodeId"] == shown
        assert of_one.data == []


async def test_rights_are_asked_anew_for_each_batch(desk: Desk, writer: Writer) -> None:
    hidden = await writer.institution("时隐时现", visibility="institution")
    async with listened(desk, OF_ONE, id=hidden) as heard:
        await writer.edit(hidden, 1, visibility="public")
        await heard(1)
        await writer.edit(hidden, 2, visibility="institution")
        await writer.edit(hidden, 3, name="看不见了")
        await desk_has_looked(desk)
        assert len(heard.data) == 1
        desk.viewer = at_home((hidden,))  # an agreement came into force
        await writer.edit(hidden, 4, name="又看得见")
        assert (await heard(2))[1]["node"]["name"] == "又看得见"


async def test_a_change_without_its_record_asks_for_the_rights_all_the_same(
    desk: Desk, writer: Writer
) -> None:
    async with listened(desk, "subscription { changes { nodeId } }") as heard:
        await writer.institution("秘密", visibility="institution")
        shown = await writer.institution("公开")
        assert await heard(1) == [{"nodeId": shown}]


async def test_many_subscribers_share_one_tail_and_one_read(desk: Desk, writer: Writer) -> None:
    begun = [await desk.begin(ALL) for _ in range(SUBSCRIBERS)]
    taking = [asyncio.create_task(anext(events)) for events in begun]
    await desk.listening(SUBSCRIBERS)
    desk.counted.statements.clear()
    id_ = await writer.institution("众人瞩目")
    events = await asyncio.gather(*taking)
    reads, looks = desk.counted.reads, desk.counted.looks
    before = desk.counted.looks
    await desk_has_looked(desk)
    for each in begun:
        await each.aclose()
    assert {told(event)["nodeId"] for event in events} == {id_}
    assert reads == 1
    assert looks >= 1
    assert desk.counted.looks - before < SUBSCRIBERS  # one poller looks, not each of them


async def test_nobody_listening_costs_nothing(desk: Desk, writer: Writer) -> None:
    async with listened(desk, ALL):
        await desk_has_looked(desk)
    await asyncio.sleep(0.1)
    desk.counted.statements.clear()
    await writer.institution()
    await asyncio.sleep(0.2)
    assert desk.counted.statements == []
    async with listened(desk, ALL) as heard:
        shown = await writer.institution("之后")
        assert (await heard(1))[0]["nodeId"] == shown


async def test_a_look_that_finds_nothing_costs_next_to_nothing(
    graph: AsyncDriver, writer: Writer
) -> None:
    for _ in range(30):
        await writer.institution()
    found = await graph.execute_query(
        "MATCH (s:Sequence {id: 'changes'}) RETURN s.last", database_=DATABASE
    )
    last = found.records[0][0]
    looked = reader(graph, DATABASE, 30).profiled(POLL, {"after": last, "limit": 1_001})
    (rows,), did = await looked
    assert len(rows) == 1
    assert did.all_hits < 25


async def test_while_the_store_is_away_subscribers_wait_and_miss_nothing(
    desk: Desk, writer: Writer
) -> None:
    async with listened(desk, ALL) as heard:
        desk.counted.is_away = True
        ids = [await writer.institution(f"离线 {i}") for i in range(5)]
        await asyncio.sleep(0.2)
        assert heard.data == []
        desk.counted.is_away = False
        assert [each["nodeId"] for each in await heard(5)] == ids


async def test_a_subscriber_who_takes_too_slowly_is_dropped_and_told_how_to_resume(
    new_desk: Callable[..., Any], writer: Writer
) -> None:
    async with new_desk(most_waiting=10) as desk:
        slow = await desk.begin(ALL)
        taking = asyncio.create_task(anext(slow))
        await desk.listening()
        await writer.institution("第一")
        first = await taking
        async with listened(desk, ALL) as quick:
            ids = []
            for number in range(30):
                ids.append(await writer.institution(f"洪水 {number}"))
                await quick(number + 1)  # nobody else is harmed
            await desk.listening(1)
        with pytest.raises(GraphQLError) as dropped:
            await anext(slow)
        assert dropped.value.extensions is not None
        assert dropped.value.extensions["code"] == "TOO_SLOW"
        after = dropped.value.extensions["after"]
        assert after == first.cursor
        async with listened(desk, ALL, after=after) as resumed:
            assert [each["nodeId"] for each in await resumed(30)] == ids


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('subscription { changes(after: "nonsense") { cursor } }', "BAD_CURSOR"),
        ('subscription { changes(after: "") { cursor } }', "BAD_CURSOR"),
        (
            "subscription { changes { node { ... on Institution { people(first: 5000) { nodes { id } } } } } }",
            "BAD_ARGUMENT",
        ),
    ],
)
async def test_a_subscription_that_cannot_be_answered_is_refused_before_it_begins(
    desk: Desk, text: str, code: str
) -> None:
    assert await desk.refusal(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "subscription ($yes: Boolean = true) { changes @skip(if: $yes) { cursor } }",
        "subscription { changes { cursor } other: changes { cursor } }",
        "subscription { __typename }",
        "subscription { changes { before } }",
    ],
)
async def test_a_subscription_that_is_not_valid_is_refused(desk: Desk, text: str) -> None:
    begun = await desk.subscriptions.begin(Asked(text, None, {}), lambda: asking(desk.viewer))
    assert isinstance(begun, Answer)
    assert begun.kind == "refused"


async def test_a_cursor_of_another_question_is_refused(desk: Desk) -> None:
    page = await desk.subscriptions.begin(
        Asked("{ institutions(first: 1) { edges { cursor } } }", None, {}),
        lambda: asking(desk.viewer),
    )
    assert isinstance(page, Answer)
    (edge,) = orjson.loads(page.body)["data"]["institutions"]["edges"]
    assert await desk.refusal(ALL, after=edge["cursor"]) == "BAD_CURSOR"


async def test_a_subscription_is_not_run_as_a_question(desk: Desk) -> None:
    answer = await desk.subscriptions.engine.answer(Asked(ALL, None, {}), desk.viewer)
    (error,) = orjson.loads(answer.body)["errors"]
    assert error["extensions"]["code"] == "SUBSCRIPTION_NEEDS_A_STREAM"


async def test_a_value_that_is_not_as_declared_is_named_with_its_path(
    desk: Desk, graph: AsyncDriver, writer: Writer
) -> None:
    events = await desk.begin(
        "subscription { event: changes { nodeId node { ... on Institution { kind } } } }"
    )
    taking = asyncio.create_task(anext(events))
    await desk.listening()
    desk.counted.is_away = True
    id_ = await writer.institution()
    await graph.execute_query(
        "MATCH (n:Record {id: $id}) SET n.kind = 'castle'", id=id_, database_=DATABASE
    )
    desk.counted.is_away = False
    body = orjson.loads((await taking).body)
    await events.aclose()
    assert body["data"] == {"event": {"nodeId": id_, "node": None}}
    assert body["errors"][0]["path"] == ["event", "node", "kind"]


async def test_a_cursor_that_the_log_no_longer_reaches_is_too_old(
    desk: Desk, graph: AsyncDriver, writer: Writer
) -> None:
    async with listened(desk, ALL) as heard:
        await writer.institution()
        await writer.institution()
        first, second = await heard(2)
    await graph.execute_query(
        "MATCH (c:Change {nodeId: $id}) MATCH (old:Change) WHERE old.seq <= c.seq DELETE old",
        id=first["nodeId"],
        database_=DATABASE,
    )
    assert await desk.refusal(ALL, after=first["cursor"]) == "CURSOR_IS_TOO_OLD"
    async with listened(desk, ALL, after=second["cursor"]) as resumed:
        shown = await writer.institution()
        assert (await resumed(1))[0]["nodeId"] == shown


async def test_a_graph_that_was_replaced_ends_its_subscriptions_and_cursors(
    desk: Desk, graph: AsyncDriver, writer: Writer
) -> None:
    events = await desk.begin(ALL)
    taking = asyncio.create_task(anext(events))
    await desk.listening()
    await writer.institution()
    last = await taking
    taking = asyncio.create_task(anext(events))
    await desk_has_looked(desk)
    number = desk.tail._place.seq
    desk.counted.is_away = True
    await empty(graph)
    for _ in range(number):
        await writer.institution()
    desk.counted.is_away = False
    with pytest.raises(GraphQLError, match="begin anew"):
        await taking
    assert await desk.refusal(ALL, after=last.cursor) == "BAD_CURSOR"


async def desk_has_looked(desk: Desk) -> None:
    """Wait until the tail has looked twice from here and nothing is being read: what was committed before is told."""
    counted = desk.counted
    looks = counted.looks
    await until(lambda: counted.looks >= looks + 2)
    await asyncio.sleep(0.1)  # whoever was handed a change has begun to read
    await until(lambda: not counted.under_way)
    await asyncio.sleep(0.1)  # and has told what was read
