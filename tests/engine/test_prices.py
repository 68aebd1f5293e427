"""Prices follow what PROFILE counts; what is too dear is refused unasked, with the place and a cheaper form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import correlation
from typing import Any

import orjson
import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from auth.viewer import ANONYMOUS
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.statistics import UNKNOWN, Statistics, measured
from resolvers.pricing import Pricing
from schema.root import hub_schema
from settings import Settings
from tests.engine.conftest import Hub, open_hub
from tests.engine.priced import OPERATIONS
from tests.engine.test_questions import QUESTIONS, variables_of
from tests.graph import DATABASE
from tests.test_docs import CHECKOUT, GUIDES, blocks

BUDGET = Settings.model_fields["cost_budget"].default
NOW = datetime(2026, 7, 1, tzinfo=UTC)
BY_ID = '{ institution(id: "cd-institution-scu") { name } }'
DEAR = """query ($n: Int = 1000) {
  all: institutions(first: $n) {
    nodes { name staff: people(first: $n) { totalCount who: nodes { name projects(first: 1) { totalCount } } } }
  }
}"""

Open = Callable[..., Hub]


@pytest_asyncio.fixture(scope="module")
async def statistics(driver: AsyncDriver, demonstration: Hub) -> Statistics:
    """Of the demonstration."""
    return await measured(reader(driver, DATABASE, 30), MODEL, NOW)


@pytest_asyncio.fixture(scope="module")
async def open_priced(driver: AsyncDriver, demonstration: Hub, statistics: Statistics) -> Open:
    """Opens a hub over the demonstration with prices."""
    schema, run = hub_schema(), reader(driver, DATABASE, 30)

    def opened(**given: Any) -> Hub:
        pricing = Pricing(**({"statistics": lambda: statistics} | given))
        return open_hub(run, schema, pricing=pricing)

    return opened


async def test_an_answer_of_too_many_rows_is_refused_by_its_largest_list(open_priced: Open) -> None:
    hub = open_priced(most_rows=100)
    few = "{ institutions(first: 3) { nodes { people(first: 10) { nodes { name } } } } }"
    assert "errors" not in await hub.ask(few)
    hub.statements.clear()
    (error,) = (await hub.ask(few.replace("first: 3", "first: 150")))["errors"]
    told = error["extensions"]
    assert (told["code"], told["path"]) == (
        "TOO_COSTLY",
        ["institutions", "nodes", "people", "nodes"],
    )
    assert told["rows"] > told["mostRows"] == 100
    assert not hub.statements


def grown(statistics: Statistics, by: float) -> Statistics:
    """The same graph so many times larger, with as many edges a record; those that have many have more."""
    return replace(
        statistics,
        records={noun: count * by for noun, count in statistics.records.items()},
        degrees={
            end: replace(degree, met=max(degree.mean, degree.met * by**0.5))
            for end, degree in statistics.degrees.items()
        },
        values={
            name: replace(values, distinct=values.distinct * (by if values.distinct > 50 else 1))
            for name, values in statistics.values.items()
        },
    )


def estimate_of(hub: Hub, text: str, variables: dict[str, Any]) -> float:
    """The price, without asking."""
    engine, prepared = hub.engine, hub.engine.documents.get(text, None)
    coerced = prepared.coerce(variables)
    assert isinstance(coerced, dict)
    plan = engine.plan(prepared, coerced)
    parameters, _ = plan.bind(engine.bound(coerced, ANONYMOUS), engine.mint, engine.most)
    return engine.pricing.price(plan, parameters)


def ranks(values: list[float]) -> list[float]:
    """Each value's place among them; equal ones share the middle of theirs."""
    ordered = sorted(values)
    return [ordered.index(each) + (ordered.count(each) - 1) / 2 for each in values]


async def samples(hub: Hub) -> list[tuple[str, dict[str, Any]]]:
    """Every question of the guides, of GraphiQL, and of people."""
    shown = orjson.loads((CHECKOUT / "web" / "graphiql" / "source" / "samples.json").read_bytes())
    return [
        *((text, {}) for guide in GUIDES for text in blocks(guide, "graphql")),
        *((each["query"], orjson.loads(each.get("variables", "{}"))) for each in shown),
        *[(each.read_text(), await variables_of(each, hub)) for each in QUESTIONS],
    ]


