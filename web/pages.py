"""The pages that are no part of the console: `/api` (GraphiQL) and its files, from this host alone under a strict policy."""

import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from web.headers import page_headers, policy

_HERE = Path(__file__).parent
GRAPHIQL = _HERE / "graphiql"
FAVICON = _HERE / "favicon.svg"
API_PATH = "/api"

GRAPHIQL_IS_NOT_BUILT = (
    "GraphiQL 尚未构建。请在项目目录运行：npm --prefix web/graphiql ci && npm --prefix web/graphiql run build\n"
    "GraphiQL is not built yet. Run the two commands above in the project folder, then reload.\n"
)


async def favicon(_request: Request) -> Response:
    """A small graph."""
    return FileResponse(FAVICON, headers=page_headers(policy()))


async def graphiql(_request: Request) -> Response:
    """GraphiQL, with nothing inline but what carries this response's nonce.

    Its dialogs add a style element, which takes the nonce; its style sheet holds fonts and images
    as data.
    """
    if not (GRAPHIQL / "dist" / "graphiql.min.js").exists():
        return PlainTextResponse(GRAPHIQL_IS_NOT_BUILT, status_code=503)
    nonce = secrets.token_urlsafe(16)
    page = (GRAPHIQL / "source" / "index.html").read_text("utf-8").replace("{nonce}", nonce)
    content_security_policy = policy(
        styles=f"'self' 'nonce-{nonce}'", images="'self' data:", fonts="data:"
    )
    return HTMLResponse(page, headers=page_headers(content_security_policy))


async def to_api(_request: Request) -> Response:
    """Where GraphiQL was before there was a console; browsers keep what stands behind `#`."""
    return RedirectResponse(API_PATH, status_code=308)


class Files(StaticFiles):
    """A folder of ours, under the same policy when a file of it is opened by itself."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file with the headers of a page."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # handed through
        response.headers.update(page_headers(policy()))
        return response


def page_routes() -> list[BaseRoute]:
    """All pages, by GET and HEAD."""
    return [
        Route("/favicon.svg", favicon),
        Route("/favicon.ico", favicon),
        Route(API_PATH, graphiql),
        Route("/graphiql", to_api),
        Mount("/graphiql/source", Files(directory=GRAPHIQL / "source")),
        Mount("/graphiql/dist", Files(directory=GRAPHIQL / "dist", check_dir=False)),
    ]
