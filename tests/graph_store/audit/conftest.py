"""An audit log that begins here: other tests' entries are put away, for one chain is all that a graph holds."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase

from graph_store.audit import AuditLog, open_audit
from graph_store.audit.checking import Verdict, verified
from graph_store.audit.log import Ledger
from graph_store.audit.reading import AuditReader
from graph_store.constraints import apply
from graph_store.model import MODEL
from tests.graph import DATABASE

Ask = Callable[..., Awaitable[list[Any]]]
Check = Callable[[], Awaitable[Verdict]]

EMPTY = """\
MATCH (s:Sequence {id: 'audit'}) SET s.last = 0, s.digest = '', s.at = ''
WITH s OPTIONAL MATCH (e:AuditEntry) DETACH DELETE e RETURN count(e)"""


@pytest.fixture
def ask(driver: AsyncDriver) -> Ask:
    """The first column of a statement, as whoever has the database may run it."""

    async def asked(statement: str, **parameters: Any) -> list[Any]:
        result = await driver.execute_query(statement, parameters, database_=DATABASE)
        return [record[0] for record in result.records]

    return asked


@pytest.fixture
async def ledger(driver: AsyncDriver, ask: Ask) -> Ledger:
    """Where the log lies, empty."""
    await apply(driver, DATABASE, MODEL)
    await ask(EMPTY)
    return Ledger(driver, DATABASE, "cd")


@pytest.fixture
async def audit(ledger: Ledger) -> AsyncIterator[AuditLog]:
    """The log, taking entries."""
    async with open_audit(ledger) as opened:
        yield opened


@pytest.fixture
async def away() -> AsyncIterator[Ledger]:
    """A log in a store at whose address nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        address = f"bolt://127.0.0.1:{taken.getsockname()[1]}"
        async with AsyncGraphDatabase.driver(address) as driver:
            yield Ledger(driver, DATABASE, "cd")


@pytest.fixture
def reader(driver: AsyncDriver) -> AuditReader:
    """Reads it."""
    return AuditReader(driver, DATABASE)


@pytest.fixture
def check(reader: AuditReader) -> Check:
    """What a walk along the chain finds."""

    async def checked() -> Verdict:
        return await verified(reader, lambda *_: None)

    return checked
