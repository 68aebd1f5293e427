"""Requests of one plan that come together travel together, and nobody can tell."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
import pytest_asyncio
from graphql import GraphQLSchema
from hypothesis import HealthCheck, given, settings
from neo4j import AsyncDriver

from auth.viewer import ANONYMOUS, Viewer
from graph_store.coalesce import Coalescer
from graph_store.errors import GraphStoreError, QueryTookTooLong
from graph_store.model import MODEL
from graph_store.reads import Run, reader
from resolvers.answer import Asked
from resolvers.engine import Engine, open_engine
from schema.root import derived
from tests import graph
from tests.slow import world
from tests.slow.graph import Graph
from tests.slow.operations import Operation, operations
from tests.viewers import at_home
from web.limits import document_checks

LAID_OUT = world.build(MODEL)
VIEWERS = (
    ANONYMOUS,
    at_home(world.homes(LAID_OUT), "cd-person-01"),
    at_home(("nobody",)),
)
OPERATIONS = operations(derived(MODEL), world.pool(LAID_OUT, MODEL))
BY_ID = "query ($id: ID!) { institution(id: $id) { id name } }"
PAGE = "query ($n: Int) { people(first: $n, orderBy: [{name: ASC}]) { nodes { id name } } }"


@dataclass(slots=True)
class Watched:
    """An engine that coalesces; what it sent for one and for several."""

    engine: Engine
    alone: list[str] = field(default_factory=list)
    joint: list[list[dict[str, Any]]] = field(default_factory=list)

    async def ask(self, text: str, variables: dict[str, Any], viewer: Viewer = ANONYMOUS) -> bytes:
        """The bytes of an answer."""
        return (await self.engine.answer(Asked(text, None, variables), viewer)).body

    async def together(
        self, text: str, many: list[dict[str, Any]], viewers: tuple[Viewer, ...] = (ANONYMOUS,)
    ) -> list[bytes]:
        """The answers of as many requests at once; each viewer in turn."""
        await self.ask(text, many[0])  # compiled and planned
        self.alone.clear()
        self.joint.clear()
        return await asyncio.gather(
            *(
                self.ask(text, each, viewers[number % len(viewers)])
                for number, each in enumerate(many)
            )
        )

    @property
    def coalescer(self) -> Coalescer:
        """What joins them."""
        assert self.engine.coalescer is not None
        return self.engine.coalescer


Open = Callable[..., Watched]


@pytest_asyncio.fixture(scope="module")
async def open_watched(driver: AsyncDriver, small_graph: Graph) -> Open:
    """Opens an engine; `broken` changes what statements for several do."""
    run = reader(driver, graph.DATABASE, 30)
    schema: GraphQLSchema = derived(MODEL)

    def opened(broken: Callable[[Run], Run] = lambda run: run) -> Watched:
        async def alone(statement: str, parameters: dict[str, Any]) -> list[Any]:
            watched.alone.append(statement)
            return await run(statement, parameters)

        async def joint(statement: str, parameters: dict[str, Any]) -> list[Any]:
            watched.joint.append(parameters["members"])
            return await run(statement, parameters)

        engine = open_engine(
            schema=schema,
            model=MODEL,
            checks=document_checks(introspection=True),
            run=alone,
            run_joint=broken(joint),
            cursor_key=b"a key that tests share",
            today=lambda: world.TODAY,
            most=1_000,
        )
        watched = Watched(engine)
        return watched

    return opened


@pytest.fixture
def ids() -> list[dict[str, Any]]:
    """Variables of twenty requests, some for records that do not exist."""
    known = [*(record["id"] for record in LAID_OUT.records["Institution"]), "nobody"]
    return [{"id": known[number % len(known)]} for number in range(20)]


async def test_a_lone_request_goes_alone_and_at_once(open_watched: Open, ids: Any) -> None:
    watched = open_watched()
    for each in ids:
        await watched.ask(BY_ID, each)
    assert (len(watched.alone), len(watched.joint)) == (20, 0)


async def test_twenty_at_once_are_three_statements_with_the_answers_of_twenty(
    open_watched: Open, ids: Any
) -> None:
    watched = open_watched()
    answers = await watched.together(BY_ID, ids)
    assert len(watched.alone) == 2
    assert [len(members) for members in watched.joint] == [18]
    assert answers == [await watched.ask(BY_ID, each) for each in ids]
    assert (watched.coalescer.tally.joint, watched.coalescer.tally.members) == (1, 18)


async def test_pages_of_different_sizes_do_not_share_a_statement(open_watched: Open) -> None:
    watched = open_watched()
    many = [{"n": 1 + number % 2} for number in range(20)]
    answers = await watched.together(PAGE, many)
    assert [len(members) for members in watched.joint] == [8, 8]
    assert answers == [await watched.ask(PAGE, each) for each in many]


async def test_each_viewer_sees_what_is_his_in_a_statement_for_all(open_watched: Open) -> None:
    watched = open_watched()
    text = "query ($n: Int) { instruments(first: $n) { nodes { id name assetNumber } } }"
    many = [{"n": 30}] * 30
    answers = await watched.together(text, many, VIEWERS)
    (members,) = watched.joint
    assert len({each["viewer"] for each in members}) == len(VIEWERS)
    alone = [await watched.ask(text, {"n": 30}, viewer) for viewer in VIEWERS]
    assert len(set(alone)) > 1
    assert answers == alone * 10


@settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(asked=OPERATIONS)
async def test_generated_operations_are_answered_together_as_they_are_alone(
    joined: dict[str, int], open_watched: Open, asked: Operation
) -> None:
    watched = open_watched()
    answers = await watched.together(asked.text, [asked.variables] * 9, VIEWERS)
    for viewer, answer in zip(VIEWERS * 3, answers, strict=True):
        alone = await watched.ask(asked.text, asked.variables, viewer)
        assert orjson.loads(answer) == orjson.loads(alone)
    assert not watched.coalescer.tally.failed
    joined["operations"] += bool(watched.joint)


@pytest.fixture(scope="module")
def joined() -> dict[str, int]:
    """How many generated operations went together."""
    return {"operations": 0}


def test_many_of_the_generated_operations_went_together(joined: dict[str, int]) -> None:
    assert joined["operations"] >= 15


def failing(error: Exception) -> Callable[[Run], Run]:
    """Statements for several that fail."""

    def broken(_run: Run) -> Run:
        async def run(_statement: str, _parameters: dict[str, Any]) -> list[Any]:
            raise error

        return run

    return broken


def swapped(run: Run) -> Run:
    """Statements for several whose rows come in another order."""

    async def broken(statement: str, parameters: dict[str, Any]) -> list[Any]:
        (rows,) = await run(statement, parameters)
        return [rows[::-1]]

    return broken


@pytest.mark.parametrize(
    "broken",
    [failing(QueryTookTooLong()), failing(GraphStoreError("memory")), failing(KeyError("p0")), swapped],
    ids=["too slow", "refused", "our own mistake", "rows of others"],
)  # fmt: skip
async def test_a_statement_for_several_that_fails_is_run_again_for_each(
    open_watched: Open, ids: Any, broken: Callable[[Run], Run]
) -> None:
    watched = open_watched(broken)
    answers = await watched.together(BY_ID, ids)
    assert answers == [await watched.ask(BY_ID, each) for each in ids]
    assert watched.coalescer.tally.failed == 1
    watched.joint.clear()
    await watched.together(BY_ID, ids)  # its plan travels alone for a while
    assert watched.coalescer.tally.failed == 1
    assert len(watched.alone) == 20


async def test_who_leaves_takes_nobody_along(open_watched: Open, ids: Any) -> None:
    watched = open_watched()
    await watched.ask(BY_ID, ids[0])
    tasks = [asyncio.ensure_future(watched.ask(BY_ID, each)) for each in ids]
    await asyncio.sleep(0)
    for gone in (tasks[0], tasks[5], tasks[19]):
        gone.cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    for number, (each, answer) in enumerate(zip(ids, answers, strict=True)):
        if number in {0, 5, 19}:
            assert isinstance(answer, asyncio.CancelledError)
        else:
            assert answer == await watched.ask(BY_ID, each)


async def test_nobody_waits_long_for_a_slow_neighbour(open_watched: Open, ids: Any) -> None:
    watched = open_watched()
    await watched.ask(BY_ID, ids[0])
    stuck = asyncio.Event()
    inner = watched.coalescer._run

    async def slow(statement: str, parameters: dict[str, Any]) -> list[Any]:
        await stuck.wait()
        return await inner(statement, parameters)

    watched.coalescer._run = slow
    held = [asyncio.ensure_future(watched.ask(BY_ID, each)) for each in ids[:2]]
    await asyncio.sleep(0)
    others = await asyncio.wait_for(
        asyncio.gather(*(watched.ask(BY_ID, each) for each in ids[2:])), timeout=5
    )
    stuck.set()
    assert [*await asyncio.gather(*held), *others] == [
        await watched.ask(BY_ID, each) for each in ids
    ]


async def test_what_reads_more_than_it_shows_goes_alone(open_watched: Open) -> None:
    watched = open_watched()
    await watched.together("{ people(first: 1) { totalCount } }", [{}] * 10)
    assert (len(watched.alone), len(watched.joint)) == (10, 0)


async def test_searches_go_together_each_with_its_own_words_and_rights(
    open_watched: Open, small_graph: Graph
) -> None:
    watched = open_watched()
    text = """query ($text: String!, $kinds: [NounKind!]) {
      search(text: $text, kinds: $kinds, first: 5) { edges { score node { __typename id } } }
    }"""
    for kinds in (None, ["INSTITUTION"], ["INSTITUTION", "INSTRUMENT"]):
        words = [{"text": word, "kinds": kinds} for word in ("大学", "仪器", "cd-institution-01")]
        answers = await watched.together(text, words * 6, VIEWERS)
        assert sum(len(members) for members in watched.joint) == 16
        assert not watched.coalescer.tally.failed
        for number, answer in enumerate(answers):
            asked, viewer = words[number % 3], VIEWERS[number % 3]
            assert answer == await watched.ask(text, asked, viewer)
        assert len(set(answers)) > 1
