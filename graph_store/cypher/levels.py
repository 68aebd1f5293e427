"""Who may see a record, and a restricted field of it → Cypher over the one map of the viewer; unknown means hidden.

    public ⊂ network ⊂ agreement ⊂ institution ⊂ self       whoever may see the stricter may see the wider

Cheap tests come first: most records are public, and whether the viewer is in the network is known without a look at the graph.
Who is not has no home and is shared nothing, so of them a hidden record is asked one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from graph_store.cypher.names import VIEWING, Place
from graph_store.cypher.sources import Today
from graph_store.model import Hop, Model
from graph_store.model.words import (
    AGREEMENT,
    INSTITUTION,
    ITSELF,
    NETWORK,
    PUBLIC,
    SELF,
    Level,
    Noun,
    SharedBy,
)

Test = tuple[tuple[Level, ...], str, str]
"""An expression that is true for whoever may see what has these levels; before it what must hold and costs nothing, ` AND `."""


class Patterns(Protocol):
    """What is known beside the tree: `operands.Renderer`."""

    model: Model

    def pattern(self, hop: Hop, near: str, far: str, edge: str = "") -> str:
        """`(near)-[edge:TYPE]->(far)`."""
        ...


def viewer(place: Place) -> str:
    """The viewer's map."""
    return place.names.parameter(VIEWING)


def seen(known: Patterns, noun: str, place: Place) -> str:
    """Whether the viewer may see the record, by its stored visibility; true or false, never null."""
    cases = [f"WHEN {test} THEN true" for test in openly(place)]
    return f"CASE {' '.join([*cases, *_granted_cases(known, noun, place)])} ELSE false END"


def openly(place: Place) -> tuple[str, str]:
    """The tests that are the same for every noun: the record is public, or the network's and the viewer in it."""
    stored = f"{place.record}.visibility"
    of_network = f"{viewer(place)}.network AND {stored} = '{NETWORK.value}'"
    return f"{stored} = '{PUBLIC.value}'", of_network


def specially(known: Patterns, noun: str, place: Place) -> str:
    """Whether the viewer may see a record that they do not see `openly`."""
    cases = _granted_cases(known, noun, place)
    return f"CASE {' '.join(cases)} ELSE false END" if cases else "false"


def _granted_cases(known: Patterns, noun: str, place: Place) -> list[str]:
    stored, cases = f"{place.record}.visibility", []
    for levels, first, test in _tests(known, noun, place):
        among = ", ".join(f"'{level.value}'" for level in levels)
        is_one = f"IN [{among}]" if len(levels) > 1 else f"= {among}"
        cases.append(f"WHEN {first}{stored} {is_one} AND {test} THEN true")
    return cases


def entitled(known: Patterns, noun: str, level: Level, place: Place) -> str:
    """Whether the viewer may see the record's fields of that level; not true, where a right is unknown."""
    if level is PUBLIC:
        return "true"
    tests = [first + test for _, first, test in _tests(known, noun, place, level)]
    if level is NETWORK:
        tests.insert(0, f"{viewer(place)}.network")
    if len(tests) == 1:
        return tests[0]
    cases = " ".join(f"WHEN {test} THEN true" for test in tests)
    return f"CASE {cases} ELSE false END" if cases else "false"


def oneself(known: Patterns, noun: str, place: Place) -> str | None:
    """Whether the record is about the viewer; None where a noun's records are about nobody."""
    model, person = known.model, f"{viewer(place)}.person"
    hop = model.subject(noun)
    if hop is not None:
        subject = place.names.variable("subject")
        return f"EXISTS {{ MATCH {known.pattern(hop, place.record, subject)} WHERE {subject}.id = {person} }}"
    return f"{place.record}.id = {person}" if model[noun].subject == "id" else None


def _tests(known: Patterns, noun: str, place: Place, wanted: Level | None = None) -> Iterator[Test]:
    """The tests beyond the network's, those for all levels or for one, the most likely first."""
    declared = known.model[noun]
    if declared.holders:
        by, first = declared.shared_by, f"{viewer(place)}.network AND "
        # where a clause may share them, one walk to the holder asks for both
        shared = (AGREEMENT,) if by else (AGREEMENT, INSTITUTION)
        if wanted is None or wanted in shared:
            yield shared, first, _held(known, declared, by, place)
        if by and wanted in {None, INSTITUTION}:
            yield (INSTITUTION,), first, _held(known, declared, None, place)
    own = oneself(known, noun, place)
    if own is not None:
        yield (NETWORK, AGREEMENT, INSTITUTION, SELF), "", own


def _held(known: Patterns, noun: Noun, by: SharedBy | None, place: Place) -> str:
    """Whether the viewer is at home at who answers for the record today, or such a clause shares it with them."""
    if noun.holders == ITSELF:
        return _granted(f"{place.record}.id", by, place)
    *first, last = (_led(known, hop, by, place) for hop in known.model.holders(noun.name))
    cases = " ".join(f"WHEN {test} THEN true" for test in first)
    return f"CASE {cases} ELSE {last} END" if cases else last


def _led(known: Patterns, hop: Hop, by: SharedBy | None, place: Place) -> str:
    """Whether this way leads today to an institution that is the viewer's, or shares with them."""
    holder = place.names.variable("holder")
    granted = _granted(f"{holder}.id", by, place)
    if not any(each.name == "until" for each in hop.edge.properties):
        return f"EXISTS {{ MATCH {known.pattern(hop, place.record, holder)} WHERE {granted} }}"
    edge = place.names.variable("held")
    goes_on = f"coalesce({edge}.until >= {place.names.parameter(Today())}, true)"
    return f"EXISTS {{ MATCH {known.pattern(hop, place.record, holder, edge)} WHERE {goes_on} AND {granted} }}"


def _granted(holder: str, by: SharedBy | None, place: Place) -> str:
    at_home = f"{holder} IN {viewer(place)}.institutions"
    if by is None:
        return at_home
    shared = f"{viewer(place)}.shared.{by.clause}"  # null where no agreement shares anything
    if by.kinds is None:
        return f"CASE WHEN {at_home} THEN true ELSE {holder} IN {shared} END"
    kind = f"{holder} + '/' + {place.record}.{by.kinds}"
    return f"CASE WHEN {at_home} THEN true WHEN {holder} IN {shared} THEN true ELSE {kind} IN {shared} END"
