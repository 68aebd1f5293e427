"""Search: records of all nouns by the words in them, best first, of which at most a thousand are ranked.

An identifier that was typed comes before all words. The index is lazy and gives the best first, so what may not be seen is
passed over while hits are taken (`compiler.md` §8): nothing hidden is found, counted or in a facet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph_store.cypher.ast import (
    Beyond,
    Case,
    CursorKey,
    Key,
    OneMore,
    Own,
    Recognised,
    Root,
    Source,
    Typed,
)
from graph_store.cypher.names import Place
from graph_store.cypher.operands import beyond
from graph_store.cypher.shown import See, Writes, guarded, shown
from graph_store.model.words import Kind, Noun, Property

INDEX = "search"
RANKED = 1_000
IDENTIFIED = 1_000.0
"""The score of a record found by its identifier; words score less."""

_ORDER = (
    Key(Own(Property("score", Kind.NUMBER, "", "")), descending=True, nullable=False),
    Key(Own(Property("id", Kind.ID, "", "")), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Search(Root):
    """The hits of typed `text` among `cases`, one a noun, with `nouns` beside them; `narrowed`: not all nouns are searched.

    A quadruple: items (record, [case, text, searched values], score, id), total, whether that is capped, (case, count)s.
    """

    text: Source
    cases: tuple[Case, ...]
    nouns: tuple[Noun, ...]
    narrowed: bool
    count: Source
    cursor: Source | None
    facets: bool

    def guarded(self, see: See) -> Search:
        """The search among what may be seen."""
        return replace(self, cases=guarded(self.cases, see))


def searched(noun: Noun) -> tuple[Property, ...]:
    """The properties whose words are found."""
    return tuple(each for each in noun.properties if each.searchable)


def identifying(noun: Noun) -> tuple[Property, ...]:
    """The properties that are recognised when typed: the id, and what has a scheme."""
    return tuple(
        each for each in noun.properties if each.key and (each.scheme or each.kind is Kind.ID)
    )


def written(search: Search, place: Place, writer: Writes) -> str:
    """The column: one pass over the hits, from which page, total and facets are taken."""
    names = place.names
    hit, score, hits, scores, found = (
        names.variable(word) for word in ("hit", "score", "hits", "scores", "found")
    )
    facets = _facets(search, place, hits) if search.facets else "null"
    return (
        f"head(COLLECT {{ CALL () {{ {_by_identifier(search, place, hit, score)} UNION ALL "
        f"CALL () {{ {_by_words(search, place, hit, score)} }} RETURN {hit}, {score} }} "
        f"WITH {hit}, {score} WHERE {shown(writer, search.cases, hit, place)} "
        f"WITH {hit}, {score} LIMIT {RANKED + 1} "
        f"WITH {hit}, max({score}) AS {score} ORDER BY {score} DESC, {hit}.id "
        f"WITH collect({hit}) AS {hits}, collect({score}) AS {scores} "
        f"WITH {hits}, {scores}, [{_page(search, place, writer, hits, scores)}, "
        f"CASE WHEN size({hits}) > {RANKED} THEN {RANKED} ELSE size({hits}) END, "
        f"size({hits}) > {RANKED}, {facets}] AS {found} RETURN {found} }})"
    )


def _by_identifier(search: Search, place: Place, hit: str, score: str) -> str:
    text = place.names.parameter(search.text)
    arms = [f"MATCH ({hit}:Record {{id: trim({text})}}) RETURN {hit}"]
    for noun in search.nouns:
        for each in identifying(noun):
            if each.scheme is not None:
                value = place.names.parameter(Recognised(search.text, each.scheme))
                arms.append(f"MATCH ({hit}:{noun.name} {{{each.name}: {value}}}) RETURN {hit}")
    any_of_them = " UNION ".join(arms)
    return f"CALL () {{ {any_of_them} }} RETURN {hit}, {IDENTIFIED} AS {score}"


def _by_words(search: Search, place: Place, hit: str, score: str) -> str:
    """All nouns share one index; fewer are asked each in its own, so that rare ones are not lost behind common ones."""
    asked = place.names.parameter(Typed(search.text))
    own = [f"{INDEX}_{noun.word}" for noun in search.nouns if search.narrowed and searched(noun)]
    return " UNION ALL ".join(
        f"CALL db.index.fulltext.queryNodes('{index}', {asked}) YIELD node AS {hit}, score "
        f"RETURN {hit}, CASE WHEN score < {IDENTIFIED} THEN score ELSE {IDENTIFIED - 1} END AS {score}"
        for index in own or [INDEX]
    )


def _page(search: Search, place: Place, writer: Writes, hits: str, scores: str) -> str:
    names = place.names
    at, record, score, item = (names.variable(word) for word in ("at", "record", "score", "item"))
    past = ""
    if search.cursor is not None:
        keys = tuple(CursorKey(search.cursor, index) for index in range(len(_ORDER)))
        after = Beyond(_ORDER, keys, (False, False))
        past = f" WHERE {beyond(after, [score, f'{record}.id'], place)}"
    # with the record carried along, a nested count may stand beside its properties
    return (
        f"COLLECT {{ UNWIND range(0, size({hits}[..{RANKED}]) - 1) AS {at} "
        f"WITH {hits}[{at}] AS {record}, {scores}[{at}] AS {score}{past} "
        f"LIMIT {names.parameter(OneMore(search.count))} "
        f"WITH {record}, {score}, [{writer.cases(search.cases, record, place)}, "
        f"{_texts(search, place, record)}, {score}, {record}.id] AS {item} RETURN {item} }}"
    )


def _texts(search: Search, place: Place, record: str) -> str:
    """What a highlight is made of: the case, what was typed, and the values that may have matched, in the noun's order."""
    branches = []
    for number, noun in enumerate(search.nouns):
        values = ", ".join(
            f"{record}.{each.name}" for each in (*searched(noun), *identifying(noun))
        )
        branches.append(
            f"WHEN {record}:{noun.name} THEN [{number}, {place.names.parameter(search.text)}, [{values}]]"
        )
    return f"CASE {' '.join(branches)} END"


def _facets(search: Search, place: Place, hits: str) -> str:
    record, kind, count = (place.names.variable(word) for word in ("record", "kind", "count"))
    cases = " ".join(
        f"WHEN {record}:{case.noun} THEN {number}" for number, case in enumerate(search.cases)
    )
    return (
        f"COLLECT {{ UNWIND {hits}[..{RANKED}] AS {record} WITH CASE {cases} END AS {kind}, count(*) AS {count} "
        f"ORDER BY {count} DESC, {kind} RETURN [{kind}, {count}] }}"
    )


__all__ = ["IDENTIFIED", "INDEX", "RANKED", "Search", "identifying", "searched", "written"]
