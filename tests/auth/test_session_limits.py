"""Sessions by themselves, over the real graph and a clock that a test sets: limits, trips to the database, what is written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from auth.sessions import Limits, Opening, Sessions, id_of
from auth.watch import Heard, Listener
from graph_store.clock import instant
from graph_store.reads import Run, reader
from graph_store.rights import Rights
from graph_store.sessions import SessionStore
from graph_store.writes import writer
from tests.graph import DATABASE, empty

START = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
PERSON = "cd-person-libing"


class Watching:
    """A watch that a test makes blind."""

    is_fresh = True

    def __init__(self) -> None:
        self.listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Tell this one too."""
        self.listeners.append(listener)

    def tell(self, heard: Heard) -> None:
        """What is new."""
        for listener in self.listeners:
            listener(heard)


class RightsKnown:
    """The rights of everybody, always the same object."""

    async def of(self, holder: str) -> Rights:
        """Theirs."""
        return Rights(PERSON, PERSON) if holder != PERSON else OWN


OWN = Rights(PERSON, PERSON)


class Desk:
    """Sessions over a graph; `asked` counts the trips."""

    def __init__(self, run: Run, write: Any) -> None:
        self.now, self.asked, self.watch = START, 0, Watching()
        self._run = run
        store = SessionStore(self._counted, write)
        limits = Limits(idle=timedelta(hours=8), longest=timedelta(hours=24))
        self.sessions = Sessions(store, self.watch, RightsKnown(), lambda: self.now, limits)

    async def _counted(self, statement: str, parameters: dict[str, Any]) -> list[Any]:
        self.asked += 1
        return await self._run(statement, parameters)

    async def opened(self, spent: str = "once", subject: str = "libing") -> str | None:
        """The secret of a new session."""
        opening = Opening(
            person=PERSON, name="李冰", issuer="https://id.example", subject=subject, sid=f"sid-{spent}",
            agency="sichuan", id_token="header.claims.signature", spent=spent, spent_until=self.now,
        )  # fmt: skip
        return await self.sessions.open(opening)

    async def goes_on(self, secret: str | None) -> bool:
        """Whether the session is one."""
        return await self.sessions.viewer(secret or "") is not None


@pytest_asyncio.fixture(scope="module")
async def graph(driver: AsyncDriver) -> AsyncDriver:
    """One person."""
    await empty(driver)
    await driver.execute_query(
        "CREATE (:Person:Record {id: $id, name: '李冰'})", id=PERSON, database_=DATABASE
    )
    return driver


@pytest_asyncio.fixture
async def desk(graph: AsyncDriver) -> AsyncIterator[Desk]:
    """Over a graph without any session."""
    await graph.execute_query("MATCH (n:Session|Spent) DETACH DELETE n", database_=DATABASE)
    async with reader(graph, DATABASE, 30) as run:
        yield Desk(run, writer(graph, DATABASE, 30))


async def stored(driver: AsyncDriver, secret: str | None) -> dict[str, Any]:
    """The session as the graph has it."""
    found = await driver.execute_query(
        "MATCH (s:Session {id: $id}) RETURN properties(s) AS s", id=id_of(secret or ""), database_=DATABASE
    )  # fmt: skip
    session: dict[str, Any] = found.records[0]["s"]
    return session


async def test_a_session_that_is_known_costs_no_trip_to_the_database(desk: Desk) -> None:
    secret = await desk.opened()
    assert await desk.goes_on(secret)
    asked = desk.asked
    viewers = {id(await desk.sessions.viewer(secret or "")) for _ in range(20)}
    assert (desk.asked, len(viewers)) == (asked, 1)


async def test_while_the_watch_is_blind_the_graph_is_asked_each_time(desk: Desk) -> None:
    secret = await desk.opened()
    assert await desk.goes_on(secret)
    desk.watch.is_fresh = False
    asked = desk.asked
    assert await desk.goes_on(secret)
    assert await desk.goes_on(secret)
    assert desk.asked == asked + 2


