"""The demonstration from its first record to its last, in an order in which every edge finds both its ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from demo.facts import agreements as origin
from demo.facts import divisions, platforms, sources, topics
from demo.facts import institutions as known
from demo.generated import agreements, events, institutions, instruments, people, projects, results
from demo.records import Record
from demo.world import World


@dataclass(frozen=True, slots=True)
class Section:
    """Records of one kind: their plural, how many there will be, and the records, made as they are read."""

    name: str
    expected: int
    records: Callable[[], Iterator[Record]]


def known_records() -> Iterator[Record]:
    """What is not generated; the same at every scale and seed."""
    for module in (sources, divisions, topics, known, platforms, origin):
        yield from module.records()


def sections(world: World) -> tuple[Section, ...]:
    """The sections of a demonstration in order."""
    figures = world.figures
    generated = len(list(world.generated((*world.sichuan, *world.chongqing))))
    return (
        Section("known records", sum(1 for _ in known_records()), known_records),
        Section("institutions", generated + figures.enterprises, lambda: institutions.records(world)),
        Section("people", sum(len(each.staff) for each in world.employers), lambda: people.records(world)),
        Section("projects", figures.projects, lambda: projects.records(world)),
        Section("achievements", figures.achievements, lambda: results.achievements(world)),
        Section("datasets", figures.datasets, lambda: results.datasets(world)),
        Section("instruments", figures.sichuan.instruments + figures.chongqing.instruments, lambda: instruments.records(world)),
        Section("agreements", _with_clauses(figures.agreements), lambda: agreements.records(world)),
        Section("events", figures.events, lambda: events.records(world)),
    )  # fmt: skip


def records(world: World) -> Iterator[Record]:
    """Every record of a demonstration."""
    for section in sections(world):
        yield from section.records()


def _with_clauses(count: int) -> int:
    """About how many records that many agreements and their clauses are: one to four clauses each."""
    return count * 7 // 2
