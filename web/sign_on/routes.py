"""`/auth/…`: HTTP in, pages and redirects out; what it means is in `auth/sign_on.py`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from auth import cookies as cookie_header
from auth.backchannel import MOST_BYTES, BackChannel, LogoutRefused
from auth.csrf import comes_from_us
from auth.failures import HUB_IS_AWAY, NOT_FROM_HERE, PLACE_IS_FOREIGN, SignOnFailed
from auth.noting import came_from
from auth.places import safe_place
from auth.sign_on import Came, Going, SignOn
from graph_store.errors import GraphStoreError
from web.pages import Files
from web.sign_on.pages import FILES, agencies_page, failure_page, found, sign_off_page, two
from web.trace import trace_of

HERE = Path(__file__).parent / "files"
NO_STORE = {"Cache-Control": "no-store"}

log = structlog.get_logger("web.sign_on")

Endpoint = Callable[[Request], Awaitable[Response]]
WithSignOn = Callable[[Request, SignOn], Awaitable[Response]]


def with_sign_on(endpoint: WithSignOn) -> Endpoint:
    """An endpoint for a hub with agencies, asked under its public address; failures become pages."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        sign_on: SignOn | None = request.scope["state"].get("sign_on")
        if sign_on is None:
            return agencies_page([], asked="", place="/", last=None, is_any=False)
        if request.method in {"GET", "HEAD"} and (elsewhere := _elsewhere(request, sign_on)):
            return RedirectResponse(elsewhere, 303, headers=NO_STORE)
        trace = trace_of(request.scope)
        came_from(trace.request_id, _address(request))
        try:
            return await endpoint(request, sign_on)
        except SignOnFailed as failed:
            failure, agency, place = failed.failure, failed.agency, failed.place
        except GraphStoreError as error:
            log.warning("store is away", reason=str(error))
            failure, agency, place = HUB_IS_AWAY, None, "/"
        trace.code = failure.code
        return failure_page(failure, agency=agency, place=place, request_id=trace.request_id)

    return answer


@with_sign_on
async def login(request: Request, sign_on: SignOn) -> Response:
    """To the provider: the one named, the one chosen last, the only one; else to the choice of agencies."""
    came = _came(request)
    place = safe_place(came.only("next"))
    if place is None:
        raise SignOnFailed(PLACE_IS_FOREIGN)
    key = came.only("agency") or _last(sign_on, came)
    if key is None and len(sign_on.agencies) == 1:
        (key,) = sign_on.agencies
    if key is None:
        return _go(sign_on, Going(place if came.only("silent") else _choice(place)))
    going = await sign_on.begin(key, came, silently=came.only("silent") == "1")
    return _go(sign_on, going)


@with_sign_on
async def agencies(request: Request, sign_on: SignOn) -> Response:
    """The choice of agencies."""
    came = _came(request)
    asked, place = (came.only("q") or "")[:200], safe_place(came.only("next"))
    if place is None:
        raise SignOnFailed(PLACE_IS_FOREIGN)
    fitting = found(sign_on.agencies.values(), asked)
    last = _last(sign_on, came)
    return agencies_page(fitting, asked=asked, place=place, last=last, is_any=True)


@with_sign_on
async def callback(request: Request, sign_on: SignOn) -> Response:
    """Back from the provider."""
    return _go(sign_on, await sign_on.complete(request.path_params["agency"], _came(request)))


async def logout(request: Request) -> Response:
    """By GET a question, by POST the deed; a POST that is no page's of ours is asked again."""
    return await (_sign_off if request.method == "POST" else _ask_to_sign_off)(request)


@with_sign_on
async def _ask_to_sign_off(request: Request, sign_on: SignOn) -> Response:
    return await _question(request, sign_on)


