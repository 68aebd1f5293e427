"""The watch of rights: endings and changes in their order, none twice; another graph, or an hour of blindness, and all is forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from auth.watch import BLIND_SECONDS, Heard, Watch
from graph_store.constraints import apply
from graph_store.endings import ENDINGS
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.writes import Write, writer
from tests.graph import DATABASE, empty

END = f"WITH $ids AS ended {ENDINGS} RETURN ended"
CHANGE = """\
MATCH (s:Sequence {id: 'changes'}) SET s.last = s.last + 1
CREATE (:Change {seq: s.last, noun: 'Person', nodeId: $id}) RETURN s.last"""
AT = "2026-11-25T01:30:00.000Z"


@pytest.fixture
def write(driver: AsyncDriver) -> Write:
    """How the hub writes about itself."""
    return writer(driver, DATABASE, 30)


@pytest.fixture
def heard() -> list[Heard]:
    """What a listener heard."""
    return []


@pytest_asyncio.fixture
async def watch(driver: AsyncDriver, write: Write, heard: list[Heard]) -> AsyncIterator[Watch]:
    """One that looks when a test tells it to; something has ended before it began."""
    await empty(driver)
    await apply(driver, DATABASE, MODEL)
    await write(END, {"ids": ["before"], "at": AT})
    watch = Watch(reader(driver, DATABASE, 30))
    watch.listen(heard.append)
    await watch.begin()
    yield watch


async def test_what_ended_and_what_changed_is_heard_once(
    watch: Watch, write: Write, heard: list[Heard]
) -> None:
    await write(END, {"ids": ["a", "b"], "at": AT})
    await write(CHANGE, {"id": "cd-person-1"})
    await watch.look()
    await watch.look()
    assert heard == [Heard(frozenset({"a", "b"}), frozenset({("Person", "cd-person-1")}))]
    assert watch.is_fresh


async def test_of_nothing_ended_nothing_is_numbered(
    watch: Watch, write: Write, heard: list[Heard]
) -> None:
    assert await write(END, {"ids": [], "at": AT}) == [[]]
    await watch.look()
    assert heard == []


async def test_more_than_a_page_is_heard_before_the_watch_is_fresh(
    watch: Watch, write: Write, heard: list[Heard]
) -> None:
    many = [f"session {number}" for number in range(1_500)]
    await write(END, {"ids": many, "at": AT})
    watch._looked -= 10
    assert (await watch.look(), watch.is_fresh) == (True, False)
    assert (await watch.look(), watch.is_fresh) == (False, True)
    assert {of for each in heard for of in each.ended} == set(many)


async def test_of_another_graph_everything_kept_is_forgotten(
    watch: Watch, driver: AsyncDriver, heard: list[Heard]
) -> None:
    await driver.execute_query(
        "MATCH (s:Sequence) SET s.last = 0 WITH s MATCH (e:Ending) DELETE e", database_=DATABASE
    )
    await watch.look()
    assert heard == [Heard(all=True)]


async def test_after_an_hour_of_blindness_everything_kept_is_forgotten(
    watch: Watch, write: Write, driver: AsyncDriver, heard: list[Heard]
) -> None:
    await write(END, {"ids": ["unheard"], "at": AT})
    await driver.execute_query("MATCH (e:Ending) DELETE e", database_=DATABASE)
    watch._looked -= BLIND_SECONDS + 1
    await watch.look()
    await write(END, {"ids": ["later"], "at": AT})
    await watch.look()
    assert heard == [Heard(all=True), Heard(frozenset({"later"}))]
