"""What every document's address has in common: who asks, what they may, questions to the engine in their name, refusals as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from auth.feeds import Feeds
from auth.viewer import Viewer
from graph_store.clock import Clock, system_clock
from resolvers.answer import Answerer, Asked
from web.documents.refusals import NOT_FOUND, SIGN_ON_FIRST
from web.door import Door
from web.errors import Headers, Refusal, WebError
from web.failures import told
from web.trace import trace_of

PAGE = 500
"""Rows that are asked for at once, unless pages are smaller here."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What documents need beside the engine.

    `public_url`: under which the outside reaches the hub. `fonts`: the folder of the certificates' font. `page`: most rows that one
    question may ask for. `feeds`: personal calendars.
    """

    public_url: str
    fonts: Path
    feeds: Feeds
    page: int = PAGE
    clock: Clock = system_clock
    pen: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a certificate is drawn, which keeps the interpreter busy: one at a time leaves the rest of the hub room."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks for a document."""

    request: Request
    viewer: Viewer
    more: Headers = ()

    @property
    def documents(self) -> Documents:
        """What the lifespan opened."""
        found: Documents = self.request.scope["state"]["documents"]
        return found

    @property
    def page(self) -> int:
        """Rows to ask for at once."""
        return min(PAGE, self.documents.page)

    async def ask(self, text: str, **variables: Any) -> dict[str, Any]:
        """The data that the engine finds for the viewer. Raises WebError, GraphStoreError."""
        return await asked(self.request, self.viewer, text, **variables)

    def signed_on(self) -> None:
        """Raises WebError 401 for nobody."""
        if not self.viewer.is_signed_on:
            raise WebError(SIGN_ON_FIRST)


Work = Callable[[Caller], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def for_viewer(work: Work) -> Endpoint:
    """An endpoint that looks at who asks; a POST counts as a change and must come from a page of ours, or with a token."""

    @wraps(work)
    async def answer(request: Request) -> Response:
        door: Door = request.scope["state"]["door"]
        try:
            _, asker = await door.asker(request.scope)
            if asker.viewer.is_signed_on:
                writes = request.method == "POST"
                await door.check(asker.viewer, dict(request.scope["headers"]), writes=writes)
            response = await work(Caller(request, asker.viewer))
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - `told` logs what it does not know
            return refused(request, told(error, trace_of(request.scope)))
        response.raw_headers.extend(door.more_headers(asker))
        return response

    return answer


def for_anybody(work: Work, viewer: Callable[[Request], Awaitable[Viewer]]) -> Endpoint:
    """An endpoint that asks as the viewer it is given, whatever the request came with."""

    @wraps(work)
    async def answer(request: Request) -> Response:
        try:
            return await work(Caller(request, await viewer(request)))
        except Exception as error:  # noqa: BLE001 - `told` logs what it does not know
            return refused(request, told(error, trace_of(request.scope)))

    return answer


def refused(request: Request, refusal: Refusal) -> Response:
    """The refusal as JSON that no cache keeps."""
    trace_of(request.scope).code = refusal.code
    response = Response(refusal.body(), refusal.status, media_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.raw_headers.extend(refusal.headers)
    return response


def found(record: dict[str, Any] | None) -> dict[str, Any]:
    """The record, where there is one for the viewer. Raises WebError 404."""
    if record is None:
        raise WebError(NOT_FOUND)
    return record


async def asked(request: Request, viewer: Viewer, text: str, **variables: Any) -> dict[str, Any]:
    """The data of one question. Raises WebError with what the engine refused, GraphStoreError."""
    answerer: Answerer = request.scope["state"]["answerer"]
    answer = await answerer.answer(Asked(text, None, variables), viewer)
    body = orjson.loads(answer.body)
    if errors := body.get("errors"):
        raise WebError(_refusal(errors[0]))
    data: dict[str, Any] = body["data"]
    return data


def _refusal(error: dict[str, Any]) -> Refusal:
    extensions = error.get("extensions", {})
    code = extensions.get("code", "QUESTION_REFUSED")
    message = error["message"]
    return Refusal(400, code, message, extensions.get("messageZh", message))