# ------------------------------------------------------------------------------------------------------------- estimate
async def test_prices_rank_operations_as_the_hits_of_their_profiles_do(
    driver: AsyncDriver, open_priced: Open
) -> None:
    profiled = reader(driver, DATABASE, 60).profiled
    hub = open_priced(profiled=profiled)
    asked: list[tuple[str, dict[str, Any]]] = [(text, {}) for text in OPERATIONS]
    asked += [(each.read_text(), await variables_of(each, hub)) for each in QUESTIONS]
    costs = [await hub.ask(text, variables, cost="explained") for text, variables in asked]
    assert not [each["errors"] for each in costs if "errors" in each]
    figures = [each["extensions"]["cost"] for each in costs]

    estimates = [float(each["estimate"]) for each in figures]
    hits = [float(each["explain"]["dbHits"]) for each in figures]
    assert len(hits) >= 60
    assert correlation(ranks(estimates), ranks(hits)) >= 0.9
    # not in rank alone: half of them are within a third
    near = [
        1 / 1.34 <= estimate / hit <= 1.34 for estimate, hit in zip(estimates, hits, strict=True)
    ]
    assert sum(near) >= len(near) / 2


async def test_every_sample_question_is_within_the_budget_of_a_graph_of_scale_1(
    open_priced: Open, statistics: Statistics
) -> None:
    hub = open_priced(statistics=lambda: grown(statistics, 1 / 0.02), budget=BUDGET)
    for text, variables in await samples(hub):
        prepared = hub.engine.documents.get(text, None)
        if not (prepared.is_mutation or prepared.is_subscription):
            assert estimate_of(hub, text, variables) <= BUDGET, text


async def test_a_larger_graph_makes_the_same_plan_dearer_at_once(
    open_priced: Open, statistics: Statistics
) -> None:
    at_the_moment = [statistics]
    hub = open_priced(statistics=lambda: at_the_moment[0])
    text = '{ people(where: {name: {contains: "王"}}) { totalCount } }'
    before = estimate_of(hub, text, {})
    at_the_moment[0] = grown(statistics, 10)
    assert estimate_of(hub, text, {}) == pytest.approx(10 * before)
    assert estimate_of(hub, BY_ID, {}) < 10


async def test_without_statistics_small_questions_pass_and_dear_ones_are_refused(
    open_priced: Open,
) -> None:
    hub = open_priced(statistics=lambda: UNKNOWN, budget=BUDGET)
    assert (await hub.data(BY_ID))["institution"]
    assert (await hub.data("{ people(first: 100) { totalCount nodes { name } } }"))["people"]
    scans = [
        f'a{n}: people(where: {{projects: {{some: {{name: {{contains: "{n}"}}}}}}}}) {{ totalCount }}'
        for n in range(60)
    ]
    assert await hub.refusal(f"{{ {' '.join(scans)} }}") == "TOO_COSTLY"


@pytest.mark.parametrize("size", [1, 10, 100])
def test_a_price_grows_with_the_page(open_priced: Open, size: int) -> None:
    text = "query ($n: Int) { people(first: $n) { nodes { name affiliations(first: $n) { nodes { name } } } } }"
    hub = open_priced()
    assert estimate_of(hub, text, {"n": size}) * 5 < estimate_of(hub, text, {"n": size * 10})


def test_a_list_of_ids_costs_by_its_length(open_priced: Open) -> None:
    text, hub = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", open_priced()
    one, hundred = ({"ids": ["x"] * count} for count in (1, 100))
    assert estimate_of(hub, text, hundred) == pytest.approx(100 * estimate_of(hub, text, one))


# -------------------------------------------------------------------------------------------------------------- refusal
async def test_a_question_that_is_too_dear_is_refused_before_the_database_is_asked(
    open_priced: Open,
) -> None:
    hub = open_priced(budget=20_000)
    (error,) = (await hub.ask(DEAR))["errors"]
    assert hub.statements == []
    told = error["extensions"]
    assert told["code"] == "TOO_COSTLY"
    assert told["budget"] == 20_000 < told["estimate"]
    assert told["path"] == ["all", "nodes", "staff", "who", "projects", "totalCount"]
    assert "all.nodes.staff.who.projects.totalCount" in error["message"]
    assert "Leave out totalCount" in error["message"]
    assert "请去掉该处的 totalCount" in told["messageZh"]


