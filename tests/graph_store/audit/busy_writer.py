"""A process that notes without end, several at once, and says after each how many are written, and is killed."""

import asyncio
import sys

from graph_store.audit import AuditLog, Entry, Happened, open_audit
from graph_store.audit.log import Ledger
from graph_store.driver import open_driver

AT_ONCE = 8


async def main(uri: str, user: str, password: str) -> None:
    """Note until killed."""
    async with (
        open_driver(uri, user, password) as driver,
        open_audit(Ledger(driver, "neo4j", "cd")) as audit,
    ):
        await asyncio.gather(*(_noting(audit) for _ in range(AT_ONCE)))


async def _noting(audit: AuditLog) -> None:
    written = 0
    while True:
        await audit.note(Entry(Happened.SIGNED_ON, actor="cd-person-1"))
        written += 1
        sys.stdout.write(f"{written}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
