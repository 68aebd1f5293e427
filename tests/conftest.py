"""What the tests stand on: one real Neo4j for the whole run, a driver to it, the shared data."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
from neo4j import AsyncDriver

from graph_store.driver import open_driver
from graph_store.local_server import server
from graph_store.local_server.site import Site

pytest_plugins = ["tests.auth.provider", "tests.demonstration", "tests.slow.laid_out"]

CHECKOUT = Path(__file__).parent.parent
JARS = Site.under(CHECKOUT / ".data").jars

# how fast the machine is says nothing about the code; the quick run is the same each time, the deep one explores
PATIENT = (hypothesis.HealthCheck.too_slow,)
hypothesis.settings.register_profile(
    "quick", max_examples=50, deadline=None, suppress_health_check=PATIENT, derandomize=True
)
hypothesis.settings.register_profile(
    "deep", max_examples=2_000, deadline=None, suppress_health_check=PATIENT
)
hypothesis.settings.load_profile("quick")


@pytest.fixture(scope="session")
def neo4j_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The place of the run's own server; only the fetched jars are shared with the checkout's hub."""
    return Site(jars=JARS, home=tmp_path_factory.mktemp("neo4j"), heap="1g", pagecache="256m")


@pytest.fixture(scope="session")
def neo4j_server(neo4j_site: Site) -> Iterator[server.Running]:
    """The managed Neo4j, started by the code that the hub starts it by; tests isolate by data."""
    try:
        yield server.start(neo4j_site, to_stay=False)
    finally:
        server.stop_if_kept(neo4j_site)


@pytest.fixture(scope="session")
async def driver(neo4j_server: server.Running) -> AsyncIterator[AsyncDriver]:
    """One driver for the whole run, as the hub has one."""
    async with open_driver(neo4j_server.uri, neo4j_server.user, neo4j_server.password) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real records beside the checkout; its tests skip without it, never in CI."""
    folder = CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        assert os.environ.get("CI") != "true", f"{folder} must be there in CI"
        pytest.skip(f"needs {folder}")
    return folder
