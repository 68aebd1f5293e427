"""What walking along edges of any type means, for paths and neighbourhoods: which edges, which records, how far at once."""

from __future__ import annotations

from graph_store.model import Hop, Model
from graph_store.model.records import PROVENANCE
from graph_store.model.words import Noun

AROUND = 1_000
"""Of a record's edges of one type, so many are walked."""

EXAMINED = 30_000
"""So many edges are looked at in one step away from all records reached so far, those with few edges first."""

WALKS = 10_000
"""So many walks are kept of one length."""


def edge_types(model: Model) -> str:
    """`PART_OF|LOCATED_IN|…`: all edges of the model but provenance."""
    types = (edge.type for noun in model for edge in noun.edges if edge.type != PROVENANCE)
    return "|".join(dict.fromkeys(types))


def walkable(model: Model) -> tuple[Noun, ...]:
    """The nouns through which a walk means something: not reference data, on which everything hangs."""
    return tuple(noun for noun in model if noun.visible is not None) or tuple(model)


def hop_between(model: Model, near: str, type_: str, far: str, *, forward: bool) -> Hop | None:
    """The hop that a walked edge is, where the model names it in this direction."""
    for hop in model.hops(near).values():
        if (hop.edge.type, hop.far, hop.forward) == (type_, far, forward):
            return hop
    return None


def label(model: Model, record: str) -> str:
    """The expression of a record's noun, as its label: one look-up instead of one a noun."""
    nouns = ", ".join(f"'{noun.name}'" for noun in model)
    return f"head([each IN labels({record}) WHERE each IN [{nouns}]])"
