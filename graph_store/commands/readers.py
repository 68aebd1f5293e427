"""What commands ask of the graph before they decide: one statement a reader for the whole batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph_store.commands.rows import State
from graph_store.model import Model

Follow = Callable[[dict[str, list[Any]], str, State | None, State], None]
"""Keeps a reader's answers true: given them, a noun, and a record before (None: it is new) and after a command."""


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """A named statement: takes `$b.keys`, a list of texts, and `$b.day`, today; returns rows of `key` and `value`.

    There is one of each, so one is told from another by identity: a unit looks answers up by it hundreds of times.

    `finds_edges`: the values name `far` ends, which are then held too, unless the question says otherwise.
    `follow`: what the commands of the same unit write, it takes over, so that the next one finds it.
    `joins`: it goes in one statement with the others of a round that do, in which all ends that it finds are held. Each set of readers is a text that the store must plan, so
    only those join that are asked again and again, in few sets.
    """

    name: str
    statement: str
    finds_edges: bool = False
    follow: Follow | None = None
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One key put to a reader; `holds`: the far ends of edges that are found are held, as whatever changes an edge must."""

    reader: Reader
    key: str
    holds: bool = True


@cache
def holder_of(noun: str, name: str) -> Reader:
    """Who has this identifier: key its normal form, value a record's id.

    The noun and its property are the model's own words; the constraint is the net for what happens meanwhile.
    """
    return Reader(
        f"holder of {noun}.{name}",
        f"UNWIND $b.keys AS key MATCH (n:{noun} {{{name}: key}}) RETURN key, n.id AS value",
    )


@cache
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
