"""Exact totals: of all records of a noun from the store's own count, less those that may not be seen.

The count of a label is one look-up however many there are; what is hidden is found by the index of `visibility`, on both sides
of "public", so that no value whatever is taken for it; where visibility is asked so often the planner must be told to use it. Every record of a guarded noun has a visibility (`words.Noun.visible`).
"""

from __future__ import annotations

from graph_store.cypher.ast import Many, Visible
from graph_store.cypher.levels import seen
from graph_store.cypher.names import Place
from graph_store.cypher.operands import Renderer
from graph_store.model.words import Noun


def of_all_visible(many: Many) -> Noun | None:
    """The noun of which all records are counted that the viewer may see, and nothing else is asked of them."""
    noun = many.source
    is_all = isinstance(noun, Noun) and many.where == Visible(noun.name) and not many.granted
    return noun if is_all and isinstance(noun, Noun) else None


def less_hidden(noun: Noun, place: Place, renderer: Renderer) -> str:
    """The total of `of_all_visible`."""
    counts = [f"COUNT {{ MATCH ({place.names.variable(noun.plural)}:{noun.name}) }}"]
    for side in "<>":
        here = Place(place.names, place.names.variable(noun.plural), noun.name)
        counts.append(
            f"COUNT {{ MATCH ({here.record}:{noun.name}) USING INDEX SEEK {here.record}:{noun.name}(visibility) "
            f"WHERE {here.record}.visibility {side} 'public' "
            f"AND NOT {seen(renderer, noun.name, here)} }}"
        )
    return " - ".join(counts)
