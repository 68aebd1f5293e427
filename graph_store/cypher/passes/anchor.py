"""What an index can give in order → the predicates and the equality prefix without which the planner would not use it.

Two facts of the planner (`compiler.md` §3): a composite index serves only if *every* column has a predicate, and an
equality before the sort serves only if the equality's property leads the ORDER BY, in the same direction.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from graph_store.cypher.ast import (
    Beyond,
    Block,
    Compare,
    Group,
    Key,
    Known,
    Many,
    Own,
    Predicate,
    Question,
    Visible,
)
from graph_store.cypher.passes.settle import conjuncts, every
from graph_store.cypher.rewriting import rewrite
from graph_store.model import Model
from graph_store.model.words import Noun, Property

_WITH_ID = 2  # properties of an index of one property, which the planner finds by itself


def anchor(question: Question, model: Model) -> Question:
    """Lead every block of a noun's page to its index."""
    return rewrite(question, partial(_anchored, model))


def _anchored(model: Model, node: object) -> object:
    if not isinstance(node, Many) or not isinstance(node.source, Noun):
        return node
    noun, where = node.source, node.where
    if not node.granted and all(isinstance(part, Visible) for part in conjuncts(where)):
        # a filter may have an index of its own, from which this would only lead away
        node = replace(node, groups=tuple(_covered(model, noun, group) for group in node.groups))
    return replace(node, blocks=tuple(_lead(model, noun, where, block) for block in node.blocks))


def _covered(model: Model, noun: Noun, group: Group) -> Group:
    """Read groups from an index of their keys and figures, or else of their keys, where no record can be missing there."""
    keys, figures = _keys(group), _figures(group)
    for declared in ((*keys, *figures), keys):
        if declared and all(map(_is_always_stored, declared)) and _is_indexed(noun, declared):
            known = (*declared, model.property(noun.name, "id"))
            return replace(group, known=tuple(Known(Own(each), known=True) for each in known))
    return group


def _keys(group: Group) -> tuple[Property, ...]:
    """The properties that a group is made by; none where one key is no property of the record itself."""
    keys = [by.operand for by in group.by]
    own = tuple(key.property for key in keys if isinstance(key, Own))
    is_of_record = len(own) == len(keys) and not any(by.hops for by in group.by)
    return own if is_of_record else ()


def _figures(group: Group) -> tuple[Property, ...]:
    summed = dict.fromkeys(value.property for value in group.values if value.property is not None)
    return tuple(each for each in summed if all(by.operand != Own(each) for by in group.by))


def _is_always_stored(declared: Property) -> bool:
    return declared.required and declared.dated is None


def _is_indexed(noun: Noun, declared: tuple[Property, ...]) -> bool:
    if len(declared) == 1:
        return declared[0].sortable and declared[0].name != "id"
    return tuple(each.name for each in declared) in noun.indexes


def _lead(model: Model, noun: Noun, where: Predicate, block: Block) -> Block:
    first = block.keys[0] if block.keys else None
    # a key that may be null in this block must stay so: the index knows nothing of records without it
    if first is None or not isinstance(first.operand, Own) or first.nullable:
        return block
    known = (first.operand, Own(model.property(noun.name, "id")))
    needed = [Known(each, known=True) for each in known if not _is_bound(block.where, each)]
    sort, few = first.operand.property.name, _is_few(where)
    equal = _divided(noun, where, sort, "eq") or (
        None if few else _divided(noun, where, sort, "in")
    )
    if equal is None or not isinstance(equal.operand, Own):
        return Block(every(block.where, *needed), block.keys)
    prefix = Key(equal.operand, descending=first.descending, nullable=False)
    index = tuple(dict.fromkeys((equal.operand.property.name, sort, "id")))
    each = equal if equal.operator == "in" else None
    wanted = each or (len(index) > _WITH_ID and not few)
    return Block(every(block.where, *needed), (prefix, *block.keys), index if wanted else (), each)


def _is_bound(where: Predicate, operand: Own) -> bool:
    return any(_bounds(part, operand) for part in conjuncts(where))


def _bounds(part: Predicate, operand: Own) -> bool:
    if isinstance(part, Beyond):  # with one key that is not null it is a plain comparison
        return [key.operand for key in part.keys] == [operand] and not any(part.nulls)
    return isinstance(part, Compare | Known) and part.operand == operand


def _divided(noun: Noun, where: Predicate, sort: str, operator: str) -> Compare | None:
    """A property with one value (or, by `in`, some), by which an index is divided before it is sorted."""
    for part in conjuncts(where):
        if (
            isinstance(part, Compare)
            and part.operator == operator
            and isinstance(part.operand, Own)
        ):
            declared = part.operand.property
            indexed = declared.sortable if sort == "id" else (declared.name, sort) in noun.indexes
            if indexed and declared.exact and declared.dated is None and declared.name != sort:
                return part
    return None


def _is_few(where: Predicate) -> bool:
    """Whether a unique value picks the records: then the planner's own choice is the better one."""
    return any(
        isinstance(part, Compare)
        and part.operator in {"eq", "in"}
        and isinstance(part.operand, Own)
        and part.operand.property.key
        for part in conjuncts(where)
    )
