"""A closed set of nouns: the value that is handed to the compiler, the schema, the constraints and the importers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graph_store.model.words import Edge, Kind, Noun, Property, Reach

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

    def property(self, noun: str, name: str) -> Property:
        """The noun's property of that name."""
        return self._properties[noun][name]

    def properties(self, noun: str) -> dict[str, Property]:
        """The noun's properties by name."""
        return self._properties[noun]

    def holder(self, noun: str) -> Hop | None:
        """The hop to the institution that answers for a record; None where the record does so itself."""
        name = self.nouns[noun].holder
        return None if name in {None, "id"} else self._hops[noun][str(name)]

    @cached_property
    def by_word(self) -> dict[str, Noun]:
        """Nouns by their part of an id."""
        return {noun.word: noun for noun in self}

    @cached_property
    def _properties(self) -> dict[str, dict[str, Property]]:
        return {noun.name: {each.name: each for each in noun.properties} for noun in self}

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
        if noun.holder not in {None, "id"} and noun.holder not in self._hops[noun.name]:
            message = f"{noun.name} is held through {noun.holder}, which is no edge of it"
            raise ModelError(message)
