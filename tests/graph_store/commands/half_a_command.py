"""A process that opens a unit of work, writes all of it but the commit, says so, and waits to be killed."""

import asyncio
import sys

from neo4j import AsyncGraphDatabase

from graph_store.commands.close import close
from graph_store.commands.commands import Command
from graph_store.commands.institutions import EDIT_INSTITUTION
from graph_store.commands.records import Edit
from graph_store.commands.transactions import Store, _begin, _open
from graph_store.model import MODEL
from tests.graph_store.commands.conftest import NOW, command


def half(id_: str) -> Command[object]:
    """The edit that is never committed by this process."""
    return command(EDIT_INSTITUTION, Edit(id_, 1, {"city": "乐山"}), f"half of {id_}")


async def main(uri: str, user: str, password: str, id_: str) -> None:
    """Everything up to the commit."""
    async with (
        AsyncGraphDatabase.driver(uri, auth=(user, password)) as driver,
        driver.session(database="neo4j") as session,
        await _begin(session, 60) as transaction,
    ):
        store = Store(driver, "neo4j", MODEL, "cd", lambda: NOW)
        unit = await _open(store, transaction, [half(id_)])
        unit.decide(half(id_))
        await close(transaction, unit.batch)
        sys.stdout.write("written\n")
        sys.stdout.flush()
        await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
