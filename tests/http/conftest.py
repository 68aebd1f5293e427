"""The real hub behind a real server, and other people's tools, which Node runs."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from starlette.types import ASGIApp

import app
from graph_store.local_server import server
from tests.serving import listening, settings_over

HERE = Path(__file__).parent
TOOL_SECONDS = 120

Node = Callable[..., Awaitable[str]]


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs a script or tool of this folder: words → what it printed."""
    program = shutil.which("node")
    assert program, (
        "These tests run Node.js 20 or newer; install it, for example: apt-get install -y nodejs npm"
    )
    assert (HERE / "node_modules").is_dir(), (
        "Their npm packages are missing; run: npm --prefix tests/http ci"
    )

    async def run(*words: str, cwd: Path = HERE) -> str:
        process = await asyncio.create_subprocess_exec(
            program, *words, cwd=cwd, env=os.environ | {"NO_COLOR": "1"},
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        output, _ = await asyncio.wait_for(process.communicate(), TOOL_SECONDS)
        assert process.returncode == 0, output.decode()
        return output.decode()

    return run


@pytest_asyncio.fixture(scope="session")
async def hub_address(
    neo4j_server: server.Running, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    """The whole hub over the session's Neo4j."""
    folder = tmp_path_factory.mktemp("hub")

    def build(port: int) -> ASGIApp:
        return app.build(settings_over(neo4j_server, port, folder))

    async with listening(build) as hub:
        yield hub.address
