"""`bashu audit` as those who run the hub meet it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph_store.audit import AuditLog, Entry, Happened
from graph_store.local_server import server
from tests.audit.conftest import Ask

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
async def _five(audit: AuditLog) -> None:
    for number in range(1, 6):
        await audit.note(
            Entry(Happened.SIGN_ON_REFUSED, agency="=HYPERLINK(1)", reason=f"@R{number}")
        )


pytestmark = pytest.mark.usefixtures("_five")


def bashu(running: server.Running, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`bashu audit …` in a process of its own."""
    store = {
        "BASHU_NEO4J_URI": running.uri,
        "BASHU_NEO4J_USER": str(running.user),
        "BASHU_NEO4J_PASSWORD": str(running.password),
    }
    return subprocess.run(
        [sys.executable, "cli.py", "audit", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env=os.environ | store,
    )


async def test_a_sound_log_is_said_to_be_with_its_end_to_write_down(
    neo4j_server: server.Running,
) -> None:
    told = bashu(neo4j_server, "verify")
    assert told.returncode == 0, told.stderr
    assert "5 entries, the chain is sound." in told.stdout
    end = told.stdout.split()[-1]
    again = bashu(neo4j_server, "verify", "--expect", end, "--json")
    assert json.loads(again.stdout) == {
        "sound": True, "entries": 5, "head": end, "breaks": 0, "first": [],
    }  # fmt: skip


async def test_tampering_is_told_where_it_is_and_by_the_exit_code(
    neo4j_server: server.Running, ask: Ask
) -> None:
    await ask("MATCH (e:AuditEntry {seq: 3}) DELETE e RETURN 1")
    told = bashu(neo4j_server, "verify")
    assert told.returncode == 1
    assert "Entry 3 is missing." in told.stdout


async def test_an_export_is_the_log_and_is_noted_in_it(
    neo4j_server: server.Running, entries: Ask
) -> None:
    told = bashu(neo4j_server, "export")
    assert told.returncode == 0, told.stderr
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert lines == await entries()
    assert (lines[-1]["happened"], lines[-1]["actor"]) == ("audit_exported", "hub")


async def test_a_spreadsheet_takes_no_cell_for_a_formula(neo4j_server: server.Running) -> None:
    told = bashu(neo4j_server, "export", "--csv", "--to", "2999-12-31")
    rows = list(csv.DictReader(told.stdout.splitlines()))
    assert [row["reason"] for row in rows[:5]] == [f"'@R{number}" for number in range(1, 6)]
    assert rows[0]["agency"] == "'=HYPERLINK(1)"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@\t\r")]


@pytest.mark.parametrize(
    "arguments", [("export", "--from", "tomorrow"), ("verify", "--expect", "12")]
)
async def test_what_cannot_be_meant_is_refused(
    neo4j_server: server.Running, arguments: tuple[str, ...]
) -> None:
    told = bashu(neo4j_server, *arguments)
    assert told.returncode == 2
    assert "give" in told.stderr
