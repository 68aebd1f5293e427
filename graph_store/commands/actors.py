"""Who acts, as data; and what somebody must be to do something at an institution.

The roles of whoever acts are read in the unit of work that does the deed (`STANDING`), never taken from a cache.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph_store.commands.facts import NotYours
from graph_store.commands.readers import Reader
from graph_store.rights import Role, reaches
from graph_store.rights_of import DEEPEST, ROLES, holding


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever a command is done for; the id, of a person or of a service's token, stands in the change log.

    `may_write`: whether the session or token they came with may be used to write.
    """

    id: str
    person: str | None = None
    may_write: bool = True


HUB = Actor("hub")
"""The hub itself, in flows and imports."""

NOBODY = Actor("anonymous", may_write=False)
"""Whoever is not signed on."""


@dataclass(frozen=True, slots=True)
class Doing:
    """Which roles do: at an institution or at one that it is part of; `everywhere`: those that do it at any."""

    roles: frozenset[Role]
    everywhere: frozenset[Role] = frozenset()


_ADMIN, _PLATFORM = Role.INSTITUTION_ADMIN, frozenset({Role.PLATFORM_ADMIN})

EDIT = Doing(frozenset({_ADMIN, Role.SERVICE}), _PLATFORM)
"""Write a record that the institution answers for."""

AGREE = Doing(frozenset({_ADMIN}))
"""Act for the institution in its agreements: nobody else's, not a program's, not the platform's."""

APPOINT = Doing(frozenset({_ADMIN}), _PLATFORM)
"""Give and take roles at the institution."""

GOVERN = Doing(frozenset(), _PLATFORM)
"""What concerns the whole network."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an actor is where on the day: pairs of role and institution, bodies of one's institutions included for who decides.

    `deputed`: the same with the person in whose place it is so, and the kinds of records it is limited to, by their words.
    """

    pairs: frozenset[tuple[Role, str]] = frozenset()
    deputed: frozenset[tuple[Role, str, str, frozenset[str]]] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[Any]) -> Standing:
        """As the reader found it."""
        found = [
            (Role(role), at, principal, frozenset(kinds or ()))
            for role, at, principal, kinds in rows
        ]
        own = frozenset((role, at) for role, at, principal, _ in found if principal is None)
        return cls(own, frozenset(each for each in found if each[2] is not None))

    def does(self, doing: Doing, at: Iterable[str], about: str | None = None) -> bool:
        """Whether it suffices at one of these institutions, for records of the kind."""
        if any(role in doing.everywhere for role, _ in self.pairs):
            return True
        places = frozenset(at)
        own = any((role, each) in self.pairs for each in places for role in doing.roles)
        return own or bool(self.principals(doing, places, about))

    def principals(
        self, doing: Doing, at: Iterable[str], about: str | None = None
    ) -> frozenset[str]:
        """In whose place the actor may do it at one of these institutions, for records of the kind."""
        places = frozenset(at)
        return frozenset(
            principal
            for role, each, principal, kinds in self.deputed
            if each in places and role in doing.roles and reaches(kinds, about)
        )

    def does_itself(self, doing: Doing, at: Iterable[str]) -> bool:
        """Whether it suffices without anybody else's delegation."""
        return Standing(self.pairs).does(doing, at)


# a key is the actor's id and the day; a service's token stands for its institution alone
STANDING = Reader(
    "standing of actors",
    f"""\
UNWIND $b.keys AS key
CALL (key) {{ WITH split(key, ' ') AS parts WITH parts[0] AS holder, parts[1] AS day
  WITH {ROLES.replace("$holder", "holder").replace("$day", "day")} AS roles, day
  UNWIND roles AS role
  CALL (role, day) {{ WITH role, day WHERE role[0] IN ['institution_admin', 'approver']
    MATCH (:Institution {{id: role[1]}})<-[edges:PART_OF*1..{DEEPEST}]-(body:Institution)
    WHERE {holding("edges").replace("$day", "day")}
    RETURN collect(DISTINCT body.id) AS bodies }}
  UNWIND [role[1]] + bodies AS at
  RETURN collect(DISTINCT [role[0], at, role[3], role[4]]) AS pairs }}
UNWIND pairs AS value
RETURN key, value""",
    joins=True,
)


def standing_key(actor: Actor, today: str) -> str:
    """What STANDING is asked."""
    return f"{actor.id} {today}"


def refused(
    actor: Actor, standing: Standing, doing: Doing, at: Iterable[str], about: str | None = None
) -> NotYours | None:
    """What is missing, where the actor may not do this at any of these institutions; the hub itself may everything.

    `about`: the word of the kind of record it is done to, where a deputy's delegation may be limited to kinds.
    """
    places = sorted(set(at))
    if actor == HUB:
        return None
    if actor == NOBODY:
        return NotYours("sign_on", "")
    if not actor.may_write:
        return NotYours("graph_write", "")
    if standing.does(doing, places, about):
        return None
    if doing.roles and places:
        return NotYours(Role.INSTITUTION_ADMIN.value, ", ".join(places))
    return NotYours(Role.PLATFORM_ADMIN.value, "")
