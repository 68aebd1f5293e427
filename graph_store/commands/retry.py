"""The write side's own retry: a lost race is run again at once, the driver would wait a second first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import uniform
from typing import TypeVar

from neo4j.exceptions import (
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph_store.commands.errors import OutcomeUnknown
from graph_store.errors import GraphStoreError, QueryTookTooLong
from graph_store.reads import named

Result = TypeVar("Result")

PAUSES_SECONDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.2)

_LOST = (ServiceUnavailable, SessionExpired)
# the time limit came while it waited for a lock: a ClientError by name, yet nothing was written
_STILL_WAITING = "Neo.ClientError.Transaction.LockClientStopped"


async def retried(attempt: Callable[[], Awaitable[Result]]) -> Result:
    """The attempt's result, after up to six more attempts where the error says that it may be tried again.

    A lost connection in the middle of a commit is tried again too: the request key makes that safe. A time limit that
    came while waiting for a lock is not: who waits longer, and beside the lane, is the lane's matter.
    Raises StoreIsAway, OutcomeUnknown, QueryTookTooLong, OutOfMemory, GraphStoreError, and what the attempt raises itself.
    """
    unknown = False
    for pause in (*PAUSES_SECONDS, None):
        try:
            return await attempt()
        except (DriverError, Neo4jError) as error:
            unknown |= isinstance(error, IncompleteCommit)
            if pause is None or not _may_be_retried(error):
                if unknown:
                    raise OutcomeUnknown("the connection was lost while committing") from error
                raise _named(error) from error
            await asyncio.sleep(pause * uniform(0.5, 1.5))  # noqa: S311 - spreads rivals, keeps no secret
    raise AssertionError("the last attempt returns or raises")


def _may_be_retried(error: DriverError | Neo4jError) -> bool:
    if isinstance(error, _LOST):
        return True
    return error.is_retryable() and "OutOfMemory" not in (getattr(error, "code", None) or "")


def _named(error: DriverError | Neo4jError) -> GraphStoreError:
    still_waiting = getattr(error, "code", None) == _STILL_WAITING
    return QueryTookTooLong() if still_waiting else named(error)
