"""Operands and predicates → Cypher expressions, by `singledispatch`: one small function a node.

Every OR that filters is written as CASE: a plain OR lets the planner build unions of index scans (`compiler.md` §3–4).
"""

from __future__ import annotations

from functools import singledispatch

from graph_store.cypher.ast import (
    Beyond,
    Compare,
    EdgeNumber,
    Either,
    Every,
    Followed,
    Group,
    Guarded,
    Key,
    Known,
    OnEdge,
    Own,
    Quantified,
    ReadBy,
    Related,
    Total,
    Unless,
    Visible,
)
from graph_store.cypher.levels import entitled, seen, viewer
from graph_store.cypher.names import Place
from graph_store.cypher.rewriting import mentions
from graph_store.cypher.sources import Today
from graph_store.model import Hop, Model
from graph_store.model.words import PUBLIC, Kind, Property

_SIGNS = {
    "eq": "=",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "contains": "CONTAINS",
    "startsWith": "STARTS WITH",
    "in": "IN",
}


class Renderer:
    """What rendering needs to know beside the tree: the model, for who may see its records."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def operand(self, node: object, place: Place) -> str:
        """The expression of an operand."""
        return _operand(node, place, self)

    def predicate(self, node: object, place: Place) -> str:
        """The expression of a predicate; never an open OR."""
        return _predicate(node, place, self)

    def pattern(self, hop: Hop, near: str, far: str, edge: str = "") -> str:
        """The pattern of a hop."""
        return pattern(hop, near, far, edge)


def pattern(hop: Hop, near: str, far: str, edge: str = "") -> str:
    """`(owner)<-[edge:TYPE]-(far)`; the far label only where it does not follow from the model (a hit a row)."""
    label = f":{hop.far}" if hop.labelled else ""
    relationship = f"[{edge}:{hop.edge.type}]"
    arrow = f"-{relationship}->" if hop.forward else f"<-{relationship}-"
    return f"({near}){arrow}({far}{label})"


def matched(renderer: Renderer, hop: Hop, place: Place, *where: object) -> tuple[str, Place]:
    """`MATCH …  WHERE …` over a hop, and the place at its far end."""
    far = Place(place.names, place.names.variable(hop.name), hop.far, place.names.variable("edge"))
    return (
        f"MATCH {pattern(hop, place.record, far.record, far.edge)}{filtered(renderer, far, *where)}",
        far,
    )


def filtered(renderer: Renderer, place: Place, *where: object) -> str:
    """` WHERE …`, or nothing where all holds."""
    parts = [renderer.predicate(each, place) for each in where if each not in {None, Every(())}]
    return f" WHERE {' AND '.join(parts)}" if parts else ""


def carried(place: Place) -> str:
    """What a `WITH` must keep of a place: the record, the edge by which it was reached, and what was read."""
    return ", ".join([place.record, *filter(None, [place.edge]), *place.named.values()])


def returned(row: str, place: Place, read: object, *more: str) -> str:
    """`RETURN row`, of what is `read` at a place.

    A row with an aggregate somewhere within goes through a `WITH` that carries the place: else the planner takes the
    record for a grouping key that somebody forgot, and refuses the text.
    """
    if not mentions(read, _aggregates):
        return f"RETURN {row}"
    name = place.names.variable("row")
    return f"WITH {', '.join([carried(place), *more])}, {row} AS {name} RETURN {name}"


def _aggregates(node: object) -> bool:
    return isinstance(node, Group) or (isinstance(node, Total) and node.property is not None)


# ------------------------------------------------------------------------------------------------------------ operands
@singledispatch
def _operand(node: object, place: Place, renderer: Renderer) -> str:
    message = f"no Cypher for the operand {type(node).__name__}"
    raise TypeError(message)


@_operand.register
def _(node: Own, place: Place, renderer: Renderer) -> str:
    return stored(node.property, place.record, place)


@_operand.register
def _(node: OnEdge, place: Place, renderer: Renderer) -> str:
    return stored(node.property, place.edge, place)


@_operand.register
def _(node: EdgeNumber, place: Place, renderer: Renderer) -> str:
    return f"id({place.edge})"


@_operand.register
def _(node: Related, place: Place, renderer: Renderer) -> str:
    match, far = matched(renderer, node.hop, place, node.where)
    value = returned(renderer.operand(node.operand, far), far, node.operand)
    return f"head(COLLECT {{ {match} {value} LIMIT 1 }})"


@_operand.register
def _(node: Total, place: Place, renderer: Renderer) -> str:
    match, far = matched(renderer, node.hop, place, node.where)
    if node.property is None:
        return f"COUNT {{ {match} }}"
    return f"head(COLLECT {{ {match} RETURN {aggregate(node.function, node.property, far)} }})"


@_operand.register
def _(node: Guarded, place: Place, renderer: Renderer) -> str:
    tests = [f"{viewer(place)}.personal"] if node.operand.property.personal else []
    if node.level is not PUBLIC:
        tests.append(entitled(renderer, node.noun, node.level, place))
    return f"CASE WHEN {' AND '.join(tests)} THEN {renderer.operand(node.operand, place)} END"


def stored(declared: Property, owner: str, place: Place) -> str:
    """A property as it reads: temporals as text, dated values by today."""
    plain = f"{owner}.{declared.name}"
    if declared.kind is Kind.TEXTS:
        return f"coalesce({plain}, [])"
    if declared.native:
        return f"toString({plain})"
    if declared.dated is None:
        return plain
    dated, today = declared.dated, place.names.parameter(Today())
    return (
        f"CASE WHEN {plain} <> '{dated.among}' THEN {plain} WHEN {owner}.{dated.until} < {today} THEN '{dated.after}' "
        f"WHEN {owner}.{dated.since} <= {today} THEN '{dated.during}' ELSE {plain} END"
    )


def aggregate(function: str, declared: Property | None, place: Place) -> str:
    """`count(*)`, or a property's total; sums and averages are floats whatever is summed."""
    if declared is None:
        return "count(*)"
    value = stored(declared, place.record, place)
    return f"toFloat({function}({value}))" if function in {"sum", "avg"} else f"{function}({value})"


