"""Trees are never changed: a pass gives the same tree with some nodes in the place of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from graph_store.identifiers import Scheme
from graph_store.model import Hop
from graph_store.model.words import Noun, Property

Tree = TypeVar("Tree")
_CLOSED = (Property, Noun, Hop, Scheme)


def nodes(tree: object) -> Iterator[Any]:
    """Every node of the tree, from the root down; what the model declares is none."""
    if isinstance(tree, tuple):
        for each in tree:
            yield from nodes(each)
    elif is_dataclass(tree) and not isinstance(tree, _CLOSED):
        yield tree
        for field in fields(tree):
            yield from nodes(getattr(tree, field.name))


def mentions(tree: object, is_meant: Callable[[Any], bool]) -> bool:
    """Whether such a node is anywhere in the tree."""
    return any(map(is_meant, nodes(tree)))


def rewrite(tree: Tree, change: Callable[[Any], Any]) -> Tree:
    """The tree with `change` applied to each node, children first; what the model declares is left alone."""
    if isinstance(tree, tuple):
        return tuple(rewrite(each, change) for each in tree)  # type: ignore[return-value] # a tuple of the same nodes
    if not is_dataclass(tree) or isinstance(tree, _CLOSED):
        return tree
    new = {}
    for field in fields(tree):
        old = getattr(tree, field.name)
        if isinstance(old, tuple) or is_dataclass(old):
            value = rewrite(old, change)
            if value is not old and value != old:
                new[field.name] = value
    return change(replace(tree, **new) if new else tree)  # type: ignore[no-any-return, type-var] # a node of the same family
