"""A class with its organiser and homes that send people, laid out by commands; and the books of it, read from the graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from graph_store.commands.actors import HUB, Actor
from graph_store.commands.classes import CREATE_CLASS, PUBLISH_CLASS, CreateClass
from graph_store.commands.lanes import Lane
from graph_store.commands.machines import Step
from graph_store.commands.registering import REGISTER_GROUP
from graph_store.commands.registrations import Register, Registered
from graph_store.commands.rows import tie
from tests.graph_store.commands.conftest import Ask, command, written

_numbers = count(1)

SEATED = frozenset({"confirmed", "attended", "certified", "no_show"})
STAMP = {
    "synthetic": True,
    "version": 1,
    "createdAt": "2026-01-01T00:00:00.000Z",
    "updatedAt": "2026-01-01T00:00:00.000Z",
    "aliases": [],
    "visibility": "public",
}
PLACE = """\
UNWIND range(1, $people) AS i
MATCH (home:Institution {id: $home})
CREATE (p:Person:Record {id: $home + '-p' + i}) SET p += $stamp, p.name = '学员' + i, p.id = replace(p.id, '-institution-', '-person-')
CREATE (p)-[:AFFILIATED_WITH {role: 'employee'}]->(home)
CREATE (:Identity {issuer: 'tests', subject: p.id})-[:IDENTIFIES]->(p)
RETURN p.id"""
HOME = """\
CREATE (i:Institution:Record {id: $id}) SET i += $stamp, i.name = $id, i.kind = 'institute', i.status = 'active'
CREATE (i)<-[:FOR]-(:Token {id: 'cd-token-' + $id}) RETURN i.id"""
BOOKS = """\
MATCH (r:Registration)-[:FOR_CLASS]->(:TrainingClass {id: $id})
MATCH (r)-[:REGISTERED_BY]->(h:Institution) MATCH (r)-[:REGISTERS]->(p:Person)
RETURN {id: r.id, state: r.state, party: r.party, home: h.id, person: p.id, priority: r.priority,
  approvedAt: r.approvedAt, rank: r.rank, seat: r.seat}"""


@dataclass
class Books:
    """All registrations of a class, and what they break."""

    rows: list[dict[str, Any]]
    seats: int
    quotas: dict[str, int]

    def states(self) -> Counter[str]:
        """How many are in each state."""
        return Counter(row["state"] for row in self.rows)

    def parties(self, state: str) -> list[tuple[tuple[int, str, str], str, int]]:
        """Those in the state, in order: (rank, home, size)."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self.rows:
            if row["state"] == state:
                found[row["party"]].append(row)
        parties = [
            (
                (-(rows[0]["priority"] or 0), rows[0]["approvedAt"], party),
                rows[0]["home"],
                len(rows),
            )
            for party, rows in found.items()
        ]
        return sorted(parties)

    def taken(self) -> Counter[str]:
        """Seats by home."""
        return Counter(row["home"] for row in self.rows if row["state"] in SEATED)

    def broken(self) -> list[str]:
        """Every rule that does not hold."""
        return [*self._too_many(), *self._split_or_twice(), *self._would_fit(), *self._misnamed()]

    def _too_many(self) -> list[str]:
        taken = self.taken()
        found = [f"{home} has {n}" for home, n in taken.items() if n > self.quotas.get(home, n)]
        return found if taken.total() <= self.seats else [*found, f"{taken.total()} seats"]

    def _split_or_twice(self) -> list[str]:
        states: dict[str, set[str]] = defaultdict(set)
        people: Counter[str] = Counter()
        for row in self.rows:
            if row["state"] in {"confirmed", "waitlisted"}:
                states[row["party"]].add(row["state"])
            people[row["person"]] += row["state"] not in {"cancelled", "rejected"}
        split = [f"{party} is split" for party, each in states.items() if len(each) > 1]
        return split + [f"{each} is registered twice" for each, n in people.items() if n > 1]

    def _would_fit(self) -> list[str]:
        taken = self.taken()
        left = self.seats - taken.total()
        return [
            f"{rank} of {home} waits and would fit"
            for rank, home, size in self.parties("waitlisted")
            if size <= min(left, self.quotas.get(home, left + taken[home]) - taken[home])
        ]

    def _misnamed(self) -> list[str]:
        return [
            f"{row['id']} is {row['state']} with {row['rank']}, {row['seat']}"
            for row in self.rows
            if bool(row["rank"]) != (row["state"] in {"waitlisted", "approved"})
            or bool(row["seat"]) != (row["state"] in SEATED)
        ]


