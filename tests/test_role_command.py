"""`bashu role`: how the first administrator comes to be, told in both logs."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import orjson
import pytest
from neo4j import AsyncDriver

from graph_store.local_server import server
from tests.graph import DATABASE, empty
from tests.network import Network

CHECKOUT = Path(__file__).parent.parent
Bashu = Callable[..., Awaitable[subprocess.CompletedProcess[str]]]


@pytest.fixture
def bashu(neo4j_server: server.Running, tmp_path: Path) -> Bashu:
    """Runs the command line over the run's Neo4j."""
    settings = {
        "BASHU_NEO4J_URI": neo4j_server.uri,
        "BASHU_NEO4J_USER": neo4j_server.user,
        "BASHU_NEO4J_PASSWORD": neo4j_server.password,
        "BASHU_DATA_DIR": str(tmp_path),
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "cli.py", "role", *words], cwd=CHECKOUT, env=os.environ | settings,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return lambda *words: asyncio.to_thread(run, *words)


async def test_the_first_administrator_is_named_on_the_hubs_machine_and_the_last_one_stays(
    driver: AsyncDriver, bashu: Bashu
) -> None:
    await empty(driver)
    network = Network()
    home = network.institution("home")
    person = network.person("zhang", at=home)
    await network.write(driver)
    words = (person, "platform_admin", "--at", home)
    done = await bashu("grant", *words, "--json")
    assert done.returncode == 0, done.stderr
    assert orjson.loads(done.stdout) == {
        "person": person,
        "role": "platform_admin",
        "institution": home,
        "held": True,
    }
    refused = await bashu("revoke", *words)
    assert refused.returncode == 2
    assert "the last administrator of the platform" in refused.stderr
    told = await driver.execute_query(
        "MATCH (c:Change {nodeId: $id}) MATCH (e:AuditEntry {subject: $id}) RETURN c.actor, c.command, e.actor, e.happened",
        id=person,
        database_=DATABASE,
    )
    assert [list(row) for row in told.records] == [
        ["hub", "grantRole", "command-line", "role_granted"]
    ]


async def test_a_role_that_was_given_by_mistake_is_taken_back(
    driver: AsyncDriver, bashu: Bashu
) -> None:
    await empty(driver)
    network = Network()
    home = network.institution("home")
    person = network.person("zhang", "auditor", home)
    await network.write(driver)
    done = await bashu("revoke", person, "auditor", "--at", home)
    assert done.stdout == f"{person} is no more auditor at {home}\n"
    left = await driver.execute_query("MATCH ()-[h:HOLDS]->() RETURN h", database_=DATABASE)
    assert left.records == []


async def test_a_role_for_nobody_is_refused_with_the_reason(
    driver: AsyncDriver, bashu: Bashu
) -> None:
    await empty(driver)
    done = await bashu("grant", "cd-person-none", "member", "--at", "cd-institution-none")
    assert done.returncode == 2
    assert "There is no Person with the id cd-person-none." in done.stderr
