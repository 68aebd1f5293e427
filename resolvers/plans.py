"""A plan: one operation compiled, from variables to bytes; and the bounded store of plans."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from graph_store.coalesce import Joinable
from graph_store.cypher.ast import Fetch, Guarded, Lookup, Many, Personal, Question, Total
from graph_store.cypher.names import VIEWING
from graph_store.cypher.passes import prepare
from graph_store.cypher.render import Statement, joint, render
from graph_store.cypher.rewriting import mentions, nodes
from graph_store.cypher.search import Search
from resolvers.binding import Binding, EntitiesBinder, Getter, PageBinder, binder, getter
from resolvers.build import Built
from resolvers.decode import Bound, Decoder, decoder
from resolvers.personal import PersonalRead, PersonalReads
from resolvers.shape import with_shared
from resolvers.tariffs import Tariff
from resolvers.variables import Forks

if TYPE_CHECKING:
    from collections.abc import Hashable, ValuesView

    from graphql import FieldNode

    from graph_store.model import Model
    from graph_store.statistics import Scarce
    from resolvers.pages import CursorMint
    from resolvers.shape import Object

MOST_SELECTIONS = 1_000


@dataclass(frozen=True)
class Plan:
    """A statement, how to bind it, how to decode its record; `walked` when graphql-core has the last word."""

    statement: Statement
    shape: Object
    pages: tuple[PageBinder | EntitiesBinder, ...]
    walked: bool
    question: Question
    model: Model
    shared: tuple[tuple[int, tuple[int, ...]], ...] = ()
    tariff: Tariff = field(default_factory=Tariff, compare=False)
    scarce: Scarce = ()
    """The nouns of which most was hidden when it was compiled."""

    @property
    def reads(self) -> bool:
        """Whether it asks the database at all."""
        return self.statement.text != "RETURN "

    @cached_property
    def _getters(self) -> tuple[tuple[str, Getter], ...]:
        return tuple(
            (name.removeprefix("$"), getter(source)) for source, name in self.statement.parameters
        )

    @cached_property
    def strict(self) -> Decoder:
        """The decoder that checks every leaf."""
        return decoder(self.shape, strict=True)

    @cached_property
    def loose(self) -> Decoder:
        """The decoder for graphql-core to walk."""
        return decoder(self.shape, strict=False)

    @cached_property
    def joinable(self) -> Joinable | None:
        """How it travels together with its like, where it can; whether it is cheap enough is asked of its price."""
        if not _can_join(self.question):
            return None
        places = {source: name.removeprefix("$") for source, name in self.statement.parameters}
        shared = tuple(name for source, name in places.items() if source in self.statement.shared)
        viewer = places.get(VIEWING)
        own = tuple(name for name in places.values() if name != viewer and name not in shared)
        return Joinable(self.statement.text, joint(self.question, self.model), shared, own, viewer)

    def joined(self, record: list[Any]) -> list[Any]:
        """The record with the cell of every shared row put where its id stands (`passes/share.py`)."""
        for root, places in self.shared:
            ((rows, *tables),) = record[root][0]
            for place, table in zip(places, tables, strict=True):
                cells = {id_: {"": row} for id_, row in table}
                for row in rows:
                    row[place] = cells.get(row[place])
            record[root][0] = rows
        return record

    def bind(
        self, binding: Binding, mint: CursorMint, most: int
    ) -> tuple[dict[str, Any], list[Bound]]:
        """Parameters and pages; pages first, since they read cursors and representations. Raises GraphQLError."""
        pages: list[Bound] = [page.bind(binding, mint, most) for page in self.pages]
        if self.asks_personal:
            pages.append(PersonalReads())
        return {name: find(binding) for name, find in self._getters}, pages

    @cached_property
    def asks_personal(self) -> bool:
        """Whether it asks for personal data."""
        return mentions(self.question, _is_personal)

    @cached_property
    def asks_by(self) -> tuple[PersonalRead, ...]:
        """The personal data by which records are found: the answer tells of it, whether or not it shows it."""
        guarded = (each for each in nodes(self.question) if isinstance(each, Guarded))
        found = {(each.noun, each.operand.property) for each in guarded}
        return tuple(PersonalRead(noun, "", one.name) for noun, one in found if one.personal)

    def told(self, pages: list[Bound]) -> tuple[PersonalRead, ...]:
        """The personal data that was decoded with these pages so far."""
        reads = pages[-1] if self.asks_personal else None
        return tuple(reads) if isinstance(reads, PersonalReads) else ()


@dataclass(frozen=True, slots=True)
class Selected:
    """One place in a document where a record is selected, with its plans; while `nodes` are kept, their identity is nobody else's."""

    nodes: list[FieldNode]
    plans: Forks[Plan] = field(default_factory=Forks)


def compiled(built: Built, model: Model, scarce: Scarce = ()) -> Plan:
    """Compile what was built; of the `scarce` nouns most records are hidden."""
    question = prepare(built.question, model, scarce)
    shared = tuple(
        (root, column.shared)
        for root, column in enumerate(question.columns)
        if isinstance(column, Many) and column.shared
    )
    pages = tuple(binder(page) for page in built.pages)
    shape = with_shared(built.shape, dict(shared))
    statement = render(question, model)
    return Plan(statement, shape, pages, built.walked, question, model, shared, scarce=scarce)


def _can_join(question: Question) -> bool:
    """Whether Cypher lets its columns stand beside others' (`render.joint`): aggregates would have to group by them."""
    match question.columns:
        case (
            Search(cursor=None, facets=False),
        ):  # what begins after a cursor has a limit of its own
            return True
    roots = all(isinstance(column, Lookup | Fetch | Many) for column in question.columns)
    return bool(question.columns) and roots and not mentions(question, _aggregates)


def _is_personal(node: object) -> bool:
    return isinstance(node, Personal)


def _aggregates(node: object) -> bool:
    if isinstance(node, Total):
        return node.property is not None
    return isinstance(node, Many) and bool(node.groups or node.shared)


Kept = TypeVar("Kept")


class Recent(Generic[Kept]):
    """The values used most recently, `most` of them; a document or plan that nobody asks for goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._kept = most, OrderedDict[Any, Kept]()

    def get(self, key: Hashable) -> Kept | None:
        """The value, now the most recent."""
        value = self._kept.get(key)
        if value is not None:
            self._kept.move_to_end(key)
        return value

    def put(self, key: Hashable, value: Kept) -> None:
        """Keep a value; forget the one used longest ago when there are too many."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def values(self) -> ValuesView[Kept]:
        """What is kept, without making any of it recent."""
        return self._kept.values()
