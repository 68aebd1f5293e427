"""An empty graph with its constraints, a lane into it, and short ways to say what a test is about."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from neo4j import AsyncDriver

from graph_store.commands import lanes
from graph_store.commands.actors import HUB, Actor
from graph_store.commands.commands import Command, Decision
from graph_store.commands.facts import Written
from graph_store.commands.institutions import CREATE_INSTITUTION
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.people import CREATE_PERSON
from graph_store.commands.records import Create
from graph_store.commands.transactions import Store
from graph_store.model import MODEL
from tests.graph import DATABASE, empty
from tests.graph_store.commands.petitions import PETITION, Petition

if TYPE_CHECKING:
    from tests.graph_store.commands.exchanging import Agencies

UNIT_SECONDS = 60.0  # however busy the machine
NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)

_numbers = count(1)

Ask = Callable[..., Awaitable[list[Any]]]
New = Callable[..., Awaitable[str]]
Appoint = Callable[..., Awaitable[None]]
Appointed = Callable[..., Awaitable[tuple[Actor, str]]]


class Owed(NamedTuple):
    """A petition and the task that it made."""

    task: str
    record: str
    person: str
    home: str


Owing = Callable[..., Awaitable[Owed]]


class By:
    """Commands of one actor after the other: `await by(actor, decision, input)`."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def __call__(self, actor: Actor, decision: Any, given: Any) -> Any:
        """The outcome."""
        # one count for all: an address is given again, and the hub acts in every test
        command = decision.by(actor, f"by {next(_numbers)} of {id(_numbers)}", given)
        return (await self._lane.do(command)).outcome


@pytest.fixture(scope="module")
async def store(driver: AsyncDriver) -> Store:
    """The graph, wiped once a module: its tests isolate by the records they make."""
    await empty(driver)
    return Store(driver, DATABASE, MODEL, "cd", lambda: NOW)


@pytest.fixture
async def lane(store: Store) -> AsyncIterator[Lane]:
    """A lane of its own for each test, as another process would have it."""
    async with open_lane(store) as opened:
        yield opened


@pytest.fixture
def ask(store: Store) -> Ask:
    """The first value of each row that a statement returns."""

    async def asked(statement: Any, **parameters: Any) -> list[Any]:
        found = await store.driver.execute_query(statement, parameters, database_=DATABASE)
        return [record[0] for record in found.records]

    return asked


@pytest.fixture
def new_institution(lane: Lane) -> New:
    """Makes an institution and gives its id."""

    async def new(**values: Any) -> str:
        given = Create({"name": "西南交通大学", "kind": "university", **values})
        return written((await lane.do(command(CREATE_INSTITUTION, given))).outcome).id

    return new


@pytest.fixture
def new_person(lane: Lane) -> New:
    """Makes a person and gives its id."""

    async def new(**values: Any) -> str:
        given = Create({"name": "李冰", **values})
        return written((await lane.do(command(CREATE_PERSON, given))).outcome).id

    return new


@pytest.fixture
def owed(by: By, new_person: New, new_institution: New, ask: Ask) -> Owing:
    """Makes a petition."""

    async def new(home: str | None = None, person: str | None = None) -> Owed:
        home, person = home or await new_institution(), person or await new_person(name="王五")
        record = written(await by(Actor("hub"), PETITION, Petition(person, home))).id
        (task,) = await ask("MATCH (t:Task)-[:ABOUT_RECORD]->({id: $id}) RETURN t.id", id=record)
        return Owed(task, record, person, home)

    return new


@pytest.fixture
def by(lane: Lane) -> By:
    """Does commands."""
    return By(lane)


@pytest.fixture
def appoint(ask: Ask) -> Appoint:
    """Gives an actor a role at an institution, on the days given."""

    async def given(actor: Actor, role: str, at: str, **days: str) -> None:
        await ask(
            "MATCH (p:Record {id: $person}), (i:Record {id: $at})"
            " CREATE (p)-[h:HOLDS {role: $role}]->(i) SET h += $days RETURN 1",
            person=actor.person,
            at=at,
            role=role,
            days=days,
        )

    return given


@pytest.fixture
def appointed(appoint: Appoint, new_person: New, new_institution: New, ask: Ask) -> Appointed:
    """Somebody with a role at an institution where they belong, a new one unless given."""

    async def new(role: str, at: str | None = None, **days: str) -> tuple[Actor, str]:
        person, home = await new_person(), at or await new_institution()
        belongs = "MATCH (p:Record {id: $person}), (i:Record {id: $at}) CREATE (p)-[:AFFILIATED_WITH]->(i) RETURN 1"
        await ask(belongs, person=person, at=home)
        actor = Actor(person, person)
        await appoint(actor, role, home, **days)
        return actor, home

    return new


def command(decision: Decision[Any, Any], given: Any, key: str | None = None) -> Command[Any]:
    """The hub's own command, with a key that was never used unless one is given."""
    return decision.by(HUB, key or f"key {next(_numbers)} of {id(_numbers)}", given)


def written(outcome: Any) -> Written:
    """The outcome, which is the deed."""
    assert isinstance(outcome, Written), outcome
    return outcome


@pytest.fixture
async def agencies(store: Store) -> AsyncIterator["Agencies"]:
    """Two agencies and their agreement on exchange: two people a year, a post for one."""
    from tests.graph_store.commands.exchanging import two_agencies  # it uses `written`

    async with two_agencies(store) as opened:
        yield opened


@pytest.fixture(scope="module")
def units_stay_whole() -> Iterator[None]:
    """A unit that takes too long falls apart, and its commands are done in whatever order; with this they keep that of their arrival."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lanes, "BATCH_SECONDS", UNIT_SECONDS)
        yield
