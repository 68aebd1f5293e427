"""The reference clients of both protocols, in Node: they follow, lose their connection, resume, ask and are refused."""

import asyncio
import shutil
from pathlib import Path

import orjson
import pytest

from tests.subscriptions.conftest import Served, Writer

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"
PATIENCE_SECONDS = 120
BREAK_AFTER = 3


@pytest.mark.parametrize("kind", ["ws", "sse"])
async def test_a_reference_client_follows_breaks_off_and_resumes(
    hub: Served, writer: Writer, kind: str
) -> None:
    node = shutil.which("node")
    assert node, "install Node.js 20 or newer, for example: apt-get install -y nodejs npm"
    assert INSTALLED.is_file(), "run make test, or npm ci in tests/subscriptions"
    names = [f"{kind} {i}" for i in range(20)]
    process = await asyncio.create_subprocess_exec(
        node, "follow.mjs", kind, hub.ws if kind == "ws" else hub.http, str(BREAK_AFTER), names[-1],
        cwd=HERE, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    await hub.listening(1)
    for name in names:
        await writer.institution(name)
    output, errors = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    assert process.returncode == 0, errors.decode()
    told = orjson.loads(output)
    assert told["names"] == names
    assert told["asked"][0]["data"]["institutions"]["totalCount"] >= len(names)
    assert len(told["asked"]) == 1
    assert told["refused"] == "BAD_CURSOR"
    await hub.listening(0)
