"""An empty graph, a lane that writes into it, subscriptions whose statements are counted, and the hub on a port of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio
from graphql import GraphQLSchema
from neo4j import AsyncDriver
from starlette.types import ASGIApp

import app
from auth.viewer import ANONYMOUS, Viewer
from graph_store.clock import system_clock
from graph_store.commands.actors import HUB
from graph_store.commands.facts import Written
from graph_store.commands.institutions import CREATE_INSTITUTION, EDIT_INSTITUTION
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.people import CREATE_PERSON
from graph_store.commands.records import Create, Edit
from graph_store.commands.transactions import Store
from graph_store.errors import StoreIsAway
from graph_store.local_server import server
from graph_store.model import MODEL
from graph_store.reads import Run, reader
from graph_store.tail import Tail, open_tail
from resolvers.answer import Answer, Asked
from resolvers.engine import open_engine
from resolvers.subscriptions import Event, Subscriptions
from schema.root import hub_schema
from tests.graph import DATABASE, empty
from tests.serving import Listening, listening, settings_over
from web.limits import document_checks

PATIENCE_SECONDS = 60.0  # the machine may be busy
ALL = "subscription ($after: String) { changes(after: $after) { cursor nodeId isNew node { id ... on Institution { name } } } }"

_numbers = count(1)


async def until(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Wait for what another task brings about."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is tested tells nobody when it is so
            await asyncio.sleep(0.01)


async def asking(viewer: Viewer = ANONYMOUS) -> Viewer:
    """Whoever asks, as of now."""
    return viewer


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes records as mutations do."""

    lane: Lane

    async def institution(self, name: str = "西南交通大学", **values: Any) -> str:
        """A new institution's id."""
        return await self._done(
            CREATE_INSTITUTION, Create({"name": name, "kind": "university", **values})
        )

    async def person(self, name: str = "李冰") -> str:
        """A new person's id."""
        return await self._done(CREATE_PERSON, Create({"name": name}))

    async def edit(self, id_: str, version: int, **values: Any) -> str:
        """Change an institution."""
        return await self._done(EDIT_INSTITUTION, Edit(id_, version, values))

    async def _done(self, decision: Any, given: Any) -> str:
        command = decision.by(HUB, f"subscriptions {next(_numbers)} {id(_numbers)}", given)
        outcome = (await self.lane.do(command)).outcome
        assert isinstance(outcome, Written), outcome
        return outcome.id


@dataclass(slots=True)
class Counted:
    """A way to read that counts its statements by their first line, and can be away."""

    run: Run
    statements: list[str] = field(default_factory=list)
    is_away: bool = False
    under_way: int = 0
    """Statements that read records and are not answered yet."""

    async def __call__(self, statement: str, parameters: dict[str, Any]) -> list[Any]:
        """As `run`, which fails as a store that is gone does while it is away."""
        if self.is_away:
            raise StoreIsAway("nothing answers")
        first = statement.splitlines()[0]
        self.statements.append(first)
        if first.startswith("//"):
            return await self.run(statement, parameters)
        self.under_way += 1
        try:
            return await self.run(statement, parameters)
        finally:
            self.under_way -= 1

    @property
    def looks(self) -> int:
        """Looks of the tail into the log."""
        return self.statements.count("// tail of the change log")

    @property
    def reads(self) -> int:
        """Statements that read records."""
        return len([each for each in self.statements if not each.startswith("//")])


@dataclass(slots=True)
class Desk:
    """Subscriptions of one process."""

    subscriptions: Subscriptions
    counted: Counted
    tail: Tail
    viewer: Viewer = ANONYMOUS

    async def begin(
        self, text: str, viewer: Viewer | None = None, **variables: Any
    ) -> AsyncGenerator[Event]:
        """The events of a subscription that is not refused."""
        begun = await self.subscriptions.begin(
            Asked(text, None, variables), lambda: asking(viewer or self.viewer)
        )
        assert not isinstance(begun, Answer), begun.body
        return begun

    async def refusal(self, text: str, **variables: Any) -> str:
        """The code of the one error for which nothing begins."""
        begun = await self.subscriptions.begin(Asked(text, None, variables), asking)
        assert isinstance(begun, Answer)
        assert begun.kind == "refused", begun.body
        (error,) = orjson.loads(begun.body)["errors"]
        return str(error["extensions"]["code"])

    async def listening(self, followers: int = 1) -> None:
        """Wait until so many are handed changes as they come."""
        await until(lambda: self.tail.followers == followers)


