"""What an import did not take is read again: those rows alone, from the file that was kept, as an import of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.desk import Desk, Running, seated, under_way
from flows.engine import Engine
from flows.outbox import Pump
from flows.retry_import import retry_import
from flows.sources.again import Again
from flows.sources.imports import look_through
from flows.sources.runs import MOST_KEPT, Told
from graph_store.commands.actors import HUB
from graph_store.commands.facts import Written
from graph_store.commands.import_runs import RETRY_IMPORT, Retry
from graph_store.outbox import Errand
from tests.flows.running.conftest import Ask
from tests.flows.running.scenarios import import_of
from tests.flows.sources.test_imports import bodies, lines, ror

FileOf = Callable[[str], Path]
RUNS = """MATCH (i:Import) OPTIONAL MATCH (i)-[:RETRIES]->(f) OPTIONAL MATCH (i)-[:READ_FROM]->(s)
WITH i, f.id AS former, collect(s.code) AS sources ORDER BY i.createdAt, i.id
RETURN i {.*, former: former, sources: sources}"""
ROWS = "MATCH (r:ImportRow {run: $run}) RETURN [r.fate, r.row, r.recordId] ORDER BY r.fate, r.row"
TORN = """MATCH (s:Sequence) MERGE (a:Institution:Record {id: 'cd-institution-a'}) SET a += $given, a.originKey = $key
MERGE (b:Institution:Record {id: 'cd-institution-b'}) SET b += $given, b.ror = $ror RETURN 1"""
GIVEN: dict[str, Any] = {
    "name": "机构",
    "kind": "other",
    "status": "active",
    "aliases": [],
    "visibility": "public",
}
GIVEN |= {"version": 1, "synthetic": False, "createdAt": "2026-01-01T00:00:00.000Z"}
GIVEN |= {"updatedAt": "2026-01-01T00:00:00.000Z"}


@pytest.fixture(autouse=True)
async def bare(ask: Ask) -> None:
    """Each test begins with no records, no log and an empty outbox."""
    await ask(
        "MATCH (n) WHERE n:Record OR n:Change OR n:ImportRow OR n:Outbox DETACH DELETE n RETURN 1"
    )


@pytest.fixture
def file_of(tmp_path: Path) -> FileOf:
    """A file of ROR with this text."""

    def write(text: str) -> Path:
        path = tmp_path / "ror-test.jsonl"
        path.write_text(text, "utf-8")
        return path

    return write


async def retry(desk: Desk, id_: str, *fates: str) -> str:
    """The id of the import that waits, as an administrator asked for it."""
    wanted = Retry(id_, fates) if fates else Retry(id_)
    key = f"retry {id_} {' '.join(fates)} {os.urandom(4).hex()}"
    outcome = (await desk.lane.do(RETRY_IMPORT.by(HUB, key, wanted))).outcome
    assert isinstance(outcome, Written), outcome
    return outcome.id


async def carried_out(desk: Desk, id_: str, leases: int = 1) -> Running:
    """The flow has run for it, without Prefect."""
    errand = Errand(f"retry_import/{id_}", "retry_import", id_, leases)
    running = Running("retry_import", f"{id_} {leases}", errands=(errand,))
    with seated(desk), under_way(running):
        await retry_import.fn()
    return running


def balanced(run: dict[str, Any]) -> bool:
    return bool(run["read"] == run["new"] + run["changed"] + run["unchanged"] + run["rejected"])


async def test_a_conflict_that_was_mended_is_taken_and_the_other_rows_are_left_alone(
    desk: Desk, ask: Ask, file_of: FileOf
) -> None:
    torn, broken = ror("03yrm5c"), ror("042nb2s") | {"id": "https://ror.org/042nb2s45"}
    key = torn["id"].rpartition("/")[2]
    await ask(TORN, given=GIVEN, key=f"ror:{key}", ror=key)
    path = file_of(lines([ror("01k4yrm"), torn, broken]) + "x\n")
    former = await import_of(desk, path)
    assert await ask(ROWS, run=former) == [
        ["new", 1, (await ask("MATCH (i:Institution {name: '01k4yrm'}) RETURN i.id"))[0]],
        *(["rejected", row, None] for row in (2, 3, 4)),
    ]
    await ask("MATCH (i {id: 'cd-institution-a'}) REMOVE i.originKey RETURN 1")
    await ask(
        "MATCH (i {id: 'cd-institution-b'}) SET i.originKey = $key RETURN 1", key=f"ror:{key}"
    )
    id_ = await retry(desk, former)
    path.unlink()  # what is read is what was kept
    running = await carried_out(desk, id_)
    first, again = await ask(RUNS)
    assert (again["id"], again["former"], again["state"]) == (id_, former, "finished")
    assert [again[each] for each in ("read", "new", "changed", "unchanged", "rejected")] == [3, 0, 1, 0, 2]  # fmt: skip
    assert balanced(again)
    assert (again["name"], again["digest"], again["sources"]) == (
        "ror-test.jsonl", first["digest"], ["ror"],
    )  # fmt: skip
    assert await ask(ROWS, run=id_) == [
        ["changed", 2, "cd-institution-b"], ["rejected", 3, None], ["rejected", 4, None],
    ]  # fmt: skip
    assert await ask("MATCH (i {id: 'cd-institution-b'}) RETURN i.name") == ["03yrm5c"]
    assert running.report
    assert "3 rows read, 1 new or changed, 2 still rejected" in running.report.en
    assert await ask("MATCH (r:FlowRun {state: 'completed'})-[:SERVED]->(i:Import) RETURN i.id") == [id_]  # fmt: skip
    assert {each["rejected"] for each in await ask(RUNS)} == {3, 2}  # the former's books stay


async def test_a_link_that_led_nowhere_is_made_once_its_end_is_there(
    desk: Desk, ask: Ask, file_of: FileOf
) -> None:
    parent = ror("042nb2s")
    child = ror("01k4yrm", relationships=[{"type": "Parent", "id": parent["id"]}])
    former = await import_of(desk, file_of(lines([ror("02aj13c"), child])))
    await import_of(desk, file_of(lines([parent])))
    id_ = await retry(desk, former, "unresolved")
    await carried_out(desk, id_)
    *_, again = await ask(RUNS)
    assert again["fates"] == ["unresolved"]
    assert [again[each] for each in ("read", "changed", "links", "unresolved")] == [1, 1, 1, 0]
    assert balanced(again)
    assert await ask("MATCH (:Institution {name: '01k4yrm'})-[:PART_OF]->(p) RETURN p.name") == ["042nb2s"]  # fmt: skip


async def test_of_two_rows_for_one_record_the_first_still_counts(
    desk: Desk, ask: Ask, file_of: FileOf
) -> None:
    one, other = ror("03yrm5c"), ror("03yrm5c", name="another name")
    former = await import_of(desk, file_of(lines([one, other])))
    await carried_out(desk, await retry(desk, former))
    *_, again = await ask(RUNS)
    assert (again["read"], again["rejected"]) == (1, 1)
    assert await ask("MATCH (i:Institution) RETURN i.name") == ["03yrm5c"]
    told = await ask("MATCH (r:ImportRow {run: $run}) RETURN r.ruleEn", run=again["id"])
    assert told == ["this is the same record as row 1"]


async def test_a_row_that_was_refused_does_not_stand_for_a_later_one(file_of: FileOf) -> None:
    one = ror("03yrm5c")
    readable = look_through("ror", file_of(lines([one, one, one])))
    told = Told("f", "d", "ror")
    for refused, read in ((frozenset({1}), [3]), (frozenset[int](), [])):
        again = Again("run", told, frozenset({3}), refused | {2})
        found = [each.number for each in again.read(readable.connector, readable.file) if hasattr(each, "number")]  # fmt: skip
        assert found == read


async def test_where_not_every_row_was_kept_the_whole_file_is_read_again(
    desk: Desk, ask: Ask, file_of: FileOf
) -> None:
    count = MOST_KEPT + 3
    former = await import_of(desk, file_of(lines([ror("03yrm5c")]) + "x\n" * count))
    running = await carried_out(desk, await retry(desk, former))
    *_, again = await ask(RUNS)
    assert (again["read"], again["unchanged"], again["rejected"]) == (count + 1, 1, count)
    assert running.report
    assert "the whole file was read again" in running.report.en


@pytest.mark.parametrize("leave", ["no shelf", "deleted", "changed"])
async def test_where_the_file_is_not_there_the_retry_dies_and_says_what_to_do(
    desk: Desk, ask: Ask, file_of: FileOf, leave: str
) -> None:
    shelf = None if leave == "no shelf" else desk.shelf
    former = await import_of(desk, file_of("x\n"), shelf)
    if shelf:
        kept = shelf.place((await ask(RUNS))[0]["digest"])
        kept.write_text("y\n") if leave == "changed" else kept.unlink()
    id_ = await retry(desk, former)
    running = await carried_out(desk, id_)
    *_, again = await ask(RUNS)
    assert (again["id"], again["state"], again["read"]) == (id_, "died", 0)
    assert "bashu import" in again["failure"]
    assert "bashu import" in again["failureEn"]
    assert again["endedAt"]
    assert running.report
    assert "bashu import" in running.report.en
    await import_of(desk, file_of("x\n"))  # the same file, by hand
    await carried_out(desk, await retry(desk, former))
    assert [each["state"] for each in await ask(RUNS)] == ["finished", "died", "finished", "finished"]  # fmt: skip


async def test_what_was_asked_for_is_run_by_the_outbox_once(
    desk: Desk, engine: Engine, ask: Ask, file_of: FileOf
) -> None:
    former = await import_of(desk, file_of(lines([ror("03yrm5c")]) + "x\n"))
    id_ = await retry(desk, former)
    assert await retry(desk, former) == id_
    with seated(desk):
        pump = Pump(desk, engine, timedelta(seconds=0.05))
        assert await pump.pump() == 1
        await pump.settled()
    assert await ask("MATCH (:Import)<-[:RETRIES]-(i:Import) RETURN [i.id, i.state]") == [[id_, "finished"]]  # fmt: skip
    changes = await ask("MATCH (c:Change) RETURN count(c)")
    await carried_out(desk, id_, leases=2)
    noted = "MATCH (c:Change) WHERE c.noun <> 'FlowRun' RETURN count(c)"
    assert await ask(noted) == [changes[0] - 2]
    assert await ask("MATCH (o:Due) RETURN o.id") == []


async def test_one_whose_process_died_begins_anew_and_its_books_are_true(
    desk: Desk, ask: Ask, file_of: FileOf
) -> None:
    torn = [ror(each) for each in bodies(3)]
    former = await import_of(desk, file_of("x\n" * 3 + lines(torn)))
    id_ = await retry(desk, former)
    await carried_out(desk, id_)
    await ask("MATCH (i:Import {id: $id}) SET i.state = 'running' REMOVE i.endedAt RETURN 1", id=id_)  # fmt: skip
    await carried_out(desk, id_, leases=2)
    *_, again = await ask(RUNS)
    assert (again["state"], again["read"], again["rejected"], again["sources"]) == (
        "finished", 3, 3, ["ror"],
    )  # fmt: skip
    assert [each[:2] for each in await ask(ROWS, run=id_)] == [["rejected", row] for row in (1, 2, 3)]  # fmt: skip


async def test_a_mapping_file_is_kept_with_what_it_maps(
    desk: Desk, ask: Ask, tmp_path: Path
) -> None:
    mapping, path = tmp_path / "lab.toml", tmp_path / "lab.csv"
    mapping.write_text(
        'key = "no"\n[origin]\ncode = "lab"\nname = "实验室"\nnameEn = "Lab"\nurl = ""\nlicence = ""\n'
        '[columns]\ntitle = "name"\n[constants]\ncategory = "analytical"\nstatus = "available"\n',
        "utf-8",
    )
    path.write_text("no,title\n1,显微镜\n,离心机\n", "utf-8")
    former = await import_of(desk, path, mapping=mapping, kind="instruments")
    mapping.unlink()
    await carried_out(desk, await retry(desk, former))
    *_, again = await ask(RUNS)
    assert (again["state"], again["mapping"], again["read"], again["rejected"]) == (
        "finished", "lab.toml", 1, 1,
    )  # fmt: skip


async def test_a_file_is_kept_for_the_hub_alone_and_none_where_it_is_too_large_or_nothing_is_written(
    desk: Desk, file_of: FileOf, tmp_path: Path
) -> None:
    path = file_of("x\n")
    await import_of(desk, path, dry_run=True)
    assert not desk.shelf.folder.exists()
    small = replace(desk.shelf, most_bytes=1)
    await import_of(desk, path, small)
    assert not desk.shelf.folder.exists()
    assert "is not kept" in (tmp_path / "report.csv").read_text("utf-8")
    await import_of(desk, path)
    await import_of(desk, path)
    (kept,) = desk.shelf.folder.iterdir()
    assert kept.read_bytes() == path.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert desk.shelf.folder.stat().st_mode & 0o777 == 0o700
