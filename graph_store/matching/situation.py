"""The situation that is matched: wishes, posts, grants, and the ledger so far. Days are dates, both ends inclusive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

LEVELS: Mapping[str, int] = {"familiar": 1, "skilled": 2, "expert": 3}
"""How skilled, as numbers; a topic required without a level is met by any."""


class Balance(Enum):
    """Whose sent and received months should come out even: each institution's, or each pair's.

    A circle of three or more leaves every institution even and no pair of them.
    """

    INSTITUTION = "institution"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last."""

    since: date
    until: date

    def meets(self, other: Period) -> bool:
        """Whether they have a day in common."""
        return self.since <= other.until and other.since <= self.until


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who would go from `home` for `months` whole months between two days.

    `skills`: topic to level. `places`: hosts they would go to, None where any will do; `named`: those asked for by name. `busy`: when
    they are away already. `asked_at` orders wishes: earlier ones first.
    """

    id: str
    person: str
    home: str
    since: date
    until: date
    months: int
    asked_at: str = ""
    skills: Mapping[str, int] = field(default_factory=dict)
    places: frozenset[str] | None = None
    named: frozenset[str] = frozenset()
    busy: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A post open at `host`; `taken`: a period for each who holds it or will. `requires`: topic to least level, 0 where any will do."""

    id: str
    host: str
    vacancies: int
    since: date | None = None
    until: date | None = None
    requires: Mapping[str, int] = field(default_factory=dict)
    taken: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """A clause that lets staff be exchanged, with its agreement's days taken into its own.

    `sides`: each party and the institutions that take part for it. `quota`: how many a party may send, in a year of starting where
    `yearly`, else in all. `used`: how many it sent, by party and year (None where not yearly). `receivers`: those that may receive,
    None where all that take part may.
    """

    id: str
    since: date
    until: date | None
    sides: Mapping[str, frozenset[str]]
    quota: int | None = None
    yearly: bool = False
    used: Mapping[tuple[str, int | None], int] = field(default_factory=dict)
    receivers: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """One entry of the ledger: person-months that somebody of `home` worked at `host`, or is bound to."""

    home: str
    host: str
    months: float


@dataclass(frozen=True, slots=True)
class Situation:
    """All of it; `since`: the first day an exchange may begin; `until`: the last on which one may begin, if any."""

    since: date
    wishes: tuple[Wish, ...] = ()
    posts: tuple[Post, ...] = ()
    grants: tuple[Grant, ...] = ()
    ledger: tuple[Served, ...] = ()
    until: date | None = None
    balance: Balance = Balance.INSTITUTION
