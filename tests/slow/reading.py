"""What a viewer reads of the graph: values, filters, orders, totals and groups, each in the most obvious way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from auth.viewer import Viewer
from graph_store.model import Hop, Model
from graph_store.model.words import Kind, Property
from resolvers.naming import group_keys
from tests.slow.graph import Graph, Properties, Tie
from tests.slow.seeing import Seeing

Where = dict[str, Any] | None
Order = list[dict[str, Any]] | None


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it was reached."""

    noun: str
    record: Properties
    hop: Hop | None = None
    tie: Tie | None = None

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.record["id"])


@dataclass(frozen=True, slots=True)
class Reading:
    """The graph as one viewer sees it on one day."""

    graph: Graph
    model: Model
    viewer: Viewer
    today: str
    seeing: Seeing = field(init=False)

    def __post_init__(self) -> None:
        """Who sees what is asked of one who knows."""
        object.__setattr__(self, "seeing", Seeing(self.graph, self.model, self.viewer, self.today))

    def every(self, noun: str) -> list[Row]:
        """The visible records of a noun."""
        return [row for record in self.graph.records[noun] if self.sees(row := Row(noun, record))]

    def across(self, row: Row, hop: Hop) -> list[Row]:
        """The visible records at the far end of a hop."""
        if not self.seeing.follows(hop):
            return []
        rows = [
            Row(hop.far, record, hop, tie) for record, tie in self.graph.across(hop, row.record)
        ]
        return [each for each in rows if self.sees(each)]

    def sees(self, row: Row) -> bool:
        """Whether the viewer may see the record."""
        return self.seeing.sees(row.noun, row.record)

    def shown(self, row: Row, declared: Property) -> Any:
        """A property as the viewer is told it today."""
        return self.seeing.shown(row.noun, row.record, declared, self._today(row, declared))

    def value(self, row: Row, declared: Property) -> Any:
        """A property as the viewer may ask by it today."""
        may = self.seeing.reads(row.noun, row.record, declared)
        return self._today(row, declared) if may else None

    def _today(self, row: Row, declared: Property) -> Any:
        stored = row.record.get(declared.name)
        dated = declared.dated
        if declared.kind is Kind.TEXTS:
            return stored or []
        if dated is None or stored != dated.among:
            return stored
        since, until = row.record.get(dated.since), row.record.get(dated.until)
        if until is not None and until < self.today:
            return dated.after
        return dated.during if since is not None and since <= self.today else stored

    # ---------------------------------------------------------------------------------------------------------- filters
    def satisfies(self, row: Row, where: Where) -> bool:
        """Whether every condition holds."""
        return all(self._holds(row, word, value) for word, value in (where or {}).items())

    def _holds(self, row: Row, word: str, value: Any) -> bool:
        properties, hops = self.model.properties(row.noun), self.model.hops(row.noun)
        if word in properties:
            return _compares(properties[word], self.value(row, properties[word]), value)
        if word in hops:
            return self._holds_across(row, hops[word], value)
        if value is None:
            return True
        if word == "edge":
            assert row.hop is not None
            assert row.tie is not None
            edge, tie = row.hop, row.tie
            return all(
                _compares(edge.property(name), tie.properties.get(name), asked)
                for name, asked in value.items()
            )
        if word == "not":
            return not self.satisfies(row, value)
        parts = [self.satisfies(row, each) for each in value]
        return all(parts) if word == "and" else any(parts)

    def _holds_across(self, row: Row, hop: Hop, value: Any) -> bool:
        far = self.across(row, hop)
        if hop.one:
            return not far if value is None else any(self.satisfies(each, value) for each in far)
        for quantifier, where in (value or {}).items():
            hits = [self.satisfies(each, where) for each in far]
            if where is not None and not _QUANTIFIERS[quantifier](hits):
                return False
        return True

    # ----------------------------------------------------------------------------------------------------------- orders
    def ordered(self, rows: list[Row], order: Order) -> list[Row]:
        """Sorted by each key in turn, nulls last both ways, then by id (and edge) in the direction of the last key."""
        keys: list[tuple[tuple[str, ...], bool]] = []
        for path, descending in filter(None, map(_path, order or [])):
            if path not in [known for known, _ in keys]:
                keys.append((path, descending))
            if path == ("id",):
                break
        last = keys[-1][1] if keys else False
        rows = sorted(
            rows, key=lambda row: (row.id, row.tie.number if row.tie else 0), reverse=last
        )
        for path, descending in reversed(keys):
            known = [row for row in rows if self._at(row, path) is not None]
            unknown = [row for row in rows if self._at(row, path) is None]
            rows = sorted(known, key=lambda row: self._at(row, path), reverse=descending) + unknown
        return rows

    def _at(self, row: Row, path: tuple[str, ...]) -> Any:
        word, *rest = path
        properties, hops = self.model.properties(row.noun), self.model.hops(row.noun)
        if word == "edge":
            return row.tie.properties.get(rest[0]) if row.tie else None
        if word in properties:
            return self.value(row, properties[word])
        far = self.across(row, hops[word])
        if hops[word].one:
            return self._at(far[0], tuple(rest)) if far else None
        return len(far) if rest[0] == "count" else self.figure(far, rest[0], rest[1])

    # ------------------------------------------------------------------------------------------------- totals and groups
    def figure(self, rows: list[Row], function: str, name: str) -> Any:
        """`sum avg min max` of a property over rows."""
        known = [
            value
            for row in rows
            if (value := self.value(row, self.model.property(row.noun, name))) is not None
        ]
        if function == "sum":
            return float(sum(known))
        if not known:
            return None
        return (
            sum(known) / len(known)
            if function == "avg"
            else min(known)
            if function == "min"
            else max(known)
        )

    def groups(self, noun: str, rows: list[Row], by: list[str], limit: int) -> list[Group]:
        """Rows by their values of the keys, largest group first, then by the keys."""
        groups: dict[tuple[Any, ...], Group] = {} if by else {(): Group((), {}, [])}
        for row in rows:
            values = {word: self._group_value(row, noun, word) for word in by}
            plain = tuple(
                value.id if isinstance(value, Row) else value for value in values.values()
            )
            groups.setdefault(plain, Group(plain, values, [])).rows.append(row)
        return sorted(groups.values(), key=Group.place)[:limit]

    def _group_value(self, row: Row, noun: str, word: str) -> Any:
        key, here = group_keys(self.model, noun)[word], row
        for hop in key.hops:
            far = self.across(here, hop)
            if not far:
                return None
            here = far[0]
        return here if key.property is None else self.value(here, key.property)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with the same values of the keys; `plain` has ids in the place of records."""

    plain: tuple[Any, ...]
    values: dict[str, Any]
    rows: list[Row]

    def place(self) -> tuple[Any, ...]:
        """Where it stands among the groups."""
        return (-len(self.rows), *((each is None, each or 0) for each in self.plain))


def _path(one: dict[str, Any]) -> tuple[tuple[str, ...], bool] | None:
    """`{owner: {name: "desc"}}` → `(("owner", "name"), True)`; None where a null was given on the way."""
    ((word, value),) = one.items()
    if value is None or isinstance(value, str):
        return None if value is None else ((word,), value == "desc")
    inner = _path(value)
    return inner and ((word, *inner[0]), inner[1])


_QUANTIFIERS: dict[str, Callable[[list[bool]], bool]] = {
    "some": any,
    "all": all,
    "none": lambda hits: not any(hits),
    "single": lambda hits: sum(hits) == 1,
}


def _compares(declared: Property, value: Any, operators: dict[str, Any] | None) -> bool:
    return all(
        _compared(declared, value, operator, given) for operator, given in (operators or {}).items()
    )


def _compared(declared: Property, value: Any, operator: str, given: Any) -> bool:
    if operator == "isNull":
        return given is None or (value is None) == given
    if given is None:
        return value is None
    if value is None:
        return False
    if declared.kind is Kind.TEXTS:
        return any(given.lower() in each.lower() for each in value)
    if declared.scheme is not None and operator in {"eq", "in"}:
        given = _each(declared.scheme.normalise, given)
    if not declared.exact:
        value, given = value.lower(), _each(str.lower, given)
        if operator in {"gt", "gte", "lt", "lte"}:
            # what `toLower` gives, the database compares by UTF-16: what lies beyond the BMP comes before full width
            value, given = value.encode("utf-16-be"), given.encode("utf-16-be")
    return bool(_OPERATORS[operator](value, given))


_OPERATORS: dict[str, Callable[[Any, Any], object]] = {
    "eq": lambda value, given: value == given,
    "in": lambda value, given: value in given,
    "gt": lambda value, given: value > given,
    "gte": lambda value, given: value >= given,
    "lt": lambda value, given: value < given,
    "lte": lambda value, given: value <= given,
    "contains": lambda value, given: given in value,
    "startsWith": lambda value, given: value.startswith(given),
}


def _each(change: Callable[[str], str], given: str | Iterable[str]) -> str | list[str]:
    return change(given) if isinstance(given, str) else [change(each) for each in given]
