"""A pytest plugin: the first command of each kind is killed at each step of its unit of work before it is done with the same key.

`pytest -p tests.graph_store.commands.killing --told=told.json [--undisturbed]`: the tests judge what they find after the kills, and `told`
has the kinds that were killed, how often, and the graph as each module left it. A step is a statement, the commit, or the answer; the
kill comes just before it, so the last leaves everything written and nobody told.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from graph_store.commands import lanes
from graph_store.commands.commands import Command
from graph_store.commands.facts import Fact
from graph_store.commands.transactions import Answer, Store, carry_out
from graph_store.driver import open_driver
from graph_store.local_server import server
from tests.graph import DATABASE
from tests.killer import Killer

TRIES_MOST = 3  # of a kind whose commands answer with facts
STEPS_MOST = 60
LAST = "MATCH (s:Sequence {id: 'changes'}) RETURN s.last"
GRAPH = """MATCH (n) RETURN [labels(n), properties(n)] AS row
UNION ALL MATCH (a)-[r]->(b) RETURN [labels(a), a.name, type(r), properties(r), labels(b), b.name] AS row"""
ULID = r"[0-9A-HJKMNP-TV-Z]{26}"
# what differs between two runs of the same: a worker's name, ids, digests, addresses, instants, how long it took, and the
# numbers of what went on at once
MADE = re.compile(
    rf"[\w.]+-\d+-{ULID}|{ULID}|BS(?:-[0-9A-Z]{{4}}){{4}}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}"
    r"|127\.0\.0\.1:\d+|\b\d{6,}\b"
    r"|\d{4}-\d\d-\d\dT[\d:.]+Z?"
    r'|(?<=seconds\\":)[\d.e-]+|(?<="seconds":)[\d.e-]+|(?<="seq":)\d+'
    r"|(?<=\bkey )\d+(?= of)|(?<=\bby )\d+(?= of)"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to tell what was found, and whether to kill at all."""
    parser.addoption("--told", type=Path, required=True)
    parser.addoption("--undisturbed", action="store_true")


@dataclass
class Told:
    """What was killed so far, and what each module left, by row how often."""

    server: server.Running
    tries: Counter[str] = field(default_factory=Counter)
    kinds: set[str] = field(default_factory=set)
    kills: int = 0
    left: dict[str, Counter[str]] = field(default_factory=dict)

    async def carry_out(
        self, store: Store, commands: Sequence[Command[Any]], *, time_limit_seconds: float
    ) -> list[Answer]:
        """As the lane does, after children that began the same died at each step."""
        names = {each.decision.name for each in commands}
        new = {each for each in names - self.kinds if self.tries[each] < TRIES_MOST}
        if not new:
            return await carry_out(store, commands, time_limit_seconds=time_limit_seconds)
        self.tries.update(new)
        await self._killed(store, commands, time_limit_seconds)
        there = await _last(store.driver)
        answers = await carry_out(store, commands, time_limit_seconds=time_limit_seconds)
        assert await _last(store.driver) == there, commands  # it was written already
        if not any(isinstance(each.outcome, Fact) for each in answers):
            self.kinds |= names
        return answers

    async def _killed(self, store: Store, commands: Sequence[Command[Any]], seconds: float) -> None:
        """Nothing is there after any kill but the last, which comes after the commit."""
        before = await _last(store.driver)
        for step in range(1, STEPS_MOST):
            child = os.fork()
            if child == 0:
                asyncio.run(self._die(Killer(step), store, commands, seconds))
            _, status = os.waitpid(child, 0)  # noqa: ASYNC222 - nothing else is to go on meanwhile
            self.kills += 1
            if os.WIFEXITED(status):
                assert os.WEXITSTATUS(status) == 0, commands
                return
            assert await _last(store.driver) == before, (commands, step)
        raise AssertionError(f"{commands} have no end")

    async def _die(
        self, killer: Killer, store: Store, commands: Sequence[Command[Any]], seconds: float
    ) -> None:
        at = self.server
        try:
            async with open_driver(at.uri, at.user, at.password) as driver:
                killer.arm()
                own = replace(store, driver=driver)
                await carry_out(own, commands, time_limit_seconds=seconds)
                os._exit(0)  # as sudden as a kill, and tells that all steps are done
        finally:
            os._exit(1)


async def _last(driver: AsyncDriver) -> int:
    found = await driver.execute_query(LAST, database_=DATABASE)
    return int(found.records[0][0])


async def graph_without_ids(driver: AsyncDriver) -> Counter[str]:
    """Each record, edge, change, row of the outbox and kept answer as text, and how often it is there."""
    found = await driver.execute_query(GRAPH, database_=DATABASE)
    texts = (
        orjson.dumps(row[0], default=str, option=orjson.OPT_SORT_KEYS) for row in found.records
    )
    return Counter(MADE.sub("…", text.decode()) for text in texts)


@pytest.fixture(scope="session")
def told(neo4j_server: server.Running, pytestconfig: pytest.Config) -> Iterator[Told]:
    """Kills from the first command on, unless undisturbed; at the end it tells."""
    told = Told(neo4j_server)
    with pytest.MonkeyPatch.context() as patch:
        if not pytestconfig.getoption("--undisturbed"):
            patch.setattr(lanes, "carry_out", told.carry_out)
        yield told
    content = {"kinds": sorted(told.kinds), "kills": told.kills, "left": told.left}
    pytestconfig.getoption("--told").write_bytes(orjson.dumps(content))


@pytest.fixture(scope="module", autouse=True)
async def what_is_left(
    told: Told, driver: AsyncDriver, request: pytest.FixtureRequest
) -> AsyncIterator[None]:
    """The graph as the module leaves it."""
    yield
    told.left[request.module.__name__] = await graph_without_ids(driver)
