"""What a batch of drafts makes of the records that are there: pure, given what was found and held.

A source overwrites its own records only: of a record with another origin key, or one that a person made, it fills what
is empty. Edges are added, and replaced where there can be but one; what a source no longer names stays for a person to
end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flows.sources.drafts import Draft, Link, Target
from graph_store.commands.close import Batch
from graph_store.commands.imports import Sought, StoredEdge
from graph_store.commands.rows import Deed, State, record_rows, tie
from graph_store.model import MODEL
from graph_store.model.words import Noun, Reach

_EMPTY: tuple[Any, ...] = (None, "", [])

Ties = dict[tuple[str, str], Mapping[str, Any]]


@dataclass(slots=True)
class Record:
    """A record being worked on: what it was (None: it is new), and what it shall be."""

    noun: Noun
    before: State | None
    properties: dict[str, Any]
    ties: Ties = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.properties["id"])

    def rows(self, deed: Deed) -> Batch:
        """What is to be written; nothing where nothing differs."""
        after = State(
            self.properties, frozenset(tie(*key, said) for key, said in self.ties.items())
        )
        return record_rows(MODEL, self.noun, self.before, after, deed)


def identifiers(draft: Draft) -> Iterator[Target]:
    """Every way in which the record can be found: its origin key, and identifiers that its noun keeps unique."""
    yield draft.target
    for name in _identifying(draft.noun):
        if value := draft.properties.get(name):
            yield Target(draft.noun, name, value)


def fill(record: Record, draft: Draft) -> None:
    """Let the draft speak: wholly where the record is its source's own, else where nothing is said yet."""
    own = record.properties.get("originKey") == draft.key
    for name, value in draft.properties.items():
        if own or record.properties.get(name) in _EMPTY:
            record.properties[name] = value


def begin(draft: Draft, id_: str, *, synthetic: bool) -> Record:
    """A new record of a draft."""
    carried = {"id": id_, "originKey": draft.key, "synthetic": synthetic}
    noun = MODEL[draft.noun]
    if "visibility" in MODEL.properties(noun.name):
        carried["visibility"] = draft.visibility.value
    return Record(noun, None, carried | draft.properties)


def seen(noun: Noun, properties: Mapping[str, Any], edges: Iterable[StoredEdge]) -> Record:
    """A record as it is in the graph, with those of its edges that matter."""
    ties: Ties = {(each.name, each.end): each.properties for each in edges}
    before = State(properties, frozenset(tie(*key, said) for key, said in ties.items()))
    return Record(noun, before, dict(properties), ties)


def join(start: Record, link: Link, end: str) -> None:
    """Add the edge; what the graph knows of it already, and the source does not say, stays."""
    if MODEL.hops(start.noun.name)[link.name].reach is Reach.ONE:
        for key in [key for key in start.ties if key[0] == link.name and key[1] != end]:
            del start.ties[key]
    start.ties[link.name, end] = {**start.ties.get((link.name, end), {}), **link.properties}


def sought(start: str, link: Link, end: str) -> Sought:
    """The edges to look for before the link is made: that very one, or all where there can be but one."""
    hop = MODEL.hops(link.start.noun)[link.name]
    return Sought(start, link.name, hop.edge.type, end, hop.far if hop.reach is Reach.ONE else None)


@cache
def _identifying(noun: str) -> tuple[str, ...]:
    hubs_own = ("id", "originKey")
    return tuple(
        each.name for each in MODEL[noun].properties if each.key and each.name not in hubs_own
    )
