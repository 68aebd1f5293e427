"""Much at once, and those who take nothing: imports, readers under way, a tail that nobody listens to, sockets that are stuck."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from neo4j import AsyncDriver
from starlette.types import Message

from graph_store.reads import reader
from graph_store.same_reads import SameReads
from graph_store.tail import MOST_WAITING, PAGE, Wanted, open_tail
from resolvers.subscriptions import AnswersAlone
from tests.graph import DATABASE
from tests.subscriptions.conftest import ALL, Writer, listened
from tests.web.small_hub import HOST, SmallAnswerer, nobodys_door, small_checks
from web.sockets import PROTOCOL, GraphQLSocket
from web.streams import Streams
from web.trace import begin

IMPORT = """\
MATCH (s:Sequence {id: 'changes'}) WITH s, s.last AS last
UNWIND range(1, $many) AS i
CREATE (:Change {seq: last + i, at: '2026-11-25T08:00:00Z', actor: 'import', command: 'import', requestKey: 'k',
  noun: 'Institution', nodeId: $id, before: '{"name": "x"}', after: '{}'})
WITH s, last, count(*) AS many SET s.last = last + many"""


async def imported(graph: AsyncDriver, id_: str, many: int) -> None:
    """So many changes of one record, committed at once, as an import does."""
    await graph.execute_query(IMPORT, id=id_, many=many, database_=DATABASE)


async def test_an_import_of_many_pages_does_not_drop_who_keeps_taking(
    new_desk: Callable[..., Any], graph: AsyncDriver, writer: Writer
) -> None:
    id_ = await writer.institution("批量导入")
    many = 2 * MOST_WAITING + PAGE // 2
    async with new_desk(most_waiting=MOST_WAITING) as desk, listened(desk, ALL) as heard:
        await imported(graph, id_, many)
        events = await heard(many)
    assert len({event["cursor"] for event in events}) == many


async def test_an_event_is_not_read_by_who_began_before_its_change() -> None:
    begun: list[int] = []
    gate = asyncio.Event()

    async def run(_statement: str, _parameters: dict[str, Any]) -> list[Any]:
        begun.append(len(begun))
        await gate.wait()
        return [begun[-1]]

    same = SameReads(run)
    one, another = (asyncio.create_task(same("RETURN 1", {}, since=7)) for _ in range(2))
    later = asyncio.create_task(same("RETURN 1", {}, since=8))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(one, another, later)
    assert begun == [0, 1]


async def test_who_comes_after_a_silence_is_told_nothing_of_it(
    graph: AsyncDriver, writer: Writer
) -> None:
    run, asked, gate = reader(graph, DATABASE, 30), asyncio.Event(), asyncio.Event()

    async def slow_to_begin(statement: str, parameters: dict[str, Any]) -> list[Any]:
        found = await run(statement, parameters)
        if statement.startswith("// end"):
            asked.set()
            await gate.wait()
        return found

    async with open_tail(slow_to_begin, poll_seconds=0.02) as tail:
        early = tail.follow(Wanted(), None, most=50)
        taking = asyncio.create_task(anext(early))
        await asked.wait()
        taking.cancel()
        with suppress(asyncio.CancelledError):
            await taking
        await early.aclose()
        gate.set()
        await asyncio.sleep(0.1)
        await writer.institution("无人在听")
        late = tail.follow(Wanted(), None, most=50)
        taking = asyncio.create_task(anext(late))
        async with asyncio.timeout(20):
            while not tail.followers:  # noqa: ASYNC110 - a number of the tail, which tells nobody
                await asyncio.sleep(0.01)
        shown = await writer.institution("有人在听")
        assert [entry.node_id for entry in await taking] == [shown]
        await late.aclose()


async def test_a_tail_that_began_in_the_middle_of_a_commit_takes_it_for_no_other_log(
    graph: AsyncDriver, writer: Writer
) -> None:
    run = reader(graph, DATABASE, 30)

    async def sees_the_sequence_first(statement: str, parameters: dict[str, Any]) -> list[Any]:
        found = await run(statement, parameters)
        return [[found[0][0], None]] if statement.startswith("// end") else found

    await writer.institution("提交之中")
    async with open_tail(sees_the_sequence_first, poll_seconds=0.02) as tail:
        following = tail.follow(Wanted(), None, most=50)
        taking = asyncio.create_task(anext(following))
        async with asyncio.timeout(20):
            while not tail.followers:  # noqa: ASYNC110 - a number of the tail, which tells nobody
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        shown = await writer.institution("提交之后")
        assert [entry.node_id for entry in await taking] == [shown]
        await following.aclose()


async def test_a_socket_that_takes_nothing_is_given_up_and_its_place_is_free() -> None:
    streams = Streams(AnswersAlone(SmallAnswerer(small_checks())), 1)
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": "/graphql",
        "subprotocols": [PROTOCOL],
        "headers": [(b"host", HOST.encode())],
        "client": ("127.0.0.1", 1),
        "state": {"streams": streams, "door": nobodys_door()},
    }
    begin(scope, "a request")
    said = iter(['{"type":"connection_init"}'])

    async def receive() -> Message:
        if "connected" not in scope:
            scope["connected"] = True
            return {"type": "websocket.connect"}
        if text := next(said, None):
            return {"type": "websocket.receive", "text": text}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        if message["type"] != "websocket.accept":
            await asyncio.Event().wait()  # the peer's window is closed for ever

    socket = GraphQLSocket(small_checks())
    socket.longest_send_seconds = 0.05
    async with asyncio.timeout(10):
        await socket(scope, receive, send)
    assert streams.connections.total == 0
