"""`/graphql`, as GraphQL over HTTP (draft of September 2026) has it: HTTP in, bytes out."""

import asyncio
import re

from graphql import OperationType
from starlette.types import Receive, Scope, Send

from auth.authentication import Asker
from auth.viewer import Viewer
from resolvers.answer import Answer, Answerer, Asked
from web import asking, bodies, event_stream
from web.departures import Departures
from web.door import Door
from web.edge import reply, send_json
from web.errors import Headers, Refusal, WebError
from web.failures import told
from web.limits import DocumentChecks
from web.negotiation import EVENT_STREAM, GRAPHQL, JSON, language, media_type
from web.tags import send_tagged
from web.trace import trace_of
from web.trusted import Trusted

CLIENT_HAS_LEFT = 499  # nobody reads it: it stands in the log and the figures
STATUSES = {"executed": 200, "partial": 294, "refused": 400}

OPERATION_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,99}")

METHOD_NOT_ALLOWED = Refusal(
    405,
    "METHOD_NOT_ALLOWED",
    "GraphQL is asked by POST, or by GET for queries. Use one of them.",
    "GraphQL 请求请使用 POST；查询也可使用 GET。",
    headers=((b"allow", b"GET, HEAD, POST"),),
)
WRITES_ARE_POSTED = Refusal(
    405,
    "ONLY_QUERIES_BY_GET",
    "GET runs queries only, so that no link changes anything. Send this operation by POST.",
    "GET 只能执行查询，以免链接造成改动。请用 POST 发送该操作。",
    headers=((b"allow", b"POST"),),
)


class GraphQLEndpoint:
    """An ASGI application for one path; the answerer comes with the lifespan's state."""

    def __init__(self, checks: DocumentChecks, trusted: Trusted = asking.NONE_TRUSTED) -> None:
        self._checks = checks
        self._trusted = trusted
        self._departures = Departures()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        method: str = scope["method"]
        headers = dict(scope["headers"])
        kind = JSON
        more: Headers = ()
        try:
            accepted = media_type(_text(headers.get(b"accept")))
            is_stream = accepted == EVENT_STREAM and method != "HEAD"
            kind = JSON if accepted == EVENT_STREAM else accepted
            door: Door = scope["state"]["door"]
            brought, asker = await door.asker(scope)
            more = door.more_headers(asker)
            asked = await self._asked(scope, receive, headers, is_stream=is_stream)
            _note_operation(scope, asked)
            self._check(door, asker, headers, asked)
            if is_stream:
                await event_stream.serve(scope, receive, send, asked, (brought, asker))
                return
            answer = await self._answer(scope, receive, asked, asker.viewer)
        except WebError as error:
            trace = trace_of(scope)
            trace.kind = "refused" if error.refusal.status < 500 else "failed"
            trace.code = error.refusal.code
            await reply(send, method, error.refusal, kind)
            return
        if answer is None:
            await send_json(send, method, CLIENT_HAS_LEFT, b"", media_type=kind)
        elif asked.is_trusted and method != "POST" and answer.kind == "executed":
            known = headers.get(b"if-none-match")
            await send_tagged(
                send, method, answer.body, media_type=kind, if_none_match=known, more=more
            )
        else:
            status = _status(answer, kind)
            await send_json(send, method, status, answer.body, media_type=kind, more=more)

    async def _asked(
        self, scope: Scope, receive: Receive, headers: dict[bytes, bytes], *, is_stream: bool
    ) -> Asked:
        preferred = language(_text(headers.get(b"accept-language")))
        if scope["method"] == "POST":
            bodies.check_kind(headers)
            body = await bodies.read(receive, headers)
            return asking.from_body(body, preferred, self._checks.limits, self._trusted)
        if scope["method"] not in {"GET", "HEAD"}:
            raise WebError(METHOD_NOT_ALLOWED)
        asked = asking.from_query_string(
            scope["query_string"], preferred, self._checks.limits, self._trusted
        )
        if _may_write(asked, self._checks, is_stream=is_stream):
            raise WebError(WRITES_ARE_POSTED)
        return asked

    def _check(self, door: Door, asker: Asker, headers: dict[bytes, bytes], asked: Asked) -> None:
        if asker.viewer.is_signed_on:
            writes = _operation(asked, self._checks) is OperationType.MUTATION
            door.check(asker.viewer, headers, writes=writes)

    async def _answer(
        self, scope: Scope, receive: Receive, asked: Asked, viewer: Viewer
    ) -> Answer | None:
        """The answer; None when the client left before it, which ends a question. Raises `WebError`."""
        trace = trace_of(scope)
        presence = self._departures.begin(receive, lambda: _may_write(asked, self._checks))
        try:
            answer = await _answer(scope, asked, viewer)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or not presence.has_ended:
                raise
            task.uncancel()
            trace.kind = "query"
            return None
        finally:
            self._departures.end(presence)
            trace.client_left = presence.has_left
        trace.kind, trace.code = answer.operation, answer.code
        if answer.kind == "refused":
            trace.kind = "refused"
        return answer


async def _answer(scope: Scope, asked: Asked, viewer: Viewer) -> Answer:
    """The engine's answer; its technical failures become refusals. Raises `WebError`."""
    answerer: Answerer = scope["state"]["answerer"]
    try:
        return await answerer.answer(asked, viewer)
    except Exception as error:
        raise WebError(told(error, trace_of(scope))) from error


def _status(answer: Answer, kind: str) -> int:
    """400 for a refused operation, 294 for one with data and errors; plain JSON is always 200, as its clients expect."""
    return STATUSES[answer.kind] if kind == GRAPHQL else 200


def _may_write(asked: Asked, checks: DocumentChecks, *, is_stream: bool = False) -> bool:
    """Whether the operation is more than a query, or a subscription to a stream."""
    asks = (
        (OperationType.QUERY, OperationType.SUBSCRIPTION) if is_stream else (OperationType.QUERY,)
    )
    return _operation(asked, checks) not in asks


def _operation(asked: Asked, checks: DocumentChecks) -> OperationType:
    if "mutation" not in asked.text and "subscription" not in asked.text:
        return OperationType.QUERY
    return checks.kind(asked.text, asked.operation)


def _note_operation(scope: Scope, asked: Asked) -> None:
    """Only a proper name goes to the log: it is the client's text."""
    if asked.operation and OPERATION_NAME.fullmatch(asked.operation):
        trace_of(scope).operation = asked.operation


def _text(value: bytes | None) -> str | None:
    """A header's beginning, which is all of an honest one: what follows is remembered by it."""
    return None if value is None else value[:500].decode("latin-1")
