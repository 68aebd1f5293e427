"""`bashu demo load` as a person and a program meet it."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from demo.generator import known_records
from demo.loading import remove
from graph_store.local_server import server
from graph_store.local_server.progress import silent

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
async def cleared(driver: AsyncDriver) -> AsyncIterator[None]:
    """A graph from which the demonstration is gone again afterwards."""
    yield
    await remove(driver, "neo4j", silent)
    ids = [each.id for each in known_records()]
    await driver.execute_query("MATCH (n:Record) WHERE n.id IN $ids DETACH DELETE n", ids=ids)


def bashu(running: server.Running, *arguments: str) -> subprocess.CompletedProcess[str]:
    store = {
        "BASHU_NEO4J_URI": running.uri,
        "BASHU_NEO4J_USER": running.user,
        "BASHU_NEO4J_PASSWORD": running.password,
    }
    return subprocess.run(
        [sys.executable, "cli.py", "demo", "load", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env=os.environ | store,
    )


async def test_it_loads_and_tells_and_refuses(
    driver: AsyncDriver, neo4j_server: server.Running, cleared: None
) -> None:
    done = bashu(neo4j_server, "--scale", "0.001", "--seed", "9", "--force", "--json")
    told = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 0, done.stderr
    assert (told["scale"], told["seed"], told["wasThere"]) == (0.001, 9, False)
    assert told["records"] == sum(told["byNoun"].values())
    assert "Loading people" in done.stderr

    again = bashu(neo4j_server, "--scale", "0.001", "--seed", "9")
    assert again.stdout == "The demonstration of scale 0.001 and seed 9 is there.\n"

    other = bashu(neo4j_server, "--scale", "0.002", "--seed", "9")
    assert other.returncode == 2
    assert "--force" in other.stderr


def test_a_scale_out_of_bounds_is_refused_before_anything_is_asked(
    neo4j_server: server.Running,
) -> None:
    refused = bashu(neo4j_server, "--scale", "0")
    assert refused.returncode == 2
    assert "0.001" in refused.stderr
