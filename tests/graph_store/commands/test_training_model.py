"""Random commands by random people, in random order and twice, against a small model of the rules: none is ever broken.

Hypothesis draws what is done; each example has a class of its own in the one graph. The model says what must come out: who is given a
seat, who waits, whom a freed seat goes to.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_store.commands.actors import HUB, Actor
from graph_store.commands.allocating import ALLOCATE_SEATS, PROMOTE_WAITING_LIST
from graph_store.commands.classes import CLOSE_CLASS, EDIT_CLASS, EditClass
from graph_store.commands.facts import Fact
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.machines import Step
from graph_store.commands.registering import REGISTER_GROUP
from graph_store.commands.registration_moves import (
    APPROVE_REGISTRATION,
    CANCEL_REGISTRATION,
    REJECT_REGISTRATION,
)
from graph_store.commands.registrations import Register, Registered
from graph_store.commands.transactions import Store
from tests.graph_store.commands.classroom import Room, open_class
from tests.graph_store.commands.conftest import Ask

HOMES = 3
ACTS = st.one_of(
    st.tuples(st.just("program"), st.integers(0, HOMES - 1), st.integers(1, 3)),
    st.tuples(st.just("admin"), st.integers(0, HOMES - 1), st.integers(1, 3)),
    st.tuples(st.just("stranger"), st.integers(0, HOMES - 1), st.integers(1, 2)),
    st.tuples(st.just("approve"), st.integers(0, 30), st.sampled_from(["approver", "stranger"])),
    st.tuples(st.just("reject"), st.integers(0, 30), st.sampled_from(["approver", "stranger"])),
    st.tuples(st.just("cancel"), st.integers(0, 30), st.sampled_from(["program", "stranger"])),
    st.tuples(st.just("seats"), st.integers(1, 6), st.none()),
    st.tuples(st.just("quota"), st.integers(1, 4), st.none()),
    st.tuples(st.just("repair"), st.none(), st.none()),
    st.tuples(st.just("close"), st.none(), st.none()),
    st.tuples(st.just("allocate"), st.none(), st.none()),
)


@dataclass
class Member:
    """A registration as the model has it."""

    id: str
    home: int
    party: str
    state: str
    turn: int = 0


@dataclass
class Rules:
    """The model: a few lists and the rules of `domain.md` in their plainest form."""

    seats: int
    quota: int
    priorities: tuple[int, ...]
    at_close: bool
    class_state: str = "open"
    allocated: bool = False
    members: list[Member] = field(default_factory=list)
    turns: int = 0

    def party(self, member: Member) -> list[Member]:
        """All of its party who are where it is."""
        return [m for m in self.members if m.party == member.party and m.state == member.state]

    def fits(self, home: int, size: int) -> bool:
        """Whether so many of the home fit now."""
        taken = Counter(m.home for m in self.members if m.state == "confirmed")
        return size <= self.seats - taken.total() and size <= self.quota - taken[home]

    def approve(self, members: list[Member]) -> None:
        """They are given seats, or wait."""
        self.turns += 1
        for each in members:
            each.turn = self.turns
        if self.at_close and not self.allocated:
            state = "approved"
        else:
            state = "confirmed" if self.fits(members[0].home, len(members)) else "waitlisted"
        for each in members:
            each.state = state

    def line(self, state: str) -> list[list[Member]]:
        """The parties in the state, first come first; of one instant by the party's id."""
        parties: dict[str, list[Member]] = {}
        for each in self.members:
            if each.state == state:
                parties.setdefault(each.party, []).append(each)
        return sorted(parties.values(), key=lambda m: (-self.priorities[m[0].home], m[0].party))

    def promote(self) -> None:
        """The first that fits whole, again and again."""
        while found := next(
            (p for p in self.line("waitlisted") if self.fits(p[0].home, len(p))), None
        ):
            for each in found:
                each.state = "confirmed"

    def allocate(self) -> None:
        """In order of priority."""
        for party in self.line("approved"):
            state = "confirmed" if self.fits(party[0].home, len(party)) else "waitlisted"
            for each in party:
                each.state = state
        self.allocated = True


