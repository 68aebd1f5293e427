"""Where little of a noun is open, pages and figures begin at what the viewer may see, and not at what is hidden.

Three arms give each such record once: what is public, what is the network's, both by the index of `visibility`; and what is left
of the records that lie around the viewer, at the institutions they are at home at, at those that share with them, and about
themselves. Of the last each is asked whether it may be seen, as everywhere: the arm only knows where to look (decision 13).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph_store.cypher.levels import Patterns, openly, specially, viewer
from graph_store.cypher.names import Place
from graph_store.model import Hop
from graph_store.model.words import NETWORK, PUBLIC, Noun


def granted(noun: Noun, record: str, place: Place, known: Patterns) -> str:
    """The clauses that find all records of a noun that the viewer may see, each once."""
    here = Place(place.names, record, noun.name)
    of_network = (
        f"CASE WHEN {viewer(here)}.network THEN '{NETWORK.value}' END"  # null finds nothing
    )
    levels = (f"'{PUBLIC.value}'", of_network)
    arms = [
        f"MATCH ({record}:{noun.name}) WHERE {record}.visibility = {level} RETURN {record}"
        for level in levels
    ]
    around, outer = " UNION ".join(_around(noun, here, known)), place.names.carrying()
    if around:
        is_open = "".join(f"WHEN {test} THEN false " for test in openly(here))
        arms.append(
            f"CALL ({outer}) {{ {around} }} WITH {place.names.carrying(record)} "
            f"WHERE CASE {is_open}ELSE {specially(known, noun.name, here)} END RETURN {record}"
        )
    return f"CALL ({outer}) {{ {' UNION ALL '.join(arms)} }}"


def number_around(noun: Noun, place: Place, known: Patterns) -> str:
    """How many records lie around the viewer, at most: counted by the store, without a look at any."""
    ids = _holders(noun, place) if noun.holders else "[]"
    hops = known.model.holders(noun.name)
    if not hops:
        return f"size({ids})"
    each, end = place.names.variable("each"), place.names.variable("end")
    bare = (known.pattern(replace(hop, labelled=False), "", end) for hop in hops)
    edges = " + ".join(f"COUNT {{ {pattern} }}" for pattern in bare)
    found = f"UNWIND {ids} AS {each} MATCH ({end}:Institution {{id: {each}}}) RETURN {edges}"
    return f"reduce(all = 0, one IN COLLECT {{ {found} }} | all + one)"


def _around(noun: Noun, place: Place, known: Patterns) -> Iterator[str]:
    """The queries of the records around the viewer; a record may be given by several, though by none of them twice."""
    model, record = known.model, place.record
    held: tuple[Hop | None, ...] = model.holders(noun.name) or (None,) * bool(noun.holders)
    ends = [(hop, "Institution", _holders(noun, place)) for hop in held]
    if noun.subject is not None:
        ends.append((model.subject(noun.name), "Person", f"[{viewer(place)}.person]"))
    for hop, label, ids in ends:
        each, far = place.names.variable("each"), place.names.variable("end")
        if hop is None:
            found = f"MATCH ({record}:{noun.name} {{id: {each}}})"
        else:
            edge = known.pattern(hop, record, far)
            found = f"MATCH ({far}:{label} {{id: {each}}}) MATCH {edge} WHERE {record}:{noun.name}"
        yield f"UNWIND {ids} AS {each} {found} RETURN DISTINCT {record}"


def _holders(noun: Noun, place: Place) -> str:
    """The ids of the institutions at which there may be something: home, and who shares all or some kinds."""
    asking, by = viewer(place), noun.shared_by
    homes = f"{asking}.institutions"
    if by is None:
        return homes
    shared = f"coalesce({asking}.shared.{by.clause}, [])"
    if by.kinds is None:
        return f"{homes} + {shared}"
    of_kinds = (
        f"[each IN {shared} WHERE each CONTAINS '/' "
        "| left(each, size(each) - size(last(split(each, '/'))) - 1)]"
    )
    return f"{homes} + {shared} + {of_kinds}"
