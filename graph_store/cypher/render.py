"""Questions → one Cypher statement that returns one record: a column a root, rows as positional lists.

RETURN [COLLECT { MATCH (instruments_0:Instrument) WHERE … ORDER BY … LIMIT $p1 RETURN [instruments_0.name, …] }, …] AS r0
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from graph_store.cypher.ast import (
    Beyond,
    Block,
    Case,
    Column,
    Compare,
    EdgeNumber,
    Every,
    Fetch,
    Key,
    Leaf,
    Lookup,
    Many,
    One,
    OnEdge,
    Operand,
    Own,
    Personal,
    Question,
    Root,
    Visible,
)
from graph_store.cypher.granted import granted, number_around
from graph_store.cypher.groups import GroupWriter, figures
from graph_store.cypher.names import VIEWING, Names, Place
from graph_store.cypher.operands import (
    beyond,
    carried,
    filtered,
    matched,
    returned,
)
from graph_store.cypher.passes.paginate import beyond as beyond_of
from graph_store.cypher.passes.settle import conjuncts, every
from graph_store.cypher.personal import written as personal
from graph_store.cypher.rooted import rooted
from graph_store.cypher.search import Search
from graph_store.cypher.search import body as search_body
from graph_store.cypher.shown import shown, told
from graph_store.cypher.sources import Padded, Source, Today
from graph_store.cypher.totals import less_hidden, of_all_visible
from graph_store.model import Model
from graph_store.model.words import Noun

# A sort key computed from other records is read once a row, under a name; a property is left in place for the index.
_IN_PLACE = (Own, OnEdge, EdgeNumber)


@dataclass(frozen=True, slots=True)
class Statement:
    """A Cypher text and where its parameters come from; `shared` are one for all members of a joint one."""

    text: str
    parameters: tuple[tuple[Source, str], ...]
    shared: frozenset[Source] = frozenset()


@dataclass(frozen=True, slots=True)
class SharedEnd:
    """The far record of a shared hop: its name, the name of all of them, how one row finds it, how all are read."""

    name: str
    all: str
    found: str
    table: str


def render(question: Question, model: Model) -> Statement:
    """Write the statement of a prepared question."""
    names = Names()
    columns = [
        f"{column} AS r{number}" for number, column in enumerate(_written(question, model, names))
    ]
    text = f"RETURN {', '.join(columns)}"
    return Statement(text, tuple(names.parameters.items()), frozenset(names.shared))


def joint(question: Question, model: Model) -> str:
    """The same statement for several `$members` at once: its one value is a row for each, which ends with its number.

    Parameters have the same names as in the statement for one; `$viewers` holds each viewer's map once.
    """
    # a first rendering finds out what is asked of the viewer, which imports of subqueries must know before
    asks = Names()
    _written(question, model, asks)
    names = Names(parameters=asks.parameters, joint=True)
    viewer = ", $viewers[member.viewer] AS viewer" if VIEWING in names.parameters else ""
    each = f"UNWIND $members AS member WITH member{viewer} "
    match question.columns:
        case (Search() as found,):
            # an expression may not hold its aggregates beside a member's values
            clauses, name = search_body(found, Place(names, "", ""), Writer(model))
            return f"{each}CALL ({names.carrying()}) {{ {clauses} RETURN {name} }} RETURN collect([{name}, member.number])"
    columns = ", ".join([*_written(question, model, names), "member.number"])
    return f"{each}WITH member, [{columns}] AS answer RETURN collect(answer)"


def _written(question: Question, model: Model, names: Names) -> list[str]:
    writer, place = Writer(model), Place(names, "", "")
    return [writer.column(column, place) for column in question.columns]


class Writer(GroupWriter):
    """Writes columns; operands and predicates come from `operands.py`."""

    def column(self, column: Column, place: Place) -> str:
        """The expression of a column."""
        match column:
            case Leaf(operand):
                return place.named.get(operand) or self.operand(operand, place)
            case Personal():
                return personal(column, place, self)
            case One():
                return self._one(column, place)
            case Lookup():
                return self._lookup(column, place)
            case Fetch():
                return self._fetch(column, place)
            case Many():
                return self._many(column, place)
            case Root():
                return rooted(column, place, self)

    def row(self, columns: tuple[Column, ...], place: Place, *more: str) -> str:
        """The list of a record's columns."""
        return "[" + ", ".join([*(self.column(column, place) for column in columns), *more]) + "]"

    def _one(self, one: One, place: Place) -> str:
        match, far = matched(self, one.hop, place, one.where)
        row = returned(self.row(one.columns, far), far, one.columns)
        return f"head(COLLECT {{ {match} {row} LIMIT 1 }})"

    def _lookup(self, lookup: Lookup, place: Place) -> str:
        record = place.names.variable(lookup.noun[0].lower() + lookup.noun[1:])
        here = Place(place.names, record, lookup.noun)
        match = f"MATCH ({record}:{lookup.noun} {{{lookup.property.name}: {place.names.parameter(lookup.source)}}})"
        row = returned(self.row(lookup.columns, here), here, lookup.columns)
        return f"head(COLLECT {{ {match}{filtered(self, here, lookup.where)} {row} }})"

    def _fetch(self, fetch: Fetch, place: Place) -> str:
        """In the order of the ids: COLLECT keeps the null of an id that nobody has."""
        record = place.names.variable("record")
        source = place.names.parameter(fetch.source)
        here = Place(place.names, record, "")
        cases = told(fetch.cases)
        seen = f"WHERE {shown(self, fetch.cases, record, place)}"
        row = returned(self.cases(cases, record, place), here, cases)
        if fetch.many:
            return f"COLLECT {{ UNWIND {source} AS id OPTIONAL MATCH ({record}:Record {{id: id}}) {seen} {row} }}"
        return f"head(COLLECT {{ MATCH ({record}:Record {{id: {source}}}) {seen} {row} }})"

    def cases(
        self, cases: tuple[Case, ...], record: str, place: Place, *, known: bool = False
    ) -> str:
        """A record of any noun: its case's number and columns, or null where it may not be seen.

        `known`: it is one of them and may be seen; then it is the last where it is none of the others.
        """
        parts, last = [], ""
        for number, case in enumerate(cases):
            here = Place(place.names, record, case.noun)
            seen = "" if case.where == Every(()) else f" AND {self.predicate(case.where, here)}"
            row = self.row((), here, str(number), *self._columns(case, here))
            if known and case is cases[-1]:
                last = row
            else:
                parts.append(f"WHEN {record}:{case.noun}{seen} THEN {row}")
        if not parts:
            return last or "null"
        return f"CASE {' '.join(parts)} {f'ELSE {last} ' if last else ''}END"

    def _columns(self, case: Case, place: Place) -> list[str]:
        return [self.column(column, place) for column in case.columns]

    # ------------------------------------------------------------------------------------------------------ connections
    def _many(self, many: Many, place: Place) -> str:
        if many in place.named:
            return place.named[many]
        if (group := figures(many)) is not None:
            return f"head(COLLECT {{ {self.figures(many, group, place, place.names.variable('figures'))} }})"
        items = self._items(many, place) if many.items else "null"
        total = self._total(many, place) if many.total else "null"
        parts = [items, total, *(self.group(many, group, place) for group in many.groups)]
        while parts and parts[-1] == "null":
            parts.pop()
        return f"[{', '.join(parts)}]"

    def _total(self, many: Many, place: Place) -> str:
        noun = of_all_visible(many)
        if noun is not None:
            return less_hidden(noun, place, self)
        match, here = self.all_rows(many, place)
        return f"COUNT {{ {match} {f'RETURN {here.record} ' if many.granted else ''}}}"

    def all_rows(self, many: Many, place: Place, *where: object) -> tuple[str, Place]:
        """The clauses that find all of a connection's records, for its total and groups."""
        if not many.granted or not isinstance(many.source, Noun):
            return self.rows(many, place, *where)
        noun, names = many.source, place.names
        here = Place(names, names.variable(noun.plural), noun.name)
        rest = [each for each in conjuncts(many.where) if each != Visible(noun.name)]
        found = granted(noun, here.record, place, self)
        return (
            f"{found} WITH {names.carrying(here.record)}{filtered(self, here, *rest, *where)}",
            here,
        )

    def rows(
        self, many: Many, place: Place, *where: object, index: tuple[str, ...] = ()
    ) -> tuple[str, Place]:
        """The MATCH that finds a connection's records, before order and page."""
        if not isinstance(many.source, Noun):
            return matched(self, many.source, place, many.where, *where)
        record = place.names.variable(many.source.plural)
        here = Place(place.names, record, many.source.name)
        hint = f" USING INDEX {record}:{many.source.name}({', '.join(index)})" if index else ""
        match = f"MATCH ({record}:{many.source.name}){hint}"
        return match + filtered(self, here, many.where, *where), here

    def _items(self, many: Many, place: Place) -> str:
        along = self._along(many, place)
        if not many.around or not isinstance(many.source, Noun):
            return along
        match, here = self._page(
            many, Block(beyond_of(many) or Every(()), many.order), place, granted=True
        )
        begun = f"COLLECT {{ {match} {self._item(many, here)} }}"
        few = f"{number_around(many.source, place, self)} <= {many.around}"
        return f"CASE WHEN {few} THEN {begun} ELSE {along} END"

    def _along(self, many: Many, place: Place) -> str:
        """The rows along an index, or of all that is found."""
        if len(many.blocks) > 1:
            return self._union(many, place)
        block = many.blocks[0] if many.blocks else Block(Every(()), many.order)
        match, here = self._page(many, block, place)
        return f"COLLECT {{ {match} {self._item(many, here)} }}"

    def _union(self, many: Many, place: Place) -> str:
        """Blocks one after the other, without an outer sort, which would read every block to its end.

        A union forgets what its arms read of the index, so the sort keys that are asked for leave them under a name.
        """
        word = many.source.plural if isinstance(many.source, Noun) else many.source.name
        record = place.names.variable(word)
        keys = [
            key.operand for key in many.order if many.keyed or Leaf(key.operand) in many.columns
        ]
        named: dict[Operand | Column, str] = {
            operand: place.names.variable("key") for operand in keys
        }
        arms = []
        for number, block in enumerate(many.blocks):
            match, here = self._page(many, block, place)
            values = {named[operand]: self.column(Leaf(operand), here) for operand in keys}
            kept = [f"{value} AS {name}" for name, value in values.items()]
            arms.append(
                f"{match} RETURN {', '.join([f'{here.record} AS {record}', f'{number} AS block', *kept])}"
            )
        here = Place(place.names, record, many.noun, named=named)
        item = f"WITH {carried(here)}, block{self._limit(many, place)} {self._item(many, here, 'block')}"
        return (
            f"COLLECT {{ CALL ({place.names.carrying()}) {{ {' UNION ALL '.join(arms)} }} {item} }}"
        )

    def _item(self, many: Many, place: Place, *more: str) -> str:
        keys = tuple(Leaf(key.operand) for key in many.order) if many.keyed else ()
        values = [self.column(key, place) for key in keys]
        unnamed = tuple(key for key in keys if key.operand not in place.named)
        if many.shared:
            return self._shared(many, place, values, *more)
        calls, here = self._called(many.columns, place)
        row = self.row(many.columns, here, *values, *more)
        left = tuple(column for column in many.columns if column not in here.named)
        return calls + returned(row, here, (left, unnamed), *more)

    def _called(self, columns: tuple[Column, ...], place: Place) -> tuple[str, Place]:
        """The calls that read the figures among a row's columns, and the place with their names."""
        calls, named = "", dict(place.named)
        imported = place.names.carrying(place.record)
        for column in columns:
            group = figures(column)
            if group is not None and isinstance(column, Many):
                named[column] = place.names.variable("figures")
                query = self.figures(column, group, place, named[column])
                calls += f"CALL ({imported}) {{ {query} }} "
        return calls, replace(place, named=named)

    def _shared(self, many: Many, place: Place, values: list[str], *more: str) -> str:
        """All rows in one, with a table of the records that some of their columns share."""
        names, cells, ends = place.names, [], []
        for number, column in enumerate(many.columns):
            if number in many.shared and isinstance(column, One):
                ends.append(self._end(column, place))
                cells.append(f"{ends[-1].name}.id")
            else:
                cells.append(self.column(column, place))
        here = ", ".join([carried(place), *more])
        row, rows = names.variable("row"), names.variable("rows")
        tables = f"[{', '.join([rows, *(end.table for end in ends)])}]"
        lists = [end.all for end in ends]
        return (
            f"WITH {here}, {', '.join(f'{end.found} AS {end.name}' for end in ends)} "
            f"WITH {here}, {', '.join(end.name for end in ends)}, [{', '.join([*cells, *values, *more])}] AS {row} "
            f"WITH collect({row}) AS {rows}, {', '.join(f'collect(DISTINCT {end.name}) AS {end.all}' for end in ends)} "
            + returned(tables, Place(names, rows, ""), many.columns, *lists)
        )

    def _end(self, one: One, place: Place) -> SharedEnd:
        match, there = matched(self, one.hop, place, one.where)
        far = replace(there, record=place.names.variable(one.hop.name), edge="")
        every = place.names.variable("ends")
        row = returned(f"[{far.record}.id, {self.row(one.columns, far)}]", far, one.columns)
        return SharedEnd(
            far.record,
            every,
            f"head(COLLECT {{ {match} RETURN {there.record} LIMIT 1 }})",
            f"COLLECT {{ UNWIND {every} AS {far.record} {row} }}",
        )

    def _page(
        self, many: Many, block: Block, place: Place, *, granted: bool = False
    ) -> tuple[str, Place]:
        """MATCH, ORDER BY and LIMIT of one block, and the place with the names of the sort keys computed for it."""
        computed = [k.operand for k in block.keys if not isinstance(k.operand, _IN_PLACE)]
        named: dict[Operand | Column, str] = {
            operand: place.names.variable("key") for operand in computed
        }
        # what was computed under a name is not computed again to find where the page begins
        past = [each for each in conjuncts(block.where) if named and isinstance(each, Beyond)]
        where = [each for each in conjuncts(block.where) if each not in past]
        left = tuple(each for each in conjuncts(many.where) if each != block.each)
        rest = replace(many, where=every(*left), granted=granted)
        find = self.all_rows if granted else partial(self.rows, index=block.index)
        match, here = find(rest, place, *where)
        at = {k.operand: named.get(k.operand) or self.operand(k.operand, here) for k in block.keys}
        keys = [f"{self.operand(operand, here)} AS {name}" for operand, name in named.items()]
        begin = [beyond(each, [at[k.operand] for k in each.keys], here) for each in past]
        order = [_sorted(key, at[key.operand]) for key in block.keys]
        clauses = (
            f"WITH {', '.join([carried(here), *keys])}",
            f"WHERE {' AND '.join(begin)}" if begin else "",
            f"ORDER BY {', '.join(order)}" if order else "",
        )
        page = " ".join(filter(None, clauses)) + self._limit(many, place)
        there = replace(here, named=named)
        if block.each is None:
            return f"{match} {page}", there
        return self._of_each(block.each, match, page, there) + (
            f" WITH {carried(there)} ORDER BY {', '.join(order[1:])}" + self._limit(many, place)
        ), there

    def _of_each(self, each: Compare, match: str, page: str, place: Place) -> str:
        """A page of each of several values, one after the other."""
        assert isinstance(each.operand, Own)
        value, source = place.names.variable("each"), place.names.parameter(each.source)
        known = place.names.carrying(value)
        return (
            f"UNWIND {source} AS {value} WITH DISTINCT {known} CALL ({known}) {{ "
            f"{match} AND {self.operand(each.operand, place)} = {value} {page} RETURN {carried(place)} }}"
        )

    def _limit(self, many: Many, place: Place) -> str:
        return "" if many.window is None else f" LIMIT {place.names.limit(many.window.count)}"


def _sorted(key: Key, expression: str) -> str:
    """Nulls where the key wants them: Cypher puts them last ascending, first descending."""
    direction = " DESC" if key.descending else ""
    if not key.nullable or key.nulls_first == key.descending:
        return f"{expression}{direction}"
    return f"{expression} IS {'NOT ' if key.nulls_first else ''}NULL, {expression}{direction}"


__all__ = ["Padded", "Statement", "Today", "Writer", "render"]
