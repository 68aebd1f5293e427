"""Questions that people ask, over the demonstration, each against Cypher written by hand.

`questions/NN-name.graphql` is the operation, whose first lines say who asks what; `.cypher` returns the leaves of its answer
in the order of the document; `.json` holds the variables of both. A variable `{"cursor of": "people.pageInfo.endCursor"}` is
the cursor which the question's own first page gives there; where a question selects a cursor, the Cypher says whether there
is one. `$today` is the hub's day.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from tests.engine.conftest import Hub
from tests.graph import DATABASE
from tests.slow.world import TODAY

FOLDER = Path(__file__).parent / "questions"
QUESTIONS = sorted(FOLDER.glob("*.graphql"))
_CURSORS = {"cursor", "startCursor", "endCursor"}
_CURSOR_OF = "cursor of"


def leaves(value: Any, name: str = "") -> Iterator[Any]:
    """The values of an answer, or of rows, depth first; of a cursor only whether there is one."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value is not None if name in _CURSORS else value


def same(answered: Any, expected: Any) -> bool:
    """Whether two leaves are one value; sums and means of floats may differ in the order of adding."""
    if isinstance(answered, float) and isinstance(expected, float):
        return math.isclose(answered, expected, rel_tol=1e-12)
    return type(answered) is type(expected) and bool(answered == expected)


async def variables_of(question: Path, hub: Hub) -> dict[str, Any]:
    """What the question's file of variables gives, its cursors fetched."""
    file = question.with_suffix(".json")
    given: dict[str, Any] = orjson.loads(file.read_bytes()) if file.exists() else {}
    places = {
        name: value[_CURSOR_OF]
        for name, value in given.items()
        if isinstance(value, dict) and _CURSOR_OF in value
    }
    if places:
        page = await hub.data(question.read_text(), given | dict.fromkeys(places))
        given |= {
            name: reduce(lambda at, key: at[key], place.split("."), page)
            for name, place in places.items()
        }
    return given


async def expected_of(question: Path, driver: AsyncDriver, variables: dict[str, Any]) -> list[Any]:
    """The leaves that the Cypher beside the question returns."""
    statement = question.with_suffix(".cypher").read_text()
    async with driver.session(database=DATABASE) as session:
        result = await session.run(statement, variables | {"today": TODAY})
        return list(leaves([record.values() async for record in result]))


@pytest.mark.parametrize("question", QUESTIONS, ids=[each.stem for each in QUESTIONS])
async def test_a_question_is_answered_as_cypher_by_hand_answers_it_in_one_statement(
    question: Path, demonstration: Hub, driver: AsyncDriver
) -> None:
    variables = await variables_of(question, demonstration)
    demonstration.statements.clear()
    answer = await demonstration.data(question.read_text(), variables)
    assert len(demonstration.statements) == 1

    answered, expected = list(leaves(answer)), await expected_of(question, driver, variables)
    differing = [
        (number, pair)
        for number, pair in enumerate(zip(answered, expected, strict=False))
        if not same(*pair)
    ]
    assert not differing
    assert len(answered) == len(expected)
    assert any(isinstance(leaf, str) for leaf in expected), "the question finds nothing"


def test_there_are_the_issues_question_and_thirty_more_each_with_its_cypher() -> None:
    assert [int(each.stem[:2]) for each in QUESTIONS] == list(range(1, 32))
    assert {each.stem for each in QUESTIONS} == {each.stem for each in FOLDER.glob("*.cypher")}
    assert {each.stem for each in FOLDER.glob("*.json")} <= {each.stem for each in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS, ids=[each.stem for each in QUESTIONS])
def test_a_question_says_who_asks_what_in_both_languages(question: Path) -> None:
    chinese, english = question.read_text().splitlines()[:2]
    assert chinese.startswith(("# 前端开发者", "# 管理员", "# 科研人员"))
    assert english.startswith(("# A front-end developer", "# An administrator", "# A researcher"))


async def test_many_askers_at_once_get_the_same_answer(demonstration: Hub) -> None:
    text = QUESTIONS[0].read_text()
    answers = await asyncio.gather(*(demonstration.data(text) for _ in range(20)))
    assert all(answer == answers[0] for answer in answers)
