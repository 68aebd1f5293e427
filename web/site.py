"""The hub's site: every route behind the edge, waiting for a lifespan to open what it needs."""

from collections.abc import Iterable
from typing import NotRequired, TypedDict

from starlette.applications import Starlette
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send

from auth.sign_on import SignOn
from resolvers.answer import Answerer
from web.asking import NONE_TRUSTED
from web.audit_log import AUDIT_PATH, Audited, AuditExport
from web.console import NoSuchPlace, console_routes
from web.documents.routes import document_routes
from web.documents.serving import Documents
from web.door import Door, door_routes
from web.edge import Edge
from web.graphql import GraphQLEndpoint
from web.health import Pings, health_routes
from web.limits import DocumentChecks
from web.metrics import Figures, MetricsEndpoint
from web.pages import page_routes
from web.rates import Rate
from web.sign_on.routes import sign_on_routes
from web.sockets import GraphQLSocket
from web.streams import Streams
from web.tally import Tally
from web.trusted import Trusted
from web.verify.routes import verify_routes

GRAPHQL_PATH = "/graphql"
METRICS_PATH = "/metrics"


class State(TypedDict):
    """What the lifespan opens and hands to every request."""

    answerer: Answerer
    door: Door
    audited: NotRequired[Audited]
    streams: Streams
    pings: Pings
    sign_on: NotRequired[SignOn | None]
    documents: NotRequired[Documents]
    figures: NotRequired[Figures]


class Site(Starlette):
    """Starlette behind the hub's own edge, which answers the busiest path before the router's layers: 9 µs a request."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of a site
        self,
        endpoint: ASGIApp,
        events: ASGIApp,
        hosts: frozenset[str],
        lifespan: Lifespan[Starlette],
        rate: Rate | None,
        metrics_token: str,
    ) -> None:
        self._tally = Tally()
        metrics = Route(METRICS_PATH, MetricsEndpoint(self._tally, metrics_token))
        over_sockets = WebSocketRoute(GRAPHQL_PATH, events)
        routes = [
            Route(GRAPHQL_PATH, endpoint),
            over_sockets,
            metrics,
            *door_routes(GRAPHQL_PATH),
            Route(AUDIT_PATH, AuditExport()),
            *health_routes(),
            *page_routes(),
            *sign_on_routes(),
            *document_routes(),
            *verify_routes(),
            *console_routes(),
        ]
        super().__init__(routes=routes, lifespan=lifespan)
        self.router.default = NoSuchPlace()
        self._endpoint, self._hosts, self._rate = endpoint, hosts, rate

    def build_middleware_stack(self) -> ASGIApp:
        """What stands between the server and the routes."""
        rest = ExceptionMiddleware(self.router)

        async def busiest_first(scope: Scope, receive: Receive, send: Send) -> None:
            is_asked = scope["type"] == "http" and scope["path"] == GRAPHQL_PATH
            await (self._endpoint if is_asked else rest)(scope, receive, send)

        return Edge(busiest_first, self._hosts, self._rate, self._tally)


def site(  # noqa: PLR0913 - the parts of a site, by keyword
    checks: DocumentChecks,
    hosts: Iterable[str],
    lifespan: Lifespan[Starlette],
    *,
    rate: Rate | None = None,
    trusted: Trusted = NONE_TRUSTED,
    metrics_token: str = "",
) -> Starlette:
    """The application; `lifespan` yields a `State`."""
    endpoint, events = GraphQLEndpoint(checks, trusted), GraphQLSocket(checks, trusted, rate)
    return Site(endpoint, events, frozenset(hosts), lifespan, rate, metrics_token)
