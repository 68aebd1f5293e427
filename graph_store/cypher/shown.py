"""Records of any noun, met while searching or walking: which of them are wanted and may be seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from graph_store.cypher.ast import Case, Either, Every, Predicate, ReadBy, Visible
from graph_store.cypher.levels import Patterns, among, openly
from graph_store.cypher.names import Place
from graph_store.cypher.passes.settle import every

_NEVER = Either(())

See = Callable[[str], tuple[Predicate, ...]]


class Writes(Patterns, Protocol):
    """What writes predicates and records: `render.Writer`."""

    def predicate(self, node: object, place: Place) -> str:
        """The expression of a predicate."""
        ...

    def cases(
        self, cases: tuple[Case, ...], record: str, place: Place, *, known: bool = False
    ) -> str:
        """A record of any noun: its case's number and columns."""
        ...


def guarded(cases: tuple[Case, ...], see: See) -> tuple[Case, ...]:
    """The cases, each with the condition under which a record of its noun may be met: what only a role reads never is."""
    return tuple(replace(case, where=_met(see(case.noun), case)) for case in cases)


def _met(conditions: tuple[Predicate, ...], case: Case) -> Predicate:
    is_for_a_role = any(isinstance(each, ReadBy) for each in conditions)
    return _NEVER if is_for_a_role else every(*conditions, case.where)


def shown(writer: Writes, cases: tuple[Case, ...], record: str, place: Place) -> str:
    """Whether a record is one of the cases' and may be seen; a public one costs two look-ups, whatever its noun."""
    anything = Place(place.names, record, "")
    guardable = [case.noun for case in cases if case.where == Visible(case.noun)]
    free = [case.noun for case in cases if case.where == Every(())]
    # what a role reads comes first, since its record may be public besides
    branches = [
        f"WHEN {record}:{case.noun} THEN {seen}"
        for case in cases
        if case.noun not in {*guardable, *free}
        and (seen := writer.predicate(case.where, Place(place.names, record, case.noun))) != "false"
    ]
    if guardable:
        is_one = f"{record}:{'|'.join(guardable)}"
        branches += [f"WHEN {test} THEN {is_one}" for test in openly(anything)]
    branches += [f"WHEN {record}:{noun} THEN true" for noun in free]
    branches += [f"WHEN {test} THEN true" for test in among(writer, guardable, anything)]
    return f"CASE {' '.join(branches)} ELSE false END" if branches else "false"


def told(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """The cases for records of which it is settled that they are `shown`: that need not be asked again."""
    return tuple(replace(case, where=Every(())) for case in cases)
