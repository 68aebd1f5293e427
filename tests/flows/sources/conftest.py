"""Imports into the one real Neo4j, by the code that `bashu import` runs."""

import csv
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from flows.sources.batches import Purpose
from flows.sources.books import Books
from flows.sources.imports import import_file, look_through
from flows.sources.reports import report_at
from graph_store.commands.imports import Store
from tests.graph import DATABASE, empty

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Imported:
    """The books, and the rows of the report."""

    books: Books
    report: list[dict[str, str]]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """New, changed, unchanged, rejected."""
        books = self.books
        return books.new, books.changed, books.unchanged, books.rejected


Import = Callable[..., Awaitable[Imported]]


@pytest.fixture(scope="module")
async def graph(driver: AsyncDriver) -> AsyncDriver:
    """An empty graph with its constraints, for one module."""
    await empty(driver)
    return driver


@pytest.fixture
def importing(graph: AsyncDriver, tmp_path: Path) -> Import:
    """Imports a file of a kind."""

    async def run(
        kind: str, path: Path, *, dry_run: bool = False, mapping: Path | None = None
    ) -> Imported:
        purpose = Purpose("cd", "tester", f"import {kind}", lambda: NOW, dry_run)
        place = tmp_path / "report.csv"
        with report_at(place) as report:
            books = await import_file(
                look_through(kind, path, mapping),
                Store(graph, DATABASE),
                purpose,
                report,
                lambda *_: None,
            )
        with place.open(encoding="utf-8-sig", newline="") as stream:
            return Imported(books, list(csv.DictReader(stream)))

    return run


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file and gives its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


async def ask(driver: AsyncDriver, query: str, **values: object) -> list[list[object]]:
    """The rows of a hand-written question."""
    answer = await driver.execute_query(query, values, database_=DATABASE)
    return [list(record.values()) for record in answer.records]
