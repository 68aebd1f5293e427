"""What commands ask of the graph before they decide: one statement a reader for the whole batch."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.model import Model


@dataclass(frozen=True, slots=True)
class Reader:
    """A named statement: takes `$b.keys`, a list of texts, and returns rows of `key` and `value`.

    `finds_edges`: the values name `far` ends, which are then held too, unless the question says otherwise.
    """

    name: str
    statement: str
    finds_edges: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One key put to a reader; `holds`: the far ends of edges that are found are held, as whatever changes an edge must."""

    reader: Reader
    key: str
    holds: bool = True


def holder_of(noun: str, name: str) -> Reader:
    """Who has this identifier: key its normal form, value a record's id.

    The noun and its property are the model's own words; the constraint is the net for what happens meanwhile.
    """
    return Reader(
        f"holder of {noun}.{name}",
        f"UNWIND $b.keys AS key MATCH (n:{noun} {{{name}: key}}) RETURN key, n.id AS value",
    )


def ties_of(model: Model, noun: str, name: str) -> Reader:
    """The edges of a record under one of the hops of its noun: key its id, value {far, properties}."""
    hop = model.hops(noun)[name]
    left, right = ("", ">") if hop.forward else ("<", "")
    return Reader(
        f"ties of {noun}.{name}",
        "UNWIND $b.keys AS key MATCH (n:Record {id: key})"
        f"{left}-[edge:{hop.edge.type}]-{right}(far{':' + hop.far if hop.labelled else ''})"
        " RETURN key, {far: far.id, properties: properties(edge)} AS value",
        finds_edges=True,
    )
