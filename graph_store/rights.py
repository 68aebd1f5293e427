"""What somebody may see and do: roles held, institutions at whose records they are at home, what agreements share with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class Role(Enum):
    """What a person, or a program, is at an institution; the edge HOLDS carries the value."""

    MEMBER = "member"
    INSTITUTION_ADMIN = "institution_admin"
    APPROVER = "approver"
    PLATFORM_ADMIN = "platform_admin"
    SERVICE = "service"
    AUDITOR = "auditor"


SUGGESTED = frozenset({Role.MEMBER, Role.APPROVER, Role.INSTITUTION_ADMIN})
"""What an agency's provider may suggest: nothing that reaches beyond its own institutions."""


def reaches(kinds: Collection[str] | None, about: str | None) -> bool:
    """Whether a delegation of these kinds of records, all where none is named, counts for a record of that kind."""
    return not kinds or about in kinds


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role at an institution; `until` is its last day, None where it has none. `deputy_for`: in whose place it is held.

    `kinds`: words of the kinds of records that a deputy decides on, where they are limited.
    """

    role: Role
    institution: str
    until: str | None = None
    deputy_for: str | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rights:
    """Of one person or service, on one day; computed once for each and each change of what it follows from.

    `holder`: the person's or the token's id. `institutions`: those for whose records the holder counts as at home: where a role
    is held, and for administrators and approvers the bodies that are part of it. `shared`: by clause kind, the institutions
    whose records an agreement in force shares with them: an institution's id, or `id/kind` where the clause is limited to kinds.
    `principals`: people who made the holder their deputy, today or for later: the rights may change with theirs.
    """

    holder: str | None = None
    person: str | None = None
    roles: tuple[RoleHeld, ...] = ()
    institutions: tuple[str, ...] = ()
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    principals: frozenset[str] = frozenset()

    @property
    def in_network(self) -> bool:
        """Whether the holder belongs to a member agency."""
        return bool(self.roles)

    def has(self, role: Role) -> bool:
        """Whether the role is held anywhere."""
        return any(each.role is role for each in self.roles)


NOBODY = Rights()
"""Of whoever is not signed on."""
