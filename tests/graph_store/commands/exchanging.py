"""Two agencies with an agreement on the exchange of staff, their approvers, people and posts, and short ways to act."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from neo4j import AsyncDriver

from graph_store.commands.actors import HUB, Actor
from graph_store.commands.commands import Command
from graph_store.commands.exchange_drafts import DRAFT_EXCHANGE, Proposal
from graph_store.commands.exchanges import (
    ACTIVATE_EXCHANGE,
    APPROVE_EXCHANGE,
    COMPLETE_EXCHANGE,
    EXPIRE_EXCHANGE,
    RECALL_EXCHANGE,
    REJECT_EXCHANGE,
    SUBMIT_EXCHANGE,
    WITHDRAW_EXCHANGE,
)
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.machines import Step
from graph_store.commands.rows import SHANGHAI
from graph_store.commands.transactions import Store
from tests.graph import DATABASE
from tests.graph_store.commands.conftest import written
from tests.network import Network

TODAY = "2026-11-25"
SINCE, UNTIL = "2027-01-01", "2027-03-31"
MOVES = {
    "submit": SUBMIT_EXCHANGE,
    "approve": APPROVE_EXCHANGE,
    "reject": REJECT_EXCHANGE,
    "withdraw": WITHDRAW_EXCHANGE,
    "recall": RECALL_EXCHANGE,
    "complete": COMPLETE_EXCHANGE,
    "activate": ACTIVATE_EXCHANGE,
    "expire": EXPIRE_EXCHANGE,
}

_worlds = count(1)
_keys = count(1)


@dataclass
class Clock:
    """Noon in Shanghai of a day that tests choose."""

    day: str = TODAY

    def __call__(self) -> datetime:
        """The instant."""
        return datetime.fromisoformat(f"{self.day}T12:00:00").replace(tzinfo=SHANGHAI)

    def pass_to(self, day: str) -> None:
        """It is that day now."""
        self.day = day

    def after(self, days: int) -> str:
        """So many days from today."""
        return (datetime.fromisoformat(self.day) + timedelta(days=days)).date().isoformat()


@asynccontextmanager
async def two_agencies(
    store: Store, agreement: Mapping[str, Any] | None = None, **given: Any
) -> AsyncIterator[Agencies]:
    """A world in the store's graph with a lane and a clock of its own."""
    clock = Clock()
    async with open_lane(replace(store, clock=clock)) as lane:
        yield await Agencies(store.driver, lane, clock, **given).laid_out(**(agreement or {}))


