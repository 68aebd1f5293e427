"""The tree of a question: what to read, never what the client calls it.

Frozen values, equal when they ask the same. Three families meet here, and the sources of their parameters (`sources.py`):

- operands  a value of the record at hand         Own OnEdge EdgeNumber Related Total Guarded
- predicates                                      Compare Known Every Either Unless Quantified Visible Followed ReadBy Beyond
- columns   what a row of the answer holds        Leaf Personal One Lookup Fetch Many (and each `Root` in its own file)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from graph_store.cypher.sources import Source
from graph_store.model import Hop
from graph_store.model.words import Level, Noun, Property
from graph_store.rights import Role


# ------------------------------------------------------------------------------------------------------------ operands
@dataclass(frozen=True, slots=True)
class Own:
    """A property of the record at hand."""

    property: Property


@dataclass(frozen=True, slots=True)
class OnEdge:
    """A property of the edge by which the record was reached."""

    property: Property


@dataclass(frozen=True, slots=True)
class EdgeNumber:
    """The store's number of that edge: the last sort key, which tells several edges between two records apart."""


@dataclass(frozen=True, slots=True)
class Related:
    """A value of the one record at the far end of a hop; null where there is none or it may not be seen."""

    hop: Hop
    operand: Operand
    where: Predicate | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """`count`, or `sum avg min max` of a property, over the records at the far end of a hop."""

    hop: Hop
    function: str
    property: Property | None = None
    where: Predicate | None = None


@dataclass(frozen=True, slots=True)
class Guarded:
    """A value of a restricted property of a `noun`'s record: null to all but those who may see it in full."""

    operand: Own
    noun: str

    @property
    def level(self) -> Level:
        """Who that is."""
        return self.operand.property.level


Operand = Own | OnEdge | EdgeNumber | Related | Total | Guarded


# ---------------------------------------------------------------------------------------------------------- predicates
@dataclass(frozen=True, slots=True)
class Compare:
    """`operator` is one of eq in gt gte lt lte contains startsWith; words are compared without case unless `exact`."""

    operand: Operand
    operator: str
    source: Source
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Whether there is a value at all."""

    operand: Operand
    known: bool


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold; of no parts: true."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds; of no parts: false."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Unless:
    """The part does not hold, an unknown comparison included."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class Quantified:
    """`some`, `all`, `none` or `single` of the visible records at the far end of a hop satisfy `where`."""

    quantifier: str
    hop: Hop
    where: Predicate
    visible: Predicate = Every(())


@dataclass(frozen=True, slots=True)
class Visible:
    """The viewer may see the record, which is a `noun`."""

    noun: str


@dataclass(frozen=True, slots=True)
class Followed:
    """The viewer may follow edges of a restricted `level`."""

    level: Level


@dataclass(frozen=True, slots=True)
class ReadBy:
    """The viewer holds one of the roles without which nobody sees any such record."""

    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """The record comes after (the values of) a cursor in the order of `keys`; `nulls` says which values are null."""

    keys: tuple[Key, ...]
    values: tuple[Source, ...]
    nulls: tuple[bool, ...]


Predicate = (
    Compare | Known | Every | Either | Unless | Quantified | Visible | Followed | ReadBy | Beyond
)


# ---------------------------------------------------------------------------------------------------------------- rows
@dataclass(frozen=True, slots=True)
class Key:
    """One sort key; nulls come last unless a page is read backward."""

    operand: Operand
    descending: bool = False
    nulls_first: bool = False
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """A page: `count` rows (`more`: and one) after, read backward before, `cursor`, whose null keys are `nulls`."""

    count: Source
    cursor: Source | None = None
    backward: bool = False
    nulls: tuple[bool, ...] = ()
    more: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the order that one index gives: rows that satisfy `where`, in the order of `keys`.

    `index`: the properties of the index that is to give it, where the planner would choose another. `each`: one of several values
    of the first key's property; the index gives a page of each, and of these the first are taken.
    """

    where: Predicate
    keys: tuple[Key, ...]
    index: tuple[str, ...] = ()
    each: Compare | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """What rows are grouped by: a value, or (with `columns`) the record at the end of to-one `hops`."""

    hops: tuple[Hop, ...]
    operand: Operand | None
    columns: tuple[Column, ...] = ()
    where: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`count`, or `sum avg min max` of a property, of a group."""

    function: str
    property: Property | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows grouped by keys, largest group first; a group is a row of its keys, then its values.

    `known`: what every record has, said so that an index of it may give the rows.
    """

    by: tuple[Grouping, ...]
    values: tuple[Aggregate, ...]
    limit: Source
    known: tuple[Known, ...] = ()


# ------------------------------------------------------------------------------------------------------------- columns
@dataclass(frozen=True, slots=True)
class Leaf:
    """A value."""

    operand: Operand


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data of a `noun`'s record: null, [masked value], [own value] or [value, id], of which the last is noted."""

    property: Property
    noun: str


@dataclass(frozen=True, slots=True)
class One:
    """The record at the far end of a to-one hop: a row, or null."""

    hop: Hop
    columns: tuple[Column, ...]
    where: Predicate = Every(())


@dataclass(frozen=True, slots=True)
class Lookup:
    """The record of a noun with a unique value: a row, or null."""

    noun: str
    property: Property
    source: Source
    columns: tuple[Column, ...]
    where: Predicate = Every(())


@dataclass(frozen=True, slots=True)
class Case:
    """What is read of a record when it turns out to be this noun."""

    noun: str
    columns: tuple[Column, ...]
    where: Predicate = Every(())


@dataclass(frozen=True, slots=True)
class Fetch:
    """Records of any noun by id, in the order of the ids, null where missing; a row begins with the number of its case."""

    source: Source
    cases: tuple[Case, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Many:
    """A connection: records of a noun, or at the far end of a hop.

    A triple of the parts asked for: items (rows of `columns`, then the sort keys when `keyed`), exact total, groups.
    `shared`: places of the `One` columns that are read once a record: the row has its id, and items are
    `[[rows, table…]]`, a table of (id, row) for each. `granted`: total and groups begin at what the viewer may
    see, and pages too where no more than `around` records lie around the viewer.
    """

    source: Noun | Hop
    where: Predicate
    order: tuple[Key, ...]
    window: Window | None
    columns: tuple[Column, ...]
    items: bool
    total: bool
    groups: tuple[Group, ...]
    keyed: bool = False
    blocks: tuple[Block, ...] = ()
    shared: tuple[int, ...] = ()
    granted: bool = False
    around: int = 0

    @property
    def noun(self) -> str:
        """The noun of its records."""
        return self.source.name if isinstance(self.source, Noun) else self.source.far


@dataclass(frozen=True, slots=True)
class Question:
    """All that one operation asks: one column a root."""

    columns: tuple[Column, ...]


class Root(ABC):
    """A column that only a root field has, in a file of its own: it must itself say how it is guarded."""

    __slots__ = ()

    @abstractmethod
    def guarded(self, see: Callable[[str], tuple[Predicate, ...]]) -> Root:
        """The column with the conditions under which a noun's record may be seen at every place where it meets one."""


Column = Leaf | Personal | One | Lookup | Fetch | Many | Root
