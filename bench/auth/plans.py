"""What a check costs in CPU, what the by-id statement does with a viewer, and how many statements a worker has sent."""

import asyncio
import time
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

import httpx2

from app import open_answerer
from auth.agencies import read_agencies
from auth.bearer import AccessTokens
from auth.keys import IssuerKeys
from auth.rights import RightsKept
from auth.token_text import hash_of, is_whole, new_secret
from auth.viewer import ANONYMOUS, Viewer
from auth.watch import Watch
from bench.auth import ground
from bench.auth.hub import settings
from graph_store.clock import day, system_clock
from graph_store.commands.lanes import open_lane
from graph_store.commands.transactions import Store
from graph_store.driver import open_driver
from graph_store.model import MODEL
from graph_store.profiles import Step
from graph_store.reads import reader
from resolvers.answer import Asked
from web.limits import document_checks

CHECKS = 2_000
STATEMENTS = "bashu_statements_total "


def statements(over: ground.Ground) -> int:
    """How many the first worker has sent for questions so far."""
    with urllib.request.urlopen(f"{over.public_url}/metrics") as answer:  # noqa: S310 - this machine
        text = answer.read().decode()
    (line,) = [line for line in text.splitlines() if line.startswith(STATEMENTS)]
    return int(float(line.removeprefix(STATEMENTS)))


def checks(over: ground.Ground) -> dict[str, float]:
    """Milliseconds of CPU of one check: an access token (RS256), and a token of the hub as far as its hash."""
    access_tokens, token = asyncio.run(_access_tokens(over)), over.access_token.encode()
    secret = new_secret("personal").encode()
    return {
        "accessToken": _cpu_ms(lambda: access_tokens.verified(token)),
        "hubToken": _cpu_ms(lambda: (is_whole(secret), hash_of(secret))),
    }


async def _access_tokens(over: ground.Ground) -> AccessTokens:
    agencies = read_agencies(over.agencies, {})
    async with httpx2.AsyncClient() as client:
        keys = IssuerKeys(over.issuer, client)
        await keys.refresh()
    return AccessTokens(agencies.values(), {over.issuer: keys}, f"{over.public_url}/graphql")


def _cpu_ms(check: Callable[[], object]) -> float:
    for _ in range(CHECKS // 10):
        check()
    begun = time.process_time()
    for _ in range(CHECKS):
        check()
    return (time.process_time() - begun) / CHECKS * 1e3


async def profiled(over: ground.Ground, ids: Sequence[str]) -> dict[str, Any]:
    """What by-id costs in dbHits without and with a viewer, and whether each still seeks in the index.

    Nested plans show none of their operators, but whatever scans hits each of the instruments at least once.
    """
    query = "query byId($id: ID!) { instrument(id: $id) { id name category valueCny owner { id name } } }"
    async with (
        open_driver(over.uri, "", None) as driver,
        reader(driver, ground.DATABASE, ground.STATEMENT_SECONDS) as read,
        open_lane(Store(driver, ground.DATABASE, MODEL, "cd", system_clock)) as lane,
    ):
        steps: list[Step] = []

        async def run(statement: str, parameters: dict[str, Any]) -> list[Any]:
            record, did = await read.profiled(statement, parameters)
            steps.append(did)
            return record

        given = settings(over.uri, over.ports[0], over.public_url, over.agencies)
        answerer = open_answerer(given, document_checks(introspection=False), lane, run, None)
        rights = RightsKept(read, Watch(read), lambda: day(system_clock()))
        viewer = Viewer(await rights.of(ground.PERSON))
        for each in (ANONYMOUS, viewer):
            answer = await answerer.answer(Asked(query, None, {"id": ids[0]}), each)
            assert answer.kind == "executed", answer.body
    hits = [each.all_hits for each in steps]
    return {"dbHits": hits, "seeks": max(hits) < len(ids)}
