"""Search: records of all nouns by the words in them, best first, of which at most a thousand are ranked.

An identifier that was typed comes before all words. The index is lazy and gives the best first, so what may not be seen is
passed over while hits are taken (`compiler.md` §8): nothing hidden is found, counted or in a facet. Equal scores stay in the
index's own order and a cursor is a position in it, so that no more hits are read than a page needs (decision 11).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph_store.cypher.ast import Case, Every, Root
from graph_store.cypher.names import Place
from graph_store.cypher.shown import See, Writes, guarded, shown, told
from graph_store.cypher.sources import CursorKey, Recognised, Source, Typed
from graph_store.model import Model
from graph_store.model.words import Kind, Noun, Property

INDEX = "search"
RANKED = 1_000
IDENTIFIED = 1_000.0
"""The score of a record found by its identifier; words score less."""


@dataclass(frozen=True, slots=True)
class Search(Root):
    """The hits of typed `text` among `cases`, one a noun, with `nouns` beside them; `narrowed`: not all nouns are searched.

    A quadruple: items (record, [case, text, searched values], score, position from 1), total, whether that is capped,
    (case, count)s. `whole`: total or facets are asked for; without them only the hits of the page are
    read. `marked`: highlights are asked for, and their texts with them.
    """

    text: Source
    cases: tuple[Case, ...]
    nouns: tuple[Noun, ...]
    narrowed: bool
    count: Source
    cursor: Source | None
    whole: bool
    facets: bool
    marked: bool

    def guarded(self, see: See) -> Search:
        """The search among what may be seen."""
        return replace(self, cases=guarded(self.cases, see))


def searched(noun: Noun) -> tuple[Property, ...]:
    """The properties whose words are found."""
    return tuple(each for each in noun.properties if each.searchable)


def identifying(noun: Noun) -> tuple[Property, ...]:
    """The properties that are recognised when typed: the id, and what has a scheme."""
    return tuple(
        each
        for each in noun.properties
        if each.key and not each.restricted and (each.scheme or each.kind is Kind.ID)
    )


def index_of(noun: Noun, model: Model) -> str:
    """The index of one noun's words; the only noun that has any needs no other than the one over all."""
    return f"{INDEX}_{noun.word}" if sum(bool(searched(each)) for each in model) > 1 else INDEX


def written(search: Search, place: Place, writer: Writes) -> str:
    """The column: the hits that are needed, from which page, total and facets are taken."""
    clauses, found = body(search, place, writer)
    # not `head` nor `[0]`: inside those the database neither flattens what is nested nor counts what it costs
    return f"last(COLLECT {{ {clauses} RETURN {found} }})"


def body(search: Search, place: Place, writer: Writes) -> tuple[str, str]:
    """The clauses that find what was typed, and the name of what they find."""
    names = place.names
    first, hits, found = (names.variable(word) for word in ("first", "hits", "found"))
    arms = list(_by_words(search, place, writer, first))
    together = " + ".join(
        [f"[each IN {first} | [each, {IDENTIFIED}]]", *(name for _, name in arms)]
    )
    best = hits if len(arms) == 1 else names.variable("best")
    merged = "" if len(arms) == 1 else _merged(hits, best)
    facets = _facets(search, place, best) if search.facets else "null"
    total = f"CASE WHEN size({best}) > {RANKED} THEN {RANKED} ELSE size({best}) END"
    figures = f"{total}, size({best}) > {RANKED}" if search.whole else "null, null"
    kept = names.carrying(f"{together} AS {hits}")
    clauses = (
        f"{_by_identifier(search, place, writer, first)}{''.join(text for text, _ in arms)}"
        f"WITH {kept} {merged}"
        f"WITH {best}, [{_page(search, place, writer, best)}, {figures}, {facets}] AS {found}"
    )
    return clauses, found


def _by_identifier(search: Search, place: Place, writer: Writes, first: str) -> str:
    """Those few records, in order of their ids."""
    text, hit = place.names.parameter(search.text), place.names.variable("hit")
    label = search.cases[0].noun if _is_of_one(search.cases) else "Record"
    arms = [f"MATCH ({hit}:{label} {{id: trim({text})}}) RETURN {hit}"]
    for noun in search.nouns:
        for each in identifying(noun):
            if each.scheme is not None:
                value = place.names.parameter(Recognised(search.text, each.scheme))
                arms.append(f"MATCH ({hit}:{noun.name} {{{each.name}: {value}}}) RETURN {hit}")
    any_of_them, outer = " UNION ".join(arms), place.names.carrying()
    return (
        f"CALL ({outer}) {{ CALL ({outer}) {{ {any_of_them} }} WITH {place.names.carrying(hit)} WHERE {_seen(writer, search.cases, hit, place)} "
        f"WITH {hit} ORDER BY {hit}.id RETURN collect({hit}) AS {first} }} "
    )


