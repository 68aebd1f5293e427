"""What an import leaves of itself: books that balance, rows with their fates, rules and repairs, for whoever looks after the hub."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from auth.viewer import ANONYMOUS, Viewer
from flows.reconcile import SILENCE
from flows.sources.batches import Purpose
from flows.sources.imports import import_file, look_through
from flows.sources.reports import report_at
from flows.sources.runs import MOST_KEPT
from graph_store.commands.actors import HUB
from graph_store.commands.import_runs import BURY_IMPORT, Silent
from graph_store.commands.imports import Store
from graph_store.commands.lanes import open_lane
from graph_store.commands.rows import instant_text
from graph_store.commands.transactions import Store as Outcomes
from graph_store.flow_leftovers import silent_imports
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.rights import Role
from schema.root import derived
from tests.engine.conftest import Hub, open_hub
from tests.flows.sources.conftest import NOW, Import, ask
from tests.flows.sources.test_imports import bodies, lines, ror
from tests.graph import DATABASE
from tests.viewers import at_home, elsewhere

FileOf = Callable[[str, str | bytes], Path]
OPERATOR, AUDITOR = elsewhere(Role.PLATFORM_ADMIN), elsewhere(Role.AUDITOR)
MEMBER = at_home(("somewhere",))

RUNS = """{ imports(orderBy: [{startedAt: ASC}]) { nodes {
  id name digest connector mapping state actor startedAt endedAt failure failureEn
  read new changed unchanged rejected passedOver companions links unresolved source { code } } } }"""
ROWS = """query ($run: ID!, $fate: ImportFate!) {
  importRows(where: {run: {eq: $run}, fate: {eq: $fate}}, orderBy: [{row: ASC}], first: 1000) {
    totalCount nodes { row recordId field value rule ruleEn repair repairEn } } }"""


@pytest.fixture(autouse=True)
async def bare(graph: AsyncDriver) -> None:
    """Each test begins with no records and no log."""
    await ask(graph, "MATCH (n) WHERE n:Record OR n:Change OR n:ImportRow DETACH DELETE n")


@pytest.fixture
def hub(graph: AsyncDriver) -> Hub:
    """What may be asked of it."""
    return open_hub(reader(graph, DATABASE, 30), derived(MODEL))


async def runs(hub: Hub, viewer: Viewer = OPERATOR) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await hub.data(RUNS, viewer=viewer))["imports"]["nodes"]
    return found


async def rows(hub: Hub, run: str, fate: str, viewer: Viewer = OPERATOR) -> list[dict[str, Any]]:
    given = {"run": run, "fate": fate}
    found = (await hub.data(ROWS, given, viewer))["importRows"]
    assert found["totalCount"] == len(found["nodes"])
    nodes: list[dict[str, Any]] = found["nodes"]
    return nodes


def balanced(run: dict[str, Any]) -> bool:
    return bool(run["read"] == run["new"] + run["changed"] + run["unchanged"] + run["rejected"])


async def test_a_run_says_what_was_read_and_what_became_of_each_row(
    hub: Hub, importing: Import, file_of: FileOf
) -> None:
    await importing(
        "ror", file_of("a.jsonl", lines([ror("03yrm5c", established=1950), ror("01k4yrm")]))
    )
    broken = ror("042nb2s") | {"id": "https://ror.org/042nb2s45"}
    text = lines([ror("03yrm5c", established=1951), ror("01k4yrm"), broken, ror("02aj13c")]) + "x\n"
    path = file_of("b.jsonl", text)
    await importing("ror", path)
    _, run = await runs(hub)
    assert run["name"] == "b.jsonl"
    assert run["digest"] == hashlib.sha256(text.encode()).hexdigest()
    assert (run["connector"], run["mapping"], run["actor"]) == ("ror", None, "tester")
    assert (run["state"], run["source"]) == ("FINISHED", {"code": "ror"})
    assert (run["read"], run["new"], run["changed"], run["unchanged"], run["rejected"]) == (
        5,
        1,
        1,
        1,
        2,
    )
    assert balanced(run)
    assert [each["row"] for each in await rows(hub, run["id"], "NEW")] == [4]
    assert [each["row"] for each in await rows(hub, run["id"], "CHANGED")] == [1]
    (still,) = await rows(hub, run["id"], "UNCHANGED")
    assert still["recordId"].startswith("cd-institution-")
    wrong, shapeless = await rows(hub, run["id"], "REJECTED")
    assert (wrong["row"], wrong["field"], wrong["value"]) == (3, "ror", "042nb2s45")
    assert wrong["rule"]
    assert "source" in wrong["repairEn"]
    assert (shapeless["row"], shapeless["field"]) == (5, None)
    assert all(
        each[name]
        for each in (wrong, shapeless)
        for name in ("rule", "ruleEn", "repair", "repairEn")
    )


async def test_of_each_fate_the_first_thousand_rows_are_kept_and_all_are_counted(
    hub: Hub, importing: Import, file_of: FileOf
) -> None:
    count = MOST_KEPT + 200
    await importing("ror", file_of("r.jsonl", lines([ror(each) for each in bodies(count)])))
    (run,) = await runs(hub)
    kept = await rows(hub, run["id"], "NEW")
    assert run["new"] == count
    assert [each["row"] for each in kept] == list(range(1, MOST_KEPT + 1))


async def test_a_record_that_a_late_link_changed_is_among_the_changed(
    hub: Hub, importing: Import, file_of: FileOf
) -> None:
    parent = ror("03yrm5c")["id"]
    path = file_of(
        "r.jsonl", lines([ror("01k4yrm", relationships=[{"type": "Parent", "id": parent}])])
    )
    await importing("ror", path)
    await importing("ror", file_of("p.jsonl", lines([ror("03yrm5c")])))
    await importing("ror", path)
    *_, run = await runs(hub)
    assert (run["changed"], run["unchanged"], run["links"], run["unresolved"]) == (1, 0, 1, 0)
    assert len(await rows(hub, run["id"], "CHANGED")) == 1
    assert await rows(hub, run["id"], "UNCHANGED") == []


async def test_what_came_by_the_way_and_what_leads_nowhere_are_told_with_their_rows(
    hub: Hub, importing: Import, file_of: FileOf
) -> None:
    society = '<OrgUnit id="O1"><Name>A society</Name></OrgUnit>'
    known = '<OrgUnit id="O2"><Name>Known</Name><RORID>https://ror.org/03yrm5c26</RORID></OrgUnit>'
    event = f"<Event id='E1'><Name>First</Name><Organizer>{society}</Organizer><Organizer>{known}</Organizer></Event>"
    await importing(
        "cerif", file_of("e.xml", f"<CERIF><Event id='E0'><Name>N</Name></Event>{event}</CERIF>")
    )
    (run,) = await runs(hub)
    assert (run["companions"], run["unresolved"]) == (2, 0)
    made = await rows(hub, run["id"], "COMPANION")
    assert [(each["row"], each["field"]) for each in made] == [(2, None), (2, None)]
    assert all(each["recordId"].startswith("cd-institution-") for each in made)
    parent = ror("042nb2s")["id"]
    child = ror("01k4yrm", relationships=[{"type": "Parent", "id": parent}])
    await importing("ror", file_of("r.jsonl", lines([ror("02aj13c"), child])))
    *_, run = await runs(hub)
    (astray,) = await rows(hub, run["id"], "UNRESOLVED")
    (_, start) = await rows(hub, run["id"], "NEW")
    assert (astray["row"], astray["field"], astray["value"]) == (
        2,
        "parents",
        parent.rpartition("/")[2],
    )
    assert astray["recordId"] == start["recordId"]
    assert all(astray[name] for name in ("rule", "ruleEn", "repair", "repairEn"))


async def test_an_organisation_that_another_source_gave_is_tied_to_by_its_identifier(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    await importing("ror", file_of("r.jsonl", lines([ror("03yrm5c")])))
    (before,) = await ask(
        graph, "MATCH (i:Institution) SET i.originKey = 'other:1' RETURN i.version"
    )
    known = '<OrgUnit id="O2"><Name>Known</Name><RORID>https://ror.org/03yrm5c26</RORID></OrgUnit>'
    event = f"<Event id='E1'><Name>First</Name><Organizer>{known}</Organizer></Event>"
    books = (await importing("cerif", file_of("e.xml", f"<CERIF>{event}</CERIF>"))).books
    assert (books.new, books.companions, books.unresolved) == (1, 0, 0)
    (after,) = await ask(graph, "MATCH (:Event)-[:ORGANISED_BY]->(i) RETURN i.version")
    assert after == before


async def test_rows_are_for_who_looks_after_the_hub_and_runs_for_the_network(
    hub: Hub, importing: Import, file_of: FileOf
) -> None:
    await importing("ror", file_of("r.jsonl", lines([ror("03yrm5c")]) + "secret\n"))
    (run,) = await runs(hub)
    assert len(await runs(hub, MEMBER)) == 1
    assert await runs(hub, ANONYMOUS) == []
    for viewer, told in ((OPERATOR, 1), (AUDITOR, 1), (MEMBER, 0), (ANONYMOUS, 0)):
        assert len(await rows(hub, run["id"], "REJECTED", viewer)) == told
        answer = await hub.ask(
            "{ importRows(first: 5) { totalCount nodes { value } } }", viewer=viewer
        )
        assert ("secret" in str(answer)) == bool(told)


async def test_each_change_says_which_import_wrote_it(
    hub: Hub, importing: Import, file_of: FileOf
) -> None:
    await importing("ror", file_of("r.jsonl", lines([ror("03yrm5c")])))
    (run,) = await runs(hub)
    (new,) = await rows(hub, run["id"], "NEW")
    asked = "query ($of: ID!) { history(of: $of, by: [IMPORT], first: 1) { nodes { by command import { id name } } } }"
    for viewer, told in ((MEMBER, {"id": run["id"], "name": "r.jsonl"}), (ANONYMOUS, None)):
        (entry,) = (await hub.data(asked, {"of": new["recordId"]}, viewer))["history"]["nodes"]
        assert (entry["by"], entry["import"]) == ("IMPORT", told)
    others = asked.replace("[IMPORT]", "[PERSON, HUB]")
    assert (await hub.data(others, {"of": new["recordId"]}, MEMBER))["history"]["nodes"] == []


async def test_a_file_that_breaks_half_way_leaves_a_run_that_died_and_says_why(
    hub: Hub, graph: AsyncDriver, file_of: FileOf, tmp_path: Path
) -> None:
    path = file_of("r.jsonl", lines([ror(each) for each in bodies(900)]))
    readable = look_through("ror", path)
    path.write_bytes(path.read_bytes()[:40_000] + b"\xff\xfe\xff")  # while it is being imported
    purpose = Purpose("cd", "tester", "import ror", lambda: NOW)
    with report_at(tmp_path / "report.csv") as report, pytest.raises(UnicodeDecodeError):
        await import_file(readable, Store(graph, DATABASE), purpose, report, lambda *_: None)
    (run,) = await runs(hub)
    assert (run["state"], run["failureEn"]) == (
        "DIED",
        "the file could not be read to its end: UnicodeDecodeError",
    )
    assert run["failure"]
    assert run["endedAt"]
    assert balanced(run)


async def test_an_import_that_shows_no_life_is_buried_and_one_that_writes_again_is_not(
    hub: Hub, graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    await importing("ror", file_of("r.jsonl", lines([ror("03yrm5c")])))
    await ask(graph, "MATCH (i:Import) SET i.state = 'running' REMOVE i.endedAt")
    run = reader(graph, DATABASE, 30)
    assert await silent_imports(run, instant_text(NOW)) == []
    ((id_, version, name),) = await silent_imports(
        run, instant_text(NOW + SILENCE + timedelta(seconds=1))
    )
    assert name == "r.jsonl"
    async with open_lane(Outcomes(graph, DATABASE, MODEL, "cd", lambda: NOW)) as lane:
        late = await lane.do(BURY_IMPORT.by(HUB, "late", Silent(id_, version - 1)))
        buried = await lane.do(BURY_IMPORT.by(HUB, "now", Silent(id_, version)))
    assert type(late.outcome).__name__ == "NotNow"
    assert type(buried.outcome).__name__ == "Written"
    (told,) = await runs(hub)
    assert (told["state"], balanced(told)) == ("DIED", True)
    assert told["endedAt"]
