"""The console: one page for all its addresses, and the files it loads, from this host alone under a strict policy.

The page is sent with a nonce of its own each time, for the style elements that its widgets add; everything else is a file with
its content's hash in the name, compressed when it was built.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from graph_store.model import MODEL
from web.headers import page_headers, policy
from web.trusted import DocumentsAreFaulty, read_trusted

BUILT = Path(__file__).parent.parent / "console" / "dist"
PATH = "/console"
NONCE = "{nonce}"

FOR_GOOD = "public, max-age=31536000, immutable"
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}

CONSOLE_IS_NOT_BUILT = (
    "控制台尚未构建。请在项目目录运行 make set-up，然后重新启动枢纽。\n"
    "The console is not built yet. Run `make set-up` in the project folder, then start the hub again.\n"
)


def kebab(word: str) -> str:
    """How a list of the model is written in an address.

    >>> kebab("trainingClasses")
    'training-classes'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", word).lower()


SPOKEN = {"cadreExchanges": "exchanges"}
"""Where people know a kind by a shorter word than the model does."""


def _listed(plural: str) -> str:
    return f"/{SPOKEN.get(plural) or kebab(plural)}"


PLACES = (
    "/",
    "/search",
    "/graph",
    "/paths",
    "/dashboard",
    "/me",
    "/me/delegations",
    "/me/notices",
    "/inbox",
    "/inbox/{task}",
    "/training",
    "/training/{id}",
    "/training/{id}/registrations",
    "/training/{id}/import",
    "/training/{id}/roll",
    "/flows",
    "/flows/{id}",
    "/api/samples",
    *(_listed(noun.plural) for noun in MODEL),
    *(f"{_listed(noun.plural)}/{{id}}" for noun in MODEL),
)
"""Where the console has a page; elsewhere it says that there is none."""


@lru_cache(maxsize=1)
def _index(built: Path, _written: int) -> str:
    return (built / "index.html").read_text("utf-8")


def _page(status: int) -> Response:
    index = BUILT / "index.html"
    if not index.exists():
        return PlainTextResponse(CONSOLE_IS_NOT_BUILT, status_code=503)
    nonce = secrets.token_urlsafe(16)
    content_security_policy = policy(
        styles=f"'self' 'nonce-{nonce}'", images="'self' data: blob:", workers="'self'"
    )
    headers = page_headers(content_security_policy) | {"Cache-Control": "no-store"}
    text = _index(BUILT, index.stat().st_mtime_ns).replace(NONCE, nonce)
    return HTMLResponse(text, status_code=status, headers=headers)


def console_documents() -> Mapping[str, str]:
    """The trusted documents of the console, empty before it is built; its build has held them against the schema.

    Raises DocumentsAreFaulty for a text that is not what its name says.
    """
    folder = BUILT / "documents"
    if not folder.is_dir():
        return {}
    texts, faults = read_trusted(folder)
    if faults:
        raise DocumentsAreFaulty(folder, faults)
    return texts


async def place(_request: Request) -> Response:
    """The console, which reads the address itself."""
    return _page(200)


class NoSuchPlace:
    """What an unknown address gets: the console's own page for it where a person asks, a line where a program does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        accepted = dict(scope["headers"]).get(b"accept", b"")
        is_looked_at = scope["method"] in {"GET", "HEAD"} and b"text/html" in accepted
        answer = _page(404) if is_looked_at else PlainTextResponse("Not Found", status_code=404)
        await answer(scope, receive, send)


async def asset(request: Request) -> Response:
    """A file of the build, in the best encoding that the browser takes; its name changes with its content."""
    name = request.path_params["name"]
    file = BUILT / "assets" / name
    if not re.fullmatch(r"[\w.-]+", name) or file.suffix not in _TYPES or not file.is_file():
        return PlainTextResponse("Not Found", status_code=404)
    headers = page_headers(policy()) | {
        "Cache-Control": FOR_GOOD,
        "Content-Type": _TYPES[file.suffix],
        "Vary": "Accept-Encoding",
    }
    accepted = {
        each.partition(";")[0].strip()
        for each in request.headers.get("accept-encoding", "").split(",")
        if not each.replace(" ", "").endswith(";q=0")
    }
    for encoding, suffix in _ENCODINGS.items():
        smaller = file.with_name(file.name + suffix)
        if encoding in accepted and smaller.is_file():
            return FileResponse(smaller, headers=headers | {"Content-Encoding": encoding})
    return FileResponse(file, headers=headers)


def console_routes() -> list[BaseRoute]:
    """All pages of the console and their files, by GET and HEAD."""
    assets = Mount(f"{PATH}/assets", routes=[Route("/{name}", asset)])
    return [*(Route(each, place) for each in PLACES), assets]
