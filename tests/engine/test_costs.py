"""What a question costs in the database, in dbHits of PROFILE: a late page what the first costs, a missing record nothing.

In `make test` over a small graph; the deep test asks the same at scale 1 of a server named by `BASHU_TEST_SCALE_ONE_URI`.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from auth.viewer import ANONYMOUS, Viewer
from graph_store.driver import open_driver
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.statistics import measured
from resolvers.pricing import Pricing
from schema.root import derived
from tests import graph
from tests.engine.conftest import Hub, open_hub
from tests.engine.small_web import hits
from tests.viewers import at_home

PAGE, COUNT = 10, 1_200
ORDERS = [
    "orderBy: []",
    "orderBy: [{id: DESC}]",
    "orderBy: [{name: ASC}]",
    "orderBy: [{name: DESC}]",
    "orderBy: [{valueCny: ASC}]",
    "orderBy: [{valueCny: DESC}]",
    "orderBy: [{category: ASC}]",
    "where: {category: {eq: ANALYTICAL}}, orderBy: []",
    "where: {category: {eq: ANALYTICAL}}, orderBy: [{valueCny: ASC}]",
    "where: {category: {eq: ANALYTICAL}}, orderBy: [{valueCny: DESC}]",
    "where: {valueCny: {gte: 500000}}, orderBy: [{valueCny: DESC}]",
]
_MANY = """UNWIND range(0, $count - 1) AS i
CREATE (n:Instrument:Record {id: 'cd-instrument-' + right('00000' + i, 6), name: '仪器' + (i * 7 % 400), visibility: 'public', synthetic: true,
  version: 1, createdAt: '2026-01-05T01:00:00.000Z', updatedAt: '2026-01-05T01:00:00.000Z', status: 'available',
  category: CASE i % 3 WHEN 0 THEN 'laser' ELSE 'analytical' END, valueCny: CASE WHEN i % 10 < 8 THEN toFloat(i * 31 % 200) * 10000 END})"""


@pytest_asyncio.fixture(scope="module")
async def many_instruments(driver: AsyncDriver) -> AsyncIterator[None]:
    """Enough instruments that reading them all would show; a fifth of them without a value."""
    await graph.empty(driver)
    async with driver.session(database=graph.DATABASE) as session:
        await (await session.run(_MANY, count=COUNT)).consume()
        await (await session.run("CALL db.prepareForReplanning()")).consume()
    yield
    await graph.empty(driver)


async def _hits(driver: AsyncDriver, hub: Hub) -> int:
    """What the hub's last statement costs."""
    return await hits(driver, *hub.statements[-1])


async def _page(hub: Hub, noun: str, arguments: str, size: int, after: str | None) -> str | None:
    text = f"query ($after: String) {{ {noun}({arguments}, first: {size}, after: $after) {{ nodes {{ id name }} pageInfo {{ endCursor hasNextPage }} }} }}"
    info = (await hub.data(text, {"after": after}))[noun]["pageInfo"]
    return str(info["endCursor"]) if info["hasNextPage"] else None


async def _first_and_late(
    driver: AsyncDriver, hub: Hub, noun: str, arguments: str, skipped: int
) -> tuple[int, int]:
    """dbHits of the first page, and of the page after so many records."""
    await _page(hub, noun, arguments, PAGE, None)
    first, after = await _hits(driver, hub), None
    while skipped:
        size = min(skipped, hub.engine.most)
        after, skipped = await _page(hub, noun, arguments, size, after), skipped - size
        assert after is not None, "the list is shorter than that"
    await _page(hub, noun, arguments, PAGE, after)
    return first, await _hits(driver, hub)


@pytest.mark.parametrize("arguments", ORDERS)
async def test_a_late_page_costs_what_the_first_costs(
    driver: AsyncDriver, hub: Hub, many_instruments: None, arguments: str
) -> None:
    first, late = await _first_and_late(driver, hub, "instruments", arguments, 500)
    assert first <= 6 * PAGE
    assert late <= 1.2 * first


async def test_by_several_keys_a_late_page_reads_the_rest_of_one_tie_more(
    driver: AsyncDriver, hub: Hub, many_instruments: None
) -> None:
    arguments, ties = "orderBy: [{valueCny: DESC}, {name: ASC}]", COUNT * 8 // 10 // 200
    first, late = await _first_and_late(driver, hub, "instruments", arguments, 500)
    assert first <= 6 * PAGE
    assert late <= 1.2 * first + 5 * (ties + 1)


@pytest.mark.parametrize(
    "lookup",
    [
        'instrument(id: "nobody")',
        'instrument(by: {cstr: "nobody"})',
        'node(id: "nobody")',
        'person(by: {orcid: "nobody"})',
    ],
)
async def test_a_missing_record_costs_next_to_nothing(
    driver: AsyncDriver, hub: Hub, many_instruments: None, lookup: str
) -> None:
    text = f"{{ found: {lookup} {{ id }} }}"
    assert await hub.data(text) == {"found": None}
    assert await _hits(driver, hub) <= 5


