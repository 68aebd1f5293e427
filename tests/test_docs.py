"""The documents tell the truth: examples run on the demonstration, commands and links exist, decisions have their parts."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

import cli
from docs.pages import LOOKS, PICTURE, build, picture_file
from graph_store.local_server import server
from tests.engine.conftest import Hub

CHECKOUT = Path(__file__).parent.parent
README = CHECKOUT / "README.md"
GUIDES = sorted((CHECKOUT / "docs" / "guides").glob("*.md"))
DECISIONS = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = [README, CHECKOUT / "CHANGELOG.md", CHECKOUT / "bench" / "README.md",
             *sorted((CHECKOUT / "docs").rglob("*.md"))]  # fmt: skip
SAMPLES: list[dict[str, str]] = orjson.loads(
    (CHECKOUT / "web" / "graphiql" / "source" / "samples.json").read_bytes()
)
COMMANDS = get_command(cli.commands)

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`|^ {4}(\S.*)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+)")
_ERROR_CODE = re.compile(r'"([A-Z]+(?:_[A-Z]+)+)"')


def blocks(document: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return [text for word, text in _BLOCK.findall(document.read_text()) if word == language]


def commands_of(document: Path) -> list[list[str]]:
    """Each `bashu …` of a document in words, from its blocks and its inline code."""
    text = document.read_text()
    code = [line for block in blocks(document, "sh") for line in block.splitlines()]
    code += [inline or indented for inline, indented in _CODE.findall(_BLOCK.sub("", text))]
    told = [re.sub(r"[\[\]]|>.*|#.*", " ", line) for line in code]
    return [shlex.split(line)[1:] for line in told if re.match(r"(\.venv/bin/)?bashu ", line)]


def registered(command: object = COMMANDS, *path: str) -> dict[str, TyperCommand]:
    """Every command that does something, by its full name."""
    if isinstance(command, TyperGroup):
        inner = (registered(each, *path, word) for word, each in command.commands.items())
        return {name: each for found in inner for name, each in found.items()}
    assert isinstance(command, TyperCommand)
    return {" ".join(path): command}


def named(words: list[str]) -> str | None:
    """The registered command that words begin with."""
    return next((name for name in registered() if words[: len(name.split())] == name.split()), None)


def tells(value: Any) -> bool:
    """Whether something was found."""
    if isinstance(value, dict):
        return any(tells(each) for each in value.values())
    if isinstance(value, list):
        return any(tells(each) for each in value)
    return value not in (None, False, 0, "")


def numbered(documents: list[Path], language: str) -> list[Any]:
    """Every block of a language, as a case with a name."""
    return [
        pytest.param(text, id=f"{document.stem}-{number}")
        for document in documents
        for number, text in enumerate(blocks(document, language), 1)
    ]


async def answered(hub: Hub, text: str, variables: dict[str, Any] | None = None) -> None:
    """Ask; every root must have found something, but for those that are null on purpose."""
    data = await hub.data(text, variables)
    assert tells(data)
    assert [key for key, value in data.items() if value is not None and not tells(value)] == []


@pytest.mark.parametrize("text", numbered([README, *GUIDES], "graphql"))
async def test_an_example_of_the_guides_finds_something(text: str, demonstration: Hub) -> None:
    await answered(demonstration, text)


@pytest.mark.parametrize("sample", SAMPLES, ids=[each["titleEn"] for each in SAMPLES])
async def test_a_sample_question_of_graphiql_finds_something(
    sample: dict[str, str], demonstration: Hub
) -> None:
    await answered(demonstration, sample["query"], orjson.loads(sample.get("variables", "{}")))


async def test_the_request_that_curl_sends_is_answered(demonstration: Hub) -> None:
    line = next(
        line.replace("\\\n", " ")
        for line in blocks(CHECKOUT / "docs" / "guides" / "front-end.md", "sh")
        if line.startswith("curl")
    )
    words = shlex.split(line)
    assert words[2].endswith("/graphql")
    await answered(demonstration, orjson.loads(words[words.index("-d") + 1])["query"])


@pytest.mark.usefixtures("demonstration")
def test_the_import_that_the_administrator_is_shown_runs(
    neo4j_server: server.Running, shared_data: Path, tmp_path: Path
) -> None:
    (words,) = [
        shlex.split(block)[1:]
        for block in blocks(CHECKOUT / "docs" / "guides" / "administrator.md", "sh")
    ]
    settings = {
        "BASHU_NEO4J_URI": neo4j_server.uri,
        "BASHU_NEO4J_USER": neo4j_server.user,
        "BASHU_NEO4J_PASSWORD": neo4j_server.password,
        "BASHU_DATA_DIR": str(tmp_path),
    }
    assert shared_data.is_dir()
    done = subprocess.run(
        [sys.executable, "cli.py", *words, "--json"],
        cwd=CHECKOUT, env=os.environ | settings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    books = orjson.loads(done.stdout.splitlines()[-1])
    assert books["read"] == books["new"] + books["changed"] + books["unchanged"] > 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: str(each.relative_to(CHECKOUT)))
def test_a_document_names_commands_options_and_files_that_exist(document: Path) -> None:
    for words in commands_of(document):
        name = named(words)
        assert name, words
        known = {option for each in registered()[name].params for option in each.opts}
        assert {word.split("=")[0] for word in words if word.startswith("--")} <= known, words
    text = _BLOCK.sub("", document.read_text())
    links = {link for link in _LINK.findall(text) if "://" not in link}
    within = {link for link in links if (document.parent / link).resolve().is_relative_to(CHECKOUT)}
    assert {link for link in within if not (document.parent / link).exists()} == set()


def test_every_command_is_told_of_in_the_readme_or_a_guide() -> None:
    told = {named(words) for document in [README, *GUIDES] for words in commands_of(document)}
    assert told == set(registered())


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (CHECKOUT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+|bench-%):", makefile, re.MULTILINE))
    folders = {each.name for each in (CHECKOUT / "bench").iterdir()}
    for document in DOCUMENTS:
        shown = re.findall(r"(?:^|`)make ([A-Za-z-]+)", document.read_text(), re.MULTILINE)
        for target in set(shown) - {"bench-NAME"}:
            bench = target.removeprefix("bench-")
            assert target in targets or (target != bench and bench in folders), (document, target)


def test_every_error_code_of_the_hub_is_explained_to_front_end_developers() -> None:
    sources = [*(CHECKOUT / "web").glob("*.py"), *(CHECKOUT / "resolvers").glob("*.py")]
    given = {code for source in sources for code in _ERROR_CODE.findall(source.read_text())}
    guide = (CHECKOUT / "docs" / "guides" / "front-end.md").read_text()
    told = {
        code
        for line in guide.splitlines()
        if line.startswith("| `")
        for code in re.findall(r"`([A-Z_]+)`", line.split("|")[1])
    }
    assert told == given


def test_decisions_are_numbered_one_by_one() -> None:
    assert [int(each.name[:4]) for each in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda each: each.stem)
def test_a_decision_has_all_its_parts(decision: Path) -> None:
    text = decision.read_text()
    assert text.startswith(f"# {int(decision.name[:4])}. ")
    parts = ["Context", "Decision", "Consequences", "Alternatives", "References"]
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == parts


def test_the_readme_fits_a_screen_and_the_changelog_has_entries() -> None:
    assert len(README.read_text().splitlines()) <= 60
    assert re.search(r"^- \w", (CHECKOUT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_guides_become_pages_with_pictures_of_the_console(tmp_path: Path) -> None:
    pages = (CHECKOUT / "console" / "browser" / "pages.ts").read_text()
    shown = [
        found for guide in GUIDES for found in PICTURE.findall(guide.read_text(encoding="utf-8"))
    ]
    assert len(shown) > 10
    taken = tmp_path / "taken"
    taken.mkdir()
    for page, *_ in shown:
        assert re.search(rf"^  ('{page}'|{page}): ", pages, re.MULTILINE), page
        for look in LOOKS:
            (taken / picture_file(page, look)).touch()
    built = build(GUIDES[0].parent, taken, tmp_path / "built")
    assert {each.stem for each in built} >= {each.stem for each in GUIDES}
    texts = [each.read_text(encoding="utf-8") for each in built]
    assert sum(text.count("<img ") for text in texts) == len(LOOKS) * len(shown)
    assert not any("<!-- picture" in text or 'href="researcher.md' in text for text in texts)
    next(taken.iterdir()).unlink()
    with pytest.raises(FileNotFoundError):
        build(GUIDES[0].parent, taken, tmp_path / "built")
