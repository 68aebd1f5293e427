"""The people one can be in the demonstration: at each of two agencies one for each role, among those the generator makes anyway.

They are the first who work at an association, at a department and at a university of each side, so that no total changes; what
they have beyond others is a role in the hub, an e-mail address, a telephone number, and a button on the sign-in page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from demo.facts import institutions as who
from demo.records import CHENGDU, CHONGQING, Properties, Tie
from demo.world import World
from graph_store.rights import Role

GRANTED_BY = "hub"
SINCE = "2020-04-15"  # the day the framework agreement was signed


@dataclass(frozen=True, slots=True)
class Side:
    """One agency of the demonstration; `key` is its word in paths."""

    key: str
    base: str
    association: str
    department: str
    university: str
    domain: str
    museum: str

    @property
    def speaks_for(self) -> tuple[str, ...]:
        """The institutions whose people its provider may vouch for."""
        return (self.association, self.department, self.university, self.museum)


@dataclass(frozen=True, slots=True)
class Seat:
    """What one of them is, and where: the `place`-th who works at that institution of the side."""

    word: str
    at: str
    place: int
    role: Role
    zh: str
    en: str


SIDES = (
    Side("sichuan", CHENGDU, who.SCAST, who.SICHUAN_DEPARTMENT, who.SICHUAN_UNIVERSITY, "sichuan.example", who.SICHUAN_MUSEUM),
    Side("chongqing", CHONGQING, who.CQAST, who.CHONGQING_BUREAU, who.CHONGQING_UNIVERSITY, "chongqing.example", who.CHONGQING_MUSEUM),
)  # fmt: skip
SEATS = (
    Seat("member", "association", 0, Role.MEMBER, "成员", "Member"),
    Seat("institution-admin", "association", 1, Role.INSTITUTION_ADMIN, "机构管理员", "Administrator of the institution"),
    Seat("approver", "association", 2, Role.APPROVER, "审批人", "Approver"),
    Seat("platform-admin", "department", 0, Role.PLATFORM_ADMIN, "平台管理员", "Administrator of the platform"),
    Seat("auditor", "department", 1, Role.AUDITOR, "审计员", "Auditor"),
    Seat("researcher", "university", 0, Role.MEMBER, "科研人员（成员）", "Researcher (member)"),
    Seat("university-admin", "university", 1, Role.INSTITUTION_ADMIN, "高校管理员", "Administrator of the university"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One of them in one world."""

    id: str
    side: Side
    seat: Seat
    institution: str
    number: int

    @property
    def subject(self) -> str:
        """Under which name the agency's provider knows them."""
        return f"{self.side.key}-{self.seat.word}"

    @property
    def properties(self) -> Properties:
        """What their record has beyond what is drawn for anybody."""
        mailbox = f"{self.seat.word}@{self.side.domain}"
        return {"email": mailbox, "phone": f"000-0000-{self.number:04d}"}

    @property
    def tie(self) -> Tie:
        """Their role in the hub."""
        held = {"role": self.seat.role.value, "since": SINCE, "grantedBy": GRANTED_BY}
        return Tie("HOLDS", self.id, self.institution, held)


@lru_cache(maxsize=1)
def samples(world: World) -> Mapping[str, Sample]:
    """By their ids; a seat is empty where a world is so small that nobody works there."""
    return {each.id: each for each in _samples(world)}


def _samples(world: World) -> Iterator[Sample]:
    staff = {employer.id: employer.staff for employer in world.employers}
    for ordinal, side in enumerate(SIDES):
        for number, seat in enumerate(SEATS):
            institution: str = getattr(side, seat.at)
            if seat.place < len(staff[institution]):
                own = world.id(side.base, "person", staff[institution][seat.place])
                yield Sample(own, side, seat, institution, 100 * (ordinal + 1) + number)