@pytest.mark.parametrize(
    "where",
    [
        "category: {in: [ANALYTICAL, LASER]}",
        "category: {in: [LASER, LASER]}, valueCny: {lte: 1500000}",
        "status: {eq: AVAILABLE}",
    ],
)
async def test_a_filter_of_many_is_asked_along_the_index_of_the_sort(
    driver: AsyncDriver, hub: Hub, many_instruments: None, where: str
) -> None:
    arguments = f"where: {{{where}}}, orderBy: [{{valueCny: DESC}}]"
    first, late = await _first_and_late(driver, hub, "instruments", arguments, 200)
    assert first <= 12 * PAGE
    assert late <= 1.5 * first


async def test_a_row_too_many_is_read_only_where_more_is_asked(
    hub: Hub, many_instruments: None
) -> None:
    for info, rows in (("", 10), ("pageInfo { endCursor }", 10), ("pageInfo { hasNextPage }", 11)):
        for side, other in (("first", "hasPreviousPage"), ("last", "hasNextPage")):
            asked = info if side == "first" else info.replace("hasNext", "hasPrevious")
            await hub.data(
                f"{{ instruments({side}: 10) {{ nodes {{ id }} {asked} too: pageInfo {{ {other} }} }} }}"
            )
            assert rows in hub.statements[-1][1].values()
            assert (21 - rows) not in hub.statements[-1][1].values()


HIDE = "MATCH (n:Instrument) WHERE n.id ENDS WITH $end SET n.visibility = $visibility"
OWN = "MATCH (n:Instrument {id: 'cd-instrument-000007'}) MERGE (o:Institution:Record {id: 'owner'}) MERGE (n)-[:OWNED_BY]->(o)"
DISOWN = "MATCH (o:Institution {id: 'owner'}) DETACH DELETE o"


async def test_a_total_of_all_costs_what_is_hidden_and_counts_nothing_hidden(
    driver: AsyncDriver, hub: Hub, many_instruments: None
) -> None:
    async def total(viewer: Viewer = ANONYMOUS) -> int:
        data = await hub.data("{ instruments { totalCount } }", viewer=viewer)
        return int(data["instruments"]["totalCount"])

    assert await total() == COUNT
    assert await _hits(driver, hub) <= 5
    for end, visibility in (("07", "institution"), ("08", "self")):
        await driver.execute_query(HIDE, end=end, visibility=visibility)
    await driver.execute_query(OWN)
    assert await total() == COUNT - 2 * COUNT // 100
    assert await _hits(driver, hub) <= 5 + 8 * 2 * COUNT // 100
    assert await total(at_home(("owner",))) == COUNT - 2 * COUNT // 100 + 1
    for end in ("07", "08"):
        await driver.execute_query(HIDE, end=end, visibility="public")
    await driver.execute_query(DISOWN)


@pytest.mark.parametrize("count", [100, 1_000])
async def test_entities_cost_one_statement_and_a_seek_each(
    driver: AsyncDriver, hub: Hub, many_instruments: None, count: int
) -> None:
    text = "query ($given: [_Any!]!) { _entities(representations: $given) { ... on Instrument { id name category valueCny } } }"
    given = [{"__typename": "Instrument", "id": f"cd-instrument-{n:06}"} for n in range(count)]
    hub.statements.clear()
    found = (await hub.data(text, {"given": given}))["_entities"]
    assert [each["id"] for each in found] == [each["id"] for each in given]
    assert len(hub.statements) == 1
    assert await _hits(driver, hub) <= 10 * count


@pytest_asyncio.fixture(scope="module")
async def scale_one() -> AsyncIterator[AsyncDriver]:
    """A server without sign-in that holds the demonstration at scale 1."""
    uri = os.environ.get("BASHU_TEST_SCALE_ONE_URI")
    if not uri:
        pytest.skip("BASHU_TEST_SCALE_ONE_URI names no server with the demonstration at scale 1")
    async with open_driver(uri, "", None) as opened:
        yield opened


@pytest.mark.deep
@pytest.mark.parametrize(
    ("noun", "arguments", "skipped"),
    [
        *(("instruments", order, 3_000 if "where" in order else 10_000) for order in ORDERS),
        *(
            ("people", f"orderBy: [{key}]", 1_000 * PAGE)
            for key in ("", "{name: ASC}", "{name: DESC}", "{nameEn: ASC}", "{createdAt: DESC}")
        ),
    ],
)
async def test_row_10_000_costs_what_row_1_costs_at_scale_1(
    scale_one: AsyncDriver, noun: str, arguments: str, skipped: int
) -> None:
    hub = open_hub(reader(scale_one, graph.DATABASE, 30), derived(MODEL), most=10_000)
    first, late = await _first_and_late(scale_one, hub, noun, arguments, skipped)
    assert late <= 1.2 * first


