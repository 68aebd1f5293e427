"""Rights that are kept: computed once for many who ask, forgotten on every worker within a second of what they follow from."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from neo4j import AsyncDriver

from auth.rights import RightsKept
from auth.watch import FRESH_SECONDS, Heard, Watch, open_watch
from graph_store.commands.actors import HUB, Actor
from graph_store.commands.agreements import SUSPEND_AGREEMENT, Consent
from graph_store.commands.delegations import (
    DELEGATE,
    END_DELEGATION,
    Delegating,
    EndingDelegation,
)
from graph_store.commands.facts import Written
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.roles import REVOKE_ROLE, Revocation
from graph_store.commands.sign_on import SUGGEST_ROLES, Suggestion
from graph_store.commands.transactions import Store
from graph_store.errors import StoreIsAway
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.rights import Role
from tests.graph import DATABASE, empty
from tests.network import TODAY, Network

NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
WITHIN_SECONDS = 1.0


@dataclass
class Counting:
    """A way to read that counts the computations."""

    driver: AsyncDriver
    computed: int = 0
    is_away: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, statement: str, parameters: dict[str, Any]) -> list[Any]:
        """The record."""
        self.computed += 1
        self.asked.set()
        await self.gate.wait()
        if self.is_away:
            raise StoreIsAway("for the test")
        return await reader(self.driver, DATABASE, 30)(statement, parameters)


@dataclass(frozen=True)
class World:
    """Two parties that share data, and a member of the first."""

    person: str
    ours: str
    theirs: str
    agreement: str


@pytest.fixture
async def world(driver: AsyncDriver) -> World:
    """Laid out anew for each test."""
    await empty(driver)
    network = Network()
    ours, theirs = network.institution("ours"), network.institution("theirs")
    person = network.person("zhang", at=ours)
    network.role(person, "member", ours, grantedBy="agency:sichuan")
    agreement = network.agreement("sharing", ours, theirs)
    network.clause(agreement, "share_data")
    for name, party in (("ours", ours), ("theirs", theirs)):
        network.person(f"admin-of-{name}", "institution_admin", party)
    await network.write(driver)
    return World(person, ours, theirs, agreement)


@pytest.fixture
async def lane(driver: AsyncDriver) -> AsyncIterator[Lane]:
    """Where commands go, as another worker would send them."""
    store = Store(driver, DATABASE, MODEL, "cd", lambda: NOW)
    async with open_lane(store) as opened:
        yield opened


@dataclass
class Worker:
    """A cache with its own watch."""

    kept: RightsKept
    watch: Watch
    run: Counting


@asynccontextmanager
async def working(driver: AsyncDriver, most: int = 100) -> AsyncIterator[Worker]:
    """A worker of the hub, as far as rights are concerned."""
    async with open_watch(reader(driver, DATABASE, 30)) as watch:
        run = Counting(driver)
        run.gate.set()
        yield Worker(RightsKept(run, watch, lambda: TODAY, most), watch, run)


async def test_many_who_ask_at_once_and_again_share_one_computation(
    driver: AsyncDriver, world: World
) -> None:
    async with working(driver) as worker:
        found = await asyncio.gather(*(worker.kept.of(world.person) for _ in range(50)))
        assert {each.shared["share_data"] for each in found} == {(world.theirs,)}
        assert await worker.kept.of(world.person) is found[0]
        assert worker.run.computed == 1


async def test_whoever_gives_up_waiting_leaves_the_others_waiting(
    driver: AsyncDriver, world: World
) -> None:
    async with working(driver) as worker:
        worker.run.gate.clear()
        first, second = (asyncio.create_task(worker.kept.of(world.person)) for _ in range(2))
        await worker.run.asked.wait()
        first.cancel()
        worker.run.gate.set()
        assert (await second).in_network
        assert worker.run.computed == 1


async def test_what_could_not_be_computed_is_tried_again(driver: AsyncDriver, world: World) -> None:
    async with working(driver) as worker:
        worker.run.is_away = True
        with pytest.raises(StoreIsAway):
            await worker.kept.of(world.person)
        worker.run.is_away = False
        assert (await worker.kept.of(world.person)).in_network


async def test_a_watch_that_is_blind_makes_everybody_ask_the_graph(
    driver: AsyncDriver, world: World
) -> None:
    watch = Watch(reader(driver, DATABASE, 30))
    run = Counting(driver)
    run.gate.set()
    kept = RightsKept(run, watch, lambda: TODAY)
    for asked in (1, 2):
        assert (await kept.of(world.person)).in_network
        assert run.computed == asked
    assert len(kept) == 0


async def test_rights_are_computed_anew_on_another_day(driver: AsyncDriver, world: World) -> None:
    days = iter([TODAY, "2026-11-26"])
    async with open_watch(reader(driver, DATABASE, 30)) as watch:
        run = Counting(driver)
        run.gate.set()
        kept = RightsKept(run, watch, lambda: next(days))
        for asked in (1, 2):
            assert (await kept.of(world.person)).in_network
            assert run.computed == asked


async def test_no_more_are_kept_than_was_agreed(driver: AsyncDriver, world: World) -> None:
    async with working(driver, most=2) as worker:
        for holder in (world.person, "cd-person-1", "cd-person-2"):
            await worker.kept.of(holder)
        assert len(worker.kept) == 2
        await worker.kept.of(world.person)
        assert worker.run.computed == 4


async def test_a_change_that_came_during_a_computation_is_in_the_next_answer(
    driver: AsyncDriver, world: World
) -> None:
    async with working(driver) as worker:
        worker.run.gate.clear()
        early = asyncio.create_task(worker.kept.of(world.person))
        await worker.run.asked.wait()
        worker.kept.hear(Heard(changed=frozenset({("Person", world.person)})))
        worker.run.gate.set()
        await early
        await worker.kept.of(world.person)
        assert worker.run.computed == 2


@pytest.mark.parametrize(
    ("heard", "left"),
    [
        (Heard(changed=frozenset({("Person", "cd-person-zhang")})), 1),
        (Heard(ended=frozenset({"cd-person-zhang"})), 1),
        (Heard(changed=frozenset({("Instrument", "cd-instrument-1")})), 2),
        (Heard(changed=frozenset({("Agreement", "cd-agreement-1")})), 0),
        (Heard(changed=frozenset({("Clause", "cd-clause-1")})), 0),
        (Heard(changed=frozenset({("Institution", "cd-institution-1")})), 0),
        (Heard(changed=frozenset({("Delegation", "cd-delegation-1")})), 0),
        (Heard(all=True), 0),
    ],
    ids=str,
)
async def test_what_is_heard_makes_forget_whom_it_concerns(
    driver: AsyncDriver, world: World, heard: Heard, left: int
) -> None:
    async with working(driver) as worker:
        for holder in (world.person, "cd-person-other"):
            await worker.kept.of(holder)
        worker.kept.hear(heard)
        assert len(worker.kept) == left


async def test_an_agreement_that_both_sides_suspend_is_gone_from_every_worker_within_a_second(
    driver: AsyncDriver, world: World, lane: Lane
) -> None:
    async with working(driver) as one, working(driver) as other:
        for worker in (one, other):
            assert (await worker.kept.of(world.person)).shared
        for version, name in enumerate(("ours", "theirs"), 1):
            admin = f"cd-person-admin-of-{name}"
            given = Consent(world.agreement, version)
            done = await lane.do(SUSPEND_AGREEMENT.by(Actor(admin, admin), "suspend", given))
            assert isinstance(done.outcome, Written)
        assert await _gone_everywhere(world.person, one, other) < WITHIN_SECONDS


async def test_a_role_that_is_taken_is_gone_from_every_worker_within_a_second(
    driver: AsyncDriver, world: World, lane: Lane
) -> None:
    async with working(driver) as one, working(driver) as other:
        for worker in (one, other):
            assert (await worker.kept.of(world.person)).shared
        given = Suggestion(world.person, "sichuan", (world.ours,), ())
        await lane.do(SUGGEST_ROLES.by(HUB, "take", given))
        assert await _gone_everywhere(world.person, one, other) < WITHIN_SECONDS


@pytest.mark.parametrize("how", ["the delegation is ended", "the principal's role is taken"])
async def test_a_deputys_rights_are_gone_from_every_worker_within_a_second(
    driver: AsyncDriver, world: World, lane: Lane, how: str
) -> None:
    principal = "cd-person-admin-of-ours"
    by = Actor(principal, principal)
    role = Role.INSTITUTION_ADMIN.value
    async with working(driver) as one, working(driver) as other:
        for worker in (one, other):
            assert not (await worker.kept.of(world.person)).has(Role.APPROVER)
        given = Delegating(principal, world.person, world.ours, role, "2026-12-31")
        made = (await lane.do(DELEGATE.by(by, "delegate", given))).outcome
        assert isinstance(made, Written)
        for worker in (one, other):
            await _decides(worker, world.person, whether=True)
        if how == "the delegation is ended":
            await lane.do(END_DELEGATION.by(by, "end", EndingDelegation(made.id)))
        else:
            await lane.do(REVOKE_ROLE.by(HUB, "take", Revocation(principal, world.ours, role)))
        begun = time.monotonic()
        for worker in (one, other):
            await _decides(worker, world.person, whether=False)
        assert time.monotonic() - begun < WITHIN_SECONDS


async def _decides(worker: Worker, person: str, *, whether: bool) -> None:
    """Wait until the worker's rights say so."""
    begun = time.monotonic()
    while (await worker.kept.of(person)).has(Role.APPROVER) is not whether:
        assert time.monotonic() - begun < 10 * FRESH_SECONDS
        await asyncio.sleep(0.01)


async def _gone_everywhere(person: str, *workers: Worker) -> float:
    """How many seconds it took until no worker shares anything with the person; the watches must be fresh all the while."""
    begun = time.monotonic()
    for worker in workers:
        while (await worker.kept.of(person)).shared:
            assert worker.watch.is_fresh
            assert time.monotonic() - begun < 10 * FRESH_SECONDS
            await asyncio.sleep(0.01)
    return time.monotonic() - begun
