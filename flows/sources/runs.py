"""The record that an import leaves of itself, written in the same transactions as its portions.

So its books are true up to the last portion that is in the graph, whatever becomes of the process. Of each fate the first thousand
rows are kept one by one; the books count the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flows.sources.batches import Astray, Loaded, Purpose
from flows.sources.books import Books
from flows.sources.desk import Desk
from flows.sources.drafts import Target
from flows.sources.portions import Portion
from flows.sources.remedies import remedy
from flows.sources.rows import Rejection
from graph_store.commands.close import Batch, Row
from graph_store.commands.import_runs import (
    DIED,
    FINISHED,
    REJECTED,
    RUNNING,
    UNRESOLVED,
    WAITING,
)
from graph_store.commands.rows import Deed, State, record_rows, tie
from graph_store.identifiers import Problem
from graph_store.model import MODEL
from graph_store.model.imports import IMPORT, IMPORT_ROW

MOST_KEPT = 1_000
"""So many rows of each fate are kept."""

NEW, CHANGED, UNCHANGED, COMPANION = "new", "changed", "unchanged", "companion"

_NOWHERE = Problem("图谱中没有关联所指的记录", "the graph has no record to which the link leads")
_ONCE_THERE = Problem(
    "请先导入所指的记录，再在本批次上重试，或重新导入本文件，即可补上关联。",
    "Import the record that it leads to, then retry this import, or import the file again: that adds the link.",
)

Also = Callable[[Desk, Deed, Loaded], Awaitable[Batch]]
"""What is written together with a batch, given what became of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an import before its first row: names of files, without the folders they lie in, and their digests."""

    file: str
    digest: str
    connector: str
    mapping: str | None = None
    mapping_digest: str | None = None


class Run:
    """Writes down one import. `books` are its own: booked after each commit by whoever reads the file.

    `asked`: the id of the record that waits for it. Where its process died before, that record begins anew: what is in by
    then counts as it is found.
    """

    def __init__(
        self, purpose: Purpose, told: Told, books: Books, asked: str | None = None
    ) -> None:
        self.id = asked or purpose.ids(purpose.base, IMPORT)
        self._has_begun = False
        self._purpose = purpose
        self._told = told
        self._books = books
        self._kept: Counter[str] = Counter()
        self._pending = self._kept

    @property
    def has_given(self) -> bool:
        """Whether the file gave anything new; where it was begun before, it may have done so then."""
        return self._has_begun or bool(self._books.new or self._books.changed)

    def keep(self) -> None:
        """The transaction is in: its rows count."""
        self._kept = self._pending

    async def begun(self, source: Target, desk: Desk, deed: Deed, _loaded: Loaded) -> Batch:
        """The record, at work."""
        told = self._told
        before = (await desk.unit.hold((self.id,))).get(self.id)
        self._has_begun = before is not None and before["state"] != WAITING
        if self._has_begun:
            await desk.unit.forget_rows(self.id)
        values = {
            "id": self.id,
            "name": told.file,
            "nameEn": told.file,
            "synthetic": self._purpose.synthetic,
            "digest": told.digest,
            "connector": told.connector,
            "mapping": told.mapping,
            "mappingDigest": told.mapping_digest,
            "state": RUNNING,
            "actor": deed.actor,
            "startedAt": deed.at,
            **self._books.counts,
        }
        if before is not None:
            again = {**before, **values, "endedAt": None, "failure": None, "failureEn": None}
            return record_rows(MODEL, IMPORT, State(before), State(again), deed)
        end = desk.id_of(source)
        ties = frozenset({tie("source", end)} if end else ())
        return record_rows(MODEL, IMPORT, None, State(values, ties), deed)

    async def entered(self, portion: Portion, desk: Desk, deed: Deed, loaded: Loaded) -> Batch:
        """The books with this portion in them, and its rows."""
        books = self._books.after(portion, loaded)
        batch = await self._written(desk, deed, books.counts | {"state": RUNNING})
        rejections = (each for each in portion.told if isinstance(each, Rejection))
        batch.creates.extend(self._rows(_told((*rejections, *loaded.rejections), loaded)))
        return batch

    async def linked(self, desk: Desk, deed: Deed, loaded: Loaded) -> Batch:
        """The books with these late links in them; a record that a link has changed is no longer as it was."""
        woken = loaded.changed & self._books.still
        await desk.unit.turn_rows(self.id, sorted(woken), CHANGED)
        books = self._books.after_links(loaded)
        batch = await self._written(desk, deed, books.counts | {"state": RUNNING})
        batch.creates.extend(self._rows(_told((), loaded)))
        return batch

    async def ended(
        self, problem: Problem | None, desk: Desk, deed: Deed, _loaded: Loaded
    ) -> Batch:
        """The end, with the problem where there was one."""
        values: Row = {"state": FINISHED, "endedAt": deed.at}
        if problem is not None:
            values |= {"state": DIED, "failure": problem.zh, "failureEn": problem.en}
        return await self._written(desk, deed, values)

    async def _written(self, desk: Desk, deed: Deed, values: Row) -> Batch:
        held = await desk.unit.hold((self.id,))
        before = held[self.id]
        return record_rows(MODEL, IMPORT, State(before), State({**before, **values}), deed)

    def _rows(self, told: Iterable[dict[str, Any]]) -> Iterator[Row]:
        kept = Counter(self._kept)
        for values in told:
            fate = values["fate"]
            if kept[fate] < MOST_KEPT:
                kept[fate] += 1
                id_ = f"{self._purpose.base}-{IMPORT_ROW.word}-{self.id.rpartition('-')[2]}-{kept.total()}"
                known = {name: each for name, each in values.items() if each is not None}
                yield {
                    "labels": [IMPORT_ROW.name],
                    "properties": {"id": id_, "run": self.id, **known},
                }
        self._pending = kept


def _told(rejections: Iterable[Rejection], loaded: Loaded) -> Iterator[dict[str, Any]]:
    """What became of each row, and what came by the way."""
    yield from map(_rejected, rejections)
    yield from _taken(loaded)
    for id_, row in loaded.companions.items():
        yield {"fate": COMPANION, "row": row, "recordId": id_}
    yield from map(_astray, loaded.unresolved)


def _astray(astray: Astray) -> dict[str, Any]:
    return {
        "fate": UNRESOLVED,
        "row": astray.row,
        "recordId": astray.known,
        "field": astray.link.name,
        "value": astray.sought.value,
        "rule": _NOWHERE.zh,
        "ruleEn": _NOWHERE.en,
        "repair": _ONCE_THERE.zh,
        "repairEn": _ONCE_THERE.en,
    }


def _rejected(rejection: Rejection) -> dict[str, Any]:
    repair = remedy(rejection)
    return {
        "fate": REJECTED,
        "row": rejection.row,
        "field": rejection.field or None,
        "value": rejection.value or None,
        "rule": rejection.reason.zh,
        "ruleEn": rejection.reason.en,
        "repair": repair.zh,
        "repairEn": repair.en,
    }


def _taken(loaded: Loaded) -> Iterator[dict[str, Any]]:
    """In the order of the file."""
    fates = {NEW: loaded.new, CHANGED: loaded.changed, UNCHANGED: loaded.unchanged}
    for id_, row in loaded.rows.items():
        fate = next(fate for fate, ids in fates.items() if id_ in ids)
        yield {"fate": fate, "row": row, "recordId": id_}
