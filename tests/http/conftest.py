"""The real hub behind a real server, and other people's tools, which Node runs."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from starlette.types import ASGIApp

import app
from graph_store.local_server import server
from settings import Settings

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


@asynccontextmanager
async def listening(build: Callable[[int], ASGIApp]) -> AsyncIterator[str]:
    """The address at which a server, as `bashu serve` starts it, serves what `build(port)` gives."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(
            build(port), log_config=None, access_log=False, proxy_headers=False, lifespan="on"
        )
        serving = uvicorn.Server(config)
        task = asyncio.create_task(serving.serve(sockets=[listener]))
        while not serving.started:
            assert not task.done(), "the server did not start"
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.should_exit = True
            await task


@pytest_asyncio.fixture(scope="session")
async def hub_address(
    neo4j_server: server.Running, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    """The whole hub over the session's Neo4j."""
    folder = tmp_path_factory.mktemp("hub")

    def build(port: int) -> ASGIApp:
        return app.build(
            Settings(
                _env_file=None,
                port=port,
                data_dir=folder,
                neo4j_uri=neo4j_server.uri,
                neo4j_user=neo4j_server.user,
                neo4j_password=neo4j_server.password,
            )
        )

    async with listening(build) as address:
        yield address
