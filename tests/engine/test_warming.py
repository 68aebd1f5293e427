"""What a hub asks itself when it starts: the console's long questions, planned before anybody asks them."""

from __future__ import annotations

from graphql import GraphQLSchema
from neo4j import AsyncDriver

from graph_store.model import MODEL
from graph_store.reads import reader
from resolvers.warming import FirstQuestions, ask_nouns, question
from tests import graph
from tests.engine.conftest import open_hub
from web.console import console_documents

PATHS = """
query PathsBetween($from: ID!, $to: ID!, $maxHops: Int) {
  paths(from: $from, to: $to, maxHops: $maxHops) { nodes { length } } }"""
MANY = "query Named($ids: [ID!]!) { nodes(ids: $ids) { id } }"
ONE = "query One($id: ID!) { project(id: $id) { id } }"
UNKNOWN_INPUT = (
    'query Q($by: PersonBy!) { person(by: $by) { id } search(text: "x") { nodes { score } } }'
)


def test_a_question_gets_the_least_that_it_needs() -> None:
    found = [question(each) for each in (PATHS, MANY, "{ people { totalCount } }")]
    assert [each and (each.variables, each.is_long) for each in found] == [
        ({"from": "-", "to": "-"}, True),
        ({"ids": ["-"]}, True),
        ({}, False),
    ]


def test_what_is_no_question_or_needs_more_is_left_alone() -> None:
    for text in ("mutation M { markNoticesRead { __typename } }", UNKNOWN_INPUT):
        assert question(text) is None


def test_most_documents_of_the_console_are_such_questions() -> None:
    texts = console_documents().values()
    found = [each for text in texts if (each := question(text))]
    assert len(found) > len(texts) / 3
    assert sum(each.is_long for each in found) >= 4


async def test_what_is_asked_as_it_stands_comes_first_then_what_takes_long_to_plan_and_each_noun_once(
    driver: AsyncDriver, schema: GraphQLSchema
) -> None:
    hub = open_hub(reader(driver, graph.DATABASE, 60), schema)
    texts = [ONE, MANY, UNKNOWN_INPUT, "{ people { totalCount } }"]
    questions = FirstQuestions(hub.engine, texts)
    assert questions.waiting == 3
    await questions.ask()
    assert questions.waiting == 0
    (first, _), (second, _), (third, _) = hub.statements
    assert "Person" in first
    assert "UNWIND" in second
    assert "Project" in third
    await ask_nouns(hub.engine)
    assert len(hub.statements) == 3 + len(tuple(MODEL))
