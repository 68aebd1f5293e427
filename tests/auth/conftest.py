"""Two opponents, a hub over them, and a browser, for a module's tests of signing on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from graph_store.local_server import server
from tests.auth.hubs import Browser, Hub, agencies_file, hub_over, issuers, lay_out
from tests.auth.issuer import rsa
from tests.auth.opponent import Opponent, opposing


@pytest_asyncio.fixture(scope="module")
async def opponents() -> AsyncIterator[tuple[Opponent, Opponent]]:
    """Providers of the agencies a and b, who behave at the beginning of a module."""
    async with opposing(rsa("a-key")) as one, opposing(rsa("b-key")) as other:
        yield one, other


@pytest_asyncio.fixture(scope="module")
async def hub(
    driver: AsyncDriver,
    neo4j_server: server.Running,
    opponents: tuple[Opponent, Opponent],
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Hub]:
    """A hub with an empty graph but for the two institutions."""
    await lay_out(driver)
    folder = tmp_path_factory.mktemp("hub")
    agencies = agencies_file(folder, **issuers(*opponents))
    async with hub_over(neo4j_server, folder, agencies) as opened:
        yield opened


@pytest.fixture
def a(opponents: tuple[Opponent, Opponent]) -> Opponent:
    """The provider of agency a, which behaves until the test twists it."""
    opponents[0].behave()
    return opponents[0]


@pytest.fixture
def b(opponents: tuple[Opponent, Opponent]) -> Opponent:
    """The provider of agency b."""
    opponents[1].behave()
    return opponents[1]


@pytest_asyncio.fixture
async def browser(hub: Hub) -> AsyncIterator[Browser]:
    """A browser without any cookie."""
    opened = Browser(hub)
    yield opened
    await opened.client.aclose()
