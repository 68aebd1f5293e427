"""The demonstration from its first record to its last, in an order in which every edge finds both its ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from demo.facts import agreements as origin
from demo.facts import divisions, platforms, sources, topics
from demo.facts import institutions as known
from demo.generated import (
    agreements,
    classes,
    decisions,
    events,
    exchanges,
    institutions,
    instruments,
    notices,
    people,
    projects,
    results,
    sub_agreement,
    wishes,
)
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
        *(Section(name, sum(1 for _ in make(world)), partial(make, world)) for name, make in _COOPERATION),
    )  # fmt: skip


_COOPERATION: tuple[tuple[str, Callable[[World], Iterator[Record]]], ...] = (
    ("the sub-agreement", sub_agreement.records),
    ("posts", exchanges.posts),
    ("exchanges", exchanges.records),
    ("wishes", wishes.records),
    ("classes", classes.classes),
    ("registrations", classes.registrations),
    ("certificates", classes.certificates),
    ("decisions", decisions.tasks),
    ("comments and delegations", decisions.said),
    ("notices", notices.records),
)
"""Of exchange and training, a few hundred records: each is made to be counted, and again to be written."""


def records(world: World) -> Iterator[Record]:
    """Every record of a demonstration."""
    for section in sections(world):
        yield from section.records()


def _with_clauses(count: int) -> int:
    """About how many records that many agreements and their clauses are: one to four clauses each."""
    return count * 7 // 2
