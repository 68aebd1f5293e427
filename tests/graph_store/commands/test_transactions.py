"""The unit of work: once for a key, one winner of a race, all or nothing, and a log without gaps."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from graph_store.changes import changes
from graph_store.commands import lanes
from graph_store.commands.close import Batch, close
from graph_store.commands.commands import Command, Decision, Needs
from graph_store.commands.drafts import Draft, Seen
from graph_store.commands.errors import BrokenBatch, BrokenDecision
from graph_store.commands.facts import (
    HubIsBusy,
    RecordHasChanged,
    RecordNotFound,
    RequestKeyReused,
    Written,
)
from graph_store.commands.institutions import CREATE_INSTITUTION, EDIT_INSTITUTION
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.records import Create, Edit
from graph_store.commands.transactions import Answer, Store, carry_out
from graph_store.model.institutions import INSTITUTION
from tests.graph_store.commands.conftest import command, written

AskRows = Callable[..., Awaitable[list[Any]]]
New = Callable[..., Awaitable[str]]

SNAPSHOT = "MATCH (n) OPTIONAL MATCH (n)-[e]->() RETURN count(DISTINCT n) * 1000000 + count(e)"
GAPS = "MATCH (s:Sequence {id: 'changes'}) OPTIONAL MATCH (c:Change) WITH s, count(c) AS n, max(c.seq) AS top RETURN [s.last, n, coalesce(top, 0)]"


async def test_the_same_key_twice_is_done_once(lane: Lane, ask: AskRows) -> None:
    given = Create({"name": "成都一所", "kind": "institute"})
    first = await lane.do(command(CREATE_INSTITUTION, given, "twice"))
    second = await lane.do(command(CREATE_INSTITUTION, given, "twice"))
    assert written(first.outcome) == second.outcome
    assert await ask("MATCH (n:Institution {name: '成都一所'}) RETURN count(n)") == [1]


async def test_the_same_key_at_once_from_two_lanes_is_done_once(store: Store, ask: AskRows) -> None:
    given = Create({"name": "成都二所", "kind": "institute"})
    async with open_lane(store) as one, open_lane(store) as other:
        answers = await asyncio.gather(
            *(each.do(command(CREATE_INSTITUTION, given, "at once")) for each in (one, other) * 5)
        )
    assert len({written(answer.outcome) for answer in answers}) == 1
    assert await ask("MATCH (n:Institution {name: '成都二所'}) RETURN count(n)") == [1]


async def test_a_fact_is_kept_with_its_key_too(lane: Lane, new_institution: New) -> None:
    id_ = await new_institution()
    stale = command(EDIT_INSTITUTION, Edit(id_, 7, {"city": "成都"}), "stale")
    assert (await lane.do(stale)).outcome == RecordHasChanged(id_, 1)
    await lane.do(command(EDIT_INSTITUTION, Edit(id_, 1, {"city": "重庆"})))
    assert (await lane.do(stale)).outcome == RecordHasChanged(id_, 1)


async def test_a_key_with_other_content_is_refused(lane: Lane, ask: AskRows) -> None:
    await lane.do(command(CREATE_INSTITUTION, Create({"name": "甲", "kind": "other"}), "reused"))
    again = command(CREATE_INSTITUTION, Create({"name": "乙", "kind": "other"}), "reused")
    assert (await lane.do(again)).outcome == RequestKeyReused("reused")
    assert await ask("MATCH (n:Institution {name: '乙'}) RETURN count(n)") == [0]


async def test_one_of_twenty_edits_of_the_same_version_wins(
    store: Store, new_institution: New, ask: AskRows
) -> None:
    id_ = await new_institution()
    async with open_lane(store) as one, open_lane(store) as other:
        answers = await asyncio.gather(
            *(
                (one, other)[i % 2].do(command(EDIT_INSTITUTION, Edit(id_, 1, {"city": f"城 {i}"})))
                for i in range(20)
            )
        )
    outcomes = [answer.outcome for answer in answers]
    winners = [i for i, outcome in enumerate(outcomes) if isinstance(outcome, Written)]
    assert len(winners) == 1
    assert outcomes.count(RecordHasChanged(id_, 2)) == 19
    assert await ask("MATCH (n:Record {id: $id}) RETURN n.city", id=id_) == [f"城 {winners[0]}"]


async def test_a_dry_run_checks_every_rule_and_leaves_nothing(
    lane: Lane, new_institution: New, ask: AskRows
) -> None:
    id_ = await new_institution()
    before = await ask(SNAPSHOT)
    good = command(EDIT_INSTITUTION, Edit(id_, 1, {"city": "绵阳"}), "dry")
    bad = command(EDIT_INSTITUTION, Edit(id_, 9, {"city": "绵阳"}), "dry and wrong")
    assert written((await lane.do(good, dry_run=True)).outcome).version == 2
    assert (await lane.do(bad, dry_run=True)).outcome == RecordHasChanged(id_, 1)
    assert await ask(SNAPSHOT) == before
    assert await ask("MATCH (n:Record {id: $id}) RETURN n.version", id=id_) == [1]
    assert written((await lane.do(good)).outcome).version == 2


async def test_the_log_has_no_gap_however_many_write_at_once(store: Store, ask: AskRows) -> None:
    async with open_lane(store) as one, open_lane(store) as other:
        await asyncio.gather(
            *(
                (one, other)[i % 2].do(
                    command(CREATE_INSTITUTION, Create({"name": f"所 {i}", "kind": "institute"}))
                )
                for i in range(120)
            )
        )
    [[last, number, top]] = await ask(GAPS)
    assert last == number == top
    log = await changes(store.driver, store.database, 0)
    assert [change.seq for change in log] == list(range(1, last + 1))


async def test_one_bad_command_among_64_spoils_no_other(
    lane: Lane, new_institution: New, ask: AskRows
) -> None:
    id_ = await new_institution()
    commands = [
        command(CREATE_INSTITUTION, Create({"name": f"批次 {i}", "kind": "other"}))
        for i in range(63)
    ]
    commands.insert(31, command(RAISING, id_))
    results = await asyncio.gather(*(lane.do(each) for each in commands), return_exceptions=True)
    assert isinstance(results.pop(31), BrokenDecision)
    assert all(isinstance(answer.outcome, Written) for answer in results)  # type: ignore[union-attr] # no exception is left
    assert await ask("MATCH (n:Institution) WHERE n.name STARTS WITH '批次' RETURN count(n)") == [
        63
    ]
    [[last, number, top]] = await ask(GAPS)
    assert last == number == top


async def test_those_who_were_answered_together_go_together_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    async def counted(
        where: Store, commands: Sequence[Command[Any]], *, time_limit_seconds: float
    ) -> list[Answer]:
        sizes.append(len(commands))
        return await carry_out(where, commands, time_limit_seconds=time_limit_seconds)

    async def client(number: int) -> None:
        for turn in range(10):
            given = Create({"name": f"再来 {number} {turn}", "kind": "other"})
            await lane.do(command(CREATE_INSTITUTION, given))

    monkeypatch.setattr(lanes, "carry_out", counted)
    async with open_lane(store) as lane:
        await asyncio.gather(*(client(number) for number in range(8)))
        assert sum(sizes) == 80
        assert len(sizes) < 16, sizes  # one alone and seven after it would be twenty
        sizes.clear()
        for _ in range(4):
            await lane.do(command(CREATE_INSTITUTION, Create({"name": "独行", "kind": "other"})))
        assert sizes == [1, 1, 1, 1]


async def test_a_fact_after_a_draft_is_a_bug_and_writes_nothing(
    lane: Lane, new_institution: New, ask: AskRows
) -> None:
    id_ = await new_institution()
    with pytest.raises(BrokenDecision, match="drafted, then answered"):
        await lane.do(command(HASTY, id_))
    assert await ask("MATCH (n:Record {id: $id}) RETURN n.city", id=id_) == [None]


async def test_commands_of_one_batch_see_what_those_before_them_did(
    store: Store, new_institution: New
) -> None:
    id_ = await new_institution()
    edits = [command(EDIT_INSTITUTION, Edit(id_, n, {"city": f"城 {n}"})) for n in (1, 2, 2)]
    answers = await carry_out(store, edits, time_limit_seconds=5)
    assert [answer.outcome for answer in answers] == [
        Written("Institution", id_, 2),
        Written("Institution", id_, 3),
        RecordHasChanged(id_, 3),
    ]


async def test_a_row_that_matches_nothing_is_not_passed_over_in_silence(store: Store) -> None:
    batch = Batch(
        links=[{"type": "PART_OF", "start": "cd-institution-no", "end": "x", "properties": {}}]
    )
    async with (
        store.driver.session(database=store.database) as session,
        await session.begin_transaction() as transaction,
    ):
        with pytest.raises(BrokenBatch):
            await close(transaction, batch)


async def test_too_many_waiting_is_a_fact_and_not_kept(store: Store) -> None:
    asked = command(CREATE_INSTITUTION, Create({"name": "忙", "kind": "other"}), "busy")
    async with open_lane(store, waiting_most=3) as lane:
        waiting = [
            asyncio.create_task(
                lane.do(command(CREATE_INSTITUTION, Create({"name": f"忙 {i}", "kind": "other"})))
            )
            for i in range(3)
        ]
        await asyncio.sleep(0)
        assert (await lane.do(asked)).outcome == HubIsBusy(3)
        await asyncio.gather(*waiting)
        assert isinstance((await lane.do(asked)).outcome, Written)


async def test_every_change_says_who_did_what_when(lane: Lane, store: Store) -> None:
    given = Create({"name": "留痕", "kind": "other"})
    done = written((await lane.do(command(CREATE_INSTITUTION, given, "logged"))).outcome)
    log = await changes(store.driver, store.database, 0)
    [change] = [each for each in log if each.node_id == done.id]
    assert (change.actor, change.command) == ("hub", "createInstitution")
    assert (change.request_key, change.noun) == ("logged", "Institution")
    assert change.at == "2026-11-25T01:30:00.000Z"
    assert change.before == {}
    assert change.after["name"] == "留痕"


def _raise(given: str, _seen: Seen, _draft: Draft) -> Written:
    raise ZeroDivisionError(given)


def _hasty(given: str, _seen: Seen, draft: Draft) -> Written | RecordNotFound:
    institution = draft.held(given, INSTITUTION)
    assert institution is not None
    draft.set(institution, {"city": "太早"})
    return RecordNotFound(given, "Institution")


def _needs(given: str) -> Needs:
    return Needs(frozenset({given}))


RAISING = Decision("raise", _needs, _raise, (Written,))
HASTY = Decision("hasty", _needs, _hasty, (Written, RecordNotFound))
