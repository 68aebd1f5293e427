"""The hub's site: every route behind the edge, waiting for a lifespan to open what it needs."""

from collections.abc import Iterable
from typing import TypedDict

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.types import Lifespan

from resolvers.answer import Answerer
from web.edge import Edge
from web.graphql import GraphQLEndpoint
from web.health import Pings, health_routes
from web.limits import DocumentChecks
from web.pages import page_routes
from web.rates import Rate
from web.sockets import GraphQLSocket
from web.streams import Streams


class State(TypedDict):
    """What the lifespan opens and hands to every request."""

    answerer: Answerer
    streams: Streams
    pings: Pings


def site(
    checks: DocumentChecks,
    hosts: Iterable[str],
    lifespan: Lifespan[Starlette],
    rate: Rate | None = None,
) -> Starlette:
    """The application; `lifespan` yields a `State`. The busiest route is looked at first."""
    return Starlette(
        routes=[
            Route("/graphql", GraphQLEndpoint(checks)),
            WebSocketRoute("/graphql", GraphQLSocket(checks, rate)),
            *health_routes(),
            *page_routes(),
        ],
        middleware=[Middleware(Edge, hosts=frozenset(hosts), rate=rate)],
        lifespan=lifespan,
    )
