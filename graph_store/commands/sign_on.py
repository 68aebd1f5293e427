"""登录 | What the hub writes of people when they sign on; both commands are the hub's own (`HUB`), no mutation leads here.

SIGN_ON_PERSON   `Arrival`: a person who was never here, with membership of the institution that vouches for them.
                 Choose the request key by issuer and subject: sent twice, it is one person.
SUGGEST_ROLES    `Suggestion`: the roles that a provider's claims tell of, begun and ended as they stand in it.

    command = SIGN_ON_PERSON.by(HUB, key, Arrival(name, agency, institution, email))
    outcome = (await lane.do(command)).outcome            # Written(noun, id, version), or a fact
"""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.actors import HUB
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Seen
from graph_store.commands.facts import (
    Fact,
    IdentifierIsInvalid,
    NotYours,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import outcomes_of
from graph_store.commands.rows import Tie, tie
from graph_store.commands.values import checked
from graph_store.model import MODEL
from graph_store.model.institutions import INSTITUTION
from graph_store.model.people import PERSON
from graph_store.model.words import Level
from graph_store.rights import Role

ROLES, AFFILIATIONS = "roles", "affiliations"
SUGGESTED = frozenset(each.value for each in (Role.MEMBER, Role.APPROVER, Role.INSTITUTION_ADMIN))
"""What a provider may suggest: nothing that reaches beyond its own institutions."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody signs on for the first time; `institution` is one that the agency speaks for."""

    name: str
    agency: str
    institution: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What an agency's provider says of a person: `roles` are pairs of institution and role.

    Only roles at `institutions`, those which the agency speaks for, and only those in SUGGESTED are begun.
    """

    person: str
    agency: str
    institutions: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]


def by_agency(key: str) -> str:
    """How a role tells that an agency's provider gave it."""
    return f"agency:{key}"


def arrive(
    given: Arrival, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | ValueIsInvalid | IdentifierIsInvalid:
    """A new person, whom the other agencies see by name; a member of the institution that vouches for them."""
    if seen.actor != HUB:
        return NotYours(Role.PLATFORM_ADMIN.value, given.institution)
    if draft.held(given.institution, INSTITUTION) is None:
        return RecordNotFound(given.institution, INSTITUTION.name)
    values = {"name": given.name, "email": given.email, "visibility": Level.NETWORK.value}
    sound = checked(PERSON.properties, values)
    if isinstance(sound, Fact):
        return sound
    ties = (
        tie(AFFILIATIONS, given.institution, {"since": seen.today}),
        _begun(given.institution, Role.MEMBER.value, given.agency, seen),
    )
    return draft.written(draft.create(PERSON, sound, ties))


def suggest(given: Suggestion, seen: Seen, draft: Draft) -> Written | NotYours | RecordNotFound:
    """The person with the roles that the agency tells of; what anybody else gave stays as it is."""
    if seen.actor != HUB:
        return NotYours(Role.PLATFORM_ADMIN.value, given.person)
    person = draft.held(given.person, PERSON)
    if person is None:
        return RecordNotFound(given.person, PERSON.name)
    wanted = {
        (at, role)
        for at, role in given.roles
        if at in given.institutions and role in SUGGESTED and draft.held(at, INSTITUTION)
    }
    stood = seen.ties(person, ROLES)
    own = {each for each in stood if each["grantedBy"] == by_agency(given.agency)}
    draft.end(person, (each for each in own if _which(each) not in wanted))
    held = {_which(each) for each in stood if each in own or _goes_on(each, seen.today)}
    draft.link(person, (_begun(at, role, given.agency, seen) for at, role in sorted(wanted - held)))
    return draft.written(person)


def _begun(institution: str, role: str, agency: str, seen: Seen) -> Tie:
    values = {"role": role, "since": seen.today, "grantedBy": by_agency(agency)}
    return tie(ROLES, institution, values)


def _which(each: Tie) -> tuple[str, str]:
    return each.far, each["role"]


def _goes_on(each: Tie, today: str) -> bool:
    return (each["since"] or today) <= today <= (each["until"] or today)


SIGN_ON_PERSON = Decision(
    "signOnPerson",
    lambda given: Needs(frozenset({given.institution})),
    arrive,
    outcomes_of(arrive),
)
SUGGEST_ROLES = Decision(
    "suggestRoles",
    lambda given: Needs(
        frozenset({given.person, *given.institutions}),
        frozenset({Question(ties_of(MODEL, PERSON.name, ROLES), given.person)}),
    ),
    suggest,
    outcomes_of(suggest),
)