def _by_words(
    search: Search, place: Place, writer: Writes, first: str
) -> Iterator[tuple[str, str]]:
    """A list of hits from each index, and its name.

    All nouns share one index; fewer are asked each in its own, so that rare ones are not lost behind common ones.
    """
    names, asked, model = place.names, place.names.parameter(Typed(search.text)), writer.model
    indexes = {INDEX: search.cases}
    if search.narrowed:
        pairs = zip(search.nouns, search.cases, strict=True)
        indexes = {index_of(noun, model): (case,) for noun, case in pairs if searched(noun)}
    for index, cases in indexes.items():
        hit, words = names.variable("hit"), names.variable("words")
        seen, needed = _seen(writer, cases, hit, place), _needed(search, place)
        call = (  # not with the procedure's own `limit`: its order of equal scores is another for each limit
            f"CALL ({names.carrying(first)}) {{ CALL db.index.fulltext.queryNodes('{index}', {asked}) YIELD node AS {hit}, score "
            f"WITH {hit}, score WHERE NOT {hit} IN {first}{'' if seen == 'true' else f' AND {seen}'} WITH {hit}, score LIMIT {needed} "
            f"RETURN collect([{hit}, CASE WHEN score < {IDENTIFIED} THEN score ELSE {IDENTIFIED - 1} END]) AS {words} }} "
        )
        yield call, words


def _is_of_one(cases: tuple[Case, ...]) -> bool:
    return len(cases) == 1


def _seen(writer: Writes, cases: tuple[Case, ...], record: str, place: Place) -> str:
    """Whether a hit may be seen; one of a single noun's index or unique value needs no look at its label."""
    if not _is_of_one(cases):
        return shown(writer, cases, record, place)
    (case,) = cases
    here = Place(place.names, record, case.noun)
    return "true" if case.where == Every(()) else writer.predicate(case.where, here)


def _needed(search: Search, place: Place) -> str:
    """How many hits must be read: to the end of the page, or all that are ranked and one."""
    if search.whole:
        return str(RANKED + 1)
    page = place.names.limit(search.count)
    if search.cursor is None:
        return page
    return f"{_passed(search.cursor, place)} + {page}"


def _merged(hits: str, best: str) -> str:
    """The lists of several indexes as one, best first; within a list and between equals nothing changes its place.

    In a subquery of its own, where no hit at all is still one (empty) list.
    """
    return (
        f"CALL ({hits}) {{ UNWIND range(0, size({hits}) - 1) AS at WITH at, {hits}[at] AS hit "
        f"ORDER BY hit[1] DESC, at LIMIT {RANKED + 1} RETURN collect(hit) AS {best} }} "
    )


def _page(search: Search, place: Place, writer: Writes, hits: str) -> str:
    names = place.names
    at, record, score, item = (names.variable(word) for word in ("at", "record", "score", "item"))
    begin = "0" if search.cursor is None else _passed(search.cursor, place)
    # with the record carried along, a nested count may stand beside its properties
    return (
        f"COLLECT {{ UNWIND range({begin}, size({hits}[..{RANKED}]) - 1) AS {at} "
        f"WITH {at} LIMIT {names.limit(search.count)} "
        f"WITH {hits}[{at}][0] AS {record}, {hits}[{at}][1] AS {score}, {at} "
        f"WITH {record}, {score}, {at}, [{writer.cases(told(search.cases), record, place, known=True)}, "
        f"{_texts(search, place, record) if search.marked else 'null'}, {score}, {at} + 1] AS {item} RETURN {item} }}"
    )


def _passed(cursor: Source, place: Place) -> str:
    """The position of the hit that a cursor stands for: so many come before the page."""
    return place.names.parameter(CursorKey(cursor, 0))


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
        f"COLLECT {{ UNWIND {hits}[..{RANKED}] AS {record} WITH {record}[0] AS {record} WITH CASE {cases} END AS {kind}, count(*) AS {count} "
        f"ORDER BY {count} DESC, {kind} RETURN [{kind}, {count}] }}"
    )


__all__ = [
    "IDENTIFIED",
    "INDEX",
    "RANKED",
    "Search",
    "body",
    "identifying",
    "index_of",
    "searched",
    "written",
]