# ---------------------------------------------------------------------------------------------------------- predicates
@singledispatch
def _predicate(node: object, place: Place, renderer: Renderer) -> str:
    message = f"no Cypher for the predicate {type(node).__name__}"
    raise TypeError(message)


@_predicate.register
def _(node: Compare, place: Place, renderer: Renderer) -> str:
    left, right = renderer.operand(node.operand, place), place.names.parameter(node.source)
    if _is_list(node.operand):
        return f"any(each IN {left} WHERE toLower(each) {_SIGNS[node.operator]} toLower({right}))"
    if node.exact or _is_exact(node.operand):
        return f"{left} {_SIGNS[node.operator]} {right}"
    folded = f"[each IN {right} | toLower(each)]" if node.operator == "in" else f"toLower({right})"
    return f"toLower({left}) {_SIGNS[node.operator]} {folded}"


@_predicate.register
def _(node: Known, place: Place, renderer: Renderer) -> str:
    return f"{renderer.operand(node.operand, place)} IS {'NOT ' if node.known else ''}NULL"


@_predicate.register
def _(node: Every, place: Place, renderer: Renderer) -> str:
    return (
        "(" + " AND ".join(renderer.predicate(part, place) for part in node.parts) + ")"
        if node.parts
        else "true"
    )


@_predicate.register
def _(node: Either, place: Place, renderer: Renderer) -> str:
    cases = " ".join(f"WHEN {renderer.predicate(part, place)} THEN true" for part in node.parts)
    return f"CASE {cases} ELSE false END" if cases else "false"


@_predicate.register
def _(node: Unless, place: Place, renderer: Renderer) -> str:
    return f"NOT coalesce({renderer.predicate(node.part, place)}, false)"


@_predicate.register
def _(node: Quantified, place: Place, renderer: Renderer) -> str:
    if node.quantifier == "all":
        match, _ = matched(renderer, node.hop, place, node.visible, Unless(node.where))
        return f"NOT EXISTS {{ {match} }}"
    match, _ = matched(renderer, node.hop, place, node.visible, node.where)
    return {
        "some": f"EXISTS {{ {match} }}",
        "none": f"NOT EXISTS {{ {match} }}",
        "single": f"COUNT {{ {match} }} = 1",
    }[node.quantifier]


@_predicate.register
def _(node: Visible, place: Place, renderer: Renderer) -> str:
    return seen(renderer, node.noun, place)


@_predicate.register
def _(node: Followed, place: Place, renderer: Renderer) -> str:
    return f"{viewer(place)}.{node.level.value}"


@_predicate.register
def _(node: ReadBy, place: Place, renderer: Renderer) -> str:
    held = (f"'{role.value}' IN {viewer(place)}.roles" for role in node.roles)
    return f"CASE {' '.join(f'WHEN {each} THEN true' for each in held)} ELSE false END"


@_predicate.register
def _(node: Beyond, place: Place, renderer: Renderer) -> str:
    expressions = [renderer.operand(key.operand, place) for key in node.keys]
    return beyond(node, expressions, place)


def beyond(node: Beyond, expressions: list[str], place: Place) -> str:
    """Nested `CASE WHEN tie THEN next ELSE past END`, opaque to the index planner; `expressions` give the keys' values."""
    steps = zip(node.keys, expressions, node.values, node.nulls, strict=True)
    inner = "false"
    for key, value, source, null in reversed(list(steps)):
        inner = (
            _at_null(key, value, inner)
            if null
            else _at_value(key, value, place.names.parameter(source), inner)
        )
    return inner


def _at_null(key: Key, value: str, inner: str) -> str:
    past = f"{value} IS NOT NULL" if key.nulls_first else "false"
    return f"CASE WHEN {value} IS NULL THEN {inner} ELSE {past} END"


def _at_value(key: Key, value: str, at: str, inner: str) -> str:
    past = f"{value} {'<' if key.descending else '>'} {at}"
    if inner == "false":
        return (
            past
            if not key.nullable
            else f"CASE WHEN {value} IS NULL THEN {_nulls(key)} ELSE {past} END"
        )
    unknown = f"WHEN {value} IS NULL THEN {_nulls(key)} " if key.nullable else ""
    return f"CASE {unknown}WHEN {value} = {at} THEN {inner} ELSE {past} END"


def _nulls(key: Key) -> str:
    return "false" if key.nulls_first else "true"


def _is_list(operand: object) -> bool:
    return isinstance(operand, Own) and operand.property.kind is Kind.TEXTS


def _is_exact(operand: object) -> bool:
    match operand:
        case Own(declared) | OnEdge(declared):
            return declared.exact or declared.kind is not Kind.TEXT
        case Guarded(inner, _) | Related(_, inner, _):
            return _is_exact(inner)
    return True


__all__ = [
    "Renderer",
    "aggregate",
    "beyond",
    "carried",
    "filtered",
    "matched",
    "pattern",
    "returned",
    "stored",
]
