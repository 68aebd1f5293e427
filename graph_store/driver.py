"""The one connection pool to Neo4j: opened, checked and closed here."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from neo4j import (
    AsyncDriver,
    AsyncGraphDatabase,
    NotificationMinimumSeverity,
    RoutingControl,
)
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph_store.errors import StoreIsAway, StoreIsTooOld, StoreRefusedSignIn

OLDEST_VERSION = (5, 26)


@asynccontextmanager
async def open_driver(
    uri: str,
    user: str,
    password: str | None,
    *,
    database: str = "neo4j",
    pool_size: int = 100,
) -> AsyncIterator[AsyncDriver]:
    """A driver to a server that answered, accepted the sign-in and is new enough.

    Without a password nobody is signed in, for servers that ask for none.
    Raises StoreIsAway, StoreRefusedSignIn or StoreIsTooOld.
    """
    driver = AsyncGraphDatabase.driver(
        uri,
        auth=None if password is None else (user, password),
        connection_timeout=5.0,
        connection_acquisition_timeout=10.0,
        # the driver's first own retry waits 1 s: commands and reads retry by their own rules
        max_transaction_retry_time=0.0,
        max_connection_pool_size=pool_size,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
        telemetry_disabled=True,
    )
    async with driver:
        await ping(driver, database=database)
        yield driver


async def ping(driver: AsyncDriver, *, database: str = "neo4j") -> str:
    """The name and version of the server, "Neo4j/5.26.30", once `database` has answered it.

    Raises StoreIsAway, StoreRefusedSignIn or StoreIsTooOld.
    """
    try:
        answer = await driver.execute_query(
            "RETURN 1", database_=database, routing_=RoutingControl.READ
        )
    except AuthError as error:
        raise StoreRefusedSignIn(f"Neo4j refused the user and password: {error.message}") from error
    except (DriverError, Neo4jError, OSError) as error:
        # the driver's later lines list each address it tried
        reason = str(error).partition("\n")[0].rstrip(":")
        raise StoreIsAway(f"Neo4j does not answer: {reason}") from error
    agent = answer.summary.server.agent
    if not is_new_enough(agent):
        raise StoreIsTooOld(f"The server calls itself {agent!r}, the hub needs Neo4j 5.26 or newer")
    return agent


def is_new_enough(agent: str) -> bool:
    """Whether "Neo4j/5.26.30" is one whose Cypher the compiler writes; years are versions too.

    >>> is_new_enough("Neo4j/5.26.30"), is_new_enough("Neo4j/2026.01.0"), is_new_enough("Neo4j/5.9.0")
    (True, True, False)
    """
    version = re.search(r"(\d+)\.(\d+)", agent)
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST_VERSION
