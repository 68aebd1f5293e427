"""The hub with a school in its graph."""

from __future__ import annotations

import pytest_asyncio

from tests.auth.whom import Base, Hub, base, hub
from tests.web.documents.school import lay_out

__all__ = ["base", "hub"]


@pytest_asyncio.fixture(scope="module")
async def school(base: Base, hub: Hub) -> Hub:
    """The hub, which has its constraints by then."""
    await lay_out(base)
    return hub
