"""A provider's key endpoint on a port of this machine, whose keys a test rotates, and the tokens it signs."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from auth.agencies import Agency
from auth.claims import FixedAlgorithms
from auth.keys import DISCOVERY

RESOURCE = "https://hub.example/graphql"
ALL = ("RS256", "PS256", "ES256", "EdDSA", "HS256", "none")


def rsa(kid: str) -> RSAKey:
    """A new key."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


def ec(kid: str) -> ECKey:
    """A new key."""
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


def okp(kid: str) -> OKPKey:
    """A new key."""
    return OKPKey.generate_key("Ed25519", {"kid": kid, "use": "sig"})


@dataclass(slots=True)
class Issuer:
    """What it serves can be changed; `fetched` counts how often its keys were."""

    address: str
    keys: list[Key]
    metadata: dict[str, Any] = field(default_factory=dict)
    answer: Response | None = None
    fetched: int = 0

    def agency(self, key: str = "sichuan", **given: Any) -> Agency:
        """The agency whose provider this is."""
        parts: dict[str, Any] = {
            "issuer": self.address, "client_id": "hub", "name": "四川", "name_en": "Sichuan",
            "speaks_for": ("cd-institution-00",),
        }  # fmt: skip
        return Agency(key, **parts | given)

    def claims(self, **given: Any) -> dict[str, Any]:
        """Of a good access token; what is given as None is left out."""
        now = int(time.time())
        good = {
            "iss": self.address, "aud": RESOURCE, "sub": "libing", "client_id": "portal", "jti": "j-1",
            "iat": now, "exp": now + 600, "scope": "openid graph:read",
        }  # fmt: skip
        return {name: value for name, value in (good | given).items() if value is not None}

    def token(
        self,
        claims: dict[str, Any] | None = None,
        header: dict[str, Any] | None = None,
        key: Any = None,
    ) -> bytes:
        """A token, good unless told otherwise; a header parameter given as None is left out."""
        key = key or self.keys[0]
        usual = {"alg": "RS256", "typ": "at+jwt", "kid": getattr(key, "kid", None)}
        header = {
            name: value for name, value in (usual | (header or {})).items() if value is not None
        }
        registry = FixedAlgorithms(algorithms=ALL, strict_check_header=False)
        claims = self.claims() if claims is None else claims
        return jwt.encode(header, claims, key, registry=registry, default_type=None).encode()

    async def _discovery(self, _request: Request) -> Response:
        usual = {"issuer": self.address, "jwks_uri": f"{self.address}/keys"}
        return JSONResponse(usual | self.metadata)

    async def _keys(self, _request: Request) -> Response:
        self.fetched += 1
        return self.answer or JSONResponse(KeySet(self.keys).as_dict())


@asynccontextmanager
async def issuing(*keys: Key) -> AsyncIterator[Issuer]:
    """A provider that listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        issuer = Issuer(f"http://127.0.0.1:{listener.getsockname()[1]}", list(keys))
        routes = [Route(DISCOVERY, issuer._discovery), Route("/keys", issuer._keys)]
        config = uvicorn.Config(Starlette(routes=routes), log_config=None, lifespan="off")
        server = uvicorn.Server(config)
        server.capture_signals = _no_signals  # type: ignore[method-assign] # those of the test run are its own
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            while not server.started:  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.01)
            yield issuer
        finally:
            server.should_exit = True
            await running


@contextmanager
def _no_signals() -> Iterator[None]:
    yield