@asynccontextmanager
async def listened(
    desk: Desk, text: str, *, viewer: Viewer | None = None, **variables: Any
) -> AsyncIterator[Heard]:
    """A subscription that is being listened to from here on, beside any others."""
    followers = desk.tail.followers
    events = await desk.begin(text, viewer, **variables)
    heard = Heard([])
    listening = asyncio.create_task(_hear(events, heard))
    try:
        if "after" not in variables:
            await desk.listening(followers + 1)
        yield heard
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
        await events.aclose()


@dataclass(slots=True)
class Heard:
    """What a subscriber was told so far."""

    data: list[dict[str, Any]]

    async def __call__(self, many: int) -> list[dict[str, Any]]:
        """So many events, as soon as there are as many; more is an error."""
        await until(lambda: len(self.data) >= many)
        assert len(self.data) == many
        return self.data


async def _hear(events: AsyncGenerator[Event], heard: Heard) -> None:
    async for event in events:
        heard.data.append(told(event))


def told(event: Event) -> dict[str, Any]:
    """The data of the event's one field."""
    answer = orjson.loads(event.body)
    assert "errors" not in answer, answer
    ((_, data),) = answer["data"].items()
    return dict(data)


@pytest_asyncio.fixture(scope="module")
async def graph(driver: AsyncDriver) -> AsyncDriver:
    """The graph, wiped once a module: its tests isolate by the records they make."""
    await empty(driver)
    return driver


@pytest_asyncio.fixture(scope="module")
async def writer(graph: AsyncDriver) -> AsyncIterator[Writer]:
    """A lane of a process of its own."""
    async with open_lane(Store(graph, DATABASE, MODEL, "cd", system_clock)) as lane:
        yield Writer(lane)


@pytest_asyncio.fixture(scope="session")
async def schema() -> GraphQLSchema:
    """The whole schema."""
    return hub_schema()


@pytest_asyncio.fixture(scope="session")
async def run(driver: AsyncDriver) -> AsyncIterator[Run]:
    """How all processes of these tests read."""
    async with reader(driver, DATABASE, 30) as opened:
        yield opened


@pytest.fixture
def new_desk(run: Run, graph: AsyncDriver, schema: GraphQLSchema) -> Callable[..., Any]:
    """Opens the subscriptions of a process that looks often."""

    @asynccontextmanager
    async def opened(most_waiting: int = 1_000) -> AsyncIterator[Desk]:
        counted = Counted(run)
        engine = open_engine(
            schema=schema,
            model=MODEL,
            checks=document_checks(introspection=True),
            run=counted,
            cursor_key=b"a key that tests share",
            today=lambda: "2026-11-25",
            most=1_000,
        )
        async with open_tail(counted, poll_seconds=0.02, most_waiting=most_waiting) as tail:
            yield Desk(Subscriptions(engine, tail), counted, tail)

    return opened


@pytest_asyncio.fixture
async def desk(new_desk: Callable[..., Any]) -> AsyncIterator[Desk]:
    """The subscriptions of one process."""
    async with new_desk() as opened:
        yield opened


class Served(Listening):
    """The whole hub on a port of this machine."""

    @property
    def http(self) -> str:
        """The endpoint's address."""
        return f"http://127.0.0.1:{self.port}/graphql"

    @property
    def ws(self) -> str:
        """The endpoint's address as a WebSocket."""
        return f"ws://127.0.0.1:{self.port}/graphql"

    @property
    def tail(self) -> Tail:
        """The tail inside."""
        tail: Tail = self.server.lifespan.state["streams"]._operations.tail
        return tail

    async def listening(self, followers: int) -> None:
        """Wait until so many are handed changes as they come."""
        await until(lambda: self.tail.followers == followers)


@asynccontextmanager
async def served(running: server.Running, data_dir: Path, **given: Any) -> AsyncIterator[Served]:
    """The hub over the test server's graph, started as `bashu serve` starts it."""

    def build(port: int) -> ASGIApp:
        return app.build(settings_over(running, port, data_dir, **({"change_poll": 0.05} | given)))

    async with listening(build) as hub:
        yield Served(hub.port, hub.server, hub.running)


@pytest_asyncio.fixture(scope="module")
async def hub(
    graph: AsyncDriver, neo4j_server: server.Running, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Served]:
    """The hub that a module's tests speak to."""
    async with served(neo4j_server, tmp_path_factory.mktemp("hub")) as opened:
        yield opened
