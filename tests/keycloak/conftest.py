"""One Keycloak for the run, and two hubs of it: base one and base two."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

import app
from demo.sign_on.plan import write_privately
from graph_store.local_server import server
from tests.auth.hubs import lay_out
from tests.auth.provider import free_port
from tests.conftest import CHECKOUT
from tests.keycloak.server import Keycloak, distribution, running
from tests.serving import listening, settings_over

AGENCY = "sichuan"


@dataclass(frozen=True, slots=True)
class Hubs:
    """The addresses of both, which are clients of the same Keycloak."""

    one: str
    two: str


@pytest.fixture(scope="session")
def keycloak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keycloak]:
    """A real one with a home of its own; the zip is kept beside the jars of Neo4j."""
    zip_ = distribution(CHECKOUT / ".data" / "keycloak")
    with running(zip_, tmp_path_factory.mktemp("keycloak")) as started:
        yield started


@pytest_asyncio.fixture(scope="module")
async def hubs(
    driver: AsyncDriver,
    neo4j_server: server.Running,
    keycloak: Keycloak,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Hubs]:
    """Two hubs over one graph, each a client of its own; a person's session at one is not one at the other."""
    await lay_out(driver)
    async with AsyncExitStack() as stack:
        addresses = [
            await stack.enter_async_context(
                hub(keycloak, neo4j_server, tmp_path_factory.mktemp(base), base)
            )
            for base in ("cd", "cq")
        ]
        yield Hubs(*addresses)


@asynccontextmanager
async def hub(
    keycloak: Keycloak, graph: server.Running, folder: Path, base: str
) -> AsyncIterator[str]:
    """A hub that Keycloak knows as the guide says."""
    client, port = f"bashu-hub-{base}", free_port()
    address = f"http://127.0.0.1:{port}"
    write_privately(folder / "secret", keycloak.register_hub(client, address, AGENCY))
    place = agencies_file(folder, keycloak.issuer, client)
    settings = settings_over(graph, port, folder, base=base, agencies=str(place))
    async with listening(lambda _port: app.build(settings), port) as opened:
        assert opened.address == address
        yield address


def agencies_file(folder: Path, issuer: str, client: str) -> Path:
    """The file of agencies of the guide, with the realm's own names."""
    text = f"""
[agencies.{AGENCY}]
issuer = {json.dumps(issuer)}
client_id = {json.dumps(client)}
client_secret_file = "secret"
speaks_for = ["cd-institution-scast"]
name = "四川省科学技术协会"
name_en = "Sichuan Association for Science and Technology"
domains = ["sichuan.example"]
[agencies.{AGENCY}.claims]
institution = "institution"
roles = "roles"
[agencies.{AGENCY}.roles]
bashu-admin = "institution_admin"
"""
    place = folder / "agencies.toml"
    write_privately(place, text)
    return place
