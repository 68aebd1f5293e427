"""The history of a record: its entries of the change log, the latest first, and whatever is needed to tell no more of them than may be seen.

An entry holds values as JSON text, which the store cannot look into. So it gives that text with what decides about it: which
levels of the record's fields the viewer may see, and of the records named in it those that may be seen. What is told is made of
these by `resolvers/told_changes.py`. Who did it and by which command is told to the network alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph_store.cypher.ast import Case, Root
from graph_store.cypher.levels import entitled, viewer
from graph_store.cypher.names import Place
from graph_store.cypher.shown import See, Writes, guarded, shown, told
from graph_store.cypher.sources import CursorKey, Source
from graph_store.model import Model
from graph_store.model.words import PUBLIC, Level

MOST_TIES = 50
"""So many ends of relations are looked up for an entry; those beyond are not told."""

IMPORT = "import "
"""How the commands of imports begin."""

_PERSON = "person"


@dataclass(frozen=True, slots=True)
class History(Root):
    """What was done with a record; `people`: who did it, `cases`: what its entries name, `runs`: by which import; `by`: only by such actors.

    A list of items: instant, command, kind of actor, who, in whose place, whether it made the record, import, values
    [noun, whether the viewer is in the network, levels, before, after, [id, record] for each end that may be seen], number.
    """

    of: Source
    count: Source
    cursor: Source | None
    cases: tuple[Case, ...]
    people: tuple[Case, ...]
    runs: tuple[Case, ...]
    by: frozenset[str] | None

    def guarded(self, see: See) -> History:
        """The history of what may be seen, which tells of nothing else."""
        return replace(
            self,
            cases=guarded(self.cases, see),
            people=guarded(self.people, see),
            runs=guarded(self.runs, see),
        )


def written(asked: History, place: Place, writer: Writes) -> str:
    """The column."""
    names = place.names
    record, entry = names.variable("record"), names.variable("entry")
    kinds = sorted(asked.by or ())
    only = "" if asked.by is None else f" AND {_kind_of_actor(entry)} IN {kinds}"
    before = "" if asked.cursor is None else f" AND {entry}.seq < {_number(asked.cursor, place)}"
    item = ", ".join(
        [
            f"{entry}.at",
            f"CASE WHEN {viewer(place)}.network THEN {entry}.command END",
            _kind_of_actor(entry),
            _who(asked, f"{entry}.actor", place, writer),
            _who(asked, f"{entry}.actingFor", place, writer),
            f"coalesce({entry}.before, '{{}}') = '{{}}'",
            _run(asked, entry, place, writer),
            _values(asked, record, entry, place, writer),
            f"{entry}.seq",
        ]
    )
    return (
        f"[coalesce(head(COLLECT {{ MATCH ({record}:Record {{id: {names.parameter(asked.of)}}}) "
        f"WHERE {shown(writer, asked.cases, record, place)} "
        f"RETURN COLLECT {{ MATCH ({entry}:Change) USING INDEX {entry}:Change(nodeId, seq) "
        f"WHERE {entry}.nodeId = {record}.id AND {entry}.seq > 0{before}{only} "
        f"WITH {entry} ORDER BY {entry}.nodeId DESC, {entry}.seq DESC LIMIT {names.limit(asked.count)} "
        f"RETURN [{item}] }} }}), [])]"
    )


def _number(cursor: Source, place: Place) -> str:
    return place.names.parameter(CursorKey(cursor, 0))


def _kind_of_actor(entry: str) -> str:
    return (
        f"CASE WHEN {entry}.command STARTS WITH '{IMPORT}' THEN 'import' "
        f"WHEN {entry}.actor CONTAINS '-{_PERSON}-' THEN '{_PERSON}' "
        f"WHEN {entry}.actor = 'hub' THEN 'hub' ELSE 'program' END"
    )


def _who(asked: History, id_: str, place: Place, writer: Writes) -> str:
    """The person, for a viewer in the network who may see them."""
    who = place.names.variable("who")
    seen = shown(writer, asked.people, who, place)
    row = writer.cases(told(asked.people), who, place)
    return (
        f"head(COLLECT {{ MATCH ({who}:Record {{id: {id_}}}) "
        f"WHERE {viewer(place)}.network AND {seen} RETURN {row} }})"
    )


def _run(asked: History, entry: str, place: Place, writer: Writes) -> str:
    """The import that wrote the entry: its id begins the key of each of its writes."""
    run = place.names.variable("run")
    row = writer.cases(told(asked.runs), run, place)
    return (
        f"head(COLLECT {{ MATCH ({run}:Record {{id: split({entry}.requestKey, '/')[0]}}) "
        f"WHERE {entry}.command STARTS WITH '{IMPORT}' AND {shown(writer, asked.runs, run, place)} RETURN {row} }})"
    )


def _values(asked: History, record: str, entry: str, place: Place, writer: Writes) -> str:
    names = place.names
    end, far, part = (names.variable(word) for word in ("end", "far", "part"))
    text = f"coalesce({entry}.before, '') + coalesce({entry}.after, '')"
    # a quote within a value is written with a backslash, so this begins an id of a relation's end and nothing else
    ids = f"""[{part} IN split({text}, '"id":"')[1..{MOST_TIES + 1}] | split({part}, '"')[0]]"""
    ends = (
        f"COLLECT {{ UNWIND {ids} AS {end} MATCH ({far}:Record {{id: {end}}}) "
        f"WHERE {shown(writer, asked.cases, far, place)} "
        f"RETURN [{end}, {writer.cases(told(asked.cases), far, place)}] }}"
    )
    levels = _levels(asked, record, place, writer)
    return (
        f"[{entry}.noun, {viewer(place)}.network, {levels}, {entry}.before, {entry}.after, {ends}]"
    )


def _levels(asked: History, record: str, place: Place, writer: Writes) -> str:
    """The levels of the record's restricted fields that the viewer may see."""
    branches = []
    for case in asked.cases:
        here = Place(place.names, record, case.noun)
        cells = [
            f"CASE WHEN {entitled(writer, case.noun, level, here)} THEN '{level.value}' END"
            for level in _restricted(writer.model, case.noun)
        ]
        if cells:
            branches.append(f"WHEN {record}:{case.noun} THEN [{', '.join(cells)}]")
    return f"CASE {' '.join(branches)} ELSE [] END" if branches else "[]"


def _restricted(model: Model, noun: str) -> Iterator[Level]:
    found = (each.level for each in model[noun].properties if each.level is not PUBLIC)
    return iter(dict.fromkeys(found))
