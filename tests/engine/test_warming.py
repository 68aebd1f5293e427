"""What a hub asks itself when it starts: the console's long questions, planned before anybody asks them."""

from __future__ import annotations

from graphql import GraphQLSchema
from neo4j import AsyncDriver

from graph_store.model import MODEL
from graph_store.reads import reader
from resolvers.warming import ask_documents, ask_nouns, least
from tests import graph
from tests.engine.conftest import open_hub
from web.console import console_documents

PATHS = """
query PathsBetween($from: ID!, $to: ID!, $maxHops: Int) {
  paths(from: $from, to: $to, maxHops: $maxHops) { nodes { length } } }"""
MANY = "query Named($ids: [ID!]!) { nodes(ids: $ids) { id } }"
UNKNOWN_INPUT = (
    'query Q($by: PersonBy!) { person(by: $by) { id } search(text: "x") { nodes { score } } }'
)


def test_a_question_gets_the_least_that_it_needs() -> None:
    assert least(PATHS) == {"from": "-", "to": "-"}
    assert least(MANY) == {"ids": ["-"]}
    assert least('{ search(text: "x") { nodes { score } } }') == {}


def test_what_is_no_question_or_needs_more_is_left_alone() -> None:
    for text in (
        "mutation M { markNoticesRead { __typename } }",
        "{ people { totalCount } }",
        UNKNOWN_INPUT,
    ):
        assert least(text) is None


async def test_the_consoles_long_questions_and_each_noun_are_asked(
    driver: AsyncDriver, schema: GraphQLSchema
) -> None:
    hub = open_hub(reader(driver, graph.DATABASE, 60), schema)
    texts = list(console_documents().values())
    long = [text for text in texts if least(text) is not None]
    assert len(long) >= 4
    await ask_documents(hub.engine, texts)
    assert len(hub.statements) == len(long)
    await ask_nouns(hub.engine)
    assert len(hub.statements) == len(long) + len(tuple(MODEL))
