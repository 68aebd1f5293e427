"""Whoever resumes misses nothing and is told nothing twice, whatever is written meanwhile."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

import orjson
from neo4j import AsyncDriver

from graph_store.clock import system_clock
from graph_store.commands.lanes import open_lane
from graph_store.commands.transactions import Store
from graph_store.model import MODEL
from tests.graph import DATABASE
from tests.subscriptions.conftest import ALL, Desk, Writer, listened, told, until

WRITERS = 3
EACH_WRITES = 60
SUBSCRIBERS = 6


async def test_dropped_connections_lose_and_double_nothing_while_others_write(
    new_desk: Callable[..., Any], graph: AsyncDriver, writer: Writer
) -> None:
    chance = random.Random(20200415)  # noqa: S311 - where connections break, the same each run
    async with new_desk() as one, new_desk() as other:
        first = await begun(one, writer)
        reading = [
            asyncio.create_task(read_with_breaks((one, other), first, chance))
            for _ in range(SUBSCRIBERS)
        ]
        written = await write_at_once(graph)
        await writer.institution("尾声")
        seen = await asyncio.gather(*reading)
    for each in seen:
        assert len(each) == len(set(each)), "told twice"
        assert set(each) == written, "lost, or more than was written"
        assert each == seen[0], "in another order"


async def begun(desk: Desk, writer: Writer) -> str:
    """The cursor of a change just made."""
    async with listened(desk, ALL) as heard:
        await writer.institution("序幕")
        ((event),) = await heard(1)
    return str(event["cursor"])


async def write_at_once(graph: AsyncDriver) -> set[str]:
    """What several processes wrote, each through a lane of its own."""
    store = Store(graph, DATABASE, MODEL, "cd", system_clock)

    async def write(number: int) -> list[str]:
        async with open_lane(store) as lane:
            own = Writer(lane)
            return [await own.institution(f"并发 {number} {i}") for i in range(EACH_WRITES)]

    return {id_ for ids in await asyncio.gather(*map(write, range(WRITERS))) for id_ in ids}


async def read_with_breaks(
    desks: tuple[Desk, Desk], after: str, chance: random.Random
) -> list[str]:
    """The ids told, over many short connections, each to either process and broken after some events."""
    ids: list[str] = []
    while True:
        events = await chance.choice(desks).begin(ALL, after=after)
        try:
            for _ in range(chance.randint(1, 25)):
                event = await anext(events)
                after, change = event.cursor, told(event)
                if change["node"]["name"] == "尾声":
                    return ids
                ids.append(change["nodeId"])
        finally:
            await events.aclose()


async def test_a_long_replay_is_read_page_by_page_and_joins_the_tail(
    new_desk: Callable[..., Any], writer: Writer
) -> None:
    async with new_desk(most_waiting=20) as desk:
        first = await begun(desk, writer)
        ids = list(await asyncio.gather(*(writer.institution(f"重放 {i}") for i in range(300))))
        async with listened(desk, ALL, after=first) as heard:
            await heard(
                300
            )  # fifteen times what may wait for a subscriber: nobody waits while reading
            await desk.listening()
            last = await writer.institution("此后")
            seen = [each["nodeId"] for each in await heard(301)]
    assert sorted(seen[:-1]) == sorted(ids)
    assert seen[-1] == last


async def test_kinds_and_single_records_are_resumed_too(desk: Desk, writer: Writer) -> None:
    first = await begun(desk, writer)
    id_ = await writer.institution("一号")
    person = await writer.person()
    await writer.edit(id_, 1, name="二号")
    of_kind = "subscription ($after: String) { changes(after: $after, kinds: [PERSON]) { nodeId } }"
    of_one = "subscription ($after: String, $id: ID!) { nodeChanged(id: $id, after: $after) { nodeId isNew } }"
    async with (
        listened(desk, of_kind, after=first) as people,
        listened(desk, of_one, after=first, id=id_) as one,
    ):
        assert await people(1) == [{"nodeId": person}]
        assert await one(2) == [{"nodeId": id_, "isNew": True}, {"nodeId": id_, "isNew": False}]
        await writer.edit(id_, 2, name="三号")
        await one(3)


async def test_a_replay_waits_for_a_store_that_is_away(desk: Desk, writer: Writer) -> None:
    first = await begun(desk, writer)
    id_ = await writer.institution("稍后")
    events = await desk.begin(ALL, after=first)
    desk.counted.is_away = True
    taking = asyncio.create_task(anext(events))
    await asyncio.sleep(0.2)
    assert not taking.done()
    desk.counted.is_away = False
    event = await taking
    await events.aclose()
    assert orjson.loads(event.body)["data"]["changes"]["nodeId"] == id_
    await until(lambda: desk.tail.followers == 0)
