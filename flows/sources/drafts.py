"""What a connector makes of a row: drafts of records, and links between records that are named by a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from flows.sources.opening import Inspected, inspect_text
from flows.sources.rows import Reading, Rejection, Row
from graph_store.model.words import PUBLIC, Level

Properties = Mapping[str, Any]


class Target(NamedTuple):
    """A record, named by one of its noun's unique properties."""

    noun: str
    property: str
    value: str


class Link(NamedTuple):
    """An edge to be: `name` is its name at the noun where it starts.

    `late`: its ends are looked for only after all records of the file are in, and it may then lead nowhere.
    """

    start: Target
    name: str
    end: Target
    properties: Properties = {}  # noqa: RUF012 - read, never written
    late: bool = False


LinkOfRow = tuple[int, Link]
"""A link, and the row that told it."""


@dataclass(slots=True)
class Draft:
    """A record to be: what its source says of it, and nothing the hub keeps by itself (id, version, times).

    A property that is None is said to be absent; one that is left out is not spoken of. `companions` are records that
    the row mentions by the way: created when they are absent, otherwise left alone.
    """

    noun: str
    key: str
    properties: dict[str, Any]
    links: list[Link] = field(default_factory=list)
    companions: list[Draft] = field(default_factory=list)
    visibility: Level = PUBLIC

    @property
    def target(self) -> Target:
        """How a link names this record."""
        return Target(self.noun, "originKey", self.key)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who published the records: becomes their `Source` node."""

    code: str
    name: str
    name_en: str
    url: str
    licence: str

    def key(self, own: object) -> str:
        """The origin key of a record that the source calls `own`."""
        return f"{self.code}:{own}"

    def target(self, noun: str, own: object) -> Target:
        """How a link names a record that the source calls `own`."""
        return Target(noun, "originKey", self.key(own))


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row that is no record of the kind that is imported: not read and not rejected, but counted."""


PASSED_OVER = PassedOver()
Mapped = Draft | Rejection | PassedOver


def _whole(_file: Inspected) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Connector:
    """One kind of file: how it is looked through, how it is read, and what each row means.

    `whole` tells a file whose syntax hangs together: it is read once to its end before anything is written.
    `map` may raise LookupError, TypeError, ValueError or AttributeError on a row that is not of the expected shape.
    """

    kind: str
    origin: Origin
    read: Callable[[Inspected], Reading]
    map: Callable[[Row], Mapped]
    inspect: Callable[[Path], Inspected] = inspect_text
    whole: Callable[[Inspected], bool] = _whole
