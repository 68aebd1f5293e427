"""What is registered: classes of 500 seats, 20 institutions with quotas, their people, and a service token of each institution."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from neo4j import AsyncDriver

from auth.token_deeds import Made, TokenDeeds, Wish
from auth.viewer import Scope
from graph_store.audit import Entry
from graph_store.clock import instant, system_clock
from graph_store.commands.actors import HUB
from graph_store.commands.classes import CREATE_CLASS, PUBLISH_CLASS, CreateClass
from graph_store.commands.commands import Command
from graph_store.commands.facts import Written
from graph_store.commands.lanes import Lane
from graph_store.commands.machines import Step
from graph_store.commands.rows import tie
from graph_store.errors import QueryTookTooLong
from graph_store.reads import reader
from graph_store.tokens import Tokens
from graph_store.writes import writer

DATABASE, ATTEMPTS = "neo4j", 5
SEATS, HOMES, GROUP_SIZE = 500, 20, 4
GROUP_SHARE = 0.02
SEED = 20200415

LAID_OUT = """\
UNWIND $homes AS home
CREATE (i:Institution:Record {id: home.id}) SET i += $stamp, i.name = home.id, i.kind = 'institute', i.status = 'active'
WITH i, home UNWIND home.people AS person
CREATE (p:Person:Record {id: person}) SET p += $stamp, p.name = '学员' + split(person, '-')[2]
CREATE (p)-[:AFFILIATED_WITH {role: 'employee'}]->(i)"""


@dataclass(frozen=True, slots=True)
class Party:
    """One request: `home` sends `people` together."""

    number: int
    home: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A class, what each institution may send, and the parties that want to come, in the order of asking."""

    id: str
    quotas: dict[str, int]
    parties: list[Party]


def homes() -> list[str]:
    """The ids of the institutions that send people."""
    return [f"cd-institution-h{number:02d}" for number in range(HOMES)]


def parties(requests: int, letter: str) -> list[Party]:
    """So many, one in fifty a group; their people, named by a letter, are nobody else's."""
    rng = random.Random(SEED)  # noqa: S311 - the same parties each time, no secret
    groups = set(rng.sample(range(requests), round(requests * GROUP_SHARE)))
    used = dict.fromkeys(homes(), 0)
    found = []
    for number in range(requests):
        home = homes()[number % HOMES]
        size = GROUP_SIZE if number in groups else 1
        word = home.split("-")[2] + letter
        people = tuple(f"cd-person-{word}{used[home] + each + 1}" for each in range(size))
        used[home] += size
        found.append(Party(number, home, people))
    return found


async def lay_out(driver: AsyncDriver, expected: list[Party]) -> None:
    """The institutions and all people of these parties."""
    at = instant(datetime.now(UTC))
    stamp = {"synthetic": True, "version": 1, "createdAt": at, "updatedAt": at, "aliases": [], "visibility": "public"}  # fmt: skip
    people: dict[str, list[str]] = {"cd-institution-organiser": [], **{id_: [] for id_ in homes()}}
    for each in expected:
        people[each.home] += each.people
    rows = [{"id": id_, "people": known} for id_, known in people.items()]
    await driver.execute_query(LAID_OUT, homes=rows, stamp=stamp, database_=DATABASE)


async def opened(lane: Lane, expected: list[Party]) -> Course:
    """A published class for which nobody is registered."""
    rng = random.Random(SEED)  # noqa: S311 - the same quotas each time, no secret
    quotas = {home: rng.choice((20, 25, 30, 40)) for home in homes()}
    allotments = tuple(
        tie("allotments", home, {"quota": quota, "priority": rng.randrange(3)})
        for home, quota in quotas.items()
    )
    first_day = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
    given = CreateClass(
        {"name": "干部培训班", "seats": SEATS, "startsOn": first_day},
        {
            "organiser": (tie("organiser", "cd-institution-organiser"),),
            "allotments": allotments,
        },
    )
    key = expected[0].people[0]
    made = await _done(lane, CREATE_CLASS.by(HUB, f"create for {key}", given))
    if not isinstance(made, Written):
        raise SystemExit(f"No class could be made: {made}")
    await _done(lane, PUBLISH_CLASS.by(HUB, f"publish {made.id}", Step(made.id)))
    return Course(made.id, quotas, expected)


async def _done(lane: Lane, command: Command[Any]) -> Any:
    """The outcome; a cold store on a busy machine plans its first statements for longer than a command may take."""
    for _ in range(ATTEMPTS):
        with suppress(QueryTookTooLong):
            return (await lane.do(command)).outcome
    raise SystemExit("The store did not answer a command in time")


async def unnoted(_entry: Entry) -> None:
    """What the bench makes is in nobody's audit log."""


async def tokens(driver: AsyncDriver) -> dict[str, str]:
    """A service token of each institution, by its id."""
    async with reader(driver, DATABASE, 60) as run:
        deeds = TokenDeeds(Tokens(run, writer(driver, DATABASE, 60)), unnoted, system_clock, "cd")
        found = {}
        for home in homes():
            wish = Wish("bench", frozenset({Scope.READ, Scope.WRITE}), 1, home)
            made = await deeds.issue(deeds.drawn_up(wish, home, "bench", home), wish, home)
            if not isinstance(made, Made) or made.secret is None:
                raise SystemExit(f"No token could be made: {made}")
            found[home] = made.secret
    return found
