"""Personal data as a column: the full value with whose it is, so that reading it can be noted; to the network a mask.

null · [masked] · [one's own] · [full, id]
"""

from __future__ import annotations

from graph_store.cypher.ast import Personal
from graph_store.cypher.levels import Patterns, entitled, oneself, viewer
from graph_store.cypher.names import Place
from graph_store.cypher.operands import stored
from graph_store.model.words import Mask


def written(personal: Personal, place: Place, known: Patterns) -> str:
    """The column: what the viewer may know of it."""
    declared, noun = personal.property, personal.noun
    value, asking = stored(declared, place.record, place), viewer(place)
    own = oneself(known, noun, place)
    cases = [
        f"WHEN {value} IS NULL THEN null",
        *([] if own is None else [f"WHEN {asking}.personal AND {own} THEN [{value}]"]),
        f"WHEN {asking}.personal AND {entitled(known, noun, declared.level, place)} THEN [{value}, {place.record}.id]",
    ]
    if declared.mask is not None:
        cases.append(f"WHEN {asking}.network THEN [{masked(declared.mask, value)}]")
    return f"CASE {' '.join(cases)} END"


def masked(mask: Mask, value: str) -> str:
    """A value as the network reads it: enough to recognise what one knows, too little to learn it."""
    text = f"toString({value})"
    if mask is Mask.PHONE:
        return f"CASE WHEN size({text}) > 7 THEN left({text}, 3) + '****' + right({text}, 4) ELSE '****' END"
    return (
        f"CASE WHEN {text} CONTAINS '@' THEN left({text}, 1) + '***@' + last(split({text}, '@')) "
        "ELSE '***' END"
    )
