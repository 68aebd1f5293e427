"""Entries are appended: each once, in one chain without a gap, whoever writes and whatever dies."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph_store.audit import AuditLog, Entry, Happened, open_audit
from graph_store.audit.floods import Bounds
from graph_store.audit.log import Ledger
from graph_store.driver import open_driver
from graph_store.errors import StoreIsAway
from graph_store.local_server.server import Running
from tests.graph import DATABASE
from tests.graph_store.audit.conftest import Ask, Check

WRITER = Path(__file__).parent / "busy_writer.py"
SIGNED_ON = Entry(Happened.SIGNED_ON, actor="cd-person-1", agency="sichuan", subject="session-1")
ALL = "MATCH (e:AuditEntry) RETURN e {.*} ORDER BY e.seq"
COUNT = "MATCH (e:AuditEntry) RETURN count(e)"


async def test_an_entry_is_there_when_it_has_been_noted(audit: AuditLog, ask: Ask) -> None:
    await audit.note(SIGNED_ON)
    [row] = await ask(ALL)
    assert row["happened"] == "signed_on"
    assert row["outcome"] == "done"
    assert (row["actor"], row["agency"], row["subject"]) == ("cd-person-1", "sichuan", "session-1")
    assert row["id"].startswith("cd-audit_entry-")
    assert "reason" not in row


async def test_numbers_have_no_gap_and_time_does_not_run_backwards(
    ledger: Ledger, ask: Ask, check: Check
) -> None:
    moments = iter([datetime(2026, 11, 29, 8, tzinfo=UTC), datetime(2026, 11, 29, 7, tzinfo=UTC)])
    turned = Ledger(ledger.driver, ledger.database, ledger.base, lambda: next(moments))
    async with open_audit(turned) as audit:
        await audit.note(SIGNED_ON)
        await audit.note(SIGNED_ON)
    rows = await ask(ALL)
    assert [row["seq"] for row in rows] == [1, 2]
    assert [row["at"] for row in rows] == ["2026-11-29T08:00:00.000Z"] * 2
    assert (await check()).is_sound


async def test_what_comes_at_once_goes_in_few_transactions(audit: AuditLog, ask: Ask) -> None:
    await asyncio.gather(*(audit.note(SIGNED_ON) for _ in range(400)))
    instants = await ask("MATCH (e:AuditEntry) RETURN DISTINCT e.at")
    assert await ask(COUNT) == [400]
    assert len(instants) <= 4


async def test_two_writers_at_once_leave_one_chain(
    neo4j_server: Running, ledger: Ledger, ask: Ask, check: Check
) -> None:
    async with (
        open_driver(neo4j_server.uri, neo4j_server.user, neo4j_server.password) as other,
        open_audit(ledger) as one,
        open_audit(Ledger(other, DATABASE, "cq")) as two,
    ):
        await asyncio.gather(*(_noted_in_turn(each, 60) for each in (one, two) for _ in range(2)))
    assert await ask(COUNT) == [240]
    assert {"cd", "cq"} == {id_[:2] for id_ in await ask("MATCH (e:AuditEntry) RETURN e.id")}
    verdict = await check()
    assert (verdict.is_sound, verdict.walked, verdict.head.seq) == (True, 240, 240)


async def test_a_writer_killed_in_the_middle_leaves_a_sound_chain(
    neo4j_server: Running, ledger: Ledger, ask: Ask, check: Check
) -> None:
    told = 0
    for _ in range(5):
        process = await _busy_writer(neo4j_server)
        assert process.stdout is not None
        for _ in range(10):
            told = int(await process.stdout.readline())
        process.kill()
        await process.wait()
        rest = await process.stdout.read()
        told = int(rest.split()[-1]) if rest.split() else told
    async with open_audit(ledger) as audit:
        await audit.note(SIGNED_ON)
    [written] = await ask(COUNT)
    verdict = await check()
    assert verdict.is_sound
    assert verdict.walked == written > told > 0


async def test_an_append_that_is_run_again_writes_nothing_twice(
    ledger: Ledger, ask: Ask, check: Check
) -> None:
    rows = [{"id": f"cd-audit_entry-{number}", "happened": "signed_on"} for number in range(3)]
    await ledger.append(rows[:2])
    await ledger.append(rows)
    assert await ask("MATCH (e:AuditEntry) RETURN e.id ORDER BY e.seq") == [r["id"] for r in rows]
    assert (await check()).is_sound


async def test_what_is_to_be_noted_once_is_noted_once(
    ledger: Ledger, audit: AuditLog, ask: Ask
) -> None:
    used = Entry(Happened.TOKEN_USED, subject="token-1", once="token-1 2026-11-29")
    async with open_audit(ledger) as other:
        await asyncio.gather(*(each.note(used) for each in (audit, other) for _ in range(5)))
    await audit.note(Entry(Happened.TOKEN_USED, subject="token-1", once="token-1 2026-11-30"))
    assert await ask(COUNT) == [2]


async def test_nothing_is_said_to_be_noted_while_neo4j_is_away(away: Ledger) -> None:
    async with open_audit(away) as audit:
        with pytest.raises(StoreIsAway, match="audit log could not be written"):
            await audit.note(SIGNED_ON)


async def test_one_entry_that_cannot_be_written_harms_no_other(
    audit: AuditLog, ask: Ask, check: Check
) -> None:
    bad = Entry(Happened.SIGNED_ON, detail={"text": ["long" * 50] * 200})
    outcomes = await asyncio.gather(
        audit.note(SIGNED_ON), audit.note(bad), audit.note(SIGNED_ON), return_exceptions=True
    )
    assert [type(each) for each in outcomes] == [type(None), ValueError, type(None)]
    assert await ask(COUNT) == [2]
    assert (await check()).is_sound


async def test_texts_of_strangers_are_cleaned_and_cut(audit: AuditLog, ask: Ask) -> None:
    strange = "\x00\ud800\n" + chr(0x202E) + "x" * 1_000_000
    await audit.note(Entry(Happened.SIGN_ON_REFUSED, reason=strange, detail={"what": strange}))
    [row] = await ask(ALL)
    assert len(row["reason"]) == 300
    assert row["reason"].isprintable()
    assert len(row["detail"]) < 400


async def test_a_flood_of_refusals_is_counted_and_the_count_is_written(
    ledger: Ledger, ask: Ask, check: Check
) -> None:
    refused = Entry(Happened.SIGN_ON_REFUSED, reason="STATE_IS_UNKNOWN", address="192.0.2.7")
    async with open_audit(ledger, Bounds(of_a_kind=3)) as audit:
        await asyncio.gather(*(audit.note(refused) for _ in range(1_000)))
        await asyncio.gather(*(audit.note(SIGNED_ON) for _ in range(50)))
        assert await ask("MATCH (e:AuditEntry {outcome: 'refused'}) RETURN count(e)") == [3]
        await audit.end_window()
        await audit.note(refused)
    details = await ask(
        "MATCH (e:AuditEntry {outcome: 'refused'}) RETURN coalesce(e.detail, '') ORDER BY e.seq"
    )
    assert details == ["", "", "", '{"count":997,"seconds":60}', ""]
    assert await ask("MATCH (e:AuditEntry {outcome: 'done'}) RETURN count(e)") == [50]
    assert (await check()).is_sound


async def test_a_count_is_written_at_the_end_of_its_window_without_being_asked(
    ledger: Ledger, ask: Ask
) -> None:
    refused = Entry(Happened.ACCESS_DENIED, reason="NotYours", actor="cd-person-1")
    async with open_audit(ledger, Bounds(window_seconds=0.2, of_a_kind=1)) as audit:
        await audit.note(refused)
        await audit.note(refused)
        for _ in range(500):
            if await ask(COUNT) == [2]:
                break
            await asyncio.sleep(0.02)
        assert await ask(COUNT) == [2]


async def test_counts_that_cannot_be_written_wait_for_the_next_window(away: Ledger) -> None:
    refused = Entry(Happened.SIGN_ON_REFUSED, reason="NO", address="192.0.2.7")
    async with open_audit(away, Bounds(of_a_kind=0)) as audit:
        for count in (2, 3):
            for _ in range(count):
                await audit.note(refused)
            await audit.end_window()
        [kept] = audit._floods.end_window()
    assert kept.detail["count"] == 5


async def _noted_in_turn(audit: AuditLog, times: int) -> None:
    for _ in range(times):
        await audit.note(SIGNED_ON)


async def _busy_writer(running: Running) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        str(WRITER),
        running.uri,
        str(running.user),
        str(running.password),
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parents[3])},
    )
