"""Every kind of command, killed at each step and sent again with its key: the graph ends as if nobody had died."""

from __future__ import annotations

import asyncio
import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import orjson
import pytest

import graph_store.commands
from graph_store.commands.commands import Decision
from tests.conftest import CHECKOUT

HERE = Path(__file__).parent
SAMPLE = (HERE / "test_exchange_drafting.py",)
# these hold locks, cut connections or race each other themselves, so that a child would wait for its parent
THEMSELVES = ("races", "interrupted", "transactions", "seats", "stateful", "model", "kills")
OTHERS = ("tests/schema/test_matching.py", "tests/flows/running/test_deliveries.py")


def decisions() -> set[str]:
    """The names of all kinds of commands."""
    modules = [
        import_module(each.name)
        for each in iter_modules(graph_store.commands.__path__, "graph_store.commands.")
    ]
    return {
        each.name
        for module in modules
        for each in vars(module).values()
        if isinstance(each, Decision)
    }


async def ran(folder: Path, files: list[str], *words: str) -> dict[str, Any]:
    """What the plugin tells of a run of these tests, all of which passed."""
    told = folder / "told.json"
    plugin = ("-p", "tests.graph_store.commands.killing", f"--told={told}", *words)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", "-n", "0", "-q", *plugin, *files),
        cwd=CHECKOUT,
        # options of the run that this is part of are not this one's: it would write over its report
        env={name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()[-4000:]
    found: dict[str, Any] = orjson.loads(told.read_bytes())
    return found


async def survives(folder: Path, files: list[str]) -> dict[str, Any]:
    """What was killed; each module left what it leaves when nobody dies."""
    killed, undisturbed = await ran(folder, files), await ran(folder, files, "--undisturbed")
    assert killed["left"].keys() == undisturbed["left"].keys()
    assert not {
        module: found
        for module, left in killed["left"].items()
        if (found := differences(left, undisturbed["left"][module]))
    }
    assert undisturbed["kills"] == 0
    return killed


def differences(one: dict[str, int], other: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Rows that are not there equally often, with how often in each."""
    return {
        row: (one.get(row, 0), other.get(row, 0))
        for row in sorted(one.keys() | other.keys())
        if one.get(row) != other.get(row)
    }


async def test_commands_of_exchanges_survive_a_kill_at_each_step(tmp_path: Path) -> None:
    killed = await survives(tmp_path, [str(each) for each in SAMPLE])
    assert killed["kills"] > len(killed["kinds"]) > 0


@pytest.mark.deep
async def test_every_kind_of_command_survives_a_kill_at_each_step(tmp_path: Path) -> None:
    mine = (each for each in sorted(HERE.glob("test_*.py")) if not each.stem.endswith(THEMSELVES))
    killed = await survives(tmp_path, [*map(str, mine), *OTHERS])
    assert decisions() - set(killed["kinds"]) == set()