@pytest.mark.parametrize(
    ("text", "path", "advice"),
    [
        (
            '{ n: people(where: {name: {contains: "x"}}) { c: totalCount } }',
            ["n", "c"],
            "totalCount",
        ),
        ("{ people { groups(by: [SYNTHETIC]) { count } } }", ["people", "groups"], "grouped"),
        (
            '{ people(where: {projects: {some: {name: {contains: "x"}}}}) { edges { node { name } } } }',
            ["people", "edges"],
            "filter by an identifier",
        ),
        (
            "{ instruments { nodes { name held: owner { all: people(first: 1000) { nodes { name } } } } } }",
            ["instruments", "nodes", "held", "all", "nodes"],
            "a smaller `first`",
        ),
        (
            '{ s: search(text: "大学") { totalCount nodes { id } } }',
            ["s", "nodes"],
            "limit kinds",
        ),
        (
            '{ _entities(representations: [{__typename: "Institution", id: "x"}]) { ... on Institution { p: people { nodes { name } } } } }',
            ["_entities", "p", "nodes"],
            "a smaller `first`",
        ),
    ],
)
async def test_the_refusal_names_the_dearest_place_and_a_cheaper_form(
    open_priced: Open, text: str, path: list[str], advice: str
) -> None:
    hub = open_priced(budget=50)
    (error,) = (await hub.ask(text))["errors"]
    assert error["extensions"]["path"] == path
    assert advice in error["message"]


async def test_the_refusal_says_by_how_much_pages_would_have_to_be_smaller(
    open_priced: Open,
) -> None:
    text = "query ($n: Int) { people(first: $n) { nodes { name } } }"
    hub = open_priced(budget=200)
    (error,) = (await hub.ask(text, {"n": 100}))["errors"]
    assert "Pages 2 times smaller would do." in error["message"]
    assert "页长缩小到 1/2 即可" in error["extensions"]["messageZh"]
    assert len((await hub.data(text, {"n": 50}))["people"]["nodes"]) == 50


# ------------------------------------------------------------------------------------------------------------- accounts
async def test_the_cost_is_told_to_who_asks_for_it_and_to_nobody_else(open_priced: Open) -> None:
    hub = open_priced(budget=BUDGET)
    text = "{ institutions(first: 3) { nodes { name people(first: 1) { nodes { name } } } } }"
    answer = await hub.ask(text, cost="figures")
    people = sum(len(each["people"]["nodes"]) for each in answer["data"]["institutions"]["nodes"])
    cost = answer["extensions"]["cost"]
    assert cost.pop("estimate") > 10
    assert cost == {"budget": BUDGET, "statements": 1, "rows": 3 + people}
    assert await hub.ask(text) == {"data": answer["data"]}


async def test_a_record_by_itself_is_a_row_and_the_schema_is_none(open_priced: Open) -> None:
    hub = open_priced()
    found = (await hub.ask(BY_ID, cost="figures"))["extensions"]["cost"]
    assert (found["statements"], found["rows"], found["budget"]) == (1, 1, None)
    missing = await hub.ask('{ institution(id: "nobody") { name } }', cost="figures")
    assert missing["extensions"]["cost"]["rows"] == 0
    schema = await hub.ask("{ __schema { queryType { name } } }", cost="figures")
    assert schema["extensions"]["cost"] == {
        "estimate": 0,
        "budget": None,
        "statements": 0,
        "rows": 0,
    }


async def test_cypher_and_profile_are_shown_where_that_is_allowed(
    driver: AsyncDriver, open_priced: Open
) -> None:
    hub = open_priced(profiled=reader(driver, DATABASE, 30).profiled)
    answer = await hub.ask(BY_ID, cost="explained")
    explained = answer["extensions"]["cost"]["explain"]
    assert answer["data"] == await hub.data(BY_ID)
    assert explained["cypher"] == hub.statements[-1][0]
    assert "cd-institution-scu" not in explained["cypher"]
    assert 0 < explained["dbHits"] <= 10
    assert explained["profile"]["operator"] == "ProduceResults"
    assert explained["profile"]["children"]


async def test_elsewhere_asking_for_them_is_refused_before_anything_is_read(
    open_priced: Open,
) -> None:
    hub = open_priced()
    (error,) = (await hub.ask(BY_ID, cost="explained"))["errors"]
    assert error["extensions"]["code"] == "EXPLAIN_IS_OFF"
    assert "BASHU_EXPLAIN" in error["extensions"]["messageZh"]
    assert hub.statements == []
