"""Whoever is given personal data of another is noted before the answer leaves, whichever way they asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from auth.viewer import ANONYMOUS, Viewer
from graph_store.errors import StoreIsAway
from graph_store.model import MODEL
from graph_store.reads import reader
from resolvers.answer import Asked
from resolvers.engine import Engine, open_engine
from resolvers.personal import PersonalRead, PersonalReadsAreNotNoted
from schema.root import derived
from tests import graph
from tests.engine.conftest import CURSOR_KEY, Hub
from tests.engine.small_web import id_of, lay_out, run
from tests.slow.world import TODAY
from tests.viewers import at_home
from web.limits import document_checks

WANG, HOME = id_of("wang"), at_home((id_of("scu"),), "somebody")
PHONE = PersonalRead("Person", WANG, "phone")
TELL = 'query { person(id: "cd-person-wang") { phone } }'


@pytest_asyncio.fixture(scope="module", autouse=True)
async def web(driver: AsyncDriver) -> AsyncIterator[None]:
    await lay_out(driver)
    await run(driver, "MATCH (n:Person {id: $id}) SET n.phone = '13812345678'", id=WANG)
    yield
    await graph.empty(driver)


@pytest.mark.parametrize(
    "text",
    [
        TELL,
        'query { node(id: "cd-person-wang") { ... on Person { told: phone again: phone } } }',
        '{ nodes(ids: ["cd-person-wang", "nobody"]) { ... on Person { phone } } }',
        "{ people { nodes { phone } } }",
        "{ people(last: 20) { edges { cursor node { phone } } pageInfo { startCursor } } }",
        'query { institution(id: "cd-institution-scu") { people { nodes { phone } } } }',
        "{ institutions { nodes { people(first: 3) { nodes { phone } } } } }",
        '{ search(text: "王芳") { nodes { ... on Person { phone } } } }',
        'query { neighbourhood(of: "cd-institution-scu") { records { ... on Person { phone } } } }',
        '{ paths(from: "cd-institution-scu", to: "cd-topic-physics") { nodes { records { ... on Person { phone } } } } }',
        '{ _entities(representations: [{__typename: "Person", id: "cd-person-wang"}]) { ... on Person { phone } } }',
        "{ people { nodes { phone } } __schema { queryType { name } } }",
        "{ achievements(first: 3) { nodes { authors { nodes { phone } } } } }",
    ],
)
async def test_personal_data_is_noted_whichever_way_it_was_asked_for(hub: Hub, text: str) -> None:
    hub.noted.clear()
    answer = await hub.engine.answer(Asked(text, None, {}), HOME)
    assert b"13812345678" in answer.body
    assert answer.personal == (PHONE,)
    assert hub.noted == [(HOME, (PHONE,))]


@pytest.mark.parametrize(
    "text", ['query { person(id: "cd-person-wang") { name } }', "{ people { totalCount } }"]
)
async def test_what_asks_for_no_personal_data_notes_none(hub: Hub, text: str) -> None:
    hub.noted.clear()
    answer = await hub.engine.answer(Asked(text, None, {}), HOME)
    assert (answer.personal, hub.noted) == ((), [])


async def test_what_is_not_on_the_page_is_not_noted(hub: Hub) -> None:
    hub.noted.clear()
    text = "{ people(first: 1) { nodes { id phone } pageInfo { hasNextPage } } }"
    page = (await hub.data(text, viewer=HOME))["people"]
    assert page["pageInfo"]["hasNextPage"]
    assert WANG not in [each["id"] for each in page["nodes"]]
    assert hub.noted == []


async def test_the_cost_of_a_question_is_told_after_its_personal_data_is_noted(hub: Hub) -> None:
    hub.noted.clear()
    await hub.ask(TELL, viewer=HOME, cost="figures")
    assert hub.noted == [(HOME, (PHONE,))]


async def test_a_value_that_no_one_gave_is_not_noted_and_a_broken_one_is_told_by_its_place(
    hub: Hub, driver: AsyncDriver
) -> None:
    hub.noted.clear()
    text = 'query { person(id: "cd-person-wang") { email phone } }'
    assert (await hub.data(text, viewer=HOME))["person"]["email"] is None
    assert hub.noted == [(HOME, (PHONE,))]
    await run(driver, "MATCH (n:Person {id: $id}) SET n.email = [1]", id=WANG)
    answer = await hub.ask(text, viewer=HOME)
    assert [error["path"] for error in answer["errors"]] == [["person", "email"]]
    await run(driver, "MATCH (n:Person {id: $id}) REMOVE n.email", id=WANG)


def engine(driver: AsyncDriver, **given: Any) -> Engine:
    return open_engine(
        schema=derived(MODEL),
        model=MODEL,
        checks=document_checks(introspection=True),
        run=reader(driver, graph.DATABASE, 30),
        cursor_key=CURSOR_KEY,
        today=lambda: TODAY,
        most=100,
        **given,
    )


async def test_no_answer_leaves_when_it_cannot_be_noted(driver: AsyncDriver) -> None:
    async def fails(_viewer: Viewer, _reads: tuple[PersonalRead, ...]) -> None:
        raise StoreIsAway("the audit log cannot be written")

    with pytest.raises(StoreIsAway):
        await engine(driver, note_personal=fails).answer(Asked(TELL, None, {}), HOME)


async def test_where_nobody_notes_nobody_is_given_anothers_personal_data(
    driver: AsyncDriver,
) -> None:
    silent = engine(driver)
    with pytest.raises(PersonalReadsAreNotNoted):
        await silent.answer(Asked(TELL, None, {}), HOME)
    answer = await silent.answer(Asked(TELL, None, {}), ANONYMOUS)
    assert answer.body == b'{"data":{"person":{"phone":null}}}'
