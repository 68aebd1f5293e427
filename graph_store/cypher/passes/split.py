"""A page of a noun's records in the order of an indexed property → blocks, each of which one index seek gives in order.

After a cursor `(value, id)` come three blocks: the rest of the value's ties, what lies past the value, what has no value.
One predicate over all three would read a whole tie group, or become a union of scans (`compiler.md` §3); blocks stop as
soon as the page is full. Their union keeps the order in which they are written, and each row carries its block's number,
which the decoder sees never fall.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph_store.cypher.ast import (
    Beyond,
    Block,
    Compare,
    Key,
    Known,
    Many,
    Own,
    Predicate,
    Question,
)
from graph_store.cypher.passes.paginate import beyond
from graph_store.cypher.passes.settle import conjuncts, every
from graph_store.cypher.rewriting import rewrite
from graph_store.cypher.sources import Source
from graph_store.model.words import Noun

_PROVES_A_VALUE = frozenset({"eq", "in", "gt", "gte", "lt", "lte", "contains", "startsWith"})


def split(question: Question) -> Question:
    """Lay every page over a noun's own indexed property out in blocks; give any other page its plain `Beyond`."""
    return rewrite(question, _split)


def _split(node: object) -> object:
    if not isinstance(node, Many) or not node.items:
        return node
    past = beyond(node)
    if isinstance(node.source, Noun) and _is_indexed(node.order[0]):
        return replace(node, blocks=tuple(_blocks(node, past)))
    return node if past is None else replace(node, blocks=(Block(past, node.order),))


def _is_indexed(key: Key) -> bool:
    operand = key.operand
    return isinstance(operand, Own) and operand.property.sortable and operand.property.dated is None


def _blocks(many: Many, past: Beyond | None) -> Iterator[Block]:
    first, rest = many.order[0], many.order[1:]
    known = (replace(first, nullable=False), *rest)
    nothing = (
        Block(every(Known(first.operand, known=False), *_after(past, rest)), rest)
        if _may_be_null(many)
        else None
    )
    if past is None or past.nulls[0]:
        if nothing and (first.nulls_first or past):
            yield nothing
        if past is None or first.nulls_first:
            yield Block(Known(first.operand, known=True), known)
        if nothing and past is None and not first.nulls_first:
            yield nothing
        return
    value = past.values[0]
    if rest:
        # the key that is equal still leads, and in the direction of the next: else the index does not give the order
        equal = replace(first, nullable=False, descending=rest[0].descending)
        yield Block(every(_sorts(first, "eq", value), *_after(past, rest)), (equal, *rest))
    yield Block(_sorts(first, "lt" if first.descending else "gt", value), known)
    if nothing and not first.nulls_first:
        yield Block(Known(first.operand, known=False), rest)


def _sorts(key: Key, operator: str, value: Source) -> Compare:
    """A comparison in the order of the sort, which knows upper from lower case."""
    return Compare(key.operand, operator, value, exact=True)


def _after(past: Beyond | None, rest: tuple[Key, ...]) -> tuple[Predicate, ...]:
    if past is None:
        return ()
    return (Beyond(rest, past.values[1:], past.nulls[1:]),)


def _may_be_null(many: Many) -> bool:
    first = many.order[0]
    if not first.nullable:
        return False
    return not any(
        isinstance(part, Compare)
        and part.operand == first.operand
        and part.operator in _PROVES_A_VALUE
        for part in conjuncts(many.where)
    )
