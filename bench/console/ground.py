"""An inbox of 5,000: people of an association are sent to a class by its administrator, and wait for its approver.

The first of them also belong to other institutions, so that a graph of 2,000 relations can be drawn.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from neo4j import AsyncDriver

from demo.facts import institutions as who
from graph_store.clock import instant, system_clock
from graph_store.commands.actors import HUB, Actor
from graph_store.commands.classes import CREATE_CLASS, PUBLISH_CLASS, CreateClass
from graph_store.commands.commands import Command
from graph_store.commands.facts import Fact
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.machines import Step
from graph_store.commands.registering import MOST_MANY, REGISTER_MANY, RegisterMany, Row
from graph_store.commands.rows import tie
from graph_store.commands.transactions import Store
from graph_store.driver import open_driver
from graph_store.model import MODEL

DATABASE = "neo4j"
DECISIONS = 5_000
IN_SEVERAL = 500
HOME = who.SCAST
SENDER = """\
MATCH (p:Person)-[:HOLDS {role: 'institution_admin'}]->(:Institution {id: $home}) RETURN p.id LIMIT 1"""
LAID_OUT = """\
MATCH (home:Institution {id: $home}) UNWIND range(1, $many) AS number
CREATE (p:Person:Record {id: 'cd-person-bench' + number}) SET p += $stamp, p.name = '学员' + number
CREATE (p)-[:AFFILIATED_WITH {role: 'employee'}]->(home)"""
BELONG = """\
MATCH (other:Institution) WHERE other.id <> $home WITH other ORDER BY other.id LIMIT 3
UNWIND range(1, $many) AS number MATCH (p:Person {id: 'cd-person-bench' + number})
CREATE (p)-[:AFFILIATED_WITH {role: 'employee'}]->(other)"""


async def lay_out(uri: str) -> None:
    """All of it, by the commands that people use."""
    at = instant(datetime.now(UTC))
    stamp = {"synthetic": True, "version": 1, "createdAt": at, "updatedAt": at, "aliases": [], "visibility": "public"}  # fmt: skip
    async with open_driver(uri, "", None) as driver:
        await driver.execute_query(
            LAID_OUT, home=HOME, many=DECISIONS, stamp=stamp, database_=DATABASE
        )
        await driver.execute_query(BELONG, home=HOME, many=IN_SEVERAL, database_=DATABASE)
        store = Store(driver, DATABASE, MODEL, "cd", system_clock)
        async with open_lane(store) as lane:
            await _send_all(lane, await _sender(driver))


async def _sender(driver: AsyncDriver) -> Actor:
    found = await driver.execute_query(SENDER, home=HOME, database_=DATABASE)
    person = found.records[0][0]
    return Actor(person, person)


async def _send_all(lane: Lane, sender: Actor) -> None:
    first_day = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
    given = CreateClass(
        {"name": "科技管理干部培训班", "seats": DECISIONS, "startsOn": first_day},
        {
            "organiser": (tie("organiser", who.CQAST),),
            "allotments": (tie("allotments", HOME, {"quota": DECISIONS, "priority": 0}),),
        },
    )
    class_ = (await _done(lane, CREATE_CLASS.by(HUB, "bench class", given))).id
    await _done(lane, PUBLISH_CLASS.by(HUB, "bench publish", Step(class_)))
    for begin in range(1, DECISIONS + 1, MOST_MANY):
        numbers = range(begin, min(begin + MOST_MANY, DECISIONS + 1))
        rows = tuple(Row(number, (f"cd-person-bench{number}",)) for number in numbers)
        sent = await _done(
            lane,
            REGISTER_MANY.by(sender, f"bench send {begin}", RegisterMany(class_, HOME, rows)),
        )
        if sent.refused:
            raise SystemExit(f"Not all could be sent: {sent.rows[:3]}")


async def _done(lane: Lane, command: Command[Any]) -> Any:
    outcome = (await lane.do(command)).outcome
    if isinstance(outcome, Fact):
        raise SystemExit(f"The ground could not be laid: {outcome}")
    return outcome
