"""Nothing in the hub's own code changes or removes an entry."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
PACKAGES = ("auth", "command_line", "demo", "flows", "graph_store", "resolvers", "schema", "web")

_WRITES = re.compile(r"\b(SET|REMOVE|DELETE|MERGE|CREATE)\b")
_EVERYTHING = re.compile(r"MATCH \(\w*\)\s+(?:WITH|WHERE|CALL|LIMIT|DETACH|DELETE)[^)]*DELETE")


def texts() -> Iterator[tuple[Path, str]]:
    """Every text in the hub's code."""
    files = [*CHECKOUT.glob("*.py")]
    files += [file for package in PACKAGES for file in (CHECKOUT / package).rglob("*.py")]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield file.relative_to(CHECKOUT), node.value


def test_no_statement_of_the_hub_changes_or_removes_an_entry() -> None:
    writing = {
        (str(file), line.strip())
        for file, text in texts()
        if ":AuditEntry" in text
        for line in text.splitlines()
        if _WRITES.search(line) and "Sequence" not in line
    }
    assert writing == {
        (
            "graph_store/audit/log.py",
            "WITH s UNWIND $b.rows AS row CREATE (e:AuditEntry) SET e = row",
        )
    }


def test_no_statement_of_the_hub_removes_whatever_there_is() -> None:
    assert [(file, text) for file, text in texts() if _EVERYTHING.search(text)] == []
