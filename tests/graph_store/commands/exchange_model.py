"""The rules of cadre exchange once more, in plain Python over days that are numbers: what random commands are held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

HUB = "hub"
PRESENT = {"home_approved", "accepted", "active"}
COUNTED = PRESENT | {"completed"}
UNDER_WAY = PRESENT | {"submitted"}
NEXT = {
    ("submit", "draft"): "submitted",
    ("approve", "submitted"): "home_approved",
    ("approve", "home_approved"): "accepted",
    ("reject", "submitted"): "rejected",
    ("reject", "home_approved"): "rejected",
    ("withdraw", "draft"): "withdrawn",
    ("withdraw", "submitted"): "withdrawn",
    ("withdraw", "home_approved"): "withdrawn",
    ("withdraw", "accepted"): "withdrawn",
    ("expire", "submitted"): "expired",
    ("expire", "home_approved"): "expired",
    ("activate", "accepted"): "active",
    ("complete", "active"): "completed",
    ("recall", "active"): "recalled",
}
NATURAL = {
    "draft": "submit",
    "submitted": "approve",
    "home_approved": "approve",
    "accepted": "activate",
    "active": "complete",
}
NOT_ALLOWED = {"NotYours", "RecordNotFound", "OnlyTheHub", "NotOnYourself"}


@dataclass
class Post:
    """Offered by a side, for so many at once."""

    side: str
    vacancies: int
    is_open: bool = True


@dataclass
class Exchange:
    """`stay`: from when to when the person is affiliated with the host for it."""

    person: str
    home: str
    post: int
    since: int
    until: int
    state: str = "draft"
    steps: int = 1
    stay: tuple[int, int] | None = None

    @property
    def days(self) -> set[int]:
        """All of them."""
        return set(range(self.since, self.until + 1))


@dataclass
class World:
    """Two sides with their people and approvers; `deal`: until when the agreement is in force, and whether it is."""

    people: dict[str, str]
    approvers: dict[str, str]
    posts: list[Post]
    quota: int
    year: Callable[[int], int]
    deal_ends: int
    today: int = 0
    is_in_force: bool = True
    exchanges: list[Exchange] = field(default_factory=list)

    # ------------------------------------------------------------------------------------------------------ what may be done
    def against_draft(self, person: str, home: str, post: int, actor: str) -> set[str]:
        """Every reason not to draft it."""
        found: set[str] = set()
        if actor not in {HUB, person} and self.approvers.get(actor) != home:
            return {"NotYours"}
        if self.people[person] != home:
            found.add("NotEmployedAtHome")
        if self.posts[post].side == home:
            found.add("SameInstitution")
        return found

    def against(self, move: str, number: int, actor: str) -> set[str]:
        """Every reason not to make the move; none: it is made."""
        exchange = self.exchanges[number]
        if not self._may(move, exchange, actor):
            return NOT_ALLOWED | {"NotNow"}
        if (move, exchange.state) not in NEXT:
            return {"NotNow"}
        return set(self._rules(move, exchange))

    def _may(self, move: str, exchange: Exchange, actor: str) -> bool:
        """Whether the actor may make it as it stands, or, where it leads nowhere, from anywhere."""
        states = [exchange.state] if (move, exchange.state) in NEXT else [s for m, s in NEXT if m == move]  # fmt: skip
        return any(self._may_from(state, move, exchange, actor) for state in states)

    def _may_from(self, state: str, move: str, exchange: Exchange, actor: str) -> bool:
        if actor == HUB:
            return True
        at, is_oneself = self.approvers.get(actor), actor == exchange.person
        host = self.posts[exchange.post].side
        if move in {"submit", "withdraw"}:
            return is_oneself or at == exchange.home
        if move in {"activate", "expire"} or is_oneself:
            return False
        if move == "complete":
            return at in {exchange.home, host}
        return at == (host if state == "home_approved" else exchange.home)

    def _rules(self, move: str, exchange: Exchange) -> Iterator[str]:
        if move in {"submit", "approve"}:
            yield from self._before_it_begins(exchange)
        if move in {"activate", "expire"} and self.today < exchange.since:
            yield "TooEarly"
        if move == "activate" and any(each.state == "active" for each in self._others_of(exchange)):
            yield "PersonIsOnExchange"
        if move == "complete" and self.today < exchange.until:
            yield "TooEarly"

    def _before_it_begins(self, exchange: Exchange) -> Iterator[str]:
        post = self.posts[exchange.post]
        if self.today >= exchange.since:
            yield "FirstDayHasCome"
        if not post.is_open:
            yield "PostIsClosed"
        if not self.is_in_force or exchange.until > self.deal_ends:
            yield "AgreementNotInForce"
        others = [each for each in self.exchanges if each is not exchange]
        if any(each.state in UNDER_WAY and each.days & exchange.days for each in self._others_of(exchange)):  # fmt: skip
            yield "PersonIsOnExchange"
        if self.sent(exchange.home, self.year(exchange.since), others) >= self.quota:
            yield "QuotaIsUsedUp"
        if any(self.at_post(exchange.post, day, others) >= post.vacancies for day in exchange.days):
            yield "PostIsTaken"

    def _others_of(self, exchange: Exchange) -> list[Exchange]:
        return [
            each
            for each in self.exchanges
            if each is not exchange and each.person == exchange.person
        ]

    # ----------------------------------------------------------------------------------------------------------- what is done
    def make(self, move: str, number: int) -> None:
        """The move, which nothing is against."""
        exchange = self.exchanges[number]
        exchange.state = NEXT[move, exchange.state]
        exchange.steps += 1
        if move == "activate":
            exchange.stay = (exchange.since, exchange.until)
        if move == "recall":
            exchange.stay = (exchange.since, min(self.today, exchange.until))

    def due(self) -> list[tuple[str, int]]:
        """What the hub does today, in its order, each if nothing is against it when its turn comes."""
        ended = [n for n, e in enumerate(self.exchanges) if e.state == "active" and e.until < self.today]  # fmt: skip
        late = [
            n
            for n, e in enumerate(self.exchanges)
            if e.state in {"submitted", "home_approved"} and e.since <= self.today
        ]
        begun = [n for n, e in enumerate(self.exchanges) if e.state == "accepted" and e.since <= self.today]  # fmt: skip
        return [
            *(("complete", n) for n in ended),
            *(("expire", n) for n in late),
            *(("activate", n) for n in begun),
        ]

    # -------------------------------------------------------------------------------------------------------- what always holds
    def sent(self, home: str, year: int, among: Iterable[Exchange]) -> int:
        """How many places of the year's quota are taken."""
        return sum(
            each.state in COUNTED and each.home == home and self.year(each.since) == year
            for each in among
        )

    @staticmethod
    def at_post(post: int, day: int, among: Iterable[Exchange]) -> int:
        """How many hold the post on the day."""
        return sum(
            each.state in PRESENT and each.post == post and day in each.days for each in among
        )

    def broken(self) -> Iterator[str]:
        """Every rule that does not hold."""
        for home in set(self.people.values()):
            for year in {self.year(each.since) for each in self.exchanges}:
                if self.sent(home, year, self.exchanges) > self.quota:
                    yield f"{home} sent too many in year {year}"
        for number, post in enumerate(self.posts):
            days = {day for each in self.exchanges if each.post == number for day in each.days}
            if any(self.at_post(number, day, self.exchanges) > post.vacancies for day in days):
                yield f"post {number} is held by too many"
        for one in self.exchanges:
            for other in self._others_of(one):
                if {one.state, other.state} <= UNDER_WAY and one.days & other.days:
                    yield f"{one.person} is at two places"
