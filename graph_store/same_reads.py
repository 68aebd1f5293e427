"""Equal statements that are under way at once are one: a change that two hundred subscribers wait for is read once.

Equal means text and all parameters, the viewer's grants among them, so nobody is given another's rights. Only who may be
given a record as old as the oldest of those who wait asks here: an event is read after its change was committed.
"""

from __future__ import annotations

import asyncio
from typing import Any

import orjson

from graph_store.reads import Run


class SameReads:
    """Reads by `run`; what it gives may be shared and is not to be changed."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._under_way: dict[tuple[str, bytes], asyncio.Task[list[Any]]] = {}

    async def __call__(self, statement: str, parameters: dict[str, Any]) -> list[Any]:
        """The statement's record. Raises GraphStoreError; one that stops waiting does not stop the others."""
        key = (statement, orjson.dumps(parameters, option=orjson.OPT_SORT_KEYS))
        reading = self._under_way.get(key)
        if reading is None:
            reading = asyncio.create_task(self._read(key, statement, parameters))
            reading.add_done_callback(_looked_at)
            self._under_way[key] = reading
        return await asyncio.shield(reading)

    async def _read(
        self, key: tuple[str, bytes], statement: str, parameters: dict[str, Any]
    ) -> list[Any]:
        try:
            return await self._run(statement, parameters)
        finally:
            del self._under_way[key]


def _looked_at(reading: asyncio.Task[list[Any]]) -> None:
    """An error that nobody waits for any more is nobody's."""
    if not reading.cancelled():
        reading.exception()
