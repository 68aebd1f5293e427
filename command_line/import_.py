"""`bashu import KIND FILE`: records that other people keep, into the Neo4j that the hub uses."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from command_line.errors import CommandLineError
from command_line.output import print_line, print_object, progress_shown
from command_line.store import driver_of, store_in_use
from flows.sources.batches import Purpose
from flows.sources.books import Books
from flows.sources.imports import Progress, Readable, import_file, look_through
from flows.sources.kinds import KINDS
from flows.sources.reports import Report, report_at
from flows.sources.rows import SourceError
from flows.sources.shelf import Shelf
from graph_store.commands.imports import Store
from graph_store.constraints import apply
from graph_store.model import MODEL
from settings import Settings, read_settings

ACTOR = "command-line"

Kind = Annotated[str, typer.Argument(help=f"What the file holds: {', '.join(KINDS)}.")]
File = Annotated[Path, typer.Argument(help="The file; gzip is recognised by itself.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Check and compare everything, write nothing.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]
Mapping = Annotated[
    Path | None,
    typer.Option(help="For instruments: the TOML file that says what each column is."),
]
ReportAt = Annotated[
    Path | None,
    typer.Option("--report", help="Where the report goes; by default the data folder's imports/."),
]


def import_(  # noqa: PLR0913 - a command's arguments and options
    kind: Kind,
    file: File,
    *,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    mapping: Mapping = None,
    report: ReportAt = None,
) -> None:
    """Import a file. Exit code 1: some records were rejected, the report says which and why."""
    readable = _readable(kind, file, mapping, as_json=as_json)
    settings = read_settings()
    path = (
        report or settings.data_dir / "imports" / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{kind}.csv"
    )
    with _reporting(path) as told, store_in_use(settings) as in_use, progress_shown() as progress:
        books = asyncio.run(_import(readable, in_use, told, progress, dry_run=dry_run))
    if as_json:
        print_object(_facts(books) | {"report": path})
    else:
        for line in _lines(books, path, dry_run=dry_run):
            print_line(line)
    if books.rejected:
        raise typer.Exit(1)


def _readable(kind: str, file: Path, mapping: Path | None, *, as_json: bool) -> Readable:
    try:
        return look_through(kind, file, mapping)
    except SourceError as error:
        problem = error.problem
        if as_json:
            print_object(
                _facts(Books()) | {"report": None, "error": {"zh": problem.zh, "en": problem.en}}
            )
        raise CommandLineError(f"{problem.zh}\n{problem.en}") from error


@contextmanager
def _reporting(path: Path) -> Iterator[Report]:
    with ExitStack() as stack:
        try:
            report = stack.enter_context(report_at(path))
        except OSError as error:
            raise CommandLineError(
                f"The report cannot be written to {path}: {error.strerror}"
            ) from error
        yield report


async def _import(
    readable: Readable, settings: Settings, report: Report, progress: Progress, *, dry_run: bool
) -> Books:
    purpose = Purpose(
        settings.base,
        ACTOR,
        f"import {readable.connector.kind}",
        _now,
        dry_run,
        shelf=Shelf.under(settings.data_dir),
    )
    async with driver_of(settings) as driver:
        if not dry_run:
            await apply(driver, settings.neo4j_database, MODEL)
        store = Store(driver, settings.neo4j_database)
        return await import_file(readable, store, purpose, report, progress)


def _now() -> datetime:
    return datetime.now(UTC)


def _facts(books: Books) -> dict[str, object]:
    return {**books.counts, "seconds": round(books.seconds, 2)}


def _lines(books: Books, report: Path, *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield "试运行，未写入任何内容 | a dry run: nothing was written"
    yield (
        f"{books.read:,} read = {books.new:,} new + {books.changed:,} changed"
        f" + {books.unchanged:,} unchanged + {books.rejected:,} rejected, in {books.seconds:.1f} s"
    )
    yield f"{books.companions:,} records made by the way, {books.links:,} links, {books.unresolved:,} lead nowhere"
    yield f"报告 | report: {report}"
