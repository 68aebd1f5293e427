"""What an index can give in order → the predicates and the equality prefix without which the planner would not use it.

Two facts of the planner (`compiler.md` §3): a composite index serves only if *every* column has a predicate, and an
equality before the sort serves only if the equality's property leads the ORDER BY, in the same direction.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from graph_store.cypher.ast import (
    Block,
    Compare,
    Key,
    Known,
    Many,
    Own,
    Predicate,
    Question,
    rewrite,
)
from graph_store.cypher.passes.settle import conjuncts, every
from graph_store.model import Model
from graph_store.model.words import Noun


def anchor(question: Question, model: Model) -> Question:
    """Lead every block of a noun's page to its index."""
    return rewrite(question, partial(_anchored, model))


def _anchored(model: Model, node: object) -> object:
    if not isinstance(node, Many) or not isinstance(node.source, Noun) or not node.blocks:
        return node
    return replace(
        node, blocks=tuple(_lead(model, node.source, node.where, block) for block in node.blocks)
    )


def _lead(model: Model, noun: Noun, where: Predicate, block: Block) -> Block:
    first = block.keys[0] if block.keys else None
    if first is None or not isinstance(first.operand, Own) or first.operand.property.name == "id":
        return block
    needed: list[Predicate] = []
    if not any(_bounds(part, first) for part in conjuncts(block.where)):
        needed.append(Known(first.operand, known=True))
    needed.append(Known(Own(model.property(noun.name, "id")), known=True))
    prefix = _equality(noun, where, first)
    return Block(every(block.where, *needed), (*prefix, *block.keys))


def _bounds(part: Predicate, key: Key) -> bool:
    return isinstance(part, Compare | Known) and part.operand == key.operand


def _equality(noun: Noun, where: Predicate, first: Key) -> tuple[Key, ...]:
    assert isinstance(first.operand, Own)
    for part in conjuncts(where):
        if isinstance(part, Compare) and part.operator == "eq" and isinstance(part.operand, Own):
            columns = (part.operand.property.name, first.operand.property.name)
            if columns in noun.indexes:
                return (Key(part.operand, descending=first.descending, nullable=False),)
    return ()
