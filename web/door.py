"""Who may ask what, in terms of HTTP: 401 for a token that is no good, 403 for one that is not meant for this (RFC 6750, RFC 9728)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Scope as Connection

from auth.authentication import Asker, Credentials, credentials_of
from auth.csrf import comes_from_us
from auth.guests import Guests, WhoAsks
from auth.refusals import Reason, TokenRefused
from auth.viewer import Scope, Viewer
from graph_store.errors import GraphStoreError
from web.errors import Headers, Refusal, WebError
from web.failures import told
from web.trace import Trace, trace_of

METADATA_PATH = "/.well-known/oauth-protected-resource"

NOT_OUR_PAGE = Refusal(
    403,
    "NOT_FROM_OUR_PAGE",
    "A change came with the cookie of a session, but not from a page of this hub: another site may not act for you. Programs send a token instead of the cookie.",
    "该变更请求带有会话 cookie，却不是来自本枢纽的页面：其他网站不能代您操作。程序请使用令牌而不是 cookie。",
)
SIGNED_OUT = Refusal(
    401,
    "SIGNED_OUT",
    "The session or token with which this connection was opened has ended. Sign on again, or take another token, and subscribe anew.",
    "打开此连接的会话或令牌已失效。请重新登录或更换令牌后再订阅。",
)


@dataclass(frozen=True, slots=True)
class Resource:
    """The endpoint as a resource that tokens are issued for: its address, and the providers that may issue them."""

    address: str
    issuers: tuple[str, ...] = ()

    @property
    def metadata_address(self) -> str:
        """Where clients read of it.

        >>> Resource("https://hub.example/graphql").metadata_address
        'https://hub.example/.well-known/oauth-protected-resource/graphql'
        """
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}{METADATA_PATH}{parts.path}"

    def metadata(self) -> bytes:
        """RFC 9728."""
        return orjson.dumps(
            {
                "resource": self.address,
                "authorization_servers": list(self.issuers),
                "scopes_supported": [scope.value for scope in Scope],
                "bearer_methods_supported": ["header"],
                "resource_name": "Bashu Hub 巴蜀科技云数据枢纽",
            }
        )


@dataclass(frozen=True, slots=True)
class Door:
    """What stands before the endpoint.

    `origins`: of the hub's own pages. `cookie_gone`: the Set-Cookie that takes away a session's cookie.
    """

    who: WhoAsks
    guests: Guests
    resource: Resource
    origins: frozenset[bytes] = frozenset()
    cookie_gone: bytes = b""

    async def asker(self, connection: Connection) -> tuple[Credentials, Asker]:
        """Who sent this request or opened this socket. Raises WebError: 401, or 503 while the store that would know is away."""
        trace = trace_of(connection)
        try:
            brought = credentials_of(connection["headers"], connection.get("query_string", b""))
        except TokenRefused as refusal:
            raise await self.turned_away(refusal) from refusal
        return brought, await self.asker_with(brought, trace)

    async def asker_with(self, brought: Credentials, trace: Trace) -> Asker:
        """Who brings these. Raises WebError as `asker`."""
        try:
            asker = await self.who.asker(brought)
        except TokenRefused as refusal:
            raise await self.turned_away(refusal) from refusal
        except GraphStoreError as error:
            raise WebError(told(error, trace)) from error
        trace.viewer = asker.viewer.rights.holder
        return asker

    async def turned_away(self, refusal: TokenRefused) -> WebError:
        """The 401 to raise; the audit log has it then."""
        await self.who.refused(refusal)
        return WebError(self._invalid_token(refusal.reason))

    def check(self, viewer: Viewer, headers: Mapping[bytes, bytes], *, writes: bool) -> None:
        """Whether what they came with is meant for this operation. Raises WebError 403."""
        if viewer.session is not None and writes and not comes_from_us(headers, self.origins):
            raise WebError(NOT_OUR_PAGE)
        for scope in (Scope.READ, Scope.WRITE) if writes else (Scope.READ,):
            if scope not in viewer.scopes:
                raise WebError(self.lacking(scope))

    def more_headers(self, asker: Asker) -> Headers:
        """What an answer to them carries besides."""
        gone = asker.has_dead_cookie and self.cookie_gone
        return ((b"set-cookie", self.cookie_gone),) if gone else ()

    def _invalid_token(self, reason: Reason) -> Refusal:
        challenge = self._challenge("invalid_token", reason.word)
        details = (("reason", reason.word),)
        return Refusal(401, "INVALID_TOKEN", reason.en, reason.zh, (challenge,), details)

    def lacking(self, scope: Scope) -> Refusal:
        """The 403 for whoever came with something that lacks the scope."""
        name = scope.value
        return Refusal(
            403,
            "INSUFFICIENT_SCOPE",
            f"The token may not be used for this: it lacks the scope {name}. Ask for a token with that scope.",
            f"令牌缺少用途 {name}，不能用于此操作。请申请带有该用途的令牌。",
            (self._challenge("insufficient_scope", "", name),),
            (("scope", name),),
        )

    def _challenge(self, error: str, reason: str, scope: str = "") -> tuple[bytes, bytes]:
        parts = [f'resource_metadata="{self.resource.metadata_address}"', f'error="{error}"']
        parts += [f'error_description="{reason}"'] if reason else []
        parts += [f'scope="{scope}"'] if scope else []
        return (b"www-authenticate", f"Bearer {', '.join(parts)}".encode())


async def metadata(request: Request) -> Response:
    """What a client must know to get a token for the hub."""
    door: Door = request.state.door
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(door.resource.metadata(), media_type="application/json", headers=headers)


def door_routes(endpoint: str) -> list[Route]:
    """The metadata of the endpoint."""
    return [Route(METADATA_PATH + endpoint, metadata)]
