"""Who plays a part in exchange and training: the agencies and universities of one sub-agreement, and some who work there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from ulid import ULID

from demo.facts import institutions as who
from demo.records import CHENGDU, CHONGQING, Properties, known_values
from demo.sample_people import samples
from demo.world import World
from graph_store.model import MODEL

MOST_OF_ONE = 60
"""Of the people of one institution."""
DECIDERS = frozenset({"approver", "institution-admin", "university-admin", "platform-admin", "auditor"})  # fmt: skip
"""Sample people about whom nothing is owed, so that they can decide on all that is."""

PARTIES: Mapping[str, tuple[str, ...]] = {
    CHENGDU: (
        who.SCAST, who.SICHUAN_MUSEUM, who.SICHUAN_PROMOTION, who.SICHUAN_DEPARTMENT, who.SICHUAN_PRESS, "cd-institution-scdx",
        "cd-institution-sclib", "cd-institution-scmuseum", "cd-institution-cdst", who.SICHUAN_UNIVERSITY,
    ),
    CHONGQING: (
        who.CQAST, who.CHONGQING_MUSEUM, who.CHONGQING_PROMOTION, who.CHONGQING_BUREAU, who.CHONGQING_PRESS, "cq-institution-cqdx",
        "cq-institution-cqlib", "cq-institution-3gmuseum", "cq-institution-cqnhm", who.CHONGQING_UNIVERSITY,
    ),
}  # fmt: skip
"""Of the sub-agreement, by base; the n-th of one side works with the n-th of the other."""


@dataclass
class Roster:
    """Whom one can still ask: nobody is in two places on one day."""

    world: World
    staff: Mapping[str, tuple[str, ...]]
    busy: dict[str, list[tuple[date, date]]] = field(default_factory=lambda: defaultdict(list))

    def ask(self, home: str, first: date, last: date) -> str | None:
        """Somebody of that institution who has nothing else to do then, and from now on has; None: nobody."""
        for person in self.staff[home]:
            if all(until < first or last < since for since, until in self.busy[person]):
                self.busy[person].append((first, last))
                return person
        return None


def roster(world: World) -> Roster:
    """The cast, with nothing to do yet: the sample people first, deciders not at all."""
    known = samples(world)
    deciders = {each.id for each in known.values() if each.seat.word in DECIDERS}
    found = {
        institution: tuple(
            sorted(
                (each for each in people if each not in deciders), key=lambda id_: id_ not in known
            )
        )
        for institution, people in _staff(world).items()
    }
    return Roster(world, found)


def cast(world: World) -> frozenset[str]:
    """Everybody whose name comes from a stream of their own."""
    return frozenset(each for people in _staff(world).values() for each in people)


@lru_cache(maxsize=1)
def _staff(world: World) -> dict[str, list[str]]:
    parties = {each for side in PARTIES.values() for each in side}
    return {
        employer.id: [
            world.id(employer.base, "person", index) for index in employer.staff[:MOST_OF_ONE]
        ]
        for employer in world.employers
        if employer.id in parties
    }


def base_of(institution: str) -> str:
    """The base of whatever has this id."""
    return institution.partition("-")[0]


def partner(institution: str) -> str:
    """With whom of the other side it works."""
    base = base_of(institution)
    other = CHONGQING if base == CHENGDU else CHENGDU
    return PARTIES[other][PARTIES[base].index(institution)]


def on(day: date, hour: int = 2, minute: int = 0) -> str:
    """An instant of that day in UTC, as the hub writes it."""
    return f"{day.isoformat()}T{hour:02d}:{minute:02d}:00.000Z"


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def told(noun: str, id_: str, name: str, at: str, **properties: Any) -> Properties:
    """The properties of a generated record of work that goes on, which entered the hub at that instant; who may see it is the model's."""
    visible = MODEL[noun].visible
    assert visible is not None
    carried = {
        "id": id_,
        "name": name,
        "synthetic": True,
        "version": 1,
        "createdAt": at,
        "updatedAt": at,
        "visibility": visible.value,
    }
    return carried | known_values(properties)


def ulid(world: World, word: str, index: int) -> str:
    """A word that looks like one of the hub's own, the same for the same seed."""
    digest = blake2b(f"{world.mark}/{word}/{index}".encode(), digest_size=16).digest()
    return str(ULID.from_bytes(bytes([1]) + digest[1:]))
