"""What follows a command: the log is tailed without a gap, errands are leased by one at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from datetime import timedelta
from typing import Any

from graph_store.changes import changes
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Seen
from graph_store.commands.facts import RecordNotFound, Written
from graph_store.commands.institutions import CREATE_INSTITUTION
from graph_store.commands.lanes import open_lane
from graph_store.commands.records import Create
from graph_store.commands.transactions import Store
from graph_store.model.institutions import INSTITUTION
from graph_store.outbox import Errand, Outbox
from graph_store.reads import reader
from graph_store.tail import Entry, Place, Wanted, open_tail
from tests.graph_store.commands.conftest import NOW, command

Ask = Callable[..., Awaitable[list[Any]]]
New = Callable[..., Awaitable[str]]

LEASE = timedelta(seconds=30)


async def test_a_tail_sees_every_change_once_and_in_order(store: Store) -> None:
    log = await changes(store.driver, store.database, 0)
    begin = log[-1].seq if log else 0
    tail = asyncio.create_task(_tail(store, begin, 60))
    async with open_lane(store) as one, open_lane(store) as other:
        await asyncio.gather(
            *(
                (one, other)[i % 2].do(
                    command(CREATE_INSTITUTION, Create({"name": f"尾随 {i}", "kind": "other"}))
                )
                for i in range(60)
            )
        )
    seen = await asyncio.wait_for(tail, 30)
    written = await changes(store.driver, store.database, begin)
    assert [entry.seq for entry in seen] == list(range(begin + 1, begin + 61))
    assert [entry.node_id for entry in seen] == [change.node_id for change in written]
    assert {change.after["name"] for change in written} == {f"尾随 {i}" for i in range(60)}


async def test_a_page_of_changes_begins_after_the_one_given(store: Store) -> None:
    log = await changes(store.driver, store.database, 0, most=5)
    after = await changes(store.driver, store.database, log[1].seq, most=2)
    assert after == log[2:4]


async def test_an_errand_is_written_with_its_command_and_leased_once(
    store: Store, new_institution: New, ask: Ask
) -> None:
    id_ = await new_institution()
    async with open_lane(store) as lane:
        await lane.do(command(TELLING, id_, "tell"))
        await lane.do(command(TELLING, id_, "tell"))
    outbox = Outbox(store.driver, store.database)
    leased = await asyncio.gather(*(outbox.lease(NOW, LEASE) for _ in range(4)))
    assert [errand for errands in leased for errand in errands] == [
        Errand(f"greet {id_}", "greet", id_, 1)
    ]
    [again] = await outbox.lease(NOW + 2 * LEASE, LEASE)
    assert again.leases == 2
    await outbox.due_again([again.id], NOW + 10 * LEASE)
    assert await outbox.lease(NOW + 9 * LEASE, LEASE) == []
    await outbox.done([again.id], NOW)
    assert await outbox.lease(NOW + 90 * LEASE, LEASE) == []
    assert await ask("MATCH (o:Outbox) RETURN [o:Due, o.doneAt IS NOT NULL]") == [[False, True]]


async def _tail(store: Store, after: int, number: int) -> list[Entry]:
    seen: list[Entry] = []
    async with (
        reader(store.driver, store.database, 30) as run,
        open_tail(run, poll_seconds=0.02) as tail,
        aclosing(tail.follow(Wanted(), Place(after, None), most=7)) as batches,
    ):
        async for batch in batches:
            seen += batch
            if len(seen) >= number:
                break
    return seen


def _tell(given: str, _seen: Seen, draft: Draft) -> Written | RecordNotFound:
    institution = draft.held(given, INSTITUTION)
    if institution is None:
        return RecordNotFound(given, INSTITUTION.name)
    draft.tell(f"greet {given}", "greet", given, NOW)
    return Written(INSTITUTION.name, given, institution.version)


TELLING = Decision(
    "tell", lambda given: Needs(frozenset({given})), _tell, (Written, RecordNotFound)
)