# --------------------------------------------------------------------------------------- where little of a noun is open
_HELD = """UNWIND range(0, $count - 1) AS i
CREATE (n:Dataset:Record {id: 'cd-dataset-' + right('00000' + i, 6), name: '数据' + (i * 7 % 400), visibility: CASE WHEN i % 100 = 7 THEN 'public'
  WHEN i % 100 = 8 THEN 'network' ELSE 'agreement' END, synthetic: true, version: 1, createdAt: '2026-01-05T01:00:00.000Z', updatedAt: '2026-01-05T01:00:00.000Z'})
WITH n, i MERGE (keeper:Institution:Record {id: 'keeper-' + (i % 100), visibility: 'public'}) CREATE (n)-[:KEPT_BY]->(keeper)"""
HELD = 6_000
AT_HOME = at_home(("keeper-5",))


@pytest_asyncio.fixture(scope="module")
async def hidden_datasets(
    driver: AsyncDriver, many_instruments: None
) -> AsyncIterator[tuple[Hub, Hub]]:
    """Six thousand, of which one in a hundred is open: a hub that knows how little that is, and one that does not."""
    read = reader(driver, graph.DATABASE, 60)
    await driver.execute_query(_HELD, count=HELD)
    await driver.execute_query("CALL db.prepareForReplanning()")
    known = await measured(read, MODEL, datetime(2026, 11, 29, tzinfo=UTC))
    assert [noun for noun, _ in known.scarce] == ["Dataset"]
    schema = derived(MODEL)
    yield open_hub(read, schema, pricing=Pricing(lambda: known)), open_hub(read, schema)
    for label in ("Dataset", "Institution"):
        await driver.execute_query(f"MATCH (n:{label}) DETACH DELETE n")


@pytest.mark.parametrize("viewer", [ANONYMOUS, AT_HOME], ids=["anonymous", "at home"])
@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("{ datasets(first: 10) { nodes { id } } }", 900),
        ("{ datasets(first: 10, orderBy: [{name: DESC}]) { nodes { id } } }", 1_100),
        ("{ datasets { totalCount } }", 700),
        ("{ datasets { groups(by: []) { count } } }", 700),
        ('{ datasets(where: {name: {contains: "7"}}) { totalCount } }', 900),
    ],
)
async def test_where_little_is_open_a_question_begins_at_what_may_be_seen(
    driver: AsyncDriver, hidden_datasets: tuple[Hub, Hub], text: str, most: int, viewer: Viewer
) -> None:
    knowing, other = hidden_datasets
    assert await knowing.data(text, viewer=viewer) == await other.data(text, viewer=viewer)
    assert await _hits(driver, knowing) <= most


async def test_a_page_of_one_who_holds_much_is_read_along_the_index(
    driver: AsyncDriver, hidden_datasets: tuple[Hub, Hub]
) -> None:
    knowing, other = hidden_datasets
    holds_much = at_home(tuple(f"keeper-{number}" for number in range(60)))
    text = "{ datasets(first: 10) { nodes { id } } }"
    assert await knowing.data(text, viewer=holds_much) == await other.data(text, viewer=holds_much)
    assert await _hits(driver, knowing) <= await _hits(driver, other) + 4 * 60


async def test_pages_that_begin_at_what_may_be_seen_follow_one_another_without_gap_or_double(
    hidden_datasets: tuple[Hub, Hub],
) -> None:
    for order in ("[]", "[{name: DESC}]"):
        lists = []
        for hub in hidden_datasets:
            text = f"query ($after: String) {{ datasets(first: 7, after: $after, orderBy: {order}) {{ nodes {{ id }} pageInfo {{ endCursor hasNextPage }} }} }}"
            ids: list[str] = []
            after, more = None, True
            while more:
                page = (await hub.data(text, {"after": after}, AT_HOME))["datasets"]
                ids += [each["id"] for each in page["nodes"]]
                after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
            lists.append(ids)
        assert lists[0] == lists[1]
        assert len(lists[0]) == len(set(lists[0])) == 2 * HELD // 100 + HELD // 100


@pytest.mark.parametrize("viewer", [ANONYMOUS, AT_HOME], ids=["anonymous", "at home"])
async def test_a_record_is_sought_by_its_id_whoever_asks(
    driver: AsyncDriver, hub: Hub, hidden_datasets: tuple[Hub, Hub], viewer: Viewer
) -> None:
    for id_ in ("cd-dataset-000007", "cd-dataset-000005"):  # public; kept by keeper-5
        await hub.data("query ($id: ID!) { dataset(id: $id) { id name } }", {"id": id_}, viewer)
        assert await _hits(driver, hub) <= 12
