"""Whoever has the database can change the log, but not without its being seen."""

import pytest

from graph_store.audit import AuditLog, Entry, Happened
from graph_store.audit.chain import Head, chained, digest_of
from graph_store.audit.checking import Tampering, verified
from graph_store.audit.reading import AuditReader
from tests.graph_store.audit.conftest import Ask, Check

TEN = 10


@pytest.fixture
async def _ten(audit: AuditLog) -> None:
    for number in range(1, TEN + 1):
        await audit.note(Entry(Happened.SIGNED_ON, actor=f"cd-person-{number}"))


pytestmark = pytest.mark.usefixtures("_ten")


async def test_a_log_that_nobody_touched_is_sound(check: Check) -> None:
    verdict = await check()
    assert verdict.is_sound
    assert (verdict.walked, verdict.head.seq) == (TEN, TEN)


@pytest.mark.parametrize(
    "change",
    [
        "SET e.actor = 'cd-person-99'",
        "SET e.actor = null",
        "SET e.reason = 'added'",
        "SET e.note = 'a property of no entry'",
        "SET e.at = '2020-01-01T00:00:00.000Z'",
        "SET e.at = datetime()",
        "SET e.digest = 'something else'",
        "REMOVE e.digest",
    ],
)
async def test_a_changed_entry_is_found(ask: Ask, check: Check, change: str) -> None:
    await ask(f"MATCH (e:AuditEntry {{seq: 4}}) {change} RETURN e.id")
    assert await _first(check) == (4, Tampering.CHANGED)


async def test_a_changed_entry_with_a_new_digest_is_found_at_the_next(
    ask: Ask, check: Check
) -> None:
    [row] = await ask("MATCH (e:AuditEntry {seq: 4}) SET e.actor = 'cd-person-99' RETURN e {.*}")
    await ask(
        "MATCH (e:AuditEntry {seq: 4}) SET e.digest = $digest RETURN 1", digest=digest_of(row)
    )
    assert await _first(check) == (5, Tampering.OUT_OF_PLACE)


@pytest.mark.parametrize(
    ("gone", "told"), [((4,), "Entry 4 is missing."), ((1, 2, 3), "Entries 1 to 3 are missing.")]
)
async def test_removed_entries_are_found(
    ask: Ask, check: Check, gone: tuple[int, ...], told: str
) -> None:
    await ask("MATCH (e:AuditEntry) WHERE e.seq IN $gone DELETE e RETURN 1", gone=[*gone])
    verdict = await check()
    assert verdict.breaks[0].text == told


async def test_a_removed_entry_is_found_though_the_rest_moved_up(ask: Ask, check: Check) -> None:
    await ask("MATCH (e:AuditEntry {seq: 4}) DELETE e RETURN 1")
    for number in range(5, TEN + 1):
        await ask("MATCH (e:AuditEntry {seq: $n}) SET e.seq = $n - 1 RETURN 1", n=number)
    await ask("MATCH (s:Sequence {id: 'audit'}) SET s.last = s.last - 1 RETURN 1")
    assert await _first(check) == (4, Tampering.CHANGED)


async def test_an_entry_put_in_is_found(ask: Ask, check: Check) -> None:
    for number in range(TEN, 3, -1):
        await ask("MATCH (e:AuditEntry {seq: $n}) SET e.seq = $n + 1 RETURN 1", n=number)
    [third] = await ask("MATCH (e:AuditEntry {seq: 3}) RETURN e {.*}")
    before = Head(3, third["digest"], third["at"])
    [forged], _ = chained(before, [{"id": "forged", "happened": "signed_on"}], third["at"])
    await ask("CREATE (e:AuditEntry) SET e = $row RETURN 1", row=forged)
    await ask("MATCH (s:Sequence {id: 'audit'}) SET s.last = s.last + 1 RETURN 1")
    assert await _first(check) == (5, Tampering.CHANGED)


async def test_an_entry_put_in_beside_the_chain_is_found(ask: Ask, check: Check) -> None:
    await ask("CREATE (e:AuditEntry {id: 'forged', seq: '4'}) RETURN 1")
    assert await _first(check) == (TEN, Tampering.OUTSIDE)


async def test_entries_that_changed_places_are_found(ask: Ask, check: Check) -> None:
    await ask("MATCH (e:AuditEntry {seq: 4}) SET e.seq = 0 RETURN 1")
    await ask("MATCH (e:AuditEntry {seq: 5}) SET e.seq = 4 RETURN 1")
    await ask("MATCH (e:AuditEntry {seq: 0}) SET e.seq = 5 RETURN 1")
    verdict = await check()
    assert {each.seq for each in verdict.breaks} == {4, 5, 6}


async def test_an_end_cut_off_is_found_by_the_sequence(ask: Ask, check: Check) -> None:
    await ask("MATCH (e:AuditEntry) WHERE e.seq > 7 DELETE e RETURN 1")
    assert await _first(check) == (8, Tampering.CUT_OFF)


async def test_an_end_cut_off_with_its_sequence_is_found_by_whoever_wrote_it_down(
    ask: Ask, check: Check, reader: AuditReader
) -> None:
    written_down = (await check()).head
    await ask("MATCH (e:AuditEntry) WHERE e.seq > 7 DELETE e RETURN 1")
    [row] = await ask("MATCH (e:AuditEntry {seq: 7}) RETURN e {.*}")
    await ask(
        "MATCH (s:Sequence {id: 'audit'}) SET s.last = 7, s.digest = $digest RETURN 1",
        digest=row["digest"],
    )
    assert (await check()).is_sound  # nothing in the graph can tell it
    verdict = await verified(reader, lambda *_: None, written_down)
    assert [each.tampering for each in verdict.breaks] == [Tampering.NOT_AS_EXPECTED]


async def test_a_log_forged_whole_is_found_by_whoever_wrote_it_down(
    ask: Ask, check: Check, reader: AuditReader
) -> None:
    written_down = (await check()).head
    rows = await ask("MATCH (e:AuditEntry) RETURN e {.*} ORDER BY e.seq")
    forged, head = chained(Head(), [row | {"actor": "cd-person-99"} for row in rows], rows[0]["at"])
    await ask(
        "UNWIND $rows AS row MATCH (e:AuditEntry {seq: row.seq}) SET e = row RETURN 1", rows=forged
    )
    await ask("MATCH (s:Sequence {id: 'audit'}) SET s.digest = $d RETURN 1", d=head.digest)
    assert (await check()).is_sound
    verdict = await verified(reader, lambda *_: None, written_down)
    assert [each.seq for each in verdict.breaks] == [TEN]


async def test_a_log_longer_than_a_page_is_walked_whole(
    audit: AuditLog, reader: AuditReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph_store.audit.checking.PAGE", 3)
    shown: list[tuple[str, int, int]] = []
    verdict = await verified(reader, lambda *step: shown.append(step))
    assert (verdict.is_sound, verdict.walked) == (True, TEN)
    assert [done for _, done, _ in shown] == [3, 6, 9, 10]


async def _first(check: Check) -> tuple[int, Tampering]:
    first = (await check()).breaks[0]
    return first.seq, first.tampering
