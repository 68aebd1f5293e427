"""The vocabulary in which nouns are declared: plain frozen values, no GraphQL, no Cypher, no driver.

A noun file calls the small functions at the end (`noun`, `text`, `choice`, `edge` …); all else follows from what they return.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph_store.identifiers import Scheme
    from graph_store.rights import Role


class Kind(Enum):
    """What a property holds; GraphQL scalar, operators and leaf check follow from it."""

    ID = "id"
    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    NUMBER = "number"
    DAY = "day"
    INSTANT = "instant"
    FLAG = "flag"
    CHOICE = "choice"


class Level(Enum):
    """Who may see a record or a field, from everybody to the person alone (`contract.md`, Visibility)."""

    PUBLIC = "public"
    NETWORK = "network"
    AGREEMENT = "agreement"
    INSTITUTION = "institution"
    SELF = "self"


PUBLIC, NETWORK, AGREEMENT, INSTITUTION, SELF = Level

ITSELF = ("id",)


class Mask(Enum):
    """How personal data reads to the network: `138****5678`, `z***@example.cn`."""

    PHONE = "phone"
    EMAIL = "email"


class Reach(Enum):
    """How many records an edge leads to: at most one, a short list given whole, or a connection."""

    ONE = "one"
    FEW = "few"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a choice: stored in lower_snake, shown in upper case; `zh` is its label, `en` explains it."""

    value: str
    zh: str
    en: str
    called: str = ""

    @property
    def shown(self) -> str:
        """The name of the value in GraphQL."""
        return self.value.upper()

    @property
    def label(self) -> str:
        """In English: the value itself, Institution admin, unless it is `called` otherwise."""
        return self.called or self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Options:
    """A closed list of values; `name` is the name of the GraphQL enum."""

    name: str
    options: tuple[Option, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The stored values in order of declaration."""
        return tuple(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class Dated:
    """A stored value that reads differently by the day: `among` becomes `during` or `after` by two day properties.

    Without a `since` day the record never begins: it reads as stored.
    """

    among: str
    since: str
    until: str
    during: str
    after: str


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a noun or of an edge.

    `name` is the same in GraphQL and in the store. `unit` is a UCUM or ISO 4217 code. `key`: unique, and a way to look
    the record up. `native`: stored as a temporal value of Neo4j instead of ISO 8601 text (only foreign graphs do).
    `mask`: it is personal data, which whoever is in the network but not entitled to it reads masked.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    required: bool = False
    key: bool = False
    searchable: bool = False
    sortable: bool = False
    unit: str | None = None
    scheme: Scheme | None = None
    options: Options | None = None
    dated: Dated | None = None
    level: Level = PUBLIC
    native: bool = False
    mask: Mask | None = None

    @property
    def personal(self) -> bool:
        """Whether it is personal data: masked to most, and every reading of its full value noted."""
        return self.mask is not None

    @property
    def restricted(self) -> bool:
        """Whether there is anybody who sees the record and not this."""
        return self.level is not PUBLIC or self.personal

    @property
    def exact(self) -> bool:
        """Whether text is compared as it stands: identifiers are, words are compared without case."""
        return self.kind is not Kind.TEXT or self.key or self.scheme is not None

    @property
    def numeric(self) -> bool:
        """Whether it can be summed."""
        return self.kind in {Kind.INTEGER, Kind.NUMBER}


@dataclass(frozen=True, slots=True)
class Reverse:
    """An edge's name seen from its end; `noun` files read it as one word with two translations."""

    name: str
    zh: str
    en: str
    reach: Reach = Reach.MANY


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship, declared once at the noun where it starts; `target` is a noun's name.

    `level`: who may follow it at all, everybody or the network.
    """

    name: str
    type: str
    target: str
    zh: str
    en: str
    reach: Reach
    reverse: Reverse | None = None
    properties: tuple[Property, ...] = ()
    level: Level = PUBLIC


@dataclass(frozen=True, slots=True)
class SharedBy:
    """The kind of clause by which agreements share a noun's records; `kinds`: the property that a clause may limit it by."""

    clause: str
    kinds: str | None = None


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of record.

    `name` is label and GraphQL type, `plural` the field that lists it. `visible`: the default visibility of its records;
    None for reference data that everybody sees. `holders`: the edges to the institutions that answer for a record
    (`ITSELF` for institutions, which answer for themselves). `indexes`: composite indexes beyond those of keys and sorts.
    `subject`: the edge to the person whom a record is about ("id" for people themselves), who sees all of it. `shared_by`:
    how agreements share its records; without it AGREEMENT means at home. `readers`: the roles of which whoever sees any holds one.
    `clerical`: it keeps the hub's own work going and is asked by its own lists: no relation of the world, so nothing walks to it.
    `log`: the hub itself appends to it; its entries are no records, so no nodes and no entities, and only its own roots give them.
    """

    name: str
    plural: str
    zh: str
    en: str
    properties: tuple[Property, ...]
    edges: tuple[Edge, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    visible: Level | None = None
    holders: tuple[str, ...] = ()
    subject: str | None = None
    shared_by: SharedBy | None = None
    readers: tuple[Role, ...] = ()
    clerical: bool = False
    log: bool = False

    @property
    def is_reference(self) -> bool:
        """Whether it is reference data, which everybody sees."""
        return self.visible is None and not self.readers

    @property
    def singular(self) -> str:
        """The field that gives one record."""
        return self.name[0].lower() + self.name[1:]

    @property
    def word(self) -> str:
        """The noun's part of an id: lower_snake."""
        return _lower_snake(self.name)


@cache
def _lower_snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def options(name: str, *values: tuple[str, str, str] | tuple[str, str, str, str]) -> Options:
    """Declare the values of a choice as (stored, zh, en), or (stored, zh, en, English label)."""
    return Options(name, tuple(Option(*value) for value in values))


def id_() -> Property:
    """`{base}-{noun}-{key}`, never reused."""
    return Property(
        "id",
        Kind.ID,
        "标识",
        "The record's one identifier, in the store and here",
        required=True,
        key=True,
        sortable=True,
    )


def text(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool = False,
    key: bool = False,
    check: Scheme | None = None,
    searchable: bool = False,
    sortable: bool = False,
    level: Level = PUBLIC,
    mask: Mask | None = None,
) -> Property:
    """Text; with `check` an identifier of that scheme, normalised on the way in."""
    return Property(
        name,
        Kind.TEXT,
        zh,
        en,
        required=required,
        key=key,
        scheme=check,
        searchable=searchable,
        sortable=sortable,
        level=level,
        mask=mask,
    )


def texts(name: str, zh: str, en: str, *, searchable: bool = False) -> Property:
    """A list of texts, possibly empty."""
    return Property(name, Kind.TEXTS, zh, en, searchable=searchable)


def integer(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool = False,
    sortable: bool = False,
    unit: str | None = None,
) -> Property:
    """A whole number within 32 bits."""
    return Property(name, Kind.INTEGER, zh, en, required=required, sortable=sortable, unit=unit)


def amount(
    name: str, zh: str, en: str, *, unit: str, required: bool = False, sortable: bool = False
) -> Property:
    """A quantity with its unit; money is yuan (`unit="CNY"`) with at most two decimals. Stored as a float."""
    return Property(name, Kind.NUMBER, zh, en, required=required, sortable=sortable, unit=unit)


def day(name: str, zh: str, en: str, *, sortable: bool = False) -> Property:
    """A day in Asia/Shanghai, `YYYY-MM-DD`."""
    return Property(name, Kind.DAY, zh, en, sortable=sortable)


def instant(
    name: str, zh: str, en: str, *, required: bool = False, sortable: bool = False
) -> Property:
    """An instant in UTC, ISO 8601 text ending in Z."""
    return Property(name, Kind.INSTANT, zh, en, required=required, sortable=sortable)


def flag(name: str, zh: str, en: str, *, required: bool = False) -> Property:
    """True or false."""
    return Property(name, Kind.FLAG, zh, en, required=required)


def choice(
    name: str,
    zh: str,
    en: str,
    among: Options,
    *,
    required: bool = False,
    sortable: bool = False,
    dated: Dated | None = None,
) -> Property:
    """One of a closed list of values."""
    return Property(
        name, Kind.CHOICE, zh, en, required=required, sortable=sortable, options=among, dated=dated
    )


def edge(
    name: str,
    type_: str,
    target: str,
    zh: str,
    en: str,
    *,
    one: bool = False,
    few: bool = False,
    reverse: tuple[str, str, str] | None = None,
    reverse_one: bool = False,
    properties: Iterable[Property] = (),
    level: Level = PUBLIC,
) -> Edge:
    """An edge from the noun that declares it; `reverse` names it from the other end, where that end is asked too."""
    reach = Reach.ONE if one else Reach.FEW if few else Reach.MANY
    back = None if reverse is None else Reverse(*reverse, Reach.ONE if reverse_one else Reach.MANY)
    return Edge(name, type_, target, zh, en, reach, back, tuple(properties), level)


def noun(
    name: str,
    plural: str,
    zh: str,
    en: str,
    *,
    properties: Iterable[Property],
    edges: Iterable[Edge] = (),
    indexes: Iterable[tuple[str, ...]] = (),
    visible: Level | None = None,
    holder: str | tuple[str, ...] = (),
    subject: str | None = None,
    shared_by: SharedBy | None = None,
    readers: Iterable[Role] = (),
    clerical: bool = False,
    log: bool = False,
) -> Noun:
    """Declare a noun."""
    return Noun(
        name,
        plural,
        zh,
        en,
        tuple(properties),
        tuple(edges),
        tuple(indexes),
        visible,
        (holder,) if isinstance(holder, str) else holder,
        subject,
        shared_by,
        tuple(readers),
        clerical,
        log,
    )
