"""What runs beside everything else until a part of the hub closes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def in_background(*deeds: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """They run while the context lasts and are cancelled at its end. Raises what one of them had failed with, which none should."""
    running = [asyncio.create_task(each) for each in deeds]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
        for ended in await asyncio.gather(*running, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended
