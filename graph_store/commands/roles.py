"""角色 | Commands on roles: the edges HOLDS from a person to an institution, given and taken by those who may appoint there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph_store.commands.actors import APPOINT, GOVERN
from graph_store.commands.authority import concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import (
    DatesOutOfOrder,
    Fact,
    LastPlatformAdmin,
    NotForYourself,
    NotYours,
    RecordHasEnded,
    RecordNotFound,
    RoleIsHeld,
    RoleIsNotHeld,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.readers import Question, Reader, ties_of
from graph_store.commands.records import outcomes_of, writable_on
from graph_store.commands.rows import Tie, tie
from graph_store.commands.values import checked, missing, out_of_order
from graph_store.model import MODEL
from graph_store.model.institutions import INSTITUTION
from graph_store.model.people import PERSON
from graph_store.rights import Role

ROLES = "roles"
HOP = MODEL.hops(PERSON.name)[ROLES]
PROPERTIES = writable_on(HOP)
PERIOD = (("since", "until"),)

OF_AN_INSTITUTION = frozenset({Role.MEMBER, Role.APPROVER, Role.INSTITUTION_ADMIN, Role.SERVICE})
"""What an institution's administrator gives; the others concern the whole network."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role to be held from `since`, today unless given, to `until`, for good unless given."""

    person: str
    institution: str
    role: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Revocation:
    """A role to be held no more, from this moment."""

    person: str
    institution: str
    role: str


def grant(
    given: Grant, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | NotForYourself
    | RecordNotFound
    | RecordHasEnded
    | RoleIsHeld
    | ValueIsInvalid
    | DatesOutOfOrder
):
    """The person with the role too."""
    person = _person(given, seen, draft)
    if isinstance(person, Fact):
        return person
    if given.person == seen.actor.person:
        return NotForYourself(person.id)
    if person["endedOn"] and person["endedOn"] < seen.today:
        return RecordHasEnded(person.id)
    new = _sound(given, seen)
    if isinstance(new, Fact):
        return new
    for each in seen.ties(person, ROLES):
        if _same(each, given) and _overlap(each, new):
            return RoleIsHeld(person.id, given.institution, given.role)
    draft.link(person, [new])
    return draft.written(person)


def revoke(
    given: Revocation, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | RoleIsNotHeld | LastPlatformAdmin:
    """The person without the role; what was held before stands in the change log."""
    person = _person(given, seen, draft)
    if isinstance(person, Fact):
        return person
    held = [
        each
        for each in seen.ties(person, ROLES)
        if _same(each, given) and (each["until"] or seen.today) >= seen.today
    ]
    if not held:
        return RoleIsNotHeld(person.id, given.institution, given.role)
    if given.role == Role.PLATFORM_ADMIN.value and not _another(given, seen):
        return LastPlatformAdmin(person.id)
    draft.end(person, held)
    return draft.written(person)


def _person(
    given: Grant | Revocation, seen: Seen, draft: Draft
) -> Held | RecordNotFound | NotYours:
    """The person, if the actor may give and take this role at this institution."""
    person = draft.held(given.person, PERSON)
    if person is None:
        return RecordNotFound(given.person, PERSON.name)
    if draft.held(given.institution, INSTITUTION) is None:
        return RecordNotFound(given.institution, INSTITUTION.name)
    local = given.role in {each.value for each in OF_AN_INSTITUTION}
    fact = seen.lacks(APPOINT if local else GOVERN, at={given.institution})
    return concealed(fact, person, seen) or person


def _sound(given: Grant, seen: Seen) -> Tie | ValueIsInvalid | DatesOutOfOrder:
    values = {"role": given.role, "since": given.since or seen.today, "until": given.until}
    sound = checked(PROPERTIES, values)
    if isinstance(sound, Fact):
        return sound  # type: ignore[return-value] # no property of the edge is an identifier
    fact = missing(PROPERTIES, sound) or out_of_order(PERIOD, sound)
    by = seen.actor.person or seen.actor.id
    return fact or tie(ROLES, given.institution, {**sound, "grantedBy": by})


def _same(each: Tie, given: Grant | Revocation) -> bool:
    return (each.far, each["role"]) == (given.institution, given.role)


def _overlap(one: Tie, other: Tie) -> bool:
    """Whether they share a day."""
    begins = max(one["since"] or "", other["since"] or "")
    ends = min(one["until"] or "9999", other["until"] or "9999")
    return begins <= ends


# the administrators of the platform, all of whom are held before one of them is dismissed; the second look is taken under those locks
_ADMINS = """\
UNWIND $b.keys AS key
MATCH (p:Person)-[h:HOLDS {role: key}]->(i:Institution)
RETURN key, {far: p.id, at: i.id, since: h.since, until: h.until, endedOn: p.endedOn} AS value"""
FIRST_LOOK = Reader("administrators of the platform", _ADMINS, finds_edges=True)
SECOND_LOOK = Reader("administrators of the platform, held", _ADMINS)


def _another(given: Revocation, seen: Seen) -> bool:
    """Whether somebody administers the platform today and without end when this one does no more."""
    return any(
        not each["until"]
        and not each["endedOn"]
        and (each["since"] or "") <= seen.today
        and (each["far"], each["at"]) != (given.person, given.institution)
        for each in seen.copy.answer(SECOND_LOOK, Role.PLATFORM_ADMIN.value)
    )


def _ties(given: Grant | Revocation) -> Needs:
    question = Question(ties_of(MODEL, PERSON.name, ROLES), given.person)
    return Needs(frozenset({given.person, given.institution}), frozenset({question}))


def _ties_and_admins(given: Revocation) -> Needs:
    needs = _ties(given)
    if given.role != Role.PLATFORM_ADMIN.value:
        return needs
    first = Question(FIRST_LOOK, Role.PLATFORM_ADMIN.value)

    def again(_copy: WorkingCopy) -> frozenset[Question]:
        return frozenset({Question(SECOND_LOOK, Role.PLATFORM_ADMIN.value)})

    return Needs(needs.locks, needs.questions | {first}, again)


GRANT_ROLE: Decision[Grant, Any] = Decision("grantRole", _ties, grant, outcomes_of(grant))
REVOKE_ROLE: Decision[Revocation, Any] = Decision(
    "revokeRole", _ties_and_admins, revoke, outcomes_of(revoke)
)
