"""Records that may be of any of several nouns, selected at several places of one field and read once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_store.cypher.ast import Case
from graph_store.model.words import Noun
from resolvers.arguments import Structure, steering
from resolvers.build.building import Building, Columns
from resolvers.build.records import record
from resolvers.build.selections import inner
from resolvers.refusals import bad_argument
from resolvers.shape import Object

if TYPE_CHECKING:
    from graphql import FieldNode


class Varying:
    """Columns under way, noun by noun; what is in a log is no record."""

    def __init__(self, building: Building, nouns: tuple[Noun, ...]) -> None:
        self.nouns = tuple(noun for noun in nouns if not noun.log)
        self._building = building
        self._columns = {noun.name: Columns() for noun in self.nouns}

    def shapes(self, nodes: list[FieldNode]) -> tuple[Object, ...]:
        """The shapes of what is selected at one place; its columns join those of the other places."""
        return tuple(
            record(self._building, noun.name, inner(nodes), self._columns[noun.name])
            for noun in self.nouns
        )

    def cases(self) -> tuple[Case, ...]:
        """What is read of each noun, once all places are known."""
        return tuple(Case(noun.name, self._columns[noun.name].all()) for noun in self.nouns)


def of_kinds(building: Building, kinds: Structure) -> tuple[Noun, ...] | None:
    """The nouns meant by `kinds`, in the model's order; None where none is named.

    Raises GraphQLError where only logs are named, whose entries are no records.
    """
    words = frozenset(steering(kinds, building.variables) or ())
    named = [noun for noun in building.model if noun.word in words]
    records = tuple(noun for noun in named if not noun.log)
    if named and not records:
        raise bad_argument(
            "kinds names nothing but a log, which is neither searched nor walked. Ask for its entries by their own field.",
            "kinds 只列出了日志，日志不参与检索和关系查询。请用日志自己的字段查询。",
        )
    return records or None
