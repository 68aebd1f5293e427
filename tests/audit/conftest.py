"""An empty graph with its audit log, and a hub that notes into it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_store.audit import AuditLog, open_audit
from graph_store.audit.log import Ledger
from graph_store.clock import system_clock
from graph_store.commands.lanes import open_lane
from graph_store.commands.transactions import Store
from graph_store.model import MODEL
from graph_store.reads import reader
from resolvers.context import Context, actor_of
from resolvers.engine import open_engine
from resolvers.noting import noting_personal
from resolvers.records import RecordReader
from schema.root import hub_schema
from tests.engine.conftest import CURSOR_KEY, Hub
from tests.graph import DATABASE, empty
from web.limits import document_checks

Ask = Callable[..., Awaitable[list[Any]]]
HubOver = Callable[[AuditLog], Hub]

INSTITUTION, PERSON = "cd-institution-1", "cd-person-1"
EMAIL, PHONE = "zhang.secret@example.cn", "13812345678"
PEOPLE = """\
CREATE (i:Institution:Record {id: $institution, name: '四川大学', kind: 'university', synthetic: false, visibility: 'public',
  version: 1, createdAt: $at, updatedAt: $at, aliases: []})
WITH i UNWIND range(1, $people) AS n
CREATE (:Person:Record {id: 'cd-person-' + n, name: '张三', email: $email, phone: $phone, synthetic: false,
  visibility: 'public', version: 1, createdAt: $at, updatedAt: $at, aliases: []})-[:AFFILIATED_WITH]->(i)"""


@pytest.fixture
def ask(driver: AsyncDriver) -> Ask:
    """The first column of a statement, as whoever has the database may run it."""

    async def asked(statement: str, **parameters: Any) -> list[Any]:
        result = await driver.execute_query(statement, parameters, database_=DATABASE)
        return [record[0] for record in result.records]

    return asked


@pytest.fixture
def entries(ask: Ask) -> Ask:
    """The entries of the log, in order."""

    async def found(where: str = "true") -> list[Any]:
        return await ask(f"MATCH (e:AuditEntry) WHERE {where} RETURN e {{.*}} ORDER BY e.seq")

    return found


@pytest.fixture
async def audit(driver: AsyncDriver) -> AsyncIterator[AuditLog]:
    """The log of an empty graph."""
    await empty(driver)
    async with open_audit(Ledger(driver, DATABASE, "cd")) as opened:
        yield opened


@pytest.fixture
async def hub_over(driver: AsyncDriver) -> AsyncIterator[HubOver]:
    """Makes a hub that notes into a log; nobody holds a role in its graph."""
    store = Store(driver, DATABASE, MODEL, "cd", system_clock)
    async with open_lane(store) as lane:

        def over(audit: AuditLog) -> Hub:
            engine = open_engine(
                schema=hub_schema(),
                model=MODEL,
                checks=document_checks(introspection=True),
                run=reader(driver, DATABASE, 30),
                cursor_key=CURSOR_KEY,
                today=lambda: "2026-11-29",
                most=1_000,
                note_personal=noting_personal(audit.note),
                context=lambda _asked, viewer: Context(
                    viewer,
                    actor_of(viewer),
                    lane,
                    RecordReader(engine, viewer),
                    note=audit.note,
                ),
            )
            return Hub(engine)

        yield over


@pytest.fixture
def hub(hub_over: HubOver, audit: AuditLog) -> Hub:
    """The hub over the log."""
    return hub_over(audit)


async def lay_out(ask: Ask, people: int) -> None:
    """An institution with so many people, whose addresses are personal."""
    await ask(
        PEOPLE,
        institution=INSTITUTION,
        people=people,
        email=EMAIL,
        phone=PHONE,
        at="2026-11-01T00:00:00.000Z",
    )
