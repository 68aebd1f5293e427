"""代理 | Somebody decides in another's place for a time: given by who holds the role, to a colleague, for no longer than they have it.

What a delegation is worth is reckoned when the deputy asks or acts (`rights_of.py`, `actors.STANDING`): it ends with the role it
came from, and a deputy has nothing to pass on, since only a role that is held oneself can be given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph_store.commands.actors import APPOINT
from graph_store.commands.authority import concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.deciders import COLLEAGUES, is_any
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import (
    DatesOutOfOrder,
    Fact,
    NotYours,
    RecordHasEnded,
    RecordNotFound,
    RoleIsNotHeld,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.inbox_facts import (
    DeputyIsOneself,
    IsDeputy,
    NotAColleague,
    RoleEndsSooner,
)
from graph_store.commands.machines import DECIDE
from graph_store.commands.notices import Wording, tell
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import outcomes_of
from graph_store.commands.rows import Tie, instant_text, tie
from graph_store.commands.tasks import ABOUT
from graph_store.commands.values import checked, missing, out_of_order
from graph_store.model import MODEL
from graph_store.model.institutions import INSTITUTION
from graph_store.model.people import PERSON
from graph_store.model.tasks import DELEGATION
from graph_store.rights import Role

GIVEN_ON = frozenset({Role.APPROVER.value, Role.INSTITUTION_ADMIN.value})
"""Roles that decide, and so can be stood in for."""

PROPERTIES = tuple(
    each for each in DELEGATION.properties if each.name in {"role", "since", "until", "kinds"}
)
KINDS = frozenset(MODEL[noun].word for noun in ABOUT)
"""What decisions are owed about, by its word."""

PERIOD = (("since", "until"),)
GIVEN, ROLES = "delegationsGiven", "roles"


@dataclass(frozen=True, slots=True)
class Delegating:
    """`principal` makes `deputy` stand in from `since`, today unless given, to `until`; only the principal can.

    `kinds`: words of the kinds of records it is limited to; none: all.
    """

    principal: str
    deputy: str
    institution: str
    role: str
    until: str
    since: str | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EndingDelegation:
    """It counts no more, from this moment."""

    id: str


def delegate(
    given: Delegating, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | RoleIsNotHeld
    | RoleEndsSooner
    | DeputyIsOneself
    | NotAColleague
    | IsDeputy
    | ValueIsInvalid
    | DatesOutOfOrder
):
    """The delegation; the deputy is told."""
    people = _people(given, seen, draft)
    if isinstance(people, Fact):
        return people
    principal, deputy = people
    values = _sound(given, seen)
    if isinstance(values, Fact):
        return values
    fact = _not_held(given, values, seen.ties(principal, ROLES)) or _already(given, values, seen)
    if fact:
        return fact
    name = f"{deputy['name']}代理{principal['name']}"
    visibility = DELEGATION.visible
    assert visibility is not None
    ends = (("principal", principal.id), ("deputy", deputy.id), ("institution", given.institution))
    made = draft.create(
        DELEGATION,
        {"name": name, "visibility": visibility.value, **values},
        [tie(hop, far) for hop, far in ends],
    )
    tell(_made(principal, values), deputy.id, made, seen, draft)
    return draft.written(made)


def end_delegation(
    given: EndingDelegation, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | RecordHasEnded:
    """The delegation, ended by whoever gave it, has it, or appoints there; both are told."""
    delegation = draft.held(given.id, DELEGATION)
    if delegation is None:
        return RecordNotFound(given.id, DELEGATION.name)
    people = {each.far for each in seen.ties(delegation, "principal", "deputy")}
    at = {each.far for each in seen.ties(delegation, "institution")}
    is_theirs = seen.actor.person in people and seen.actor.may_write
    fact = None if is_theirs else concealed(seen.lacks(APPOINT, at=at), delegation, seen)
    if fact:
        return fact
    if delegation["endedAt"] or delegation["until"] < seen.today:
        return RecordHasEnded(delegation.id)
    draft.set(delegation, {"endedAt": instant_text(seen.now)})
    for each in sorted(people - {seen.actor.person}):
        tell(_ended(delegation), str(each), delegation, seen, draft)
    return draft.written(delegation)


def _people(
    given: Delegating, seen: Seen, draft: Draft
) -> tuple[Held, Held] | NotYours | RecordNotFound | DeputyIsOneself | NotAColleague:
    """Principal and deputy, if the actor is the one and the other belongs to the institution."""
    fact = seen.lacks(DECIDE, at={given.institution})
    if fact:
        return fact
    principal, deputy = (draft.held(each, PERSON) for each in (given.principal, given.deputy))
    if principal is None or principal.id != seen.actor.person:
        return RecordNotFound(given.principal, PERSON.name)
    if deputy is None:
        return RecordNotFound(given.deputy, PERSON.name)
    if draft.held(given.institution, INSTITUTION) is None:
        return RecordNotFound(given.institution, INSTITUTION.name)
    if deputy.id == principal.id:
        return DeputyIsOneself(deputy.id)
    if not is_any(seen, Question(COLLEAGUES, f"{given.institution} {deputy.id}")):
        return NotAColleague(deputy.id, given.institution)
    return principal, deputy


def _sound(given: Delegating, seen: Seen) -> dict[str, Any] | ValueIsInvalid | DatesOutOfOrder:
    """Role and days."""
    if given.role not in GIVEN_ON:
        return ValueIsInvalid(
            "role",
            "只能委托审批人或机构管理员的审批",
            "only what an approver or an institution's administrator decides can be delegated",
        )
    kinds = tuple(dict.fromkeys(given.kinds))
    if unknown := set(kinds) - KINDS:
        return ValueIsInvalid(
            "kinds",
            f"不是待办事项的种类：{'、'.join(sorted(unknown))}",
            f"no decisions are owed about {', '.join(sorted(unknown))}",
        )
    values: dict[str, Any] = {"role": given.role, "until": given.until, "kinds": list(kinds)}
    values["since"] = given.since or seen.today
    sound = checked(PROPERTIES, values)
    if isinstance(sound, Fact):
        return sound  # type: ignore[return-value] # none of them is an identifier
    needed = missing(PROPERTIES, sound) or out_of_order(PERIOD, sound)
    if needed:
        return needed
    if sound["until"] is None or sound["until"] < seen.today:
        return ValueIsInvalid("until", "截止日已过", "its last day has passed")
    return sound


def _not_held(
    given: Delegating, values: dict[str, Any], roles: frozenset[Tie]
) -> RoleIsNotHeld | RoleEndsSooner | None:
    """What of the principal's own role is missing for the whole time."""
    held = [
        each
        for each in roles
        if (each.far, each["role"]) == (given.institution, given.role)
        and (each["since"] or "") <= values["since"] <= (each["until"] or "9999")
    ]
    if not held:
        return RoleIsNotHeld(given.principal, given.institution, given.role)
    last = max(each["until"] or "9999" for each in held)
    return RoleEndsSooner(given.role, last) if last < values["until"] else None


def _already(given: Delegating, values: dict[str, Any], seen: Seen) -> IsDeputy | None:
    """The same colleague's delegation of part of that for part of that time."""
    copy = seen.copy
    for each in copy.ties(PERSON, given.principal, (GIVEN,)):
        other = copy.held(each.far)
        if other is None or other["endedAt"] or other["role"] != given.role:
            continue
        ends = {
            (one.name, one.far)
            for one in copy.ties(DELEGATION, other.id, ("deputy", "institution"))
        }
        same = {("deputy", given.deputy), ("institution", given.institution)} <= ends
        of_both = not (given.kinds and other["kinds"]) or set(given.kinds) & set(other["kinds"])
        if (
            same
            and of_both
            and other["since"] <= values["until"]
            and values["since"] <= other["until"]
        ):
            return IsDeputy(given.deputy, other["since"], other["until"], other.id)
    return None


def _made(principal: Held, values: dict[str, Any]) -> Wording:
    since, until = values["since"], values["until"]
    return Wording(
        "delegation_begun",
        "您受委托代为审批",
        "You decide in a colleague's place",
        f"{since} 至 {until}，由您代{principal['name']}审批；与您本人或委托人有关的事项除外。",
        f"From {since} to {until} you decide in the place of {principal['nameEn'] or principal['name']},"
        " but for what is about yourself or about them.",
    )


def _ended(delegation: Held) -> Wording:
    return Wording(
        "delegation_ended",
        "代理已结束",
        "A delegation has ended",
        f"{delegation['name']}：已提前结束，即时生效。",
        f"{delegation['name']}: ended before its last day, from this moment.",
    )


def _delegating_needs(given: Delegating) -> Needs:
    def further(copy: WorkingCopy) -> frozenset[Question]:
        stood = copy.ties(PERSON, given.principal, (GIVEN,)) if copy.held(given.principal) else ()
        hops = ("deputy", "institution")
        return frozenset(
            Question(ties_of(MODEL, DELEGATION.name, hop), each.far, holds=False)
            for each in stood
            for hop in hops
        )

    questions = {
        Question(ties_of(MODEL, PERSON.name, ROLES), given.principal, holds=False),
        Question(ties_of(MODEL, PERSON.name, GIVEN), given.principal),
        Question(COLLEAGUES, f"{given.institution} {given.deputy}"),
    }
    locks = frozenset({given.principal, given.deputy, given.institution})
    return Needs(locks, frozenset(questions), further)


def _ending_needs(given: EndingDelegation) -> Needs:
    hops = ("principal", "deputy", "institution")
    questions = (Question(ties_of(MODEL, DELEGATION.name, each), given.id) for each in hops)
    return Needs(frozenset({given.id}), frozenset(questions))


DELEGATE: Decision[Delegating, Any] = Decision(
    "delegate", _delegating_needs, delegate, outcomes_of(delegate)
)
END_DELEGATION: Decision[EndingDelegation, Any] = Decision(
    "endDelegation", _ending_needs, end_delegation, outcomes_of(end_delegation)
)
