"""Who may see a record, and a restricted field of it → Cypher over the one map of the viewer; unknown means hidden.

    public ⊂ network ⊂ agreement ⊂ institution ⊂ self       whoever may see the stricter may see the wider

Cheap tests come first: most records are public, and whether the viewer is in the network is known without a look at the graph.
Who is not has no home and is shared nothing, so of them a hidden record is asked one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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

_ABOUT = (NETWORK, AGREEMENT, INSTITUTION, SELF)
"""What is hidden from others at these levels is shown to whom it is about."""


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


def among(known: Patterns, nouns: Sequence[str], place: Place) -> Iterator[str]:
    """Tests, one of which is true for whoever may see a record of any of the nouns that they do not see `openly`.

    As `specially` for each noun, with the walks of all nouns in one pattern for each direction: the store plans every pattern anew
    wherever it stands, at about 0.1 s of CPU, and what meets records of any noun asks this at many places.
    """
    model, record = known.model, place.record
    here = [Place(place.names, record, noun) for noun in nouns]
    for at in here:
        if model[at.noun].subject == "id":
            yield f"{record}:{at.noun} AND {_about(place)} AND {record}.id = {viewer(place)}.person"
    about = [(at.noun, hop, _is_viewer) for at in here if (hop := model.subject(at.noun))]
    yield from _walked(about, place, _about(place))
    held = f"{viewer(place)}.network AND {_is_stored((AGREEMENT, INSTITUTION), place)}"
    for at in here:
        if model[at.noun].holders == ITSELF:
            yield f"{held} AND {record}:{at.noun} AND {_reaching(known, at.noun)(f'{record}.id', place)}"
    holding = [
        (at.noun, hop, _reaching(known, at.noun)) for at in here for hop in model.holders(at.noun)
    ]
    yield from _walked(holding, place, held)


Asked = Callable[[str, Place], str]
"""From the expression of an end's id to what is asked of it."""


def _walked(ways: Sequence[tuple[str, Hop, Asked]], place: Place, first: str) -> Iterator[str]:
    """Whether a way of the record's noun leads to such an end today; a test for each direction."""
    record = place.record
    for forward in (True, False):
        taken = [way for way in ways if way[1].forward is forward]
        if not taken:
            continue
        edge, end = place.names.variable("held"), place.names.variable("holder")
        types = "|".join(dict.fromkeys(hop.edge.type for _, hop, _ in taken))
        labels = "|".join(dict.fromkeys(noun for noun, _, _ in taken))
        pattern = f"-[{edge}:{types}]->" if forward else f"<-[{edge}:{types}]-"
        cases = " ".join(
            f"WHEN {record}:{noun} AND type({edge}) = '{hop.edge.type}' "
            f"THEN {_ongoing(hop, edge, place)}{asked(f'{end}.id', place)}"
            for noun, hop, asked in taken
        )
        yield (
            f"{first} AND {record}:{labels} AND "
            f"EXISTS {{ MATCH ({record}){pattern}({end}) WHERE CASE {cases} ELSE false END }}"
        )


def _reaching(known: Patterns, noun: str) -> Asked:
    """Whether the holder is the viewer's home, or shares with them what may be shared."""
    by = known.model[noun].shared_by

    def asked(holder: str, place: Place) -> str:
        if by is None:
            return _granted(holder, None, place)
        shared = (
            f"{place.record}.visibility = '{AGREEMENT.value}' AND {_granted(holder, by, place)}"
        )
        return f"CASE WHEN {_granted(holder, None, place)} THEN true ELSE {shared} END"

    return asked


def _is_viewer(person: str, place: Place) -> str:
    return f"{person} = {viewer(place)}.person"


def _about(place: Place) -> str:
    return _is_stored(_ABOUT, place)


def _is_stored(levels: Sequence[Level], place: Place) -> str:
    words = ", ".join(f"'{level.value}'" for level in levels)
    is_one = f"IN [{words}]" if len(levels) > 1 else f"= {words}"
    return f"{place.record}.visibility {is_one}"


def _granted_cases(known: Patterns, noun: str, place: Place) -> list[str]:
    return [
        f"WHEN {first}{_is_stored(levels, place)} AND {test} THEN true"
        for levels, first, test in _tests(known, noun, place)
    ]


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
        yield _ABOUT, "", own


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
    if not _ends(hop):
        return f"EXISTS {{ MATCH {known.pattern(hop, place.record, holder)} WHERE {granted} }}"
    edge = place.names.variable("held")
    goes_on = _ongoing(hop, edge, place)
    return f"EXISTS {{ MATCH {known.pattern(hop, place.record, holder, edge)} WHERE {goes_on}{granted} }}"


def _ends(hop: Hop) -> bool:
    return any(each.name == "until" for each in hop.edge.properties)


def _ongoing(hop: Hop, edge: str, place: Place) -> str:
    """`… AND `, where the edge may have ended; else nothing."""
    today = place.names.parameter(Today()) if _ends(hop) else ""
    return today and f"coalesce({edge}.until >= {today}, true) AND "


def _granted(holder: str, by: SharedBy | None, place: Place) -> str:
    at_home = f"{holder} IN {viewer(place)}.institutions"
    if by is None:
        return at_home
    shared = f"{viewer(place)}.shared.{by.clause}"  # null where no agreement shares anything
    if by.kinds is None:
        return f"CASE WHEN {at_home} THEN true ELSE {holder} IN {shared} END"
    kind = f"{holder} + '/' + {place.record}.{by.kinds}"
    return f"CASE WHEN {at_home} THEN true WHEN {holder} IN {shared} THEN true ELSE {kind} IN {shared} END"
