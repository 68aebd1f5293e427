"""What a story is told with: GraphQL as the real roles, a clock that can be set, and the hub's flows run by a managed Prefect."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from neo4j import AsyncDriver

from flows.desk import Desk, seated
from flows.engine import Engine
from flows.outbox import Pump
from schema.root import hub_schema
from tests.flows.running.conftest import (  # noqa: F401 - fixtures
    desk,
    engine,
    graph,
    new_desk,
    prefect_in_use,
    prefect_server,
)
from tests.graph_store.commands.exchanging import Clock
from tests.network import Network
from tests.schema.conftest import Hub, opened_hub

_keys = count(1)
FACT = "... on Fact { messageEn whatNextEn }"


@dataclass
class Story:
    """`do`: a mutation by somebody; `see`: a question; `passes_to`: it is that day now; `flow`: a flow as the platform's administrator runs it."""

    hub: Hub
    desk: Desk
    engine: Engine
    clock: Clock
    network: Network = field(default_factory=Network)

    async def laid_out(self) -> None:
        """Put the network into the graph."""
        await self.network.write(self.hub.driver)

    async def do(self, name: str, by: str, answer: str = "__typename", /, **given: Any) -> Any:
        """What the mutation answers; a fact fails the story."""
        title = name[0].upper() + name[1:]
        text = f"""mutation ($key: ID!, $input: {title}Input!) {{
          {name}(requestKey: $key, input: $input) {{ {answer} {FACT} }} }}"""
        data = await self._asked(text, by, key=f"story {next(_keys)}", input=given)
        assert "messageEn" not in data[name], data[name]
        return data[name]

    async def see(self, text: str, by: str, **variables: Any) -> Any:
        """What somebody sees."""
        return await self._asked(text, by, **variables)

    async def settled(self) -> None:
        """Whatever follows by itself is done, by Prefect."""
        pump = Pump(self.desk, self.engine, timedelta(seconds=0.05))
        with seated(self.desk):
            while await pump.pump():
                await pump.settled()

    async def flow(self, name: str) -> None:
        """Run a flow now, with all that follows."""
        await self.do("runFlow", "platform", flow=name)
        await self.settled()

    def passes_to(self, day: str) -> None:
        """It is noon of that day."""
        self.clock.pass_to(day)

    async def _asked(self, text: str, by: str, **variables: Any) -> Any:
        viewer = await self.hub.viewer(f"cd-person-{by}")
        data = await self.hub.ask(text, viewer, **variables)
        assert isinstance(data, dict), data
        return data


@pytest.fixture
async def story(
    graph: AsyncDriver,  # noqa: F811 - a fixture
    desk: Desk,  # noqa: F811 - a fixture
    engine: Engine,  # noqa: F811 - a fixture
) -> AsyncIterator[Story]:
    """An empty hub with an administrator of the platform; its worker goes by the story's clock."""
    clock = Clock()
    async with AsyncExitStack() as stack:
        hub = await stack.enter_async_context(opened_hub(graph, hub_schema(), clock))
        told = Story(hub, replace(desk, clock=clock, lane=hub.lane), engine, clock)
        told.network.person("platform", "platform_admin", told.network.institution("base"))
        yield told
