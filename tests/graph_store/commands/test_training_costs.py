"""What a registration costs does not grow with the registrations that are there: seats are counted, and the waiting list is read, by ranges."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_store.commands.readers import Reader
from graph_store.commands.training_readers import BOOK, PAGE, WAITING
from graph_store.commands.transactions import Store
from tests.graph import DATABASE, replanned

FILLED = """\
CREATE (c:TrainingClass:Record {id: $id})
WITH c UNWIND range(1, $waiting + 100) AS i
CREATE (p:Person:Record {id: $id + '-p' + i})
CREATE (r:Registration:Record {id: $id + '-r' + i, party: $id + i})-[:FOR_CLASS]->(c)
CREATE (r)-[:REGISTERS]->(p)
SET r.state = CASE WHEN i <= 100 THEN 'confirmed' ELSE 'waitlisted' END,
  r.seat = CASE WHEN i <= 100 THEN $id + ' home' + (i % 5) END,
  r.rank = CASE WHEN i > 100 THEN $id + ' 9999 ' + toString(100000 + i) + ' home' + (i % 5) END"""


async def _hits(driver: AsyncDriver, reader: Reader, key: str) -> int:
    found = await driver.execute_query(
        f"PROFILE {reader.statement}", b={"keys": [key], "day": "2026-11-25"}, database_=DATABASE
    )
    return _total(found.summary.profile)


def _total(step: Any) -> int:
    own = step["args"].get("DbHits", 0)
    return int(own + sum(_total(each) for each in step.get("children", ())))


@pytest.mark.parametrize("reader", [BOOK, WAITING], ids=lambda reader: reader.name)
async def test_ten_times_as_many_who_wait_cost_the_same(store: Store, reader: Reader) -> None:
    costs = []
    for waiting in (400, 4_000):
        id_ = f"cd-training_class-{reader.name.replace(' ', '')}{waiting}"
        await store.driver.execute_query(FILLED, id=id_, waiting=waiting, database_=DATABASE)
        await replanned(store.driver)
        costs.append(await _hits(store.driver, reader, f"{id_} " if reader is WAITING else id_))
    assert costs[1] < 1.2 * costs[0]  # a plan may differ by a look at each row of the page
    assert costs[1] < PAGE * 12
