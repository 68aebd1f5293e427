"""A client of the hub's site, with the answerer as a fixture so that any other can take its place."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from resolvers.answer import Answerer
from tests.web.small_hub import HOST, SmallAnswerer, served, small_checks, small_site


@pytest.fixture
def answerer() -> Answerer:
    """What answers the questions."""
    return SmallAnswerer(small_checks())


@pytest.fixture
async def client(answerer: Answerer) -> AsyncIterator[httpx2.AsyncClient]:
    """Speaks to the site without a network."""
    async with served(small_site(answerer)) as app:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            yield client
