"""Every record reached → with `Visible` (`ReadBy`), every restricted edge with `Followed`; every restricted property → `Guarded`.

Nothing hidden is counted or walked through.

The pass visits *all* places where a question touches a record: items, totals, groups, filters, sort keys, look-ups. A place
that it did not know would be a leak, so new columns are added here first (the test lists the node types of `ast.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from graph_store.cypher.ast import (
    Aggregate,
    Case,
    Column,
    Fetch,
    Followed,
    Grouping,
    Guarded,
    Known,
    Leaf,
    Lookup,
    Many,
    One,
    Own,
    Personal,
    Predicate,
    Quantified,
    Question,
    ReadBy,
    Related,
    Root,
    Total,
    Visible,
)
from graph_store.cypher.passes.settle import every
from graph_store.cypher.rewriting import rewrite
from graph_store.model import Hop, Model
from graph_store.model.words import PUBLIC, Property


class RuleCannotBeCompiled(Exception):
    """A place where a visibility rule has no compiled form: the question is refused, never read unguarded."""


def authorise(question: Question, model: Model) -> Question:
    """Guard the question for whoever asks it; who that is comes as the parameter `Viewing`."""
    return rewrite(question, partial(_guarded, model))


def visible(model: Model, noun: str) -> tuple[Predicate, ...]:
    """The conditions under which a noun's record may be seen; none for reference data."""
    declared = model[noun]
    readers = (ReadBy(declared.readers),) if declared.readers else ()
    return (*readers, *(() if declared.visible is None else (Visible(noun),)))


def reached(model: Model, hop: Hop) -> tuple[Predicate, ...]:
    """The conditions under which a hop may be followed and the record at its far end be seen."""
    level = hop.edge.level
    return (*(() if level is PUBLIC else (Followed(level),)), *visible(model, hop.far))


def _guarded(model: Model, node: object) -> object:
    see: Callable[[str], tuple[Predicate, ...]] = partial(visible, model)
    match node:
        case Many():
            of = node.source
            conditions = reached(model, of) if isinstance(of, Hop) else see(of.name)
            return replace(_summed(node), where=every(*conditions, node.where))
        case One():
            return replace(node, where=every(*reached(model, node.hop), node.where))
        case Lookup():
            return replace(node, where=every(*see(node.noun), *_recognised(node), node.where))
        case Fetch():
            return replace(
                node,
                cases=tuple(
                    replace(case, where=every(*see(case.noun), case.where)) for case in node.cases
                ),
            )
        case Quantified():
            return replace(node, visible=every(*reached(model, node.hop), node.visible))
        case Related() | Total():
            return _far(model, node)
        case Root():
            return node.guarded(see)
        case Grouping():
            return replace(node, where=tuple(every(*reached(model, hop)) for hop in node.hops))
    return node


def _recognised(lookup: Lookup) -> tuple[Predicate, ...]:
    """A record is found by a restricted value only by those who may read the value."""
    operand = own(lookup.noun, Own(lookup.property))
    return () if operand == Own(lookup.property) else (Known(operand, known=True),)


def _summed(many: Many) -> Many:
    for group in many.groups:
        for value in group.values:
            _summable(value, many.noun)
    return many


def _summable(value: Aggregate, noun: str) -> None:
    if value.property is not None and value.property.restricted:
        message = f"{noun}.{value.property.name} is not everybody's to see and has no total"
        raise RuleCannotBeCompiled(message)


def _far(model: Model, node: Related | Total) -> Related | Total:
    if isinstance(node, Total) and node.property is not None:
        _summable(Aggregate(node.function, node.property), node.hop.far)
    conditions = reached(model, node.hop)
    parts = (*conditions, *(() if node.where is None else (node.where,)))
    return replace(node, where=every(*parts) if parts else None)


def own(noun: str, operand: Own) -> Own | Guarded:
    """A property as an operand of a noun's record, guarded where it is restricted (called while building)."""
    return Guarded(operand, noun) if operand.property.restricted else operand


def shown(noun: str, declared: Property) -> Column:
    """A property as a column of a noun's record (called while building)."""
    return Personal(declared, noun) if declared.personal else Leaf(own(noun, Own(declared)))


__all__ = ["Case", "RuleCannotBeCompiled", "authorise", "own", "reached", "shown", "visible"]
