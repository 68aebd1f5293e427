"""One import from the first look at the file to the balanced books."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from flows.sources.again import Again
from flows.sources.batches import BATCH_ROWS, Purpose
from flows.sources.books import Books
from flows.sources.drafts import Connector, LinkOfRow, Target
from flows.sources.kinds import connector_for
from flows.sources.loading import Loader
from flows.sources.opening import Inspected
from flows.sources.portions import Portion, portions, read_through
from flows.sources.reports import Report
from flows.sources.rows import Note, Reading, SourceError
from flows.sources.runs import Run, Told
from flows.sources.shelf import Shelf, digest_of
from graph_store.commands.imports import Store
from graph_store.identifiers import Problem

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Readable:
    """A file that was looked through and can be read to its end, with what its rows mean; `again`: for some of them only."""

    connector: Connector
    file: Inspected
    mapping: Path | None = None
    again: Again | None = None

    def reading(self) -> Reading:
        """Its rows. Raises SourceError."""
        again = self.again
        return again.read(self.connector, self.file) if again else self.connector.read(self.file)


def look_through(kind: str, path: Path, mapping: Path | None = None) -> Readable:
    """Look a file through; nothing else is needed for it. Raises SourceError for one that cannot be imported."""
    connector = connector_for(kind, path, mapping)
    file = connector.inspect(path)
    if connector.whole(file):
        read_through(connector, file)
    return Readable(connector, file, mapping)


async def import_file(
    readable: Readable, store: Store, purpose: Purpose, report: Report, progress: Progress
) -> Books:
    """Import a file; what is not taken is told to the report.

    Raises what the store raises: batches written until then stay, and a second run goes on from there.
    """
    started = time.monotonic()
    for note in readable.file.notes:
        report.tell(note)
    books = Books()
    run = None
    if not purpose.dry_run:
        run = await asyncio.to_thread(_run_of, readable, purpose, books, report)
    loader = Loader(store, readable.connector.origin, purpose, run)
    await loader.begin()
    try:
        await _import(readable, loader, report, progress, books)
    except (SourceError, OSError, ValueError) as error:
        await loader.end(problem_of(error))
        raise
    await loader.end()
    books.seconds = time.monotonic() - started
    assert books.balanced, books
    return books


def problem_of(error: Exception) -> Problem:
    """What is told of an error: of one that is no sentence its kind alone, since its text may hold somebody's data."""
    if isinstance(error, SourceError):
        return error.problem
    kind = type(error).__name__
    return Problem(f"读取文件时出错：{kind}", f"the file could not be read to its end: {kind}")


def _run_of(readable: Readable, purpose: Purpose, books: Books, report: Report) -> Run:
    """The import's own record; its files are kept, unless they were read from where they are kept."""
    if readable.again:
        return Run(purpose, readable.again.told, books, readable.again.run)
    path, mapping = readable.file.path, readable.mapping
    digest = _kept(path, purpose.shelf, report)
    told = Told(path.name, digest, readable.connector.kind)
    if mapping:
        digest = _kept(mapping, purpose.shelf, report)
        told = replace(told, mapping=mapping.name, mapping_digest=digest)
    return Run(purpose, told, books)


def _kept(path: Path, shelf: Shelf | None, report: Report) -> str:
    """The file's digest; that it is not kept is told to the report."""
    if shelf is None:
        return digest_of(path)
    digest, note = shelf.keep(path)
    if note:
        report.tell(note)
    return digest


async def _import(
    readable: Readable, loader: Loader, report: Report, progress: Progress, books: Books
) -> None:
    late: dict[tuple[Target, str, Target], LinkOfRow] = {}
    reading = portions(readable.connector, readable.reading())
    coming = asyncio.create_task(_next(reading))
    try:
        while portion := await coming:
            # the next portion is read while Neo4j writes this one
            coming = asyncio.create_task(_next(reading))
            loaded = await loader.load(portion)
            books.enter(portion, loaded)
            refused = {each.row for each in loaded.rejections}
            late |= {each[1][:3]: each for each in portion.late if each[0] not in refused}
            for told in (*portion.told, *loaded.rejections):
                report.tell(told)
            report.flush()
            progress(readable.connector.kind, books.read, 0)
    finally:
        await asyncio.wait([coming])
    await _link(list(late.values()), loader, books, progress)
    for note in _notes(books):
        report.tell(note)


async def _next(reading: Iterator[Portion]) -> Portion | None:
    return await asyncio.to_thread(next, reading, None)


async def _link(late: list[LinkOfRow], loader: Loader, books: Books, progress: Progress) -> None:
    """Links by the record where they start, so that a record changes once however many it has."""
    late.sort(key=lambda each: each[1].start)
    for at in range(0, len(late), BATCH_ROWS):
        books.enter_links(await loader.link(late[at : at + BATCH_ROWS]))
        progress("links", at, len(late))


def _notes(books: Books) -> Iterator[Note]:
    if books.passed_over:
        yield Note(
            Problem(
                f"有 {books.passed_over} 行不属于此类记录，已略过",
                f"{books.passed_over} rows are no records of this kind and were passed over",
            )
        )
    if books.unresolved:
        yield Note(
            Problem(
                f"有 {books.unresolved} 条关联指向图谱中没有的记录，待其导入后重新运行即可补上",
                f"{books.unresolved} links lead to records that are not in the graph; once these are in, run again",
            )
        )
