"""Loads a demonstration: decides, clears what is half there, writes while it generates, and notes that it is done."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter

from neo4j import AsyncDriver

from demo import graph, imports
from demo.generator import Section, known_records, sections
from demo.standing import Marker, Next, Wanted, decide
from demo.world import World, build
from demo.writing import Known, batch_of, batches, write
from flows.sources.shelf import Shelf
from graph_store import constraints
from graph_store.commands.imports import Store
from graph_store.commands.rows import SHANGHAI, Deed, instant_text
from graph_store.local_server.progress import Progress
from graph_store.model import MODEL

ACTOR = "demonstration"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was written: records by noun, edges, records removed before; nothing where `was_there`."""

    counts: dict[str, int]
    edges: int
    removed: int
    seconds: float
    was_there: bool = False


@dataclass(frozen=True, slots=True)
class _Load:
    driver: AsyncDriver
    database: str
    deed: Deed
    progress: Progress


def utc_now() -> datetime:
    """The moment, as a clock gives it."""
    return datetime.now(UTC)


async def load(
    driver: AsyncDriver,
    database: str,
    wanted: Wanted,
    progress: Progress,
    now: Clock = utc_now,
) -> Loaded:
    """Load the demonstration of that scale and seed; harmless when it is there.

    May be killed and called again. Raises LoadRefused, ValueError for a scale out of bounds, and what the driver raises.
    Two loads into one graph at the same time are not kept apart.
    """
    started = perf_counter()
    today = now().astimezone(SHANGHAI).date()
    world = build(wanted.scale, wanted.seed, today)
    await constraints.apply(driver, database, MODEL)
    marker = await graph.marker(driver, database)
    todo = decide(wanted, marker, await graph.count(driver, database))
    if todo is Next.NOTHING:
        return Loaded({}, 0, 0, perf_counter() - started, was_there=True)
    removed = 0
    if marker is not None:
        removed = await remove(driver, database, progress, now)
    unfinished = Marker(wanted.scale, wanted.seed, world.mark, finished=False)
    await graph.note(driver, database, unfinished, instant_text(now()))
    deed = Deed(instant_text(now()), ACTOR, "load_demonstration", f"demonstration-{world.mark}")
    counts, edges = await _write_all(_Load(driver, database, deed, progress), world)
    shelf = Shelf.under(wanted.data_dir) if wanted.data_dir else None
    await imports.bring_in(Store(driver, database), imports.Office(world, ACTOR, shelf), progress)
    await graph.settle(driver, database)
    finished = Marker(wanted.scale, wanted.seed, world.mark, finished=True)
    await graph.note(driver, database, finished, instant_text(now()))
    return Loaded(dict(counts), edges, removed, perf_counter() - started)


async def remove(
    driver: AsyncDriver, database: str, progress: Progress, now: Clock = utc_now
) -> int:
    """Take out what the demonstration in the graph generated, log it, and return how many records that were.

    What was not generated stays: others may have tied their records to the real divisions and institutions.
    """
    marker = await graph.marker(driver, database)
    if marker is None:
        return 0
    deed = Deed(instant_text(now()), ACTOR, "remove_demonstration", f"removal-{marker.mark}")
    gone = 0
    async for count in graph.remove_generated(driver, database, marker.mark, deed):
        gone += count
        progress("Removing the old demonstration", gone, 0)
    await graph.forget(driver, database)
    return gone


async def _write_all(load: _Load, world: World) -> tuple[Counter[str], int]:
    known = await graph.held(load.driver, load.database, known_records())
    counts: Counter[str] = Counter()
    edges = 0
    for section in sections(world):
        edges += await _write_section(load, section, known, counts)
    return counts, edges


async def _write_section(load: _Load, section: Section, known: Known, counts: Counter[str]) -> int:
    """Write one batch while the next is generated; one writer, for the log's lock would queue a second one anyway."""
    what, done, edges = f"Loading {section.name}", 0, 0
    writing: asyncio.Task[None] | None = None
    try:
        for records in batches(each for each in section.records() if each.id not in known):
            batch = batch_of(records, known, load.deed)
            if writing:
                await writing
            writing = asyncio.create_task(write(load.driver, load.database, batch))
            await asyncio.sleep(0)
            counts.update(record.noun for record in records)
            done, edges = done + len(records), edges + len(batch.links)
            load.progress(what, done, max(done, section.expected))
    finally:
        if writing:
            await writing
    load.progress(what, done, done)
    return edges