@dataclass
class Agencies:
    """The world of one test; ids begin with words of their own, so that several stand in one graph."""

    driver: AsyncDriver
    lane: Lane
    clock: Clock
    quota: int | None = 2
    per: str = "year"
    vacancies: int = 1
    network: Network = field(default_factory=Network)
    number: int = field(default_factory=lambda: next(_worlds))

    async def laid_out(self, **agreement: Any) -> Agencies:
        """Sichuan's agency with a body, Chongqing's with a post; an approver of each, who belongs there."""
        lay, agreed = self.network, {"expiresOn": "2030-12-31", **agreement}
        self.sichuan, self.chongqing = lay.institution(self.word("sc")), lay.institution(self.word("cq"))  # fmt: skip
        self.body = lay.institution(self.word("body"), part_of=self.sichuan)
        self.agreement = lay.agreement(self.word("deal"), self.sichuan, self.chongqing, **agreed)
        self.clause = self.add_clause(self.agreement)
        self.zhang = lay.person(self.word("zhang"), "member", self.sichuan)
        self.home_approver = self.actor(lay.person(self.word("li"), "approver", self.sichuan))
        self.host_approver = self.actor(lay.person(self.word("wang"), "approver", self.chongqing))
        self.post = self.add_post()
        await self.write()
        return self

    def word(self, text: str) -> str:
        """The word in this world."""
        return f"{text}-{self.number}"

    @staticmethod
    def actor(person: str) -> Actor:
        """Somebody who acts."""
        return Actor(person, person)

    def add_clause(self, agreement: str, **values: Any) -> str:
        """A clause on exchange, with the world's quota unless told otherwise."""
        given = {"quota": self.quota, "per": self.per, **values}
        known = {name: each for name, each in given.items() if each is not None}
        self.network._clauses = next(_keys)  # ids of clauses are unique in all worlds
        return self.network.clause(agreement, "exchange_cadres", **known)

    def add_post(self, at: str | None = None, topics: Sequence[Any] = (), **values: Any) -> str:
        """A post at the host, with the world's vacancies unless told otherwise."""
        given = {"status": "open", "vacancies": self.vacancies, "visibility": "network", **values}
        id_ = self.network._record("Post", self.word(f"post-{next(_keys)}"), **given)
        self.network.tie("OFFERED_BY", id_, at or self.chongqing)
        for topic, level in topics:
            self.network.tie("REQUIRES", id_, topic, **({"level": level} if level else {}))
        return id_

    def add_person(self, at: str | None = None) -> str:
        """Somebody who belongs to home."""
        return self.network.person(self.word(f"person-{next(_keys)}"), at=at or self.sichuan)

    async def write(self) -> None:
        """Put what was added into the graph."""
        await self.network.write(self.driver)
        self.network.graph.records.clear()
        self.network.graph.ties.clear()

    async def ask(self, statement: Any, **parameters: Any) -> list[Any]:
        """The first value of each row."""
        found = await self.driver.execute_query(statement, parameters, database_=DATABASE)
        return [record[0] for record in found.records]

    async def by(self, actor: Actor, decision: Any, given: Any) -> Any:
        """The outcome of a new request."""
        return (await self.lane.do(self.command(actor, decision, given))).outcome

    @staticmethod
    def command(actor: Actor, decision: Any, given: Any) -> Command[Any]:
        """A new request."""
        command: Command[Any] = decision.by(actor, f"exchanging {next(_keys)}", given)
        return command

    async def draft(self, person: str | None = None, post: str | None = None, **values: Any) -> str:
        """The id of a draft made by home's approver."""
        given = self.proposal(person, post, **values)
        return written(await self.by(self.home_approver, DRAFT_EXCHANGE, given)).id

    def proposal(
        self,
        person: str | None = None,
        post: str | None = None,
        home: str | None = None,
        **values: Any,
    ) -> Proposal:
        """Zhang to the post for the first quarter, unless told otherwise."""
        given = {"since": SINCE, "until": UNTIL, **values}
        return Proposal(person or self.zhang, home or self.sichuan, post or self.post, given)

    async def move(self, id_: str, name: str, actor: Actor, reason: str | None = None) -> Any:
        """The outcome of a move."""
        return await self.by(actor, MOVES[name], Step(id_, reason=reason))

    async def submitted(self, **given: Any) -> str:
        """An exchange that waits for home."""
        id_ = await self.draft(**given)
        written(await self.move(id_, "submit", self.home_approver))
        return id_

    async def approved(self, **given: Any) -> str:
        """An exchange that waits for the host."""
        id_ = await self.submitted(**given)
        written(await self.move(id_, "approve", self.home_approver))
        return id_

    async def accepted(self, **given: Any) -> str:
        """An exchange that waits for its first day."""
        id_ = await self.approved(**given)
        written(await self.move(id_, "approve", self.host_approver))
        return id_

    async def active(self, **given: Any) -> str:
        """An exchange that goes on; its first day is today."""
        id_ = await self.accepted(**given)
        (since,) = await self.ask("MATCH (n:Record {id: $id}) RETURN n.since", id=id_)
        self.clock.pass_to(since)
        written(await self.move(id_, "activate", HUB))
        return id_

    async def state(self, id_: str) -> str:
        """Where a record stands."""
        return str((await self.ask("MATCH (n:Record {id: $id}) RETURN n.state", id=id_))[0])

    async def told(self, person: str) -> list[str]:
        """What a person was told, by kinds, in order."""
        return await self.ask(
            "MATCH (n:Notice)-[:TELLS]->(:Person {id: $id}) RETURN n.kind ORDER BY n.id", id=person
        )

    async def tasks(self, id_: str) -> list[list[Any]]:
        """What was owed about a record, oldest first: state, institution, last day, priority."""
        return await self.ask(
            "MATCH (i:Institution)<-[:OWED_BY]-(t:Task)-[:ABOUT_RECORD]->({id: $id})"
            " RETURN [t.state, i.id, left(t.dueAt, 10), t.priority] ORDER BY t.id",
            id=id_,
        )

    async def stays(self, person: str) -> list[list[Any]]:
        """A person's affiliations on exchange: where, title, first and last day."""
        return await self.ask(
            "MATCH (:Person {id: $id})-[e:AFFILIATED_WITH {role: 'on_exchange'}]->(i)"
            " RETURN [i.id, e.title, e.since, e.until] ORDER BY e.since",
            id=person,
        )


async def submit(agencies: Agencies, id_: str) -> Any:
    """The outcome."""
    return await agencies.move(id_, "submit", agencies.home_approver)


async def approve(agencies: Agencies, id_: str) -> Any:
    """The outcome of home's approval."""
    return await agencies.move(id_, "approve", agencies.home_approver)
