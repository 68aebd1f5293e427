"""One import from the first look at the file to the balanced books."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.sources.drafts import Connector, Link, Target
from flows.sources.kinds import connector_for
from flows.sources.loading import BATCH_ROWS, Loaded, Loader, Purpose
from flows.sources.opening import Inspected
from flows.sources.portions import Portion, portions, read_through
from flows.sources.reports import Report
from flows.sources.rows import Note
from graph_store.commands.imports import Store
from graph_store.identifiers import Problem

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Books:
    """What became of the records of a file; `balanced` is asserted at the end.

    `passed_over`: rows that are no records of this kind. `companions`: records that others mention and that were made
    by the way. `unresolved`: links to records that are not in the graph.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    passed_over: int = 0
    companions: int = 0
    links: int = 0
    unresolved: int = 0
    seconds: float = 0.0
    still: set[str] = field(default_factory=set, repr=False)

    @property
    def balanced(self) -> bool:
        """Whether every record that was read has met one fate."""
        return self.read == self.new + self.changed + self.unchanged + self.rejected

    def enter(self, portion: Portion, loaded: Loaded) -> None:
        """Book a portion that was written."""
        self.read += len(portion.records) + portion.rejected
        self.rejected += portion.rejected + len(loaded.rejections)
        self.passed_over += portion.passed_over
        self.new += len(loaded.new)
        self.changed += len(loaded.changed)
        self.unchanged += len(loaded.unchanged)
        self.companions += loaded.companions
        self.still |= loaded.unchanged
        self._link(loaded)

    def enter_links(self, loaded: Loaded) -> None:
        """Book late links: a record that had stayed as it was and now has another edge has changed."""
        woken = loaded.changed & self.still
        self.still -= woken
        self.changed += len(woken)
        self.unchanged -= len(woken)
        self._link(loaded)

    def _link(self, loaded: Loaded) -> None:
        self.links += loaded.links
        self.unresolved += loaded.unresolved


@dataclass(frozen=True, slots=True)
class Readable:
    """A file that was looked through and can be read to its end, with what its rows mean."""

    connector: Connector
    file: Inspected


def look_through(kind: str, path: Path, mapping: Path | None = None) -> Readable:
    """Look a file through; nothing else is needed for it. Raises SourceError for one that cannot be imported."""
    connector = connector_for(kind, path, mapping)
    file = connector.inspect(path)
    if connector.whole(file):
        read_through(connector, file)
    return Readable(connector, file)


async def import_file(
    readable: Readable, store: Store, purpose: Purpose, report: Report, progress: Progress
) -> Books:
    """Import a file; what is not taken is told to the report.

    Raises what the store raises: batches written until then stay, and a second run goes on from there.
    """
    started = time.monotonic()
    for note in readable.file.notes:
        report.tell(note)
    loader = Loader(store, readable.connector.origin, purpose)
    books = await _import(readable, loader, report, progress)
    if (books.new or books.changed) and not purpose.dry_run:
        await loader.stamp_source()
    books.seconds = time.monotonic() - started
    assert books.balanced, books
    return books


async def _import(readable: Readable, loader: Loader, report: Report, progress: Progress) -> Books:
    books = Books()
    late: dict[tuple[Target, str, Target], Link] = {}
    reading = portions(readable.connector, readable.file)
    coming = asyncio.create_task(_next(reading))
    try:
        while portion := await coming:
            # the next portion is read while Neo4j writes this one
            coming = asyncio.create_task(_next(reading))
            loaded = await loader.load(portion.records) if portion.records else Loaded()
            books.enter(portion, loaded)
            refused = {each.row for each in loaded.rejections}
            late |= {link[:3]: link for row, link in portion.late if row not in refused}
            for told in (*portion.told, *loaded.rejections):
                report.tell(told)
            report.flush()
            progress(readable.connector.kind, books.read, 0)
    finally:
        await asyncio.wait([coming])
    await _link(list(late.values()), loader, books, progress)
    for note in _notes(books):
        report.tell(note)
    return books


async def _next(reading: Iterator[Portion]) -> Portion | None:
    return await asyncio.to_thread(next, reading, None)


async def _link(late: list[Link], loader: Loader, books: Books, progress: Progress) -> None:
    """Links by the record where they start, so that a record changes once however many it has."""
    late.sort(key=lambda link: link.start)
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
