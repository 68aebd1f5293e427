"""What holds for every request and WebSocket: known host, method or origin, rate, request id, log line, nosniff.

Pure ASGI, outside everything else. `X-Forwarded-*` is not read here, and the server is started with
its own reading of them off (`app.serve`).
"""

import time
from collections.abc import Iterable
from dataclasses import replace

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.noting import came_from
from web.access import AccessLog
from web.errors import Refusal, internal_error, too_many_requests
from web.negotiation import VARY
from web.rates import Rate
from web.tally import Tally
from web.trace import Trace, begin, request_ids

UNLIMITED = frozenset(
    {"/healthz", "/readyz", "/metrics"}
)  # a watchdog that is refused would call the hub dead
CALENDARS = "/calendar/feeds/"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

FOREIGN_HOST = Refusal(
    421,
    "HOST_IS_FOREIGN",
    "This hub does not answer to that Host. Use the address of BASHU_PUBLIC_URL, or localhost on this machine.",
    "本枢纽不以该主机名提供服务。请使用 BASHU_PUBLIC_URL 中的地址，或在本机使用 localhost。",
)
FOREIGN_ORIGIN = Refusal(
    403,
    "ORIGIN_IS_FOREIGN",
    "A page of another site may not open this WebSocket. Open it from a page of this hub, or from a program without Origin.",
    "其他网站的页面不能打开此 WebSocket。请从本枢纽的页面打开，或由不带 Origin 的程序连接。",
)
ODD_METHOD = Refusal(
    405,
    "METHOD_NOT_ALLOWED",
    "The hub does not know that HTTP method. Use GET, HEAD or POST.",
    "不支持该 HTTP 方法。请使用 GET、HEAD 或 POST。",
    headers=((b"allow", b"GET, HEAD, POST"),),
)

log = structlog.get_logger("web")


class Edge:
    """Wraps an application; `hosts` are the Host headers it answers to, with their ports.

    Without a `rate` nobody is refused for asking often; every request is counted in `tally`.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Iterable[str],
        rate: Rate | None = None,
        tally: Tally | None = None,
    ) -> None:
        self._app = app
        self._tally = tally or Tally()
        self._rate = rate
        self._hosts = frozenset(host.lower().encode("ascii") for host in hosts)
        self._ids = request_ids()
        self._access = AccessLog()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or WebSocket; the lifespan passes through."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            self._access.flush()  # the lifespan ends with the process
            return
        started = time.perf_counter()
        trace = begin(scope, next(self._ids))
        came_from(trace.request_id, _address(scope))
        marked = Marked(send, trace)
        try:
            await self._serve(scope, receive, marked)
        finally:
            seconds = time.perf_counter() - started
            self._tally.add(trace, marked.status, seconds)
            self._access.add(
                request_id=trace.request_id,
                method=scope.get("method", "WEBSOCKET")[:20],
                path=_path(scope["path"]),  # without the query string: it may hold variables
                status=marked.status,
                duration_ms=round(seconds * 1000, 2),
                operation=trace.operation,
                **({"viewer": trace.viewer} if trace.viewer else {}),
                **({"client_left": True} if trace.client_left else {}),
            )

    async def _serve(self, scope: Scope, receive: Receive, send: "Marked") -> None:
        if refusal := self._refusal(scope):
            send.trace.code = refusal.code
            await _refuse(scope, send, refusal)
            return
        try:
            await self._app(scope, receive, send)
        except Exception:
            log.exception("request failed")
            send.trace.kind = "failed"
            if send.status:  # half an answer is out: only a broken connection tells the client
                raise
            await _refuse(scope, send, internal_error(send.trace.request_id))

    def _refusal(self, scope: Scope) -> Refusal | None:
        is_socket = scope["type"] == "websocket"
        if not is_socket and scope["method"] not in METHODS:
            return ODD_METHOD
        if not self._knows(_values(scope, b"host")):
            return replace(FOREIGN_HOST, status=403) if is_socket else FOREIGN_HOST
        # a browser sends cookies along and asks nobody before a page opens a WebSocket, so its page is looked at
        origins = [value.partition(b"://")[2] for value in _values(scope, b"origin")]
        if is_socket and origins and not self._knows(origins):
            return FOREIGN_ORIGIN
        return None if scope["path"] in UNLIMITED else too_often(self._rate, scope)

    def _knows(self, hosts: list[bytes]) -> bool:
        return len(hosts) == 1 and hosts[0].lower() in self._hosts


def _path(path: str) -> str:
    """What the log tells of a path: not the secret in a calendar's address."""
    return f"{CALENDARS}…" if path.startswith(CALENDARS) else path[:200]


class Marked:
    """A `send` that puts our two headers on every response and remembers its status."""

    __slots__ = ("_send", "status", "trace")

    def __init__(self, send: Send, trace: Trace) -> None:
        self._send = send
        self.trace = trace
        self.status = 0

    async def __call__(self, message: Message) -> None:
        """Pass the message on."""
        if message["type"] == "websocket.accept":
            self.status = 101
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            self.status = message["status"]
            own = (
                (b"x-content-type-options", b"nosniff"),
                (b"x-request-id", self.trace.request_id.encode()),
            )
            message["headers"] = [*message.get("headers", ()), *own]
        await self._send(message)


def too_often(rate: Rate | None, scope: Scope) -> Refusal | None:
    """Count a request of the connection's address; the refusal when it has made too many."""
    if rate is None:
        return None
    seconds = rate.seconds_to_wait(_address(scope))
    return too_many_requests(seconds) if seconds else None


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _values(scope: Scope, name: bytes) -> list[bytes]:
    return [value for key, value in scope["headers"] if key == name]


async def _refuse(scope: Scope, send: Send, refusal: Refusal) -> None:
    if scope["type"] == "websocket":
        await deny(scope, send, refusal)
    else:
        await reply(send, scope["method"], refusal)


async def deny(scope: Scope, send: Send, refusal: Refusal) -> None:
    """Answer a WebSocket's handshake with a refusal; a server that cannot say why answers 403."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close"})
        return
    kind, status = "websocket.http.response", refusal.status
    headers = [(b"content-type", b"application/json; charset=utf-8"), *refusal.headers]
    await send({"type": f"{kind}.start", "status": status, "headers": headers})
    await send({"type": f"{kind}.body", "body": refusal.body()})


async def reply(
    send: Send, method: str, refusal: Refusal, media_type: str = "application/json"
) -> None:
    """Send a refusal."""
    await send_json(
        send, method, refusal.status, refusal.body(), media_type=media_type, more=refusal.headers
    )


async def send_json(  # noqa: PLR0913 - a response has as many parts
    send: Send,
    method: str,
    status: int,
    body: bytes,
    *,
    media_type: str,
    cache_control: bytes = b"no-store",
    vary: tuple[bytes, bytes] = VARY,
    more: Iterable[tuple[bytes, bytes]] = (),
) -> None:
    """Send JSON bytes, not to be stored unless told otherwise; a HEAD gets the headers alone."""
    headers = [
        (b"content-type", f"{media_type}; charset=utf-8".encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", cache_control),
        vary,
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
