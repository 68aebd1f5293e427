"""`bashu documents`: what goes into the registry, and what is found wrong there."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from command_line.errors import CommandLineError

GOOD = "{ institutions(first: 1) { totalCount nodes { name } } } # 千分尺\n"
WRONG = "{ nothing }"


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Without a registry in the settings."""
    monkeypatch.delenv("BASHU_TRUSTED_DOCUMENTS", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.graphql").write_text(GOOD, "utf-8")
    (tmp_path / "wrong.graphql").write_text(WRONG, "utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.commands, ["documents", *words])


def test_a_document_is_added_under_the_hash_of_its_bytes(tmp_path: Path) -> None:
    done = run("add", "good.graphql", "--registry", "registry")
    digest = hashlib.sha256(GOOD.encode()).hexdigest()
    assert (done.exit_code, done.stdout) == (0, f"sha256:{digest}  good.graphql\n")
    assert (tmp_path / "registry" / f"{digest}.graphql").read_bytes() == GOOD.encode()
    checked = run("check", "--registry", "registry")
    assert (checked.exit_code, checked.stdout) == (0, "1 trusted, 0 refused in registry\n")


def test_a_document_that_the_schema_refuses_is_not_added_but_its_neighbour_is(
    tmp_path: Path,
) -> None:
    done = run("add", "wrong.graphql", "good.graphql", "--registry", "registry")
    assert done.exit_code == 1
    assert "wrong.graphql is refused by the schema: Cannot query field 'nothing'" in done.stderr
    assert len(list((tmp_path / "registry").iterdir())) == 1


def test_a_registry_with_a_fault_is_told_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "mine.graphql").write_text(GOOD, "utf-8")
    monkeypatch.setenv("BASHU_TRUSTED_DOCUMENTS", "registry")
    done = run("check")
    assert (done.exit_code, done.stdout) == (1, "0 trusted, 1 refused in registry\n")
    assert "mine.graphql is not named by a SHA-256" in done.stderr


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("check",), "There is no registry of trusted documents"),
        (("check", "--registry", "nowhere"), "nowhere is not there"),
        (("add", "nothing.graphql", "--registry", "registry"), "nothing.graphql cannot be read"),
        (("add", "good.graphql", "--registry", "manifest.json"), "manifest.json is a manifest"),
    ],
)
def test_what_cannot_run_says_why(words: tuple[str, ...], reason: str) -> None:
    done = run(*words)
    assert isinstance(done.exception, CommandLineError)
    assert reason in str(done.exception)
