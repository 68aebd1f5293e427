"""A path of columns → the path of response keys by which the client knows it."""

from __future__ import annotations

from graph_store.cypher.cost import Steps
from resolvers.shape import (
    Child,
    Field,
    Groups,
    Nested,
    Nodes,
    Object,
    Page,
    Placed,
    Rows,
    Same,
    Total,
    Varied,
    VariedNodes,
)

Keys = tuple[str, ...]


def response_path(shape: Object, steps: Steps) -> Keys:
    """The keys from the answer's root, as far as they lead: what was asked in two places is told by one of them."""
    return max((_entered(key, field, steps) for key, field in shape.entries), key=len, default=())


def _entered(key: str, field: Field, steps: Steps) -> Keys:
    """The keys that begin with this one; none where the steps do not lead through it."""
    if not steps:
        return ()
    first, rest = steps[0], steps[1:]
    match field:
        case Child(index, shape) | Page(index, _, shape) if index == first:
            return (key, *response_path(shape, rest))
        case Rows(index, shape) if index == first:
            return (key, *response_path(shape, rest[1:]))  # its items are all that it has
        case Varied(index, cases) | Placed(index, _, cases) if index == first:
            return (key, *_case(cases, rest))
        # a record that lies first in its row has no column of its own
        case Varied(0, cases) | VariedNodes(cases) if steps[0] == "items" or _is_case(first):
            return (key, *_case(cases, rest if steps[0] == "items" else steps))
        case Same(shape) | Nested(shape):
            return _or_none(key, response_path(shape, steps))
        case Nodes(shape) if first == "items":
            return (key, *response_path(shape, rest))
        case Total() if first == "total":
            return (key,)
        case Groups(index, shape) if first == f"groups {index}":
            return (key, *response_path(shape, rest))
    return ()


def _case(cases: tuple[Object, ...], steps: Steps) -> Keys:
    if not steps or not _is_case(steps[0]):
        return ()
    return response_path(cases[int(str(steps[0]).removeprefix("case "))], steps[1:])


def _is_case(step: int | str) -> bool:
    return isinstance(step, str) and step.startswith("case ")


def _or_none(key: str, found: Keys) -> Keys:
    return (key, *found) if found else ()
