"""What walking along edges of any type means, for paths and neighbourhoods: which edges, which records, how far at once."""

from __future__ import annotations

from graph_store.model import Hop, Model
from graph_store.model.records import PROVENANCE
from graph_store.model.words import PUBLIC, Edge, Noun

AROUND = 1_000
"""Of a record's edges of one type, so many are walked."""

EXAMINED = 30_000
"""So many edges are looked at in one step away from all records reached so far, those with few edges first."""

WALKS = 10_000
"""So many walks are kept of one length."""


def walked_edges(model: Model) -> dict[str, Edge]:
    """By type, the first of all edges of the model that everybody may follow, but provenance."""
    edges = [(noun, edge) for noun in model for edge in noun.edges]
    closed = {edge.type for noun, edge in edges if not _is_open(model, noun, edge)}
    found: dict[str, Edge] = {}
    for _, edge in edges:
        if edge.type not in {PROVENANCE, *closed}:
            found.setdefault(edge.type, edge)
    return found


def edge_types(model: Model, without: frozenset[str] = frozenset()) -> str:
    """`PART_OF|LOCATED_IN|…`: the types of walked edges, but some; empty where none is left."""
    return "|".join(each for each in walked_edges(model) if each not in without)


def walkable(model: Model) -> tuple[Noun, ...]:
    """The nouns through which a walk means something: not reference data, on which everything hangs."""
    met = meetable(tuple(model))
    return tuple(noun for noun in met if noun.visible is not None) or met


def meetable(nouns: tuple[Noun, ...]) -> tuple[Noun, ...]:
    """Those whose records a walk may meet: not what only a role reads, nor the papers of the hub's own work."""
    return tuple(noun for noun in nouns if not noun.readers and not noun.clerical)


def _is_open(model: Model, noun: Noun, edge: Edge) -> bool:
    """Whether everybody may follow the edge, and a walk may meet records at both its ends."""
    return edge.level is PUBLIC and len(meetable((noun, model[edge.target]))) == 2


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
