"""Equal statements that are under way at once are one: a change that two hundred subscribers wait for is read once.

Equal means text and all parameters, the viewer's map among them, so nobody is given another's rights; and the change for
which is read: a read that began for an earlier change of the same record may have been before this one was committed.
"""

from __future__ import annotations

import asyncio
from typing import Any

import orjson

from graph_store.reads import Run

_Key = tuple[int, str, bytes]


class SameReads:
    """Reads by `run`; what it gives may be shared and is not to be changed."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._under_way: dict[_Key, asyncio.Task[list[Any]]] = {}

    async def __call__(
        self, statement: str, parameters: dict[str, Any], *, since: int
    ) -> list[Any]:
        """The statement's record, read after change number `since` was committed.

        Raises GraphStoreError; one that stops waiting does not stop the others.
        """
        key = (since, statement, orjson.dumps(parameters, option=orjson.OPT_SORT_KEYS))
        reading = self._under_way.get(key)
        if reading is None:
            reading = asyncio.create_task(self._read(key, statement, parameters))
            reading.add_done_callback(_looked_at)
            self._under_way[key] = reading
        return await asyncio.shield(reading)

    async def _read(self, key: _Key, statement: str, parameters: dict[str, Any]) -> list[Any]:
        try:
            return await self._run(statement, parameters)
        finally:
            del self._under_way[key]


def _looked_at(reading: asyncio.Task[list[Any]]) -> None:
    """An error that nobody waits for any more is nobody's."""
    if not reading.cancelled():
        reading.exception()
