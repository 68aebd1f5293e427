"""`/audit.ndjson?from=&to=`: the audit log for auditors, one JSON object a line, in order of its numbers.

A page of it is in memory at a time, and the next is read when the client has taken the last and may still read it. That somebody
takes the log, and that somebody was not let, is in the log before the first byte leaves.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from auth import noting
from auth.guests import GuestIsOut
from auth.viewer import Scope as Use
from auth.viewer import Viewer
from graph_store.audit import Note
from graph_store.audit.chain import Row
from graph_store.audit.lines import json_lines
from graph_store.audit.reading import AuditReader, NoSuchTime, Span, span
from graph_store.rights import Role
from web.door import Door
from web.edge import reply
from web.errors import Refusal, WebError, malformed
from web.failures import told
from web.trace import trace_of

AUDIT_PATH = "/audit.ndjson"
LONGEST_SEND_SECONDS = 30.0

SIGN_ON_TO_AUDIT = Refusal(
    401,
    "AUDIT_NEEDS_SIGN_ON",
    "The audit log is for auditors, and it is not known who asks. Sign on, or send a token with the scope audit:read.",
    "审计日志仅供审计员查看，而请求者身份未知。请先登录，或发送带有 audit:read 用途的令牌。",
    headers=((b"www-authenticate", b"Bearer"),),
)
NOT_AN_AUDITOR = Refusal(
    403,
    "NOT_AN_AUDITOR",
    "The audit log is for auditors. Ask a platform administrator for the role auditor.",
    "审计日志仅供审计员查看。如需查看，请向平台管理员申请审计员角色。",
)
ONLY_READ = Refusal(
    405,
    "METHOD_NOT_ALLOWED",
    "The audit log is only read. Use GET.",
    "审计日志只能读取，请使用 GET。",
    headers=((b"allow", b"GET"),),
)

HEADERS = [
    (b"content-type", b"application/x-ndjson; charset=utf-8"),
    (b"content-disposition", b'attachment; filename="audit.ndjson"'),
    (b"cache-control", b"no-store"),
]


@dataclass(frozen=True, slots=True)
class Audited:
    """The log as the edge needs it: how it is read, and how it is told of that."""

    reader: AuditReader
    note: Note


class AuditExport:
    """An ASGI application for one path; door and log come with the lifespan's state."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        method: str = scope["method"]
        if method != "GET":
            await reply(send, method, ONLY_READ)
            return
        try:
            await _answered(scope, receive, send)
        except WebError as error:
            trace_of(scope).code = error.refusal.code
            await reply(send, method, error.refusal)


async def _answered(scope: Scope, receive: Receive, send: Send) -> None:
    """Raises WebError before the first byte (400, 401, 403, 503), GuestIsOut and GraphStoreError in the middle."""
    door: Door = scope["state"]["door"]
    audited: Audited = scope["state"]["audited"]
    try:
        brought, asker = await door.asker(scope)
        await _check(door, audited, asker.viewer)
        pages = await _noted(audited, asker.viewer, _between(scope["query_string"]))
        first: list[Row] = await anext(pages, [])
    except Exception as error:
        raise WebError(told(error, trace_of(scope))) from error
    with door.guests.staying(brought, asker) as guest, _leaving(receive) as has_left:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _chunk(send, json_lines(first))
        async for page in pages:
            if has_left():
                return
            if _refusal(door, await guest.viewer()) is not None:
                raise GuestIsOut  # half an answer is out: only a broken connection tells the client
            await _chunk(send, json_lines(page))
        await send({"type": "http.response.body", "body": b""})


async def _check(door: Door, audited: Audited, viewer: Viewer) -> None:
    """Raises WebError, which the log has been told, for whoever is no auditor or came with something that is not for this."""
    refusal = _refusal(door, viewer)
    if refusal is not None:
        await noting.denied(audited.note, viewer, AUDIT_PATH, refusal.code)
        raise WebError(refusal)


async def _noted(audited: Audited, viewer: Viewer, between: Span) -> AsyncIterator[list[Row]]:
    actor, form = viewer.rights.holder or "", "ndjson over HTTP"
    await noting.audit_exported(audited.note, actor, between.since, between.before, form)
    return audited.reader.pages(between)


def _refusal(door: Door, viewer: Viewer) -> Refusal | None:
    if not viewer.is_signed_on:
        return SIGN_ON_TO_AUDIT
    if not viewer.rights.has(Role.AUDITOR):
        return NOT_AN_AUDITOR
    return None if Use.AUDIT in viewer.scopes else door.lacking(Use.AUDIT)


def _between(query_string: bytes) -> Span:
    """Raises WebError 400."""
    try:
        given = dict(parse_qsl(query_string.decode("ascii"), errors="strict", max_num_fields=5))
        return span(given.get("from"), given.get("to"))
    except (NoSuchTime, ValueError) as error:
        raise malformed(
            "from` and `to",
            "days such as 2026-11-29 (in Shanghai, both counted) or instants with their zone",
            "形如 2026-11-29 的日期（上海时间，首尾均含），或带时区的时刻",
        ) from error


@contextmanager
def _leaving(receive: Receive) -> Iterator[Callable[[], bool]]:
    """Tells whether the client has left: a server takes what is sent to nobody without a word."""

    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    waiting = asyncio.create_task(gone())
    try:
        yield waiting.done
    finally:
        waiting.cancel()


async def _chunk(send: Send, body: bytes) -> None:
    """Raises TimeoutError for a client that takes nothing for long."""
    async with asyncio.timeout(LONGEST_SEND_SECONDS):
        await send({"type": "http.response.body", "body": body, "more_body": True})
