"""A kill at each step of the work, then `reconcile`: the end is that of an undisturbed run."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from flows.deployments import FLOWS
from graph_store.local_server import server
from tests.conftest import CHECKOUT
from tests.flows.running.post_office import post_office, program
from tests.flows.running.scenarios import SCENARIOS

DOUBTFUL = ["email", "doubtful"]
SAMPLE = 16  # every so many steps in the quick run, of these
SAMPLED = ("advance_exchanges", "close_classes", "deliver_notices", "issue_certificates")


async def matrix(folder: Path, *words: str) -> list[dict[str, Any]]:
    """What the launcher says of each step, the undisturbed run first."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.flows.running.crashing",
        *words,
        cwd=CHECKOUT,
        env=os.environ | {"BASHU_DATA_DIR": str(folder)},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    # HiGHS 1.16 says its name there as it is made, whatever its options are
    told = [line for line in output.splitlines() if line.startswith(b"{")]
    return [orjson.loads(line) for line in told]


async def survives(
    name: str, every: int, running: server.Running, folder: Path
) -> list[dict[str, Any]]:
    """The steps, each of which ended as the undisturbed run did."""
    with post_office() as office:
        async with program() as called:
            words = (running.uri, running.password, str(office.port), called.url, name, str(every))
            undisturbed, *steps = await matrix(folder, *words)
    assert not undisturbed["killed"]
    assert undisturbed["left"] == []
    letters = Counter(str(letter["To"]).partition("<")[2].rstrip(">") for letter in office.received)
    for step in steps:
        assert step["left"] == [], step
        if name == "deliver_notices":
            _is_delivered(step, undisturbed, letters)
        else:
            assert (step["state"], step["log"]) == (undisturbed["state"], undisturbed["log"]), step
    assert not steps[-1]["killed"]  # the last step is beyond the end of the work
    return steps


def _is_delivered(step: dict[str, Any], undisturbed: dict[str, Any], letters: Counter[str]) -> None:
    """Webhooks are called; a letter went out once, or is doubtful and went out once or never."""
    doubts = [each for each in step["state"] if each == DOUBTFUL]
    assert [
        each if each != DOUBTFUL else ["email", "sent"] for each in step["state"]
    ] == undisturbed["state"], step
    assert letters[step["name"]] in ({0, 1} if doubts else {1}), step


def test_every_flow_has_a_scenario() -> None:
    assert {*SCENARIOS, "send_deliveries"} == set(FLOWS)


@pytest.mark.parametrize("name", SAMPLED)
async def test_a_kill_at_some_steps_changes_nothing_of_the_end(
    name: str, graph: AsyncDriver, neo4j_server: server.Running, tmp_path: Path
) -> None:
    steps = await survives(name, SAMPLE, neo4j_server, tmp_path)
    assert any(step["killed"] for step in steps)


@pytest.mark.deep
@pytest.mark.parametrize("name", sorted(SCENARIOS))
async def test_a_kill_at_any_step_changes_nothing_of_the_end(
    name: str, graph: AsyncDriver, neo4j_server: server.Running, tmp_path: Path
) -> None:
    await survives(name, 1, neo4j_server, tmp_path)
