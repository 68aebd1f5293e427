"""The guide to the model does what it says: its own lines add a field and a noun, and Neo4j is asked about them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from auth.viewer import ANONYMOUS
from graph_store import constraints
from graph_store.model import MODEL, Model
from graph_store.model.words import Noun, Property, text
from graph_store.reads import reader
from resolvers.answer import Asked
from resolvers.engine import open_engine
from schema.root import derived
from web.limits import document_checks

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "model.md"
FIELD, NOUN = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def with_the_field() -> Model:
    """The model with the guide's one line added to instruments."""
    (added,) = eval(f"({FIELD})", {"text": text})  # noqa: S307 - a line of our own guide
    assert isinstance(added, Property)
    instrument = MODEL["Instrument"]
    grown = replace(instrument, properties=(*instrument.properties, added))
    return Model(tuple(grown if noun.name == "Instrument" else noun for noun in MODEL))


def with_the_noun() -> Model:
    """The model with the guide's one file added."""
    scope: dict[str, Any] = {}
    exec(NOUN, scope)  # noqa: S102 - a file of our own guide
    laboratory = scope["LABORATORY"]
    assert isinstance(laboratory, Noun)
    return Model((*MODEL, laboratory))


async def ask(driver: AsyncDriver, model: Model, question: str) -> Any:
    """The data that an engine over the model answers."""
    engine = open_engine(
        schema=derived(model),
        model=model,
        checks=document_checks(introspection=True),
        run=reader(driver, "neo4j", 30),
        cursor_key=b"guide",
        today=lambda: "2026-11-25",
        most=1_000,
    )
    answer = orjson.loads((await engine.answer(Asked(question, None, {}), ANONYMOUS)).body)
    assert "errors" not in answer, answer
    return answer["data"]


async def test_a_line_adds_a_field_that_can_be_selected_and_filtered(driver: AsyncDriver) -> None:
    await driver.execute_query(
        "MERGE (n:Instrument:Record {id: 'cd-instrument-guide'})"
        " SET n += {name: '质谱仪', origin: '成都', visibility: 'public', synthetic: false}"
    )
    question = '{ instruments(where: {origin: {contains: "成"}}) { nodes { name origin } } }'
    answer = await ask(driver, with_the_field(), question)
    assert answer == {"instruments": {"nodes": [{"name": "质谱仪", "origin": "成都"}]}}
    await driver.execute_query("MATCH (n {id: 'cd-instrument-guide'}) DETACH DELETE n")


async def test_a_file_adds_a_noun_with_its_edge_seen_from_both_ends(driver: AsyncDriver) -> None:
    model = with_the_noun()
    await constraints.apply(driver, "neo4j", model)
    await driver.execute_query(
        "MERGE (i:Institution:Record {id: 'cd-institution-guide'})"
        " SET i += {name: '研究所', visibility: 'public'}"
        " MERGE (l:Laboratory:Record {id: 'cd-laboratory-guide'})"
        " SET l += {name: '光学实验室', room: 'B-201', visibility: 'public'} MERGE (l)-[:HOSTED_BY]->(i)"
    )
    question = """{
      laboratories(orderBy: [{room: ASC}]) { totalCount nodes { name room host { name } } }
      institution(id: "cd-institution-guide") { laboratories { nodes { name } } }
      laboratory(id: "cd-laboratory-guide") { id }
    }"""
    assert await ask(driver, model, question) == {
        "laboratories": {
            "totalCount": 1,
            "nodes": [{"name": "光学实验室", "room": "B-201", "host": {"name": "研究所"}}],
        },
        "institution": {"laboratories": {"nodes": [{"name": "光学实验室"}]}},
        "laboratory": {"id": "cd-laboratory-guide"},
    }
    await driver.execute_query("MATCH (n) WHERE n.id ENDS WITH '-guide' DETACH DELETE n")
    await constraints.apply(driver, "neo4j", MODEL)


@pytest.mark.parametrize("name", ["id", "edge", "owner"])
def test_a_word_that_is_taken_or_reserved_is_refused(name: str) -> None:
    instrument = MODEL["Instrument"]
    grown = replace(instrument, properties=(*instrument.properties, text(name, "重", "Taken")))
    with pytest.raises(ValueError, match=name):
        Model(tuple(grown if noun.name == "Instrument" else noun for noun in MODEL))
