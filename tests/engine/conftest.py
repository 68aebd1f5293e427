"""Engines over the session's Neo4j, and the graphs they read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest_asyncio
from graphql import GraphQLSchema
from neo4j import AsyncDriver

from auth.viewer import ANONYMOUS, Viewer
from graph_store.model import MODEL, Model
from graph_store.reads import Run, reader
from resolvers.answer import Asked, CostAsked
from resolvers.engine import Engine, open_engine
from resolvers.personal import PersonalRead
from resolvers.pricing import Pricing
from schema.root import derived
from tests import graph
from tests.slow import world
from web.limits import document_checks

CURSOR_KEY = b"a key that tests share"


@dataclass(slots=True)
class Hub:
    """An engine that counts its statements: `await hub.ask(text, variables)`."""

    engine: Engine
    statements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    noted: list[tuple[Viewer, tuple[PersonalRead, ...]]] = field(default_factory=list)
    """Who was given which personal data, in order."""

    def __repr__(self) -> str:
        """Short: Hypothesis prints the arguments of an example that fails."""
        return "Hub(…)"

    async def ask(
        self,
        text: str,
        variables: dict[str, Any] | None = None,
        viewer: Viewer = ANONYMOUS,
        operation: str | None = None,
        cost: CostAsked = "no",
    ) -> Any:
        """The answer, read back from its JSON."""
        asked = Asked(text, operation, variables or {}, cost=cost)
        return orjson.loads((await self.engine.answer(asked, viewer)).body)

    async def data(
        self, text: str, variables: dict[str, Any] | None = None, viewer: Viewer = ANONYMOUS
    ) -> Any:
        """The data of an answer without errors."""
        answer = await self.ask(text, variables, viewer)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def refusal(self, text: str, variables: dict[str, Any] | None = None) -> str:
        """The code of the one error for which nothing was answered."""
        answer = await self.ask(text, variables)
        assert set(answer) == {"errors"}, answer
        (error,) = answer["errors"]
        return str(error["extensions"]["code"])


def open_hub(  # noqa: PLR0913 - what a hub of the tests is opened with, by keyword
    run: Run,
    schema: GraphQLSchema,
    *,
    most: int = 1_000,
    today: str = world.TODAY,
    pricing: Pricing | None = None,
    model: Model = MODEL,
) -> Hub:
    """A hub over a way to read."""
    statements: list[tuple[str, dict[str, Any]]] = []

    async def counted(statement: str, parameters: dict[str, Any]) -> list[Any]:
        statements.append((statement, parameters))
        return await run(statement, parameters)

    noted: list[tuple[Viewer, tuple[PersonalRead, ...]]] = []

    async def note(viewer: Viewer, reads: tuple[PersonalRead, ...]) -> None:
        noted.append((viewer, reads))

    engine = open_engine(
        schema=schema,
        model=model,
        checks=document_checks(introspection=True),
        run=counted,
        cursor_key=CURSOR_KEY,
        today=lambda: today,
        most=most,
        pricing=pricing,
        note_personal=note,
    )
    return Hub(engine, statements, noted)


@pytest_asyncio.fixture(scope="session")
async def schema() -> GraphQLSchema:
    """The derived schema."""
    return derived(MODEL)


@pytest_asyncio.fixture(scope="session")
async def new_hub(driver: AsyncDriver, schema: GraphQLSchema) -> Callable[..., Hub]:
    """Makes a hub with empty caches over the test server."""
    run = reader(driver, graph.DATABASE, 30)
    return lambda **settings: open_hub(run, schema, **settings)


@pytest_asyncio.fixture(scope="session")
async def hub(new_hub: Callable[..., Hub]) -> Hub:
    """The hub that tests share."""
    return new_hub()
