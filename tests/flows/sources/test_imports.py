"""Imports into a real graph: nothing twice, nothing unlogged, nothing half-written, nothing of others overwritten."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from flows.sources.runs import MOST_KEPT
from graph_store.identifiers import ROR
from graph_store.local_server import server
from tests.flows.sources.conftest import Import, ask

FileOf = Callable[[str, str | bytes], Path]


@pytest.fixture(autouse=True)
async def bare(graph: AsyncDriver) -> None:
    """Each test begins with no records and no log."""
    await ask(graph, "MATCH (n) WHERE n:Record OR n:Change OR n:ImportRow DETACH DELETE n")


def ror(body: str, **told: Any) -> dict[str, Any]:
    record = {
        "id": f"https://ror.org/{ROR.complete(body)}",
        "name": body,
        "types": ["Facility"],
        "status": "active",
    }
    return record | told


def lines(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(each) + "\n" for each in records)


def bodies(count: int) -> list[str]:
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    return [
        f"0{alphabet[i // 1024]}{alphabet[i // 32 % 32]}{alphabet[i % 32]}000" for i in range(count)
    ]


WRITTEN = """MATCH (n) WHERE NOT n:Import AND NOT n:ImportRow AND NOT n:Sequence AND coalesce(n.noun, '') <> 'Import'
RETURN n {.*} AS stored ORDER BY stored.id, stored.seq"""


async def test_a_second_run_finds_everything_unchanged_and_writes_its_own_record_alone(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    path = file_of("r.jsonl", lines([ror(each) for each in bodies(1_200)]))
    assert (await importing("ror", path)).counts == (1_200, 0, 0, 0)
    before = await ask(graph, WRITTEN)
    assert (await importing("ror", path)).counts == (0, 0, 1_200, 0)
    assert await ask(graph, WRITTEN) == before


async def test_every_record_says_where_it_came_from(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    await importing("ror", file_of("r.jsonl", lines([ror("03yrm5c")])))
    [[record, labels, source]] = await ask(
        graph,
        "MATCH (n:Institution)-[:FROM_SOURCE]->(s:Source) RETURN n {.*}, labels(n), s {.*}",
    )
    assert isinstance(record, dict)
    assert isinstance(source, dict)
    assert set(labels) == {"Institution", "Record"}  # type: ignore[call-overload] # a list of labels
    assert record["id"].startswith("cd-institution-")
    assert (record["originKey"], record["synthetic"], record["visibility"], record["version"]) == (
        "ror:03yrm5c26",
        False,
        "public",
        1,
    )
    assert (source["code"], source["licence"], source["url"]) == (
        "ror",
        "CC0-1.0",
        "https://ror.org",
    )
    assert source["readAt"] == "2026-11-25T03:00:00.000Z"


async def test_a_changed_record_has_one_change_row_with_what_differed(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    await importing(
        "ror", file_of("a.jsonl", lines([ror("03yrm5c", established=1950), ror("01k4yrm")]))
    )
    again = [ror("03yrm5c", established=1951), ror("01k4yrm")]
    assert (await importing("ror", file_of("b.jsonl", lines(again)))).counts == (0, 1, 1, 0)
    [[change]] = await ask(
        graph,
        "MATCH (n:Institution {ror: '03yrm5c26'}) MATCH (c:Change {nodeId: n.id}) WHERE c.before <> '{}' RETURN c {.*}",
    )
    assert isinstance(change, dict)
    assert json.loads(change["before"]) == {"establishedYear": 1950, "version": 1}
    assert json.loads(change["after"]) == {"establishedYear": 1951, "version": 2}
    assert (change["actor"], change["command"]) == ("tester", "import ror")


async def test_the_log_has_a_row_for_each_record_and_no_gap(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    await importing("ror", file_of("r.jsonl", lines([ror(each) for each in bodies(700)])))
    [[records, changes, first, last]] = await ask(
        graph,
        "MATCH (c:Change) WITH collect(c.seq) AS seq MATCH (n:Record)"
        " RETURN count(n), size(seq), reduce(a = seq[0], s IN seq | CASE WHEN s < a THEN s ELSE a END),"
        " reduce(a = 0, s IN seq | CASE WHEN s > a THEN s ELSE a END)",
    )
    assert isinstance(first, int)
    assert isinstance(last, int)
    # the source has two: when it was made, and when it was read; the import four: its begin, two portions, its end
    assert records == 702
    assert changes == 706 == last - first + 1


async def test_edges_are_made_whichever_end_comes_first_and_those_to_nowhere_are_counted(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    parent, child, missing = (ror(each)["id"] for each in ("03yrm5c", "01k4yrm", "042nb2s"))
    records = [
        ror(
            "01k4yrm",
            relationships=[{"type": "Parent", "id": parent}, {"type": "Related", "id": missing}],
        ),
        ror("03yrm5c", relationships=[{"type": "Child", "id": child}]),
    ]
    imported = await importing("ror", file_of("r.jsonl", lines(records)))
    assert imported.books.unresolved == 1
    assert "1 links lead to records" in imported.report[-1]["reasonEn"]
    assert await ask(graph, "MATCH (a)-[:PART_OF]->(b) RETURN a.ror, b.ror") == [
        ["01k4yrm29", "03yrm5c26"]
    ]
    # the missing one comes in later: running again makes the edge, and books its record as changed
    await importing("ror", file_of("m.jsonl", lines([ror("042nb2s")])))
    again = await importing("ror", file_of("r.jsonl", lines(records)))
    assert again.counts == (0, 1, 1, 0)
    assert again.books.unresolved == 0


async def test_a_record_that_comes_twice_is_rejected_with_the_row_of_the_first(
    importing: Import, file_of: FileOf
) -> None:
    records = [ror("03yrm5c"), *(ror(each) for each in bodies(600)), ror("03yrm5c", name="again")]
    imported = await importing("ror", file_of("r.jsonl", lines(records)))
    assert imported.counts == (601, 0, 0, 1)
    assert [(each["row"], each["reasonEn"]) for each in imported.report] == [
        ("602", "this is the same record as row 1")
    ]


async def test_good_rows_go_in_beside_bad_ones_and_each_bad_one_is_explained(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    text = lines(
        [
            ror("03yrm5c"),
            ror("01k4yrm") | {"id": "https://ror.org/01k4yrm28"},
            ror("042nb2s", name="=cmd|x"),
        ]
    )
    imported = await importing("ror", file_of("r.jsonl", text + "garbage\n" + '{"id":1}\n'))
    assert imported.counts == (1, 0, 0, 4)
    told = {each["row"]: (each["field"], each["value"]) for each in imported.report}
    assert told["2"] == ("ror", "01k4yrm28")
    assert told["3"] == ("name", "'=cmd|x")
    assert told["4"] == ("", "garbage ")
    assert all(each["reasonZh"] and each["reasonEn"] for each in imported.report)
    assert await ask(graph, "MATCH (n:Institution) RETURN n.ror") == [["03yrm5c26"]]


async def test_a_file_of_rejections_leaves_its_run_and_no_record(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    imported = await importing("ror", file_of("r.jsonl", "x\ny\n"))
    assert imported.counts == (0, 0, 0, 2)
    [[records, rejected, sources, read]] = await ask(
        graph,
        "MATCH (n:Record) WITH count(n) AS records MATCH (i:Import) MATCH (s:Source)"
        " RETURN records, i.rejected, count(s), s.readAt",
    )
    assert (records, rejected, sources, read) == (2, 2, 1, None)


async def test_a_dry_run_tells_the_same_and_writes_nothing(
    graph: AsyncDriver, importing: Import, shared_data: Path
) -> None:
    path = shared_data / "agreements" / "twin_cities_sichuan_chongqing.csv"
    tried = await importing("agreements", path, dry_run=True)
    left = "MATCH (n) WHERE n:Record OR n:Change OR n:ImportRow RETURN n"
    assert await ask(graph, left) == []
    done = await importing("agreements", path)
    assert (
        (tried.counts, tried.books.companions)
        == (done.counts, done.books.companions)
        == ((98, 0, 0, 0), 110)
    )


async def test_what_a_person_made_is_completed_never_overwritten(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    await ask(
        graph,
        "CREATE (:Institution:Record {id: 'cd-institution-own', name: '我们的名字', kind: 'university', status: 'active',"
        " ror: '03yrm5c26', aliases: [], synthetic: false, version: 4, createdAt: 'c', updatedAt: 'u', visibility: 'public'})",
    )
    path = file_of(
        "r.jsonl", lines([ror("03yrm5c", name="Other", established=1950, acronyms=["X"])])
    )
    assert (await importing("ror", path)).counts == (0, 1, 0, 0)
    [[own]] = await ask(
        graph, "MATCH (n:Institution) RETURN n {.name, .kind, .establishedYear, .aliases, .version}"
    )
    assert own == {
        "name": "我们的名字",
        "kind": "university",
        "establishedYear": 1950,
        "aliases": ["X"],
        "version": 5,
    }
    assert (await importing("ror", path)).counts == (0, 0, 1, 0)


async def test_a_record_torn_between_two_of_the_graph_is_rejected(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    await ask(
        graph,
        "UNWIND [{id: 'cd-institution-1', originKey: 'ror:03yrm5c26'}, {id: 'cd-institution-2', ror: '03yrm5c26'}] AS row"
        " CREATE (n:Institution:Record {name: 'x'}) SET n += row",
    )
    imported = await importing("ror", file_of("r.jsonl", lines([ror("03yrm5c")])))
    assert imported.counts == (0, 0, 0, 1)
    assert "two records of the graph" in imported.report[0]["reasonEn"]


async def test_an_owner_that_was_only_mentioned_becomes_whole_with_its_own_record(
    graph: AsyncDriver, importing: Import, file_of: FileOf, shared_data: Path
) -> None:
    await importing("pidinst", shared_data / "pidinst" / "hzb-nanocluster.xml")
    imported = await importing(
        "ror", file_of("r.jsonl", lines([ror("02aj13c", name="HZB", established=2009)]))
    )
    assert imported.counts == (0, 1, 0, 0)
    assert await ask(
        graph,
        "MATCH (:Instrument)-[:OWNED_BY]->(o:Institution)-[:FROM_SOURCE]->(s)"
        " RETURN o.name, o.establishedYear, collect(s.code)",
    ) in ([["HZB", 2009, ["pidinst", "ror"]]], [["HZB", 2009, ["ror", "pidinst"]]])


async def test_an_edge_that_can_be_but_one_is_replaced_and_the_log_says_so(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    await importing("divisions", file_of("p.csv", "code,name\n51,四川省\n50,重庆市\n"))
    for code in ("32", "33"):
        place = {"city": "x", "geonames_city": {"geonames_admin1": {"code": f"CN.{code}"}}}
        await importing("ror", file_of("r.jsonl", lines([ror("03yrm5c", addresses=[place])])))
    assert await ask(graph, "MATCH (:Institution)-[:LOCATED_IN]->(d) RETURN d.name") == [["重庆市"]]
    [[before, after]] = await ask(
        graph,
        "MATCH (c:Change {noun: 'Institution'}) WHERE c.before <> '{}' RETURN c.before, c.after",
    )
    [[sichuan], [chongqing]] = await ask(
        graph, "MATCH (d:Division) RETURN d.id ORDER BY d.code DESC"
    )
    assert json.loads(str(before))["division"] == [{"id": sichuan}]
    assert json.loads(str(after))["division"] == [{"id": chongqing}]


async def test_two_imports_of_one_file_at_once_make_each_record_once(
    graph: AsyncDriver, importing: Import, file_of: FileOf
) -> None:
    path = file_of("r.jsonl", lines([ror(each) for each in bodies(1_000)]))
    both = await asyncio.gather(importing("ror", path), importing("ror", path))
    assert sum(each.books.new for each in both) == 1_000
    assert sum(each.books.unchanged for each in both) == 1_000
    assert await ask(graph, "MATCH (n:Institution) RETURN count(n)") == [[1_000]]


COMMAND = "import typer; from command_line.import_ import import_; typer.run(import_)"


def command(neo4j: server.Running, folder: Path, *arguments: str) -> list[str]:
    os.environ |= {
        "BASHU_NEO4J_URI": neo4j.uri,
        "BASHU_NEO4J_USER": neo4j.user,
        "BASHU_NEO4J_PASSWORD": neo4j.password,
        "BASHU_DATA_DIR": str(folder),
    }
    return [sys.executable, "-c", COMMAND, *arguments]


async def test_a_killed_import_leaves_whole_batches_and_a_second_run_goes_on(
    graph: AsyncDriver,
    importing: Import,
    file_of: FileOf,
    neo4j_server: server.Running,
    tmp_path: Path,
) -> None:
    count = 6_000
    path = file_of("r.jsonl", lines([ror(each) for each in bodies(count)]))
    process = subprocess.Popen(command(neo4j_server, tmp_path, "ror", str(path)))  # noqa: ASYNC220 - killed below
    while (await ask(graph, "MATCH (n:Institution) RETURN count(n)"))[0][0] == 0:
        assert process.poll() is None
        await asyncio.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    [[written, logged]] = await ask(
        graph,
        "MATCH (n:Institution) WITH count(n) AS written MATCH (c:Change {noun: 'Institution'}) RETURN written, count(c)",
    )
    assert isinstance(written, int)
    assert 0 < written < count
    assert written % 500 == 0
    assert logged == written
    # its books are those of what is in the graph, to the row
    [[state, *booked]] = await ask(
        graph,
        "MATCH (i:Import) RETURN i.state, i.read, i.new, i.changed + i.unchanged + i.rejected",
    )
    assert (state, booked) == ("running", [written, written, 0])
    assert await ask(graph, "MATCH (r:ImportRow) RETURN count(r)") == [[min(written, MOST_KEPT)]]
    assert (await importing("ror", path)).counts == (count - written, 0, written, 0)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (
            ("ror", "{good}", "--json"),
            0,
            {"read": 1, "new": 1, "changed": 0, "unchanged": 0, "rejected": 0},
        ),
        (
            ("ror", "{bad}", "--json"),
            1,
            {"read": 2, "new": 1, "changed": 0, "unchanged": 0, "rejected": 1},
        ),
        (("ror", "{good}", "--dry-run", "--json"), 0, {"read": 1, "new": 1, "rejected": 0}),
        (("ror", "{missing}", "--json"), None, {"read": 0, "new": 0, "rejected": 0}),
    ],
)
def test_the_command_ends_with_its_code_and_one_object(  # noqa: PLR0913, PLR0917 - fixtures and a table
    graph: AsyncDriver,
    file_of: FileOf,
    neo4j_server: server.Running,
    tmp_path: Path,
    arguments: tuple[str, ...],
    code: int | None,
    told: dict[str, int],
) -> None:
    files = {
        "good": str(file_of("good.jsonl", lines([ror("03yrm5c")]))),
        "bad": str(file_of("bad.jsonl", lines([ror("03yrm5c")]) + "x\n")),
        "missing": str(tmp_path / "missing.jsonl"),
    }
    words = [each.format(**files) for each in arguments]
    done = subprocess.run(
        command(neo4j_server, tmp_path / "data", *words),
        capture_output=True,
        text=True,
        check=False,
    )
    last = json.loads(done.stdout.splitlines()[-1])
    assert told.items() <= last.items(), done.stderr
    if code is None:
        # cli.py turns the error into code 2
        assert "CommandLineError" in done.stderr
        assert last["error"]["zh"]
    else:
        assert done.returncode == code, done.stderr
        assert Path(last["report"]).is_file()
