"""A small but real answerer (graphql-core over a few fields) for tests of the HTTP edge."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import orjson
from graphql import ExecutionResult, GraphQLError, GraphQLSchema, build_schema, execute
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from auth.authentication import NobodyIsKnown
from auth.guests import Guests
from auth.viewer import Viewer
from resolvers.answer import Answer, Answerer, Asked
from resolvers.subscriptions import AnswersAlone
from web.asking import NONE_TRUSTED
from web.door import Door, Resource
from web.health import Ping
from web.limits import DocumentChecks, document_checks
from web.rates import Rate
from web.site import State, site
from web.streams import Streams
from web.trusted import Trusted

SCHEMA = build_schema("""
    input Where { name: String and: [Where!] not: Where }
    type Thing { name(like: String, in: [Int!]): String other(where: Where): Thing broken: String! }
    type Query { thing(where: Where): Thing things(ids: [ID!]): [Thing!]! language: String }
    type Mutation { rename(name: String!): Thing }
""")

HOST = "localhost:8000"


@dataclass(frozen=True, slots=True)
class SmallAnswerer:
    """Answers about one thing that is connected with itself."""

    checks: DocumentChecks
    schema: GraphQLSchema = SCHEMA

    async def answer(self, asked: Asked, viewer: Viewer) -> Answer:  # noqa: ARG002 - the port's shape
        """As the engine does: parse, validate, run."""
        try:
            document = self.checks.parsed(asked.text)
            errors = self.checks.refusals(self.schema, document)
            if errors:
                return _answer(ExecutionResult(errors=errors))
            self.checks.operation(document, asked.operation)
        except GraphQLError as error:
            return _answer(ExecutionResult(errors=[error]))
        result = execute(
            self.schema,
            document,
            root_value=_thing(asked.introspection_language),
            variable_values=asked.variables,
            operation_name=asked.operation,
            hide_suggestions=True,
        )
        assert isinstance(result, ExecutionResult)
        return _answer(result)


def _thing(language: str) -> dict[str, object]:
    thing: dict[str, object] = {"name": "千分尺", "language": language}
    return {
        **thing,
        "thing": lambda *_, **__: {**thing, "other": lambda *_, **__: thing},
        "things": lambda *_, **__: [thing],
    }


def _answer(result: ExecutionResult) -> Answer:
    errors = [error.formatted for error in result.errors or ()]
    if result.data is None and all(error.path is None for error in result.errors or ()):
        return Answer(orjson.dumps({"errors": errors}), "refused", code="invalid")
    return Answer(
        orjson.dumps({"data": result.data} | ({"errors": errors} if errors else {})),
        "partial" if errors else "executed",
    )


@dataclass(frozen=True, slots=True)
class FailingAnswerer:
    """Fails as a store or a bug would."""

    error: Exception

    async def answer(self, asked: Asked, viewer: Viewer) -> Answer:  # noqa: ARG002 - the port's shape
        """Raise."""
        raise self.error


def nobodys_door() -> Door:
    """Of a hub that signs nobody on."""
    who = NobodyIsKnown()
    return Door(who, Guests(who), Resource(f"http://{HOST}/graphql"))


def small_checks(*, introspection: bool = True) -> DocumentChecks:
    """The checks that the hub uses."""
    return document_checks(introspection=introspection)


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[ASGIApp]:
    """The application within its lifespan, whose state each request gets, as a server does it."""
    async with app.router.lifespan_context(app) as state:

        async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "state": dict(state or {})}, receive, send)

        yield with_state


def small_site(  # noqa: PLR0913 - the parts of a site
    answerer: Answerer,
    pings: Mapping[str, Ping] | None = None,
    rate: Rate | None = None,
    trusted: Trusted = NONE_TRUSTED,
    *,
    metrics_token: str = "",
    door: Door | None = None,
    hosts: Iterable[str] = (HOST,),
) -> Starlette:
    """The hub's own site around the given answerer."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        streams = Streams(AnswersAlone(answerer), 0)
        yield State(
            answerer=answerer, door=door or nobodys_door(), streams=streams, pings=pings or {}
        )

    return site(
        small_checks(), hosts, lifespan, rate=rate, trusted=trusted, metrics_token=metrics_token
    )
