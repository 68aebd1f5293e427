"""How many statements an operation of the hub sends, and what they cost in dbHits, by PROFILE."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from auth.viewer import ANONYMOUS
from bench.questions import asking, peers
from bench.questions.hub import QUERY_TIMEOUT_SECONDS, engine
from graph_store.driver import open_driver
from graph_store.reads import reader
from resolvers.answer import Asked
from web.limits import document_checks


async def profiled(uri: str, name: str, values: Mapping[str, Any]) -> list[int]:
    """The dbHits of each statement that the hub sends for one operation."""
    sent: list[int] = []
    async with open_driver(uri, "", None) as driver:
        read = reader(driver, "neo4j", QUERY_TIMEOUT_SECONDS)

        async def run(statement: str, parameters: dict[str, Any]) -> list[Any]:
            plan = await driver.execute_query(f"PROFILE {statement}", parameters)
            sent.append(_hits(plan.summary.profile))
            return await read(statement, parameters)

        watched = engine(run, None, document_checks(introspection=False))
        known = dict(values)
        if "after" in known:
            walk = await watched.answer(
                Asked(asking.operation("walk"), None, {"rows": known["offset"]}), ANONYMOUS
            )
            known["after"] = json.loads(walk.body)["data"]["instruments"]["pageInfo"]["endCursor"]
            sent.clear()
        answer = await watched.answer(Asked(asking.operation(name), None, known), ANONYMOUS)
        assert answer.kind == "executed", answer.body
    return sent


def of_hub(uri: str, names: list[str]) -> dict[str, list[int]]:
    """The dbHits of each statement of each operation."""
    return {name: asyncio.run(profiled(uri, name, asking.variables(name))) for name in names}


def of_raw(environment: dict[str, str]) -> dict[str, int]:
    """The same of the hand-written statements, as `raw.py profile` prints them."""
    command = [sys.executable, str(peers.PEERS / "raw.py"), "profile"]
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603 - the peers' own program
    return {name: int(hits) for name, hits in (line.split() for line in done.stdout.splitlines())}


def _hits(plan: Any) -> int:
    return int(plan["args"].get("DbHits", 0)) + sum(
        _hits(each) for each in plan.get("children", [])
    )
