"""What a graph holds before a demonstration is loaded, and so what may be done: the administrator's questions first."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class LoadRefused(Exception):
    """The graph holds what the load could harm or be confused with; the text says what would settle it."""


class Next(Enum):
    """What to do with a graph."""

    NOTHING = "the same demonstration is there, complete"
    LOAD = "nothing of a demonstration is there"
    REPLACE = "another demonstration, or a part of one, goes first"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The demonstration that is asked for; `force` answers yes to the questions below.

    `data_dir`: the hub's, where the files that it imports are kept; None: they are not.
    """

    scale: float
    seed: int
    force: bool = False
    data_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """The graph's own note of the demonstration in it; `mark` is in the ids of what was generated."""

    scale: float
    seed: int
    mark: str
    finished: bool


def decide(wanted: Wanted, marker: Marker | None, records: int) -> Next:
    """What to do with a graph of so many records; raises LoadRefused.

    A load that was cut off is begun again unasked: it removes nothing but what it had made itself.
    """
    if marker is None:
        if records and not wanted.force:
            raise LoadRefused(
                f"The graph holds {records:,} records and no demonstration; --force loads one beside them."
            )
        return Next.LOAD
    if not marker.finished:
        return Next.REPLACE
    if (marker.scale, marker.seed) == (wanted.scale, wanted.seed):
        return Next.NOTHING
    if not wanted.force:
        raise LoadRefused(
            f"The graph holds the demonstration of scale {marker.scale:g} and seed {marker.seed};"
            " --force removes its generated records and loads the other."
        )
    return Next.REPLACE
