"""As asked → flat: nested `Every` and `Either` opened, doubled parts dropped, a lone part by itself."""

from __future__ import annotations

from graph_store.cypher.ast import Either, Every, Predicate, Question
from graph_store.cypher.rewriting import rewrite


def settle(question: Question) -> Question:
    """Flatten every predicate, so that equal questions are equal trees and later passes find their conjuncts."""
    return rewrite(question, _flat)


def conjuncts(predicate: Predicate) -> tuple[Predicate, ...]:
    """The parts that must all hold."""
    return predicate.parts if isinstance(predicate, Every) else (predicate,)


def every(*predicates: Predicate) -> Predicate:
    """The flat conjunction."""
    parts = dict.fromkeys(part for predicate in predicates for part in conjuncts(predicate))
    return next(iter(parts)) if len(parts) == 1 else Every(tuple(parts))


def _flat(node: object) -> object:
    if isinstance(node, Every):
        return every(*node.parts)
    if isinstance(node, Either):
        parts = dict.fromkeys(
            inner
            for part in node.parts
            for inner in (part.parts if isinstance(part, Either) else (part,))
        )
        return next(iter(parts)) if len(parts) == 1 else Either(tuple(parts))
    return node
