"""A closed set of nouns: the value that is handed to the compiler, the schema, the constraints and the importers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph_store.model.words import NETWORK, PUBLIC, Edge, Kind, Noun, Property, Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

RESERVED = frozenset(
    {"edge", "and", "or", "not", "count", "sum", "avg", "min", "max", "node", "cursor"}
)


class ModelError(ValueError):
    """The nouns do not fit together; the message names the noun and the word."""


@dataclass(frozen=True, slots=True)
class Hop:
    """An edge seen from one of its ends: `near` and `far` are nouns' names.

    `labelled`: the far noun does not follow from type, direction and near noun, so a query must say its label.
    """

    name: str
    edge: Edge
    near: str
    far: str
    forward: bool
    reach: Reach
    zh: str
    en: str
    labelled: bool

    @property
    def one(self) -> bool:
        """Whether it leads to at most one record."""
        return self.reach is Reach.ONE

    @property
    def title(self) -> str:
        """The prefix of the types that belong to this hop alone: `InstitutionPeople`."""
        return self.near + self.name[0].upper() + self.name[1:]

    def property(self, name: str) -> Property:
        """The edge's property of that name."""
        return next(each for each in self.edge.properties if each.name == name)


class Model:
    """Nouns by name, with their hops from both ends; refuses words that are unknown or doubled."""

    def __init__(self, nouns: tuple[Noun, ...]) -> None:
        self.nouns = {noun.name: noun for noun in nouns}
        if len(self.nouns) != len(nouns):
            message = "two nouns have the same name"
            raise ModelError(message)
        self._hops = {noun.name: {hop.name: hop for hop in self._seen_from(noun)} for noun in nouns}
        for noun in nouns:
            self._check(noun)

    def __iter__(self) -> Iterator[Noun]:
        """The nouns in order of declaration."""
        return iter(self.nouns.values())

    def __getitem__(self, name: str) -> Noun:
        """The noun of that name."""
        return self.nouns[name]

    def hops(self, noun: str) -> dict[str, Hop]:
        """What can be walked from a noun, by field name: edges that start there, then those that end there."""
        return self._hops[noun]

    def back(self, noun: str, name: str) -> Hop | None:
        """The same edge seen from its other end; None where it has no name from there."""
        return self._backs[noun, name]

    def property(self, noun: str, name: str) -> Property:
        """The noun's property of that name."""
        return self._properties[noun][name]

    def properties(self, noun: str) -> dict[str, Property]:
        """The noun's properties by name."""
        return self._properties[noun]

    def keys(self, noun: str) -> tuple[str, ...]:
        """The names of the noun's properties of which no two records have the same value."""
        return self._keys[noun]

    def holders(self, noun: str) -> tuple[Hop, ...]:
        """The hops to the institutions that answer for a record; none where it does so itself, or nobody does."""
        return tuple(filter(None, (self._led(noun, name) for name in self.nouns[noun].holders)))

    def subject(self, noun: str) -> Hop | None:
        """The hop to the person whom a record is about; None where the record is that person."""
        return self._led(noun, self.nouns[noun].subject)

    def _led(self, noun: str, name: str | None) -> Hop | None:
        return None if name in {None, "id"} else self._hops[noun][str(name)]

    @cached_property
    def by_word(self) -> dict[str, Noun]:
        """Nouns by their part of an id."""
        return {noun.word: noun for noun in self}

    @cached_property
    def _backs(self) -> dict[tuple[str, str], Hop | None]:
        return {
            (near, hop.name): next(
                (
                    other
                    for other in self._hops[hop.far].values()
                    if other.edge is hop.edge and other.forward != hop.forward and other.far == near
                ),
                None,
            )
            for near, hops in self._hops.items()
            for hop in hops.values()
        }

    @cached_property
    def _properties(self) -> dict[str, dict[str, Property]]:
        return {noun.name: {each.name: each for each in noun.properties} for noun in self}

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        return {
            noun.name: tuple(each.name for each in noun.properties if each.key) for noun in self
        }

    def _seen_from(self, noun: Noun) -> Iterator[Hop]:
        for edge in noun.edges:
            yield self._hop(edge, noun.name, noun.name, forward=True)
        for start in self:
            for edge in start.edges:
                if edge.target == noun.name and edge.reverse:
                    yield self._hop(edge, noun.name, start.name, forward=False)

    def _hop(self, edge: Edge, near: str, start: str, *, forward: bool) -> Hop:
        if edge.target not in self.nouns:
            message = f"{start}.{edge.name} leads to {edge.target}, which is no noun of this model"
            raise ModelError(message)
        if forward:
            ends = {other.target for other in self.nouns[near].edges if other.type == edge.type}
            return Hop(
                edge.name,
                edge,
                near,
                edge.target,
                True,
                edge.reach,
                edge.zh,
                edge.en,
                len(ends) > 1,
            )
        assert edge.reverse is not None
        ends = {
            noun.name
            for noun in self
            for other in noun.edges
            if other.type == edge.type and other.target == near
        }
        back = edge.reverse
        return Hop(back.name, edge, near, start, False, back.reach, back.zh, back.en, len(ends) > 1)

    def _check(self, noun: Noun) -> None:
        words = [each.name for each in noun.properties] + [
            each.name for each in self._seen_from(noun)
        ]
        for word in words:
            if words.count(word) > 1 or word in RESERVED:
                message = (
                    f"{noun.name}.{word} is {'reserved' if word in RESERVED else 'declared twice'}"
                )
                raise ModelError(message)
            if word.lower().startswith(noun.name.lower()):
                message = f"{noun.name}.{word} begins with its type's name"
                raise ModelError(message)
        for each in noun.properties:
            if (each.kind is Kind.CHOICE) != (each.options is not None):
                message = f"{noun.name}.{each.name} needs its options"
                raise ModelError(message)
        for problem in self._unguardable(noun):
            message = f"{noun.name}{problem}"
            raise ModelError(message)

    def _unguardable(self, noun: Noun) -> Iterator[str]:
        """What would show records or values to those for whom they are not meant, or to nobody at all."""
        led = [*(("held", name) for name in noun.holders), ("about", noun.subject)]
        for how, name in led:
            if name not in {None, "id"} and name not in self._hops[noun.name]:
                yield f" is {how} through {name}, which is no edge of it"
        if noun.shared_by is not None:
            if not noun.holders:
                yield " is shared by agreements and held by nobody"
            if noun.shared_by.kinds not in {None, *(each.name for each in noun.properties)}:
                yield f" is shared by {noun.shared_by.kinds}, which is no property of it"
        for each in noun.properties:
            yield from _unguardable_property(noun, each)
        for edge in noun.edges:
            if edge.level not in {PUBLIC, NETWORK}:
                yield f".{edge.name} is followed by everybody or by the network, nobody between"
            if any(each.restricted for each in edge.properties):
                yield f".{edge.name} has a restricted property; restrict the edge"


def _unguardable_property(noun: Noun, declared: Property) -> Iterator[str]:
    if declared.restricted and (declared.searchable or declared.name in {"id", "visibility"}):
        yield f".{declared.name} is restricted, and every search and every right rests on it"
    if declared.personal and (declared.sortable or declared.kind is not Kind.TEXT):
        yield f".{declared.name} is personal: only text has a mask, and a cursor would carry it"
    if noun.readers and declared.searchable:
        yield f".{declared.name} is searchable, and its records are not everybody's to find"
