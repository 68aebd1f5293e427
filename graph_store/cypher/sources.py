"""Where the value of a parameter comes from: the operation's text, its variables, a cursor, the viewer, the clock.

Frozen values, equal when they are the same value of every request.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.identifiers import Scheme

Path = tuple[str | int, ...]
Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the operation; `type` keeps 1, 1.0 and true apart."""

    value: Scalar | tuple[Scalar, ...]
    type: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A value found under `path` in the coerced variables."""

    path: Path


@dataclass(frozen=True, slots=True)
class Normal:
    """An identifier, compared in the normal form of its scheme."""

    source: Source
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Recognised:
    """A text in the normal form of a scheme, null when it is no identifier of that scheme."""

    source: Source
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Typed:
    """Words somebody typed, as a query of the full-text index (`lucene.py`)."""

    source: Source


@dataclass(frozen=True, slots=True)
class Listed:
    """A list written out in the operation with variables among its items."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Padded:
    """A list of texts lengthened to at least two, so that lists of 0, 1 and 2–10 share one plan of the database."""

    source: Source


@dataclass(frozen=True, slots=True)
class OneMore:
    """A page size and one: the row too many tells whether there is a next page."""

    source: Source


@dataclass(frozen=True, slots=True)
class CursorKey:
    """The cursor's value of sort key number `index`."""

    cursor: Source
    index: int


@dataclass(frozen=True, slots=True)
class KeysOf:
    """The values of one key of a noun among a list of representations, in their order (`entities.py`)."""

    representations: Source
    noun: str
    key: str


@dataclass(frozen=True, slots=True)
class Viewing:
    """The one map of the viewer: person, network, personal, institutions, roles, shared (`auth/viewer.py`).

    Lists inside a map have no plan of the database for each of their sizes, so nothing in it is padded.
    """


@dataclass(frozen=True, slots=True)
class Named:
    """The id of the record that a mutation names: its own for each request, so that requests may travel together."""


@dataclass(frozen=True, slots=True)
class Today:
    """The day in Asia/Shanghai."""


Source = (
    Literal
    | Variable
    | Normal
    | Recognised
    | Typed
    | Listed
    | Padded
    | OneMore
    | CursorKey
    | KeysOf
    | Viewing
    | Named
    | Today
)
