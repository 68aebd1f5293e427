"""Two processes at the same instant: of two commands one does it, whichever comes first.

What one of them leaves differs from run to run, so that this module is none of those that are killed and compared.
"""

from __future__ import annotations

import asyncio

from graph_store.commands.actors import HUB
from graph_store.commands.import_runs import RETRY_IMPORT, Retry
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.transactions import Store
from tests.graph_store.commands.conftest import Appointed, Ask, Owing
from tests.graph_store.commands.importing import an_import
from tests.graph_store.commands.petitions import DECIDE_TASK, deciding_on


async def test_of_two_who_decide_at_once_in_two_processes_one_does(
    store: Store, appointed: Appointed, owed: Owing
) -> None:
    first, home = await appointed("approver")
    second, _ = await appointed("approver", at=home)
    one = await owed(home)
    given = deciding_on(one.task, one.record)
    async with open_lane(store) as left, open_lane(store) as right:
        answers = await asyncio.gather(
            left.do(DECIDE_TASK.by(first, f"one {one.task}", given)),
            right.do(DECIDE_TASK.by(second, f"two {one.task}", given)),
        )
    kinds = sorted(type(each.outcome).__name__ for each in answers)
    assert kinds == ["TaskIsSettled", "Written"]


async def test_asked_for_at_the_same_instant_in_two_processes_it_is_one(
    lane: Lane, store: Store, ask: Ask
) -> None:
    id_ = await an_import(ask)
    async with open_lane(store) as other:
        commands = [RETRY_IMPORT.by(HUB, f"{each} {id_}", Retry(id_)) for each in range(8)]
        lanes = (lane, other)
        answers = await asyncio.gather(
            *(lanes[at % 2].do(each) for at, each in enumerate(commands))
        )
    assert len({each.outcome.id for each in answers}) == 1
    tried = await ask("MATCH (:Import {id: $id})<-[:RETRIES]-(i) RETURN i.id", id=id_)
    assert tried == [answers[0].outcome.id]
