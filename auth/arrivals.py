"""Whom a provider vouches for → the person in the graph: known by issuer and subject, never by name or e-mail.

What a provider says of institutions and roles counts for those it may speak for; the rest is left out, and named in the log.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from auth.agencies import MAY_BE_SUGGESTED, Agency
from auth.failures import AGENCY_IS_INCOMPLETE, HUB_IS_AWAY, PERSON_HAS_ENDED, SignOnFailed
from graph_store.clock import Clock, day, instant
from graph_store.commands.actors import HUB
from graph_store.commands.commands import Command
from graph_store.commands.facts import HubIsBusy, Written
from graph_store.commands.lanes import Lane
from graph_store.commands.sign_on import SIGN_ON_PERSON, SUGGEST_ROLES, Arrival, Suggestion
from graph_store.identities import Identities, Known
from graph_store.rights import Role

LONGEST_NAME = 100

_EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9.-]{1,190}")


@dataclass(frozen=True, slots=True)
class Told:
    """What counts of the claims: `roles` are pairs of institution and role; `ignored` names what does not."""

    name: str
    email: str | None
    home: str
    roles: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]


class Arrivals:
    """Finds and makes people as they sign on."""

    def __init__(self, identities: Identities, lane: Lane, clock: Clock) -> None:
        self._identities, self._lane, self._clock = identities, lane, clock

    async def person(self, agency: Agency, subject: str, told: Told, key: str) -> Known:
        """The person with the roles they are told to have; `key` names this sign-on. Raises SignOnFailed, GraphStoreError."""
        known = await self._identities.find(agency.issuer, subject)
        if known is None:
            known = await self._new(agency, subject, told)
        if known.endedOn is not None and known.endedOn <= day(self._clock()):
            raise SignOnFailed(PERSON_HAS_ENDED, agency.key)
        suggestion = Suggestion(known.id, agency.key, agency.speaks_for, told.roles)
        await self._done(SUGGEST_ROLES.by(HUB, f"roles {key}", suggestion), agency)
        return known

    async def _new(self, agency: Agency, subject: str, told: Told) -> Known:
        key = hashlib.sha256(f"{agency.issuer}\n{subject}".encode()).hexdigest()
        arrival = Arrival(told.name, agency.key, told.home, told.email)
        done = await self._done(SIGN_ON_PERSON.by(HUB, f"sign-on {key}", arrival), agency)
        at = instant(self._clock())
        return await self._identities.link(agency.issuer, subject, agency.key, done.id, at)

    async def _done(self, command: Command[Any], agency: Agency) -> Written:
        outcome = (await self._lane.do(command)).outcome
        if not isinstance(outcome, Written):
            failure = HUB_IS_AWAY if isinstance(outcome, HubIsBusy) else AGENCY_IS_INCOMPLETE
            raise SignOnFailed(failure, agency.key, detail=type(outcome).__name__)
        return outcome


def told_by(agency: Agency, subject: str, about: Mapping[str, Any]) -> Told:
    """What counts of what the agency's provider says about a person."""
    names = agency.claims
    given = _texts(about.get(names.institution))
    spoken = tuple(each for each in given if each in agency.speaks_for)
    strange = tuple(each for each in given if each not in agency.speaks_for)
    claimed = _texts(about.get(names.roles))
    suggested = {agency.roles[each] for each in claimed if each in agency.roles}
    roles = MAY_BE_SUGGESTED & suggested
    home = spoken[0] if spoken else agency.speaks_for[0]
    if strange and not spoken:  # who is said to be elsewhere is a member of the agency, and no more
        roles = frozenset()
    return Told(
        name=_clean(about.get(names.name)) or _clean(subject) or agency.name,
        email=_email(about.get(names.email)),
        home=home,
        roles=tuple((at, role.value) for at in spoken or (home,) for role in _in_order(roles)),
        ignored=tuple(_clean(each) for each in strange[:10]),
    )


def _in_order(roles: AbstractSet[Role]) -> list[Role]:
    return sorted({*roles, Role.MEMBER}, key=lambda role: role.value)


def _texts(value: object) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        return ()
    return tuple(dict.fromkeys(each for each in values if isinstance(each, str) and each))


def _clean(value: object) -> str:
    """A text without what is not for printing."""
    if not isinstance(value, str):
        return ""
    printed = (each for each in value if unicodedata.category(each)[0] != "C")
    return " ".join("".join(printed).split())[:LONGEST_NAME]


def _email(value: object) -> str | None:
    return value if isinstance(value, str) and _EMAIL.fullmatch(value) else None
