"""Real questions over the demonstration, each against Cypher written by hand.

`questions/NN-name.graphql` is the operation, `.cypher` one or more statements whose rows, one after the other, are the
leaves of the answer in the order of the document (cursors left out), `.json` the variables. A variable `FIRST Noun`,
`KEY Noun property` or `BUSY Noun TYPE` stands for a value of the demonstration: the first id, the first key, the id of the
record with most edges of a type.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from demo.loading import load
from demo.standing import Wanted
from graph_store.local_server.progress import silent
from tests import graph
from tests.engine.conftest import Hub
from tests.slow.world import TODAY

QUESTIONS = sorted((Path(__file__).parent / "questions").glob("*.graphql"))
SCALE = 0.02
_CURSORS = {"cursor", "startCursor", "endCursor"}
_STANDS_FOR = {
    "FIRST": "MATCH (n:{0}) RETURN n.id ORDER BY n.id LIMIT 1",
    "KEY": "MATCH (n:{0}) WHERE n.{1} IS NOT NULL RETURN n.{1} ORDER BY n.id LIMIT 1",
    "BUSY": "MATCH (n:{0}) RETURN n.id ORDER BY COUNT {{ (n)-[:{1}]-() }} DESC, n.id LIMIT 1",
}


@pytest_asyncio.fixture(scope="module")
async def demonstration(driver: AsyncDriver) -> AsyncIterator[None]:
    """The demonstration, alone in the server."""
    await graph.empty(driver)
    await load(driver, graph.DATABASE, Wanted(SCALE), silent)
    yield
    await graph.empty(driver)


async def _rows(driver: AsyncDriver, statement: str, parameters: dict[str, Any]) -> list[Any]:
    async with driver.session(database=graph.DATABASE) as session:
        result = await session.run(statement, parameters)
        return [value async for record in result for value in record.values()]


async def _variables(driver: AsyncDriver, question: Path) -> dict[str, Any]:
    file = question.with_suffix(".json")

    async def meant(value: Any) -> Any:
        if isinstance(value, list):
            return [await meant(each) for each in value]
        word, *rest = str(value).split(" ")
        return (await _rows(driver, _STANDS_FOR[word].format(*rest), {}))[0] if word in _STANDS_FOR else value

    return {name: await meant(value) for name, value in orjson.loads(file.read_bytes()).items()} if file.exists() else {}


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in _CURSORS:
                yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    else:
        yield round(value, 4) if isinstance(value, float) else value


@pytest.mark.parametrize("question", QUESTIONS, ids=[each.stem for each in QUESTIONS])
async def test_a_question_is_answered_as_the_cypher_written_by_hand_answers_it(
    new_hub: Callable[..., Hub], driver: AsyncDriver, demonstration: None, question: Path
) -> None:
    hub, variables = new_hub(), await _variables(driver, question)
    answer = list(_leaves(await hub.data(question.read_text(), variables)))
    wanted = []
    for statement in question.with_suffix(".cypher").read_text().split(";"):
        wanted += await _rows(driver, statement, {**variables, "today": TODAY})
    assert answer == list(_leaves(wanted))
    assert answer
    assert len(hub.statements) == 1


async def test_there_are_thirty_and_the_one_of_the_issue() -> None:
    assert len(QUESTIONS) == 31
    assert {each.stem for each in QUESTIONS} == {each.stem for each in (Path(__file__).parent / "questions").glob("*.cypher")}


async def test_many_askers_at_once_get_the_same_answer(hub: Hub, demonstration: None) -> None:
    text = QUESTIONS[0].read_text()
    answers = await asyncio.gather(*(hub.data(text) for _ in range(20)))
    assert all(answer == answers[0] for answer in answers)