async def test_a_session_whose_end_is_heard_of_is_over(desk: Desk, graph: AsyncDriver) -> None:
    secret = await desk.opened()
    assert await desk.goes_on(secret)
    await graph.execute_query("MATCH (s:Session) SET s.endedAt = $at", at=instant(START), database_=DATABASE)  # fmt: skip
    assert await desk.goes_on(secret)  # nobody has told yet
    desk.watch.tell(Heard(ended=frozenset({id_of(secret or "")})))
    assert not await desk.goes_on(secret)


async def test_a_session_ends_when_nobody_has_used_it_for_the_idle_limit(desk: Desk) -> None:
    secret = await desk.opened()
    for _ in range(2):
        desk.now += timedelta(hours=7, minutes=59)
        assert await desk.goes_on(secret)
    desk.now += timedelta(hours=8)
    assert not await desk.goes_on(secret)


async def test_every_session_ends_at_the_absolute_limit_however_much_it_is_used(desk: Desk) -> None:
    secret = await desk.opened()
    for _ in range(23):
        desk.now += timedelta(hours=1)
        assert await desk.goes_on(secret)
    desk.now += timedelta(minutes=59)
    assert await desk.goes_on(secret)
    desk.now += timedelta(minutes=1)
    assert not await desk.goes_on(secret)


async def test_a_session_that_another_worker_has_seen_is_not_idle_here(
    desk: Desk, graph: AsyncDriver
) -> None:
    secret = await desk.opened()
    assert await desk.goes_on(secret)
    later = instant(START + timedelta(hours=7))
    await graph.execute_query("MATCH (s:Session) SET s.lastSeenAt = $at", at=later, database_=DATABASE)  # fmt: skip
    desk.now += timedelta(hours=9)
    assert await desk.goes_on(secret)


async def test_use_is_written_down_at_most_once_a_minute(desk: Desk, graph: AsyncDriver) -> None:
    secret = await desk.opened()
    desk.now += timedelta(seconds=59)
    await desk.goes_on(secret)
    await desk.sessions.write_use()
    assert (await stored(graph, secret))["lastSeenAt"] == instant(START)
    desk.now += timedelta(seconds=1)
    await desk.goes_on(secret)
    await desk.goes_on(secret)
    await desk.sessions.write_use()
    assert (await stored(graph, secret))["lastSeenAt"] == instant(desk.now)


async def test_a_sign_on_opens_one_session_and_no_second(desk: Desk) -> None:
    assert await desk.opened("state") is not None
    assert await desk.opened("state") is None


async def test_of_two_workers_that_finish_one_sign_on_at_once_one_opens_a_session(
    desk: Desk,
) -> None:
    outcomes = await asyncio.gather(*(desk.opened("race") for _ in range(4)))
    assert sum(each is not None for each in outcomes) == 1


async def test_the_id_token_is_read_with_the_browsers_secret_and_not_without(
    desk: Desk, graph: AsyncDriver
) -> None:
    secret = await desk.opened()
    assert await desk.sessions.id_token(secret or "") == "header.claims.signature"
    row = await stored(graph, secret)
    assert "claims" not in row["idToken"]
    assert await desk.sessions.id_token("A" * 43) is None
    await desk.sessions.end(PERSON, [id_of(secret or "")], "SIGNED_OFF")
    assert "idToken" not in await stored(graph, secret)


async def test_nobody_ends_the_session_of_somebody_else(desk: Desk) -> None:
    secret = await desk.opened()
    assert await desk.sessions.end("cd-person-other", [id_of(secret or "")], "SIGNED_OFF") == []
    assert await desk.goes_on(secret)


async def test_what_is_over_is_forgotten_in_time_and_what_goes_on_is_not(
    desk: Desk, graph: AsyncDriver
) -> None:
    old = await desk.opened("old")
    desk.now += timedelta(days=32)
    new = await desk.opened("new")
    await desk.sessions.sweep()
    kept = await graph.execute_query(
        "MATCH (n:Session|Spent) RETURN n.id AS id", database_=DATABASE
    )
    assert {record["id"] for record in kept.records} == {id_of(new or ""), "new"}
    assert not await desk.goes_on(old)


@pytest.mark.parametrize("secret", ["", "A" * 42, "A" * 44, "é" * 43, "A" * 42 + " ", "A" * 43])
async def test_what_is_no_secret_of_a_session_is_nobodys(desk: Desk, secret: str) -> None:
    assert not await desk.goes_on(secret)