@dataclass
class Play:
    """One example: a class in the graph and the model of it, side by side."""

    room: Room
    rules: Rules
    lane: Lane
    number: int = 0

    async def do(self, decision: Any, given: Any, actor: Actor) -> Any:
        """The outcome, which is the same when the request is sent again."""
        self.number += 1
        done = decision.by(actor, f"play {self.number} of {self.room.id}", given)
        first = (await self.lane.do(done)).outcome
        if not (isinstance(first, Fact) and first.denies):
            assert (await self.lane.do(done)).outcome == first
        return first

    async def act(self, act: tuple[str, Any, Any]) -> None:
        """One command in both worlds."""
        name, one, two = act
        match name:
            case "program" | "admin" | "stranger":
                await self._register(name, one, two)
            case "approve" | "reject" | "cancel":
                await self._move(name, one, two)
            case "seats" | "quota":
                await self._edit(name, one)
            case "repair":
                await self.do(PROMOTE_WAITING_LIST, Step(self.room.id), HUB)
            case _:
                await self._class(name)

    async def _register(self, who: str, home: int, size: int) -> None:
        place, rules = self.room.homes[home], self.rules
        other = self.room.homes[(home + 1) % HOMES]
        actor = {"program": self.room.program(place), "stranger": self.room.program(other)}.get(
            who, _person(self.room, home, "admin")
        )
        if len(self.room.people[place]) < size:
            return
        people = tuple(self.room.people[place][:size])
        outcome = await self.do(REGISTER_GROUP, Register(self.room.id, place, people), actor)
        possible = (
            who != "stranger"
            and rules.class_state == "open"
            and size <= min(rules.seats, rules.quota)
        )
        assert isinstance(outcome, Registered) == possible, outcome
        if not isinstance(outcome, Registered):
            return
        del self.room.people[place][:size]
        new = [Member(id_, home, outcome.party, "submitted") for id_ in outcome.registrations]
        if who == "program":
            rules.approve(new)
        rules.members += new

    async def _move(self, name: str, which: int, who: str) -> None:
        if not self.rules.members:
            return
        member = self.rules.members[which % len(self.rules.members)]
        actor = {
            "approver": _person(self.room, member.home, "approver"),
            "program": self.room.program(self.room.homes[member.home]),
            "stranger": _person(self.room, (member.home + 1) % HOMES, "approver"),
        }[who]
        decision = {
            "approve": APPROVE_REGISTRATION,
            "reject": REJECT_REGISTRATION,
            "cancel": CANCEL_REGISTRATION,
        }[name]
        outcome = await self.do(decision, Step(member.id, reason="原因"), actor)
        live = (
            {"submitted"}
            if name != "cancel"
            else {"submitted", "approved", "confirmed", "waitlisted"}
        )
        possible = who != "stranger" and member.state in live
        assert isinstance(outcome, Fact) != possible, outcome
        if not possible:
            return
        match name:
            case "approve":
                self.rules.approve(self.rules.party(member))
            case "reject":
                for each in self.rules.party(member):
                    each.state = "rejected"
            case _:
                member.state = "cancelled"
                self.rules.promote()

    async def _edit(self, name: str, number: int) -> None:
        given = EditClass(self.room.id, await self.room.version(), {name: number}, {})
        outcome = await self.do(EDIT_CLASS, given, HUB)
        taken = Counter(m.home for m in self.rules.members if m.state == "confirmed")
        least = taken.total() if name == "seats" else max(taken.values(), default=0)
        assert isinstance(outcome, Fact) == (number < least), outcome
        if not isinstance(outcome, Fact):
            setattr(self.rules, name, number)
            self.rules.promote()

    async def _class(self, name: str) -> None:
        rules = self.rules
        decision = CLOSE_CLASS if name == "close" else ALLOCATE_SEATS
        outcome = await self.do(decision, Step(self.room.id), HUB)
        if name == "close":
            possible = rules.class_state == "open"
        else:
            possible = rules.class_state == "closed" and rules.at_close and not rules.allocated
        assert isinstance(outcome, Fact) != possible, outcome
        if possible and name == "close":
            rules.class_state = "closed"
        elif possible:
            rules.allocate()

    async def agree(self) -> None:
        """Graph and model say the same, and the graph breaks no rule."""
        books = await self.room.books()
        books.seats = self.rules.seats
        books.quotas = dict.fromkeys(self.room.homes, self.rules.quota)
        assert books.broken() == []
        known = {row["id"]: row["state"] for row in books.rows}
        assert known == {each.id: each.state for each in self.rules.members}


def _person(room: Room, home: int, role: str) -> Actor:
    id_ = f"{room.homes[home]}-{role}".replace("-institution-", "-person-")
    return Actor(id_, id_)


STAFF = """\
UNWIND $homes AS home UNWIND ['admin', 'approver'] AS word
MATCH (i:Institution {id: home})
CREATE (p:Person:Record {id: replace(home + '-' + word, '-institution-', '-person-'), name: word, visibility: 'public', version: 1})
CREATE (p)-[:HOLDS {role: CASE word WHEN 'admin' THEN 'institution_admin' ELSE word END}]->(i)
RETURN p.id"""


PLAYS = {
    "acts": st.lists(ACTS, min_size=5, max_size=20),
    "seats": st.integers(1, 5),
    "quota": st.integers(1, 3),
    "priorities": st.tuples(*(st.integers(0, 2),) * HOMES),
    "at_close": st.booleans(),
}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(**PLAYS)
async def test_no_rule_is_broken_whatever_is_done_in_whatever_order(
    store: Store, ask: Ask, acts: list[Any], **drawn: Any
) -> None:
    await _play(store, ask, acts, **drawn)


@pytest.mark.deep
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(**PLAYS)
async def test_no_rule_is_broken_in_many_more_orders(
    store: Store, ask: Ask, acts: list[Any], **drawn: Any
) -> None:
    await _play(store, ask, acts, **drawn)


async def _play(  # noqa: PLR0913 - what is drawn
    store: Store,
    ask: Ask,
    acts: list[Any],
    *,
    seats: int,
    quota: int,
    priorities: tuple[int, ...],
    at_close: bool,
) -> None:
    async with open_lane(store) as lane:
        room = await open_class(
            lane, ask, seats=seats, quota=quota, priorities=priorities, homes=HOMES, people=25,
            allocation="at_close" if at_close else "at_approval",
        )  # fmt: skip
        await ask(STAFF, homes=room.homes)
        play = Play(room, Rules(seats, quota, priorities, at_close), lane)
        for act in acts:
            await play.act(act)
            await play.agree()
