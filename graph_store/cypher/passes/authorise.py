"""Every record reached → with `Visible`; every restricted property → `Guarded`. Nothing hidden is counted or walked through.

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
    Fetch,
    Grouping,
    Guarded,
    Lookup,
    Many,
    One,
    Own,
    Predicate,
    Quantified,
    Question,
    Related,
    Root,
    Total,
    Visible,
)
from graph_store.cypher.passes.settle import every
from graph_store.cypher.rewriting import rewrite
from graph_store.model import Model
from graph_store.model.words import Level


class RuleCannotBeCompiled(Exception):
    """A place where a visibility rule has no compiled form: the question is refused, never read unguarded."""


def authorise(question: Question, model: Model) -> Question:
    """Guard the question for whoever asks it; who that is comes as the parameter `Grants`."""
    return rewrite(question, partial(_guarded, model))


def visible(model: Model, noun: str) -> tuple[Predicate, ...]:
    """The condition under which a noun's record may be seen; none for reference data."""
    return () if model[noun].visible is None else (Visible(noun),)


def _guarded(model: Model, node: object) -> object:
    see: Callable[[str], tuple[Predicate, ...]] = partial(visible, model)
    match node:
        case Many():
            return replace(_summed(node), where=every(*see(node.noun), node.where))
        case One():
            return replace(node, where=every(*see(node.hop.far), node.where))
        case Lookup():
            if node.property.level is not Level.PUBLIC:
                message = f"{node.noun} cannot be looked up by {node.property.name}, which not everybody may see"
                raise RuleCannotBeCompiled(message)
            return replace(node, where=every(*see(node.noun), node.where))
        case Fetch():
            return replace(
                node,
                cases=tuple(
                    replace(case, where=every(*see(case.noun), case.where)) for case in node.cases
                ),
            )
        case Quantified():
            return replace(node, visible=every(*see(node.hop.far), node.visible))
        case Related() | Total():
            return _far(model, node)
        case Root():
            return node.guarded(see)
        case Grouping():
            return replace(node, where=tuple(every(*see(hop.far)) for hop in node.hops))
    return node


def _summed(many: Many) -> Many:
    for group in many.groups:
        for value in group.values:
            _summable(value, many.noun)
    return many


def _summable(value: Aggregate, noun: str) -> None:
    if value.property is not None and value.property.level is not Level.PUBLIC:
        message = f"{noun}.{value.property.name} is not everybody's to see and has no total"
        raise RuleCannotBeCompiled(message)


def _far(model: Model, node: Related | Total) -> Related | Total:
    if isinstance(node, Total) and node.property is not None:
        _summable(Aggregate(node.function, node.property), node.hop.far)
    conditions = visible(model, node.hop.far)
    parts = (*conditions, *(() if node.where is None else (node.where,)))
    return replace(node, where=every(*parts) if parts else None)


def own(noun: str, operand: Own) -> Own | Guarded:
    """A property as an operand of a noun's record, guarded where its level asks for it (called while building)."""
    level = operand.property.level
    return operand if level is Level.PUBLIC else Guarded(operand, noun, level)


__all__ = ["Case", "RuleCannotBeCompiled", "authorise", "own", "visible"]
