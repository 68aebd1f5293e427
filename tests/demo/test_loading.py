"""The load on a real Neo4j, which is emptied before: real institutions that another test left would be taken for those of the load."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import orjson
import pytest
from neo4j import AsyncDriver

from demo import graph
from demo.generator import known_records, records
from demo.loading import Loaded, load, remove
from demo.records import Record
from demo.standing import LoadRefused, Marker, Wanted
from demo.world import build
from graph_store.commands.rows import SHANGHAI
from graph_store.local_server.progress import silent
from tests.graph import empty

DATABASE = "neo4j"
WANTED = Wanted(0.01, 7, force=True)
NOW = datetime(2027, 3, 8, 17, 30, tzinfo=UTC)  # the ninth in Shanghai


@pytest.fixture(scope="module")
async def generated() -> list[Record]:
    """What the generator gives for the wanted demonstration."""
    return list(records(build(WANTED.scale, WANTED.seed, NOW.astimezone(SHANGHAI).date())))


@pytest.fixture(scope="module")
async def loaded(driver: AsyncDriver) -> AsyncIterator[Loaded]:
    """A demonstration in the graph, taken out again with its facts when the module is done."""
    await empty(driver)
    try:
        yield await load(driver, DATABASE, WANTED, silent, lambda: NOW)
    finally:
        await _clear(driver)


async def _clear(driver: AsyncDriver) -> None:
    await remove(driver, DATABASE, silent)
    ids = [each.id for each in known_records()]
    await driver.execute_query("MATCH (n:Record) WHERE n.id IN $ids DETACH DELETE n", ids=ids)


async def ask(driver: AsyncDriver, query: str, **values: object) -> list[dict[str, object]]:
    answer = await driver.execute_query(query, values)
    return [row.data() for row in answer.records]


async def test_every_record_is_in_the_graph_as_it_was_generated(
    driver: AsyncDriver, loaded: Loaded, generated: list[Record]
) -> None:
    rows = await ask(
        driver,
        "MATCH (n:Record) WHERE n.id IN $ids RETURN n {.*} AS record, labels(n) AS labels",
        ids=[each.id for each in generated],
    )
    stored = {row["record"]["id"]: row for row in rows}  # type: ignore[index] # a map
    assert len(stored) == len(generated) == sum(loaded.counts.values())
    for each in generated:
        row = stored[each.id]
        found = {key: value for key, value in row["record"].items() if value != []}  # type: ignore[attr-defined] # a map
        if "readAt" in found:
            # an import of the demonstration has read the source since
            assert each.noun == "Source"
            del found["readAt"]
            found |= {key: each.properties[key] for key in ("version", "updatedAt")}
        assert found == {key: value for key, value in each.properties.items() if value != []}
        assert set(row["labels"]) == {each.noun, "Record"}  # type: ignore[call-overload] # a list


async def test_every_edge_is_in_the_graph(
    driver: AsyncDriver, loaded: Loaded, generated: list[Record]
) -> None:
    wanted = Counter(tie.type for each in generated for tie in each.ties)
    rows = await ask(
        driver,
        """MATCH (start:Record)-[edge]->(end:Record) WHERE start.id IN $ids AND end.id IN $ids
        RETURN type(edge) AS type, count(*) AS edges""",
        ids=[each.id for each in generated],
    )
    assert {row["type"]: row["edges"] for row in rows} == dict(wanted)
    assert loaded.edges == wanted.total()


async def test_its_imports_balance_and_tell_why_rows_were_not_taken(
    driver: AsyncDriver, loaded: Loaded
) -> None:
    rows = await ask(
        driver,
        """MATCH (i:Import)-[:READ_FROM]->(source:Source)
        RETURN source.code AS code, i.new AS new, i.changed AS changed, i.unchanged AS unchanged,
          i.rejected AS rejected, i.read AS read, i.companions AS companions, i.unresolved AS unresolved,
          i.state AS state, i.synthetic AS synthetic, COUNT { MATCH (r:ImportRow {run: i.id}) } AS told
        ORDER BY i.startedAt""",
    )
    of_ror = {"read": 36, "new": 0, "changed": 0, "unchanged": 33, "rejected": 3}
    assert [{name: row[name] for name in of_ror} for row in rows] == [
        {"read": 24, "new": 24, "changed": 0, "unchanged": 0, "rejected": 0},
        {"read": 32, "new": 4, "changed": 5, "unchanged": 19, "rejected": 4},
        of_ror,
    ]
    assert [row["code"] for row in rows] == ["cerif", "cerif", "ror"]
    assert [(row["companions"], row["unresolved"]) for row in rows] == [(2, 0), (0, 0), (0, 3)]
    assert all(row["synthetic"] and row["state"] == "finished" for row in rows)
    for row in rows:
        assert row["told"] == sum(
            int(str(row[each])) for each in ("read", "companions", "unresolved")
        )
    reasons = await ask(
        driver,
        """MATCH (r:ImportRow {fate: 'rejected'})
        RETURN count(r) AS rows, count(r.rule + r.ruleEn + r.repair + r.repairEn) AS told""",
    )
    assert reasons == [{"rows": 7, "told": 7}]
    read = await ask(
        driver,
        """MATCH (i:Import)-[:READ_FROM]->(s:Source {code: 'cerif'})
        RETURN s.readAt AS read, max(i.startedAt) AS last, max(i.endedAt) AS ended""",
    )
    assert str(read[0]["last"]) < str(read[0]["read"]) <= str(read[0]["ended"])


async def test_money_is_stored_as_floats(driver: AsyncDriver, loaded: Loaded) -> None:
    rows = await ask(
        driver,
        "MATCH (n:Instrument {synthetic: true}) RETURN DISTINCT valueType(n.valueCny) AS type",
    )
    assert [row["type"] for row in rows] == ["FLOAT NOT NULL"]


async def test_the_log_tells_every_record_with_its_edges_and_has_no_gap(
    driver: AsyncDriver, loaded: Loaded, generated: list[Record]
) -> None:
    project = next(each for each in generated if each.noun == "Project")
    rows = await ask(
        driver,
        "MATCH (c:Change {command: 'load_demonstration'}) RETURN c {.*} AS change ORDER BY c.seq",
    )
    changes: list[dict[str, str]] = [row["change"] for row in rows]  # type: ignore[misc] # maps
    told = Counter(each["nodeId"] for each in changes)
    assert {each.id for each in generated} <= told.keys()
    after = orjson.loads(next(each for each in changes if each["nodeId"] == project.id)["after"])
    lead = next(tie for tie in project.ties if tie.properties.get("role") == "lead")
    assert {"id": lead.start, "role": "lead"} in after["institutions"]
    whole = await ask(
        driver,
        "MATCH (c:Change) WITH count(c) AS rows, max(c.seq) AS last MATCH (s:Sequence {id: 'changes'}) RETURN rows, last, s.last AS sequence",
    )
    assert whole[0]["rows"] == whole[0]["last"] == whole[0]["sequence"]


async def test_the_second_load_finds_it_there(driver: AsyncDriver, loaded: Loaded) -> None:
    again = await load(driver, DATABASE, WANTED, silent)
    assert again.was_there
    assert again.counts == {}


async def test_another_scale_is_refused_without_force(driver: AsyncDriver, loaded: Loaded) -> None:
    with pytest.raises(LoadRefused, match="--force"):
        await load(driver, DATABASE, Wanted(0.02, 7), silent)


async def test_a_load_cut_off_in_the_middle_is_begun_again(
    driver: AsyncDriver, loaded: Loaded
) -> None:
    wanted = Wanted(0.002, 7, force=True)
    world = build(wanted.scale, wanted.seed)
    await remove(driver, DATABASE, silent)
    cut_off = asyncio.Event()

    def until_people(what: str, _done: int, _total: int) -> None:
        if "people" in what:
            cut_off.set()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await load(driver, DATABASE, wanted, until_people)
    left = await graph.marker(driver, DATABASE)
    assert cut_off.is_set()
    assert left == Marker(0.002, 7, world.mark, finished=False)
    again = await load(driver, DATABASE, Wanted(0.002, 7), silent)
    assert again.removed > 0
    rows = await ask(
        driver,
        "MATCH (n:Record) WHERE n.id IN $ids RETURN count(n) AS records",
        ids=(ids := [each.id for each in records(world)]),
    )
    assert rows[0]["records"] == len(ids)


async def test_replacing_leaves_what_others_tied_to_the_facts(
    driver: AsyncDriver, loaded: Loaded
) -> None:
    await ask(
        driver,
        """MATCH (i:Institution {id: 'cd-institution-scu'})
        CREATE (:Record:Test {id: 'cd-test-replacing', synthetic: false})-[:OWNED_BY]->(i)""",
    )
    before = await graph.marker(driver, DATABASE)
    assert before is not None
    replaced = await load(driver, DATABASE, Wanted(0.001, 8, force=True), silent)
    rows = await ask(
        driver,
        "MATCH (n:Test {id: 'cd-test-replacing'})-[:OWNED_BY]->(i) DETACH DELETE n RETURN i.id AS id",
    )
    old = before.mark
    left = await ask(
        driver, "MATCH (n:Record) WHERE n.id CONTAINS $mark RETURN n.id AS id", mark=old
    )
    assert [row["id"] for row in rows] == ["cd-institution-scu"]
    stray = await ask(
        driver, "MATCH (r:ImportRow) WHERE r.run CONTAINS $mark RETURN r.id AS id", mark=old
    )
    assert replaced.removed > 0
    assert left == stray == []


async def test_a_fact_that_was_imported_before_is_tied_to_and_not_doubled(
    driver: AsyncDriver, loaded: Loaded
) -> None:
    await _clear(driver)
    await ask(
        driver,
        """CREATE (:Division:Record {id: 'cd-division-imported', code: '510107', name: '武侯区',
        level: 'county', synthetic: false, version: 1})""",
    )
    await load(driver, DATABASE, Wanted(0.001, 7, force=True), silent)
    rows = await ask(
        driver,
        """MATCH (:Institution {id: 'cd-institution-scu'})-[:LOCATED_IN]->(d)
        RETURN d.id AS id, COUNT { MATCH (n:Division {code: '510107'}) } AS divisions""",
    )
    await ask(driver, "MATCH (d:Division {id: 'cd-division-imported'}) DETACH DELETE d")
    assert rows == [{"id": "cd-division-imported", "divisions": 1}]