@dataclass
class Room:
    """One class; `homes` are institutions whose programs may register."""

    lane: Lane
    ask: Ask
    id: str
    organiser: str
    seats: int
    quotas: dict[str, int]
    homes: list[str]
    people: dict[str, list[str]] = field(default_factory=dict)

    def program(self, home: str) -> Actor:
        """Whoever comes with a token of the home."""
        return Actor(f"cd-token-{home}")

    def next_people(self, home: str, number: int) -> tuple[str, ...]:
        """People of the home whom nobody has registered yet."""
        found, self.people[home] = self.people[home][:number], self.people[home][number:]
        assert len(found) == number
        return tuple(found)

    async def do(
        self, decision: Any, given: Any, actor: Actor = HUB, lane: Lane | None = None
    ) -> Any:
        """The outcome of a command."""
        done = decision.by(actor, f"room {next(_numbers)} of {self.id}", given)
        return (await (lane or self.lane).do(done)).outcome

    async def register(
        self, home: str, number: int = 1, actor: Actor | None = None, lane: Lane | None = None
    ) -> Any:
        """That many people of the home, together, by its program unless somebody else does it."""
        given = Register(self.id, home, self.next_people(home, number))
        return await self.do(REGISTER_GROUP, given, actor or self.program(home), lane)

    async def move(
        self, decision: Any, id_: str, actor: Actor = HUB, reason: str | None = None
    ) -> Any:
        """The outcome of moving a record on."""
        return await self.do(decision, Step(id_, reason=reason), actor)

    async def books(self) -> Books:
        """What the graph says."""
        return Books(await self.ask(BOOKS, id=self.id), self.seats, self.quotas)

    async def state(self, id_: str) -> str:
        """Of a record."""
        return str((await self.ask("MATCH (n:Record {id: $id}) RETURN n.state", id=id_))[0])

    async def version(self) -> int:
        """The class's."""
        return int((await self.ask("MATCH (n:Record {id: $id}) RETURN n.version", id=self.id))[0])


async def new_home(ask: Ask, word: str, people: int) -> tuple[str, list[str]]:
    """An institution with people, and a token of its program."""
    id_ = f"cd-institution-{word}"
    await ask(HOME, id=id_, stamp=STAMP)
    return id_, await ask(PLACE, home=id_, people=people, stamp=STAMP) if people else []


async def open_class(  # noqa: PLR0913 - a class in words
    lane: Lane,
    ask: Ask,
    *,
    seats: int,
    homes: int = 3,
    people: int = 20,
    quotas: tuple[int | None, ...] = (),
    priorities: tuple[int, ...] = (),
    published: bool = True,
    clause: str | None = None,
    **values: Any,
) -> Room:
    """A published class; the quotas and priorities are allotted to the homes in turn."""
    word = f"r{next(_numbers)}"
    organiser, _ = await new_home(ask, f"{word}o", 0)
    known = {}
    for number in range(homes):
        home, names = await new_home(ask, f"{word}h{number}", people)
        known[home] = names
    ids = list(known)
    allotments = [
        tie("allotments", home, {
            "quota": quotas[i] if i < len(quotas) else None,
            "priority": priorities[i] if i < len(priorities) else None,
        })
        for i, home in enumerate(ids)
        if i < max(len(quotas), len(priorities))
    ]  # fmt: skip
    given = CreateClass(
        {
            "name": "数据管理培训班",
            "seats": seats,
            "startsOn": "2027-03-01",
            "endsOn": "2027-03-05",
            **values,
        },
        {
            "organiser": (tie("organiser", organiser),),
            "allotments": tuple(allotments),
            **({"clause": (tie("clause", clause),)} if clause else {}),
        },
    )
    made = written((await lane.do(command(CREATE_CLASS, given))).outcome)
    if published:
        written((await lane.do(command(PUBLISH_CLASS, Step(made.id)))).outcome)
    limits = {home: quota for home, quota in zip(ids, quotas, strict=False) if quota is not None}
    if "quota" in values:
        limits = {home: limits.get(home, values["quota"]) for home in ids}
    return Room(lane, ask, made.id, organiser, seats, limits, ids, known)


def registered(outcome: object) -> Registered:
    """The outcome, which is the deed."""
    assert isinstance(outcome, Registered), outcome
    return outcome
