"""Every compiler case: the text is the one expected, the database can plan it, and no plan is worse than its case says."""

from __future__ import annotations

import os
from typing import Any

import pytest
import pytest_asyncio
from graphql import GraphQLSchema
from neo4j import AsyncDriver

from auth.viewer import ANONYMOUS
from graph_store.constraints import apply
from graph_store.model import MODEL
from resolvers.binding import Binding, EntitiesBinder
from resolvers.engine import Engine, open_engine
from resolvers.plans import Plan
from schema.root import derived
from tests.cypher import cases
from tests.cypher.cases import Case
from web.limits import document_checks

CASES = cases.every()
SCHEMA: GraphQLSchema = derived(MODEL)
NAMES = [case.name for case in CASES]
# a page in the order of an index is never read by scanning a label or by sorting all
SEEKS = [
    case
    for case in CASES
    if case.name[3:].startswith(("first-page", "page-", "tie-heavy", "equality-", "range-"))
]


async def _nothing_is_run(_statement: str, _parameters: dict[str, Any]) -> list[Any]:
    raise AssertionError("compiling reads nothing")


ENGINE: Engine = open_engine(
    schema=SCHEMA,
    model=MODEL,
    checks=document_checks(introspection=True),
    run=_nothing_is_run,
    cursor_key=b"a key of these tests",
    today=lambda: "2026-11-25",
    most=1_000,
)


def compiled(case: Case) -> tuple[Plan, dict[str, Any]]:
    """The plan of a case and the variables as they come; a cursor is written in a case as the list of its keys."""
    prepared = ENGINE.documents.get(case.operation, None)
    given = {name: _cursor(name, value) for name, value in case.variables.items()}
    variables = prepared.coerce(given)
    assert isinstance(variables, dict)
    return ENGINE.plan(prepared, variables), variables


def _cursor(name: str, value: Any) -> Any:
    return ENGINE.mint.made("", value) if name in {"after", "before"} else value


def _parameters(plan: Plan, variables: dict[str, Any]) -> dict[str, Any]:
    binding = Binding(variables, ANONYMOUS.parameters, "2026-11-25")
    for page in plan.pages:
        if isinstance(page, EntitiesBinder):
            page.bind(binding)
        elif page.cursor is not None and page.plan.cursor is not None:
            binding.cursors[page.plan.cursor] = ENGINE.mint.read(page.cursor(binding))[1:]
    return {name: find(binding) for name, find in plan._getters}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_an_operation_is_compiled_to_the_text_of_its_case(case: Case) -> None:
    statement = compiled(case)[0].statement
    if os.environ.get("BASHU_UPDATE_CASES"):
        cases.write(case, statement)
    expected = cases.read(case.path)
    assert (cases.shown(statement), cases.sources(statement)) == (
        expected.cypher,
        expected.parameters,
    )


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_text_of_a_case_uses_each_of_its_parameters(case: Case) -> None:
    statement = compiled(case)[0].statement
    assert all(f"{name}" in statement.text for _, name in statement.parameters)


@pytest_asyncio.fixture(scope="module")
async def indexes(driver: AsyncDriver) -> None:
    """The constraints and indexes of the model."""
    await apply(driver, "neo4j", MODEL)


async def _plan(driver: AsyncDriver, case: Case) -> dict[str, Any]:
    plan, variables = compiled(case)
    async with driver.session(database="neo4j") as session:
        result = await session.run(f"EXPLAIN {plan.statement.text}", _parameters(plan, variables))
        explained: dict[str, Any] | None = (await result.consume()).plan
    assert explained is not None
    return explained


@pytest.mark.parametrize("case", CASES, ids=NAMES)
async def test_the_database_can_plan_the_text_of_a_case(
    driver: AsyncDriver, indexes: None, case: Case
) -> None:
    assert "ProduceResults@neo4j" in _operators(await _plan(driver, case))


JOINABLE = [case for case in CASES if compiled(case)[0].joinable]


@pytest.mark.parametrize("case", JOINABLE, ids=[case.name for case in JOINABLE])
async def test_the_database_can_plan_the_text_for_several_requests_of_a_case(
    driver: AsyncDriver, indexes: None, case: Case
) -> None:
    plan, variables = compiled(case)
    alone = _parameters(plan, variables)
    joinable = plan.joinable
    assert joinable is not None
    member = {name: alone[name] for name in joinable.own} | {"number": 0, "viewer": 0}
    shared = {name: alone[name] for name in joinable.shared}
    many = shared | {"members": [member], "viewers": [ANONYMOUS.parameters]}
    async with driver.session(database="neo4j") as session:
        result = await session.run(f"EXPLAIN {joinable.joint}", many)
        explained = (await result.consume()).plan
    assert explained is not None
    assert "ProduceResults@neo4j" in _operators(explained)


@pytest.mark.parametrize("case", SEEKS, ids=[case.name for case in SEEKS])
async def test_a_page_in_the_order_of_an_index_is_neither_scanned_nor_sorted(
    driver: AsyncDriver, indexes: None, case: Case
) -> None:
    operators = _operators(await _plan(driver, case))
    assert not {"NodeByLabelScan@neo4j", "Sort@neo4j", "Top@neo4j"} & set(operators), operators


@pytest.mark.parametrize("case", [case for case in CASES if "entities" in case.name])
async def test_entities_are_sought_one_by_one_in_their_order(
    driver: AsyncDriver, indexes: None, case: Case
) -> None:
    operators = _operators(await _plan(driver, case))
    assert "NodeUniqueIndexSeek@neo4j" in operators
    # a join by hash would give the records in no order
    assert not {each for each in operators if "Join" in each or "Scan" in each}, operators


def _operators(plan: dict[str, Any]) -> list[str]:
    return [
        plan["operatorType"],
        *(each for child in plan.get("children", ()) for each in _operators(child)),
    ]
