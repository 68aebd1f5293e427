"""A small OpenID provider whose every answer a test may twist: it signs people on as it should unless told otherwise."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import Key, KeySet
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from auth.keys import DISCOVERY
from tests.auth.issuer import Issuer, _no_signals, rsa

SECRET = "the hub's secret at the opponent"
CLIENT = "hub"
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(slots=True)
class Opponent(Issuer):
    """`person`: the claims of whoever signs on. The other fields twist an answer; `asked` keeps what came in."""

    person: dict[str, Any] = field(default_factory=lambda: {"sub": "libing", "name": "李冰"})
    id_claims: dict[str, Any] = field(default_factory=dict)
    id_header: dict[str, Any] = field(default_factory=dict)
    id_key: Any = None
    forge: Callable[[dict[str, Any]], str] | None = None
    back: dict[str, str | None] = field(default_factory=dict)
    token_answer: Callable[[], Response] | None = None
    userinfo: dict[str, Any] | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    exchanged: int = 0

    def behave(self) -> None:
        """Forget every twist."""
        fresh = Opponent(self.address, [])
        for name in (
            "metadata",
            "id_claims",
            "id_header",
            "id_key",
            "forge",
            "back",
            "token_answer",
        ):
            setattr(self, name, getattr(fresh, name))
        self.person, self.userinfo, self.answer = fresh.person, None, None

    def logout_token(
        self, key: Any = None, header: dict[str, Any] | None = None, **given: Any
    ) -> str:
        """A good logout token unless told otherwise; a claim given as None is left out."""
        now = int(time.time())
        good = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": secrets.token_hex(8),
            "events": {LOGOUT_EVENT: {}},
        }  # fmt: skip
        claims = {name: value for name, value in (good | given).items() if value is not None}
        whole = {"typ": "logout+jwt"} | (header or {})
        return (
            self.signed(claims, whole)
            if "crit" in whole
            else self.token(claims, whole, key).decode()
        )

    def signed(self, claims: dict[str, Any], header: dict[str, Any]) -> str:
        """Signed with its key under a header that no library would write."""
        key: Any = self.keys[0]
        whole = {"alg": "RS256", "kid": key.kid, **header}
        text = ".".join(
            base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode()
            for each in (whole, claims)
        )
        signature = key.private_key.sign(text.encode(), PKCS1v15(), SHA256())
        return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"

    def id_token(self, nonce: str) -> str:
        """For whoever signed on."""
        now = int(time.time())
        good = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, "sid": f"sid-{nonce}",
        } | self.person  # fmt: skip
        claims = {k: v for k, v in (good | self.id_claims).items() if v is not None}
        if self.forge is not None:
            return self.forge(claims)
        return self.token(claims, {"typ": "JWT"} | self.id_header, self.id_key).decode()

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.asked.append(asked)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        good = {"code": code, "state": asked["state"], "iss": self.address}
        query = {name: value for name, value in (good | self.back).items() if value is not None}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(query)}", 302)

    async def _token(self, request: Request) -> Response:
        self.exchanged += 1
        form = dict(pair.split("=", 1) for pair in (await request.body()).decode().split("&"))
        if self.token_answer is not None:
            return self.token_answer()
        asked = self.codes.pop(form["code"], None)
        expected = base64.b64encode(
            f"{CLIENT}:{SECRET}".replace("'", "%27").replace(" ", "+").encode()
        )
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode())
        given = request.headers.get("authorization", "").removeprefix("Basic ").encode()
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if given not in {expected, plain}:
            return JSONResponse({"error": "invalid_client"}, 401)
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["code_challenge_method"] != "S256"
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        tokens = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60}
        return JSONResponse(tokens | {"id_token": self.id_token(asked["nonce"])})

    async def _userinfo(self, _request: Request) -> Response:
        return JSONResponse(self.userinfo or self.person)

    async def _metadata(self, _request: Request) -> Response:
        told = {
            "issuer": self.address,
            "jwks_uri": f"{self.address}/keys",
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "end_session_endpoint": f"{self.address}/end",
            "authorization_response_iss_parameter_supported": True,
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
        } | self.metadata
        return JSONResponse({name: value for name, value in told.items() if value is not None})

    def routes(self) -> list[Route]:
        """What it serves."""
        return [
            Route(DISCOVERY, self._metadata),
            Route("/keys", self._keys),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/userinfo", self._userinfo),
        ]


@asynccontextmanager
async def opposing(*keys: Key, port: int = 0) -> AsyncIterator[Opponent]:
    """An opponent that listens."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        opponent = Opponent(address, list(keys) or [rsa("first")])
        async with listening(opponent, listener):
            yield opponent


@asynccontextmanager
async def listening(opponent: Opponent, listener: socket.socket) -> AsyncIterator[None]:
    """While the context lasts, it answers."""
    config = uvicorn.Config(Starlette(routes=opponent.routes()), log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    server.capture_signals = _no_signals  # type: ignore[method-assign] # those of the test run are its own
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await running


def published(opponent: Opponent) -> bytes:
    """Its first public key as PEM, which an attacker has too."""
    key: Any = KeySet(opponent.keys).keys[0]
    pem: bytes = key.as_pem(private=False)
    return pem
