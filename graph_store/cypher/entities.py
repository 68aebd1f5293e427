"""Entities: records of several nouns by their keys, one batch a noun and key, in the order of the keys, null where missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from graph_store.cypher.ast import Column, Every, Predicate, Root
from graph_store.cypher.names import Place
from graph_store.cypher.operands import returned
from graph_store.cypher.passes.authorise import RuleCannotBeCompiled
from graph_store.cypher.passes.settle import every
from graph_store.cypher.shown import See, Writes
from graph_store.cypher.sources import Source
from graph_store.model.words import Property

_ANY = Every(())


@dataclass(frozen=True, slots=True)
class Batch:
    """The records of a noun by the values of one key: a row each, or null; equal values give equal rows."""

    noun: str
    key: Property
    source: Source
    columns: tuple[Column, ...]
    where: Predicate = _ANY


@dataclass(frozen=True, slots=True)
class Entities(Root):
    """A list of its batches' rows."""

    batches: tuple[Batch, ...]

    def guarded(self, see: See) -> Entities:
        """The records that may be seen. Raises RuleCannotBeCompiled for a key that not everybody may see."""
        return replace(self, batches=tuple(_guarded(each, see) for each in self.batches))


class WritesRows(Writes, Protocol):
    """What writes rows beside: `render.Writer`."""

    def row(self, columns: tuple[Column, ...], place: Place, *more: str) -> str:
        """The list of a record's columns."""
        ...


def written(entities: Entities, place: Place, writer: WritesRows) -> str:
    """The column."""
    return f"[{', '.join(_batch(each, place, writer) for each in entities.batches)}]"


def _guarded(batch: Batch, see: See) -> Batch:
    if batch.key.restricted:
        message = f"{batch.noun} is no entity by {batch.key.name}, which not everybody may see"
        raise RuleCannotBeCompiled(message)
    return replace(batch, where=every(*see(batch.noun), batch.where))


def _batch(batch: Batch, place: Place, writer: WritesRows) -> str:
    """An index seek a key; COLLECT keeps the null of a key that nobody has (`collect()` would drop it)."""
    names = place.names
    key, record = names.variable("key"), names.variable(batch.noun[0].lower() + batch.noun[1:])
    here = Place(names, record, batch.noun)
    match = (
        f"UNWIND {names.parameter(batch.source)} AS {key} "
        f"OPTIONAL MATCH ({record}:{batch.noun} {{{batch.key.name}: {key}}})"
    )
    seen = "" if batch.where == _ANY else f" WHERE {writer.predicate(batch.where, here)}"
    row = f"CASE WHEN {record} IS NOT NULL THEN {writer.row(batch.columns, here)} END"
    return f"COLLECT {{ {match}{seen} {returned(row, here, batch.columns)} }}"
