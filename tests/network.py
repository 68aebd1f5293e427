"""A small network of institutions, people, agreements and what they hold, laid out in words by the tests of rights."""

from __future__ import annotations

from typing import Any

from neo4j import AsyncDriver

from tests import graph
from tests.slow.graph import Graph, Tie

TODAY = "2026-11-25"
STAMP = {
    "synthetic": True,
    "version": 1,
    "createdAt": "2026-01-01T00:00:00.000Z",
    "updatedAt": "2026-01-01T00:00:00.000Z",
    "aliases": [],
}


class Network:
    """What is laid out so far; every method gives the new record's id."""

    def __init__(self) -> None:
        self.graph = Graph({})
        self._clauses = 0

    async def write(self, driver: AsyncDriver) -> None:
        """Put it into the graph that was wiped before."""
        await graph.write(driver, self.graph)

    def division(self, word: str, parent: str | None = None, code: str = "510000") -> str:
        """A division, within another."""
        id_ = self._record("Division", word, code=code, level="province")
        self._ties("PART_OF", id_, [parent] if parent else [])
        return id_

    def institution(
        self, word: str, *, part_of: Any = (), located_in: str | None = None, **values: Any
    ) -> str:
        """An institution; `part_of` is one id or several, or a dictionary of ids to the edge's days."""
        id_ = self._visible(
            "Institution", word, **{"kind": "institute", "status": "active", **values}
        )
        above = {part_of: {}} if isinstance(part_of, str) else part_of
        days = above if isinstance(above, dict) else {each: {} for each in above}
        for parent, properties in days.items():
            self.tie("PART_OF", id_, parent, **properties)
        self._ties("LOCATED_IN", id_, [located_in] if located_in else [])
        return id_

    def person(self, word: str, role: str | None = None, at: str = "", **values: Any) -> str:
        """A person with a role at an institution, where they also belong."""
        days = {each: values.pop(each) for each in ("since", "until") if each in values}
        id_ = self._visible("Person", word, **values)
        if at:
            self.tie("AFFILIATED_WITH", id_, at, role="employee")
        if role:
            self.role(id_, role, at, **days)
        return id_

    def role(self, person: str, role: str, at: str, **properties: Any) -> None:
        """One more role."""
        self.tie("HOLDS", person, at, role=role, **properties)

    def agreement(self, word: str, *parties: str, **values: Any) -> str:
        """An agreement between the parties, in force unless told otherwise."""
        given = {"kind": "resource_sharing", "status": "signed", "effectiveOn": "2020-04-15"}
        id_ = self._visible("Agreement", word, **{**given, **values})
        self._ties("PARTY_TO", id_, parties, turned=True)
        return id_

    def clause(
        self, agreement: str, kind: str, *, binds: Any = (), within: Any = (), **values: Any
    ) -> str:
        """A clause of the agreement."""
        self._clauses += 1
        given = {"kind": kind, "scopeKinds": [], **values}
        id_ = self._visible("Clause", f"{kind}-{self._clauses}", **given)
        self.tie("GRANTS", agreement, id_)
        self._ties("BINDS", id_, binds)
        self._ties("WITHIN", id_, within)
        return id_

    def instrument(self, word: str, owner: str, **values: Any) -> str:
        """An instrument that agreements share, unless told otherwise."""
        given = {"category": "analytical", "status": "available", "measuredVariables": []}
        given |= {"visibility": "agreement", **values}
        id_ = self._record("Instrument", word, **given)
        self.tie("OWNED_BY", id_, owner)
        return id_

    def dataset(self, word: str, keeper: str, **values: Any) -> str:
        """A dataset that agreements share, unless told otherwise."""
        id_ = self._record("Dataset", word, **{"visibility": "agreement", **values})
        self.tie("KEPT_BY", id_, keeper)
        return id_

    def project(self, word: str, *institutions: str, **values: Any) -> str:
        """A project of institutions."""
        id_ = self._visible("Project", word, **{"kind": "research", **values})
        self._ties("PARTICIPATES_IN", id_, institutions, turned=True)
        return id_

    def tie(self, type_: str, start: str, end: str, **properties: Any) -> None:
        """An edge."""
        self.graph.ties.append(Tie(type_, start, end, properties))

    def _ties(self, type_: str, near: str, far: Any, *, turned: bool = False) -> None:
        for each in far:
            self.tie(type_, *((each, near) if turned else (near, each)))

    def _visible(self, noun: str, word: str, **values: Any) -> str:
        return self._record(noun, word, **{"visibility": "public", **values})

    def _record(self, noun: str, word: str, **values: Any) -> str:
        id_ = f"cd-{noun.lower()}-{word}"
        record = {**STAMP, "id": id_, "name": word, **values}
        self.graph.records.setdefault(noun, []).append(record)
        return id_
