"""Whatever dies in the middle of a unit of work: nothing is half written, no lock stays, the same key finishes it."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from neo4j import AsyncTransaction
from neo4j.exceptions import IncompleteCommit, Neo4jError, ServiceUnavailable

from graph_store.commands.close import hold
from graph_store.commands.errors import OutcomeUnknown
from graph_store.commands.institutions import CREATE_INSTITUTION, EDIT_INSTITUTION
from graph_store.commands.lanes import Lane
from graph_store.commands.records import Create, Edit
from graph_store.commands.retry import retried
from graph_store.commands.rows import tie
from graph_store.commands.transactions import Store
from graph_store.errors import StoreIsAway
from graph_store.local_server.server import Running
from tests.graph_store.commands.conftest import command, written
from tests.graph_store.commands.half_a_command import half

Ask = Callable[..., Awaitable[list[Any]]]
New = Callable[..., Awaitable[str]]

HALF = Path(__file__).parent / "half_a_command.py"
GAPS = "MATCH (s:Sequence {id: 'changes'}) OPTIONAL MATCH (c:Change) WITH s, count(c) AS n, max(c.seq) AS top RETURN [s.last, n, top]"
WAITING = "SHOW TRANSACTIONS YIELD transactionId, metaData WHERE metaData.name = 'command' RETURN transactionId"


async def test_a_process_killed_before_its_commit_leaves_nothing(
    neo4j_server: Running, lane: Lane, new_institution: New, ask: Ask
) -> None:
    id_ = await new_institution()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HALF),
        neo4j_server.uri,
        str(neo4j_server.user),
        str(neo4j_server.password),
        id_,
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"written\n"
    process.kill()
    await process.wait()
    assert await ask("MATCH (n:Record {id: $id}) RETURN [n.city, n.version]", id=id_) == [[None, 1]]
    assert await ask("MATCH (k:Request) WHERE k.id ENDS WITH $id RETURN k", id=id_) == []
    assert written((await lane.do(half(id_))).outcome).version == 2
    [[last, number, top]] = await ask(GAPS)
    assert last == number == top


async def test_a_transaction_ended_by_the_server_is_run_again_and_written_once(
    store: Store, lane: Lane, new_institution: New, ask: Ask
) -> None:
    id_ = await new_institution()
    async with (
        store.driver.session(database=store.database) as session,
        await session.begin_transaction() as rival,
    ):
        await hold(rival, [id_])
        edit = command(EDIT_INSTITUTION, Edit(id_, 1, {"city": "自贡"}))
        waiting = asyncio.create_task(lane.do(edit))
        ended = await _one(ask, WAITING)
        await ask("TERMINATE TRANSACTIONS $ids", ids=[ended])
        await rival.rollback()
    assert written((await waiting).outcome).version == 2
    [[last, number, top]] = await ask(GAPS)
    assert last == number == top


async def test_a_lock_held_elsewhere_delays_only_who_wants_it(
    store: Store, lane: Lane, new_institution: New
) -> None:
    id_ = await new_institution()
    async with (
        store.driver.session(database=store.database) as session,
        await session.begin_transaction() as rival,
    ):
        await hold(rival, [id_])
        stuck = asyncio.create_task(
            lane.do(command(EDIT_INSTITUTION, Edit(id_, 1, {"city": "广安"})))
        )
        await asyncio.sleep(3)
        await lane.do(command(CREATE_INSTITUTION, Create({"name": "不相干", "kind": "other"})))
        assert not stuck.done()
        await rival.rollback()
    assert written((await stuck).outcome).version == 2


async def test_two_units_that_lock_each_other_out_are_both_done(
    store: Store, lane: Lane, new_institution: New
) -> None:
    """The rival takes the locks against the order; the store ends one, and the retry finishes it."""
    first, second = sorted([await new_institution(), await new_institution()])
    async with store.driver.session(database=store.database) as session:
        rival = await session.begin_transaction()
        await hold(rival, [second])
        edit = command(
            EDIT_INSTITUTION,
            Edit(first, 1, {"city": "达州"}, {"parents": (tie("parents", second),)}),
        )
        waiting = asyncio.create_task(lane.do(edit))
        await asyncio.sleep(0.3)
        await _hold_or_give_way(rival, first)
    assert written((await waiting).outcome).version == 2


async def test_a_connection_lost_while_committing_is_an_outcome_unknown() -> None:
    async def lost() -> None:
        raise IncompleteCommit("gone")

    with pytest.raises(OutcomeUnknown):
        await retried(lost)


async def test_a_store_that_stays_away_is_said_to_be_after_a_few_attempts() -> None:
    attempts = []

    async def away() -> None:
        attempts.append(monotonic())
        raise ServiceUnavailable("gone")

    with pytest.raises(StoreIsAway):
        await retried(away)
    assert len(attempts) == 7
    assert attempts[-1] - attempts[0] < 5


async def _hold_or_give_way(rival: AsyncTransaction, id_: str) -> None:
    try:
        await hold(rival, [id_])
        await rival.rollback()
    except Neo4jError:
        await rival.close()


async def _one(ask: Ask, statement: str) -> Any:
    """The first row, once there is one."""
    for _ in range(200):
        if found := await ask(statement):
            return found[0]
        await asyncio.sleep(0.01)
    raise AssertionError(f"nothing came of {statement}")
