"""The imports of the demonstration: its files, by the code that `bashu import` runs, at moments of its story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.generated.imports import File, files
from demo.world import World
from flows.sources.batches import Purpose
from flows.sources.imports import Readable, import_file, look_through
from flows.sources.reports import report_at
from flows.sources.shelf import Shelf
from graph_store.commands.imports import Store
from graph_store.commands.rows import Clock
from graph_store.local_server.progress import Progress
from graph_store.model.words import Noun

_FIRST = 9_000_000
"""Whatever the generator makes of a noun has a lesser number."""
_TICK = timedelta(milliseconds=400)

Ids = Callable[[str, Noun], str]


@dataclass(frozen=True, slots=True)
class Office:
    """Who imports what into which world, and where the files are kept."""

    world: World
    actor: str
    shelf: Shelf | None = None


async def bring_in(store: Store, office: Office, progress: Progress) -> None:
    """Import them one after another."""
    ids = _ids(office.world)
    with TemporaryDirectory(prefix="bashu-imports-") as folder:
        for each in files(office.world):
            readable = _laid_out(each, Path(folder))
            clock, command = _clock(each.at), f"import {each.kind}"
            purpose = Purpose(
                each.base, office.actor, command, clock, synthetic=True, ids=ids, shelf=office.shelf
            )
            with report_at(Path(folder, "report.csv")) as report:
                await import_file(readable, store, purpose, report, progress)


def _laid_out(file: File, folder: Path) -> Readable:
    path = folder / file.name
    path.write_text(file.content, "utf-8")
    return look_through(file.kind, path)


def _ids(world: World) -> Ids:
    """Ids that are the same for the same seed, and carry the mark."""
    given: Counter[str] = Counter()

    def id_(base: str, noun: Noun) -> str:
        given[noun.word] += 1
        return world.id(base, noun.word, _FIRST + given[noun.word])

    return id_


def _clock(at: datetime) -> Clock:
    """A clock that goes on whenever it is read."""
    moment = at

    def now() -> datetime:
        nonlocal moment
        moment += _TICK
        return moment

    return now
