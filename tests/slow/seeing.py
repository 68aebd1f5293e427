"""Who may see what, rule by rule, in the most obvious way: no text of the compiler's, no map of the viewer's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from auth.viewer import Scope, Viewer
from graph_store.model import Hop, Model
from graph_store.model.words import Level, Mask, Property
from graph_store.rights import Role
from tests.slow.graph import Graph, Properties, Tie

STRICTER = ("public", "network", "agreement", "institution", "self")


@dataclass(frozen=True, slots=True)
class Seeing:
    """A viewer before a graph, and the personal data that they were told so far, as (noun, id, field)."""

    graph: Graph
    model: Model
    viewer: Viewer
    today: str
    told: set[tuple[str, str, str]] = field(default_factory=set)

    def sees(self, noun: str, record: Properties) -> bool:
        """Whether the viewer may see the record."""
        declared = self.model[noun]
        if declared.readers and not any(self.has(role) for role in declared.readers):
            return False
        return declared.visible is None or self.opens(noun, record, record["visibility"])

    def follows(self, hop: Hop) -> bool:
        """Whether the viewer may follow the edge."""
        return hop.edge.level is Level.PUBLIC or self.viewer.rights.in_network

    def has(self, role: Role) -> bool:
        """Whether the viewer holds the role and came with something that may be used for it."""
        may = role is not Role.AUDITOR or Scope.AUDIT in self.viewer.scopes
        return may and self.viewer.rights.has(role)

    def opens(self, noun: str, record: Properties, level: str) -> bool:
        """Whether the viewer may see what has that level, by it or by a stricter one."""
        if level not in STRICTER:
            return False
        at_least = STRICTER[STRICTER.index(level) :]
        return any(self._is_of(noun, record, each) for each in at_least)

    def _is_of(self, noun: str, record: Properties, level: str) -> bool:
        match level:
            case "public":
                return True
            case "network":
                return self.viewer.rights.in_network
            case "agreement":
                return self._is_shared(noun, record)
            case "institution":
                homes = self.viewer.rights.institutions
                return any(holder in homes for holder in self._holders(noun, record))
        return self.is_oneself(noun, record)

    def is_oneself(self, noun: str, record: Properties) -> bool:
        """Whether the record is about the viewer."""
        person, hop = self.viewer.person, self.model.subject(noun)
        if person is None:
            return False
        if hop is not None:
            return any(far["id"] == person for far, _ in self.graph.across(hop, record))
        return self.model[noun].subject == "id" and record["id"] == person

    def _is_shared(self, noun: str, record: Properties) -> bool:
        by = self.model[noun].shared_by
        if by is None:
            return False
        shared = self.viewer.rights.shared.get(by.clause, ())
        for holder in self._holders(noun, record):
            if holder in shared:
                return True
            if by.kinds is not None and f"{holder}/{record.get(by.kinds)}" in shared:
                return True
        return False

    def _holders(self, noun: str, record: Properties) -> list[str]:
        if self.model[noun].holders == ("id",):
            return [record["id"]]
        ways = (self.graph.across(hop, record) for hop in self.model.holders(noun))
        return [far["id"] for ties in ways for far, tie in ties if self.goes_on(tie)]

    def goes_on(self, tie: Tie) -> bool:
        """Whether the edge has not ended before today."""
        until = tie.properties.get("until")
        return until is None or until >= self.today

    # ----------------------------------------------------------------------------------------------------------- fields
    def reads(self, noun: str, record: Properties, declared: Property) -> bool:
        """Whether the viewer may see the field in full, and so ask by it."""
        if declared.personal and Scope.PERSONAL not in self.viewer.scopes:
            return False
        return self.opens(noun, record, declared.level.value)

    def shown(self, noun: str, record: Properties, declared: Property, value: Any) -> Any:
        """A field as the viewer is told it."""
        if not declared.personal or value is None:
            return value if self.reads(noun, record, declared) else None
        if self.reads(noun, record, declared):
            if not self.is_oneself(noun, record):
                self.told.add((noun, record["id"], declared.name))
            return value
        return _masked(declared, str(value)) if self.viewer.rights.in_network else None


def _masked(declared: Property, value: str) -> str:
    if declared.mask is Mask.PHONE:
        return f"{value[:3]}****{value[-4:]}" if len(value) > 7 else "****"
    return f"{value[:1]}***@{value.rsplit('@', 1)[1]}" if "@" in value else "***"
