"""A mutation's input as the values and ties of a command: what the client left out is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry

from graph_store.commands import affiliations, agreements, roles
from graph_store.commands.exchange_drafts import PROPERTIES, Proposal, Revision
from graph_store.commands.machines import Step
from graph_store.commands.records import Create, Edit, End, Rules
from graph_store.commands.rows import Tie, tie
from graph_store.model.words import Property


def new_record(rules: Rules, given: Any) -> Create:
    """The input of a create mutation."""
    return Create(values(rules.properties, given), _ties(rules, given))


def edited_record(rules: Rules, given: Any) -> Edit:
    """The input of an edit mutation."""
    return Edit(given.id, given.version, values(rules.properties, given), _ties(rules, given))


def ended_record(_rules: Rules, given: Any) -> End:
    """The input of an end mutation; where ended is a status there is no day."""
    return End(given.id, given.version, optional(given, "on"))


def new_affiliation(given: Any) -> affiliations.Start:
    """The input of startAffiliation."""
    given_values = values(affiliations.PROPERTIES, given)
    return affiliations.Start(given.person, given.institution, given_values)


def edited_affiliation(given: Any) -> affiliations.Edit:
    """The input of editAffiliation."""
    changed = values(affiliations.PROPERTIES, given.change)
    return affiliations.Edit(given.person, given.version, _which(given.affiliation), changed)


def ended_affiliation(given: Any) -> affiliations.End:
    """The input of endAffiliation."""
    which = _which(given.affiliation)
    return affiliations.End(given.person, given.version, which, optional(given, "on"))


def given_consent(given: Any) -> agreements.Consent:
    """The input of the mutations by which a party acts in an agreement."""
    return agreements.Consent(given.id, given.version, optional(given, "institution"))


def given_step(given: Any) -> Step:
    """The input of the mutations that move a record on in its state machine."""
    return Step(given.id, optional(given, "version"), optional(given, "reason"))


def given_proposal(given: Any) -> Proposal:
    """The input of draftExchange."""
    return Proposal(given.person, given.home, given.post, values(PROPERTIES, given))


def given_revision(given: Any) -> Revision:
    """The input of editExchange."""
    return Revision(given.id, given.version, values(PROPERTIES, given), optional(given, "post"))


def given_role(given: Any) -> roles.Grant:
    """The input of grantRole."""
    days = optional(given, "since"), optional(given, "until")
    return roles.Grant(given.person, given.institution, given.role, *days)


def taken_role(given: Any) -> roles.Revocation:
    """The input of revokeRole."""
    return roles.Revocation(given.person, given.institution, given.role)


def values(declared: Iterable[Property], given: Any) -> dict[str, Any]:
    """The properties that the client gave, null included."""
    found = ((each.name, getattr(given, each.name, strawberry.UNSET)) for each in declared)
    return {name: value for name, value in found if value is not strawberry.UNSET}


def _ties(rules: Rules, given: Any) -> dict[str, tuple[Tie, ...]]:
    found = ((name, getattr(given, name, strawberry.UNSET)) for name in rules.ties)
    return {name: _far(name, far) for name, far in found if far is not strawberry.UNSET}


def _far(name: str, given: Any) -> tuple[Tie, ...]:
    """One id, several, or several with the edge's properties; null and the empty list lead nowhere."""
    several = given if isinstance(given, list) else [] if given is None else [given]
    return tuple(_tie(name, each) for each in several)


def _tie(name: str, far: Any) -> Tie:
    if isinstance(far, str):
        return tie(name, far)
    known = {key: value for key, value in vars(far).items() if value is not strawberry.UNSET}
    return tie(name, known.pop("id"), known)


def _which(given: Any) -> affiliations.Which:
    return affiliations.Which(given.institution, optional(given, "role"), optional(given, "since"))


def optional(given: Any, name: str) -> Any:
    """What the client gave under the name, None where it was left out."""
    value = getattr(given, name, None)
    return None if value is strawberry.UNSET else value
