"""The security notes promise nothing that no file keeps and no test shows."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
NOTES = CHECKOUT / "docs" / "security.md"

_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_FILE = re.compile(r"`([a-z_]+(?:/[\w.]+)+|[a-z_]+\.py)`")


def rows() -> list[list[str]]:
    """The cells of every promise: what, in which file, by which test."""
    lines = NOTES.read_text().splitlines()
    table = [line for line in lines if line.startswith("| ") and "Promise" not in line]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]


def test_every_promise_has_a_file_and_a_test() -> None:
    assert len(rows()) > 40
    for promise, files, tests in rows():
        assert _FILE.search(files), promise
        assert _TEST.search(tests), promise


def test_every_file_that_is_named_exists() -> None:
    named = {name for _, files, _ in rows() for name in _FILE.findall(files)}
    assert {name for name in named if not (CHECKOUT / name).exists()} == set()


def test_every_test_that_is_named_exists() -> None:
    missing = [
        f"{path}::{name}"
        for path, name in _TEST.findall(NOTES.read_text())
        if not re.search(rf"^(async )?def {name}\(", _text(path), re.MULTILINE)
    ]
    assert missing == []


def _text(path: str) -> str:
    file = CHECKOUT / path
    return file.read_text() if file.exists() else ""
