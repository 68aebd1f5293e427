"""The whole engine over an empty graph: questions, written questions and mutations, asked by whichever viewer a test names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import orjson
import pytest
from graphql import GraphQLSchema
from neo4j import AsyncDriver

from auth.access import Access
from auth.viewer import ANONYMOUS, Viewer
from graph_store.audit import Entry
from graph_store.commands.drafts import day_of
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.machines_of import LIVES
from graph_store.commands.rows import Clock
from graph_store.commands.transactions import Store
from graph_store.matching.open_proposals import open_proposals
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.rights_of import rights_of
from graph_store.seat_counts import seat_counts
from graph_store.waiting import place_of
from graph_store.webhook_addresses import secret_of
from resolvers.answer import Asked
from resolvers.context import Context, actor_of
from resolvers.engine import Engine, open_engine
from resolvers.exchange_ledger import ExchangeLedger
from resolvers.explaining import Explaining
from resolvers.flows import FlowsLooking
from resolvers.inbox import Inbox
from resolvers.records import RecordReader
from resolvers.verifying import Verifying
from schema.root import hub_schema
from tests.graph import DATABASE, empty
from web.limits import document_checks

NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
TODAY = "2026-11-25"


@dataclass(frozen=True, slots=True)
class Hub:
    """An engine with a lane: `await hub.ask(text, viewer, input=…)`."""

    engine: Engine
    driver: AsyncDriver
    noted: list[Entry]
    access: Access
    lane: Lane
    clock: Clock = field(default=lambda: NOW)

    async def viewer(self, holder: str) -> Viewer:
        """Somebody with the rights that the graph gives them now."""
        run = reader(self.driver, DATABASE, 120)
        return Viewer(await rights_of(run, holder, day_of(self.clock())), session="s1")

    async def ask(self, text: str, viewer: Viewer = ANONYMOUS, **variables: Any) -> Any:
        """The data, or else the errors."""
        answer = await self.engine.answer(Asked(text, None, variables), viewer)
        body = orjson.loads(answer.body)
        return body["data"] if "errors" not in body else body["errors"]


class Noted:
    """An audit log in a list."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    async def append(self, entry: Entry) -> None:
        """Note it."""
        self.entries.append(entry)


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """The whole schema: derived questions, written questions and mutations."""
    return hub_schema()


@pytest.fixture(scope="module")
async def hub(driver: AsyncDriver, schema: GraphQLSchema) -> AsyncIterator[Hub]:
    """The engine over a graph that was wiped once for the module."""
    await empty(driver)
    async with opened_hub(driver, schema, lambda: NOW) as opened:
        yield opened


@asynccontextmanager
async def opened_hub(
    driver: AsyncDriver, schema: GraphQLSchema, clock: Clock
) -> AsyncIterator[Hub]:
    """An engine with a lane, by this clock."""
    noted, run = Noted(), reader(driver, DATABASE, 120)

    def today() -> str:
        return day_of(clock())

    access = Access(run, MODEL, today)
    store = Store(driver, DATABASE, MODEL, "cd", clock)
    async with open_lane(store) as lane:

        def context(_asked: Asked, viewer: Viewer) -> Context:
            return Context(
                viewer,
                actor_of(viewer),
                lane,
                RecordReader(engine, viewer),
                note=noted.append,
                explain=Explaining(access),
                flows=FlowsLooking(run, clock, timedelta(minutes=1)),
                webhook_secret=partial(secret_of, b"key"),
                verify=Verifying(run),
                inbox=Inbox(run, engine.mint, clock, LIVES, 1_000),
                open_proposals=partial(open_proposals, run),
                ledger=ExchangeLedger(run, today),
                place_of=partial(place_of, run),
                seats_of=partial(seat_counts, run),
            )

        engine: Engine = open_engine(
            schema=schema,
            model=MODEL,
            checks=document_checks(introspection=True),
            run=run,
            cursor_key=b"a key that tests share",
            today=today,
            most=1_000,
            context=context,
        )
        yield Hub(engine, driver, noted.entries, access, lane, clock)
