"""How many statements an operation of the hub sends, and what they cost in dbHits, by PROFILE."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from auth.viewer import ANONYMOUS
from bench.questions import asking, peers
from bench.questions.drawn import Values
from bench.questions.hub import QUERY_TIMEOUT_SECONDS, engine
from graph_store.driver import open_driver
from graph_store.reads import reader
from resolvers.answer import Asked
from web.limits import document_checks

Hits = list[int]
"""Of each statement, by PROFILE; a procedure has no figure of its own, what its rows cost is counted where they are used."""


async def profiled(uri: str, asked: Sequence[tuple[str, Values]]) -> list[Hits]:
    """The dbHits of each statement that the hub sends for each operation with its variables."""
    found: list[Hits] = []
    async with (
        open_driver(uri, "", None) as driver,
        reader(driver, "neo4j", QUERY_TIMEOUT_SECONDS) as read,
    ):

        async def run(statement: str, parameters: dict[str, Any]) -> list[Any]:
            record, did = await read.profiled(statement, parameters)
            found[-1].append(did.all_hits)
            return record

        watched = engine(run, None, document_checks(introspection=False))
        for name, values in asked:
            found.append([])
            answer = await watched.answer(Asked(asking.operation(name), None, values), ANONYMOUS)
            assert answer.kind == "executed", answer.body
    return found


def of_raw(environment: dict[str, str]) -> dict[str, int]:
    """The same of the hand-written statements, as `raw.py profile` prints them."""
    command = [sys.executable, str(peers.PEERS / "raw.py"), "profile"]
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603 - the peers' own program
    return {name: int(hits) for name, hits in (line.split() for line in done.stdout.splitlines())}
