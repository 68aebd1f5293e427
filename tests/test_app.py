"""The composition root: what it opens, when, and what it answers to."""

import subprocess
import sys
from contextlib import AsyncExitStack

import httpx2
import pytest

import app
from graph_store.errors import StoreIsAway
from resolvers.subscriptions import AnswersAlone
from settings import Settings
from tests.web.small_hub import SmallAnswerer, nobodys_door, served
from web.limits import DocumentChecks
from web.site import State
from web.streams import Streams


class Opened:
    """Opens the small answerer instead of Neo4j and notes when it is opened and closed."""

    def __init__(self) -> None:
        self.events: list[str] = []

    async def __call__(
        self, _settings: Settings, checks: DocumentChecks, stack: AsyncExitStack
    ) -> State:
        """As `app.open_state` does."""
        self.events.append("opened")
        stack.callback(self.events.append, "closed")
        answerer = SmallAnswerer(checks)
        streams = Streams(AnswersAlone(answerer), 0)
        pings = {"store": self.ping}
        return State(answerer=answerer, door=nobodys_door(), streams=streams, pings=pings)

    async def ping(self) -> None:
        """A resource that answers."""
        self.events.append("pinged")


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **({"port": 8000} | given))  # type: ignore[arg-type]  # fields by name


async def test_the_hub_opens_with_its_lifespan_and_closes_after_it() -> None:
    opened = Opened()
    hub = app.build(settings(), opened)
    assert opened.events == []
    async with served(hub) as asgi:
        transport = httpx2.ASGITransport(app=asgi)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://localhost:8000"
        ) as client:
            answer = await client.post("/graphql", json={"query": "{ thing { name } }"})
            ready = await client.get("/readyz")
    assert answer.json() == {"data": {"thing": {"name": "千分尺"}}}
    assert ready.json()["resources"] == {"store": "ready"}
    assert opened.events == ["opened", "pinged", "closed"]


async def test_introspection_is_closed_by_its_setting() -> None:
    hub = app.build(settings(introspection=False), Opened())
    async with served(hub) as asgi:
        transport = httpx2.ASGITransport(app=asgi)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://localhost:8000"
        ) as client:
            answer = await client.post(
                "/graphql", json={"query": "{ __schema { queryType { name } } }"}
            )
    assert answer.json().keys() == {"errors"}


@pytest.mark.parametrize(
    ("public_url", "expected"),
    [
        ("https://hub.example", "hub.example"),
        ("https://hub.example:8443/", "hub.example:8443"),
        ("http://localhost:8000", "localhost:8000"),
    ],
)
def test_the_hub_answers_to_its_public_host_and_this_machine(
    public_url: str, expected: str
) -> None:
    assert app.hosts(public_url, 8000) == {
        expected,
        "localhost:8000",
        "127.0.0.1:8000",
        "[::1]:8000",
    }


async def test_a_store_that_is_away_at_the_start_is_said() -> None:
    hub = app.build(settings(neo4j_uri="bolt://127.0.0.1:1"))
    with pytest.raises(StoreIsAway):
        async with served(hub):
            pass


def test_importing_the_hub_opens_and_reads_nothing() -> None:
    watched = (
        "import sys, socket\n"
        "sys.addaudithook(lambda event, args: event.startswith('socket.') and sys.exit(event))\n"
        "import app\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watched], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
