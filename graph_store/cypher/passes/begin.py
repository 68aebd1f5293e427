"""Pages, totals and groups of a noun of which little is open → begun at what the viewer may see (`granted.py`)."""

from __future__ import annotations

from dataclasses import replace

from graph_store.cypher.ast import Compare, Many, Own, Predicate, Question, Visible
from graph_store.cypher.passes.settle import conjuncts
from graph_store.cypher.rewriting import rewrite
from graph_store.model.words import Noun
from graph_store.statistics import Scarce


def begin(question: Question, scarce: Scarce) -> Question:
    """Mark the connections of the `scarce` nouns, unless a unique value picks the records."""
    found = dict(scarce)

    def marked(node: object) -> object:
        if not isinstance(node, Many) or not isinstance(node.source, Noun):
            return node
        parts = conjuncts(node.where)
        is_open = node.source.name not in found or Visible(node.source.name) not in parts
        if is_open or any(map(_picks, parts)):
            return node
        return replace(node, granted=True, around=found[node.source.name])

    return rewrite(question, marked) if scarce else question


def _picks(part: Predicate) -> bool:
    if not isinstance(part, Compare) or part.operator not in {"eq", "in"}:
        return False
    return isinstance(part.operand, Own) and part.operand.property.key
