"""An agency's provider as far as tokens need it: discovery, keys, and tokens signed by them.

python -m bench.auth.issuer 8124 key.json
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from auth.keys import DISCOVERY

HOUR_SECONDS = 3_600


def address(port: int) -> str:
    """The issuer at a port."""
    return f"http://127.0.0.1:{port}"


def new_key(file: Path) -> RSAKey:
    """A key, and its file for the provider's process."""
    key = RSAKey.generate_key(2048, {"kid": "bench", "use": "sig"})
    file.write_text(json.dumps(key.as_dict(private=True)), encoding="utf-8")
    return key


def token(key: RSAKey, issuer: str, audience: str, subject: str) -> str:
    """An access token (RFC 9068)."""
    now = int(time.time())
    claims = {
        "iss": issuer, "aud": audience, "sub": subject, "client_id": "bench", "jti": "bench",
        "iat": now, "exp": now + HOUR_SECONDS, "scope": "graph:read",
    }  # fmt: skip
    header: dict[str, Any] = {"alg": "RS256", "typ": "at+jwt", "kid": key.kid}
    return jwt.encode(header, claims, key)


def serve(port: int, key: RSAKey) -> None:
    """Until told to stop."""

    async def discovery(_request: Request) -> Response:
        own = address(port)
        return JSONResponse({"issuer": own, "jwks_uri": f"{own}/keys"})

    async def keys(_request: Request) -> Response:
        return JSONResponse(KeySet([key]).as_dict())

    routes = [Route(DISCOVERY, discovery), Route("/keys", keys)]
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_config=None)


if __name__ == "__main__":
    serve(int(sys.argv[1]), RSAKey.import_key(json.loads(Path(sys.argv[2]).read_text("utf-8"))))