@with_sign_on
async def _sign_off(request: Request, sign_on: SignOn) -> Response:
    wants_json = "application/json" in request.headers.get("accept", "")
    if not comes_from_us(dict(request.scope["headers"]), sign_on.origins):
        trace_of(request.scope).code = NOT_FROM_HERE.code
        if wants_json:
            return JSONResponse({"error": NOT_FROM_HERE.code}, 403, headers=NO_STORE)
        words = two(NOT_FROM_HERE.text, NOT_FROM_HERE.text_en)
        return await _question(
            request, sign_on, status=403, told=f'<p class="warning">{words}</p>\n'
        )
    going = await sign_on.sign_off(_came(request))
    if wants_json:
        return _with_cookies(
            sign_on, JSONResponse({"next": going.address}, headers=NO_STORE), going
        )
    return _go(sign_on, going)


async def _question(
    request: Request, sign_on: SignOn, *, status: int = 200, told: str = ""
) -> Response:
    viewer = await sign_on.viewer(_came(request))
    address = await sign_on.sign_off_address(viewer) if viewer else None
    # browsers hold a form's redirects against its policy too
    forms = f"'self' {_origin(address)}" if address else "'self'"
    name = (viewer.name or "") if viewer else None
    return sign_off_page(name, forms=forms, status=status, told=told)


async def backchannel(request: Request) -> Response:
    """A provider's word that somebody has signed off there: 200, or 400 and no more than that."""
    sign_on: SignOn | None = request.scope["state"].get("sign_on")
    trace = trace_of(request.scope)
    came_from(trace.request_id, _address(request))
    channel: BackChannel | None = sign_on.backchannel if sign_on else None
    try:
        if channel is None:
            raise LogoutRefused("no_agencies")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise LogoutRefused("not_a_form")
        ended = await channel.hear(request.path_params["agency"], await _body(request))
    except LogoutRefused as refused:
        trace.code = "LOGOUT_TOKEN_REFUSED"
        log.warning("a logout token was refused", reason=refused.reason)
        return JSONResponse({"error": "invalid_request"}, 400, headers=NO_STORE)
    except GraphStoreError as error:
        log.warning("store is away", reason=str(error))
        return JSONResponse(
            {"error": "temporarily_unavailable"}, 503, headers=NO_STORE | {"Retry-After": "5"}
        )
    log.info("a provider ended sessions", agency=request.path_params["agency"], count=ended)
    return Response(status_code=200, headers=NO_STORE)


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise LogoutRefused("too_large")
    except ClientDisconnect as error:
        raise LogoutRefused("cut_off") from error
    return bytes(body)


def _came(request: Request) -> Came:
    headers: dict[bytes, bytes] = dict(request.scope["headers"])
    return Came(
        request.query_params.multi_items(),
        cookie_header.read(headers.get(b"cookie")),
        _address(request),
        request.headers.get("user-agent"),
    )


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None


def _last(sign_on: SignOn, came: Came) -> str | None:
    key = came.cookies.get(sign_on.cookies.agency)
    return key if key in sign_on.agencies else None


def _choice(place: str) -> str:
    return "/auth/agencies?" + urlencode({"next": place})


def _elsewhere(request: Request, sign_on: SignOn) -> str | None:
    """The same under the public address, where the cookies are; None where the browser is there."""
    public = urlsplit(sign_on.public_url)
    if request.headers.get("host", "").lower() == public.netloc.lower():
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{sign_on.public_url}{request.url.path}{query}"


def _go(sign_on: SignOn, going: Going) -> Response:
    return _with_cookies(sign_on, RedirectResponse(going.address, 303, headers=NO_STORE), going)


def _with_cookies(sign_on: SignOn, response: Response, going: Going) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    for each in going.cookies:
        response.headers.append("Set-Cookie", sign_on.cookies.header(each))
    return response


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def sign_on_routes() -> list[BaseRoute]:
    """All of them."""
    pages: list[tuple[str, Any, list[str]]] = [
        ("/auth/login", login, ["GET"]),
        ("/auth/agencies", agencies, ["GET"]),
        ("/auth/logout", logout, ["GET", "POST"]),
        ("/auth/{agency}/callback", callback, ["GET"]),
        ("/auth/{agency}/backchannel-logout", backchannel, ["POST"]),
    ]
    routes: list[BaseRoute] = [
        Route(path, endpoint, methods=methods) for path, endpoint, methods in pages
    ]
    return [*routes, Mount(FILES, Files(directory=HERE))]
