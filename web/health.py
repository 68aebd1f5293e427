"""`/healthz`: the process lives. `/readyz`: everything it needs answers."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Ping = Callable[[], Awaitable[object]]
Pings = Mapping[str, Ping]

PING_SECONDS = 3.0

NO_STORE = {"Cache-Control": "no-store"}

log = structlog.get_logger("web.health")


async def healthz(_request: Request) -> JSONResponse:
    """200 as long as the event loop turns."""
    return JSONResponse({"status": "alive"}, headers=NO_STORE)


async def readyz(request: Request) -> JSONResponse:
    """200, or 503 naming each resource that is away; the reasons are in the log."""
    pings: Pings = request.scope["state"]["pings"]
    states = await asyncio.gather(*(_state(name, ping) for name, ping in pings.items()))
    resources = dict(zip(pings, states, strict=True))
    is_ready = all(state == "ready" for state in states)
    return JSONResponse(
        {"status": "ready" if is_ready else "away", "resources": resources},
        status_code=200 if is_ready else 503,
        headers=NO_STORE if is_ready else {**NO_STORE, "Retry-After": "5"},
    )


async def _state(name: str, ping: Ping) -> str:
    try:
        await asyncio.wait_for(ping(), PING_SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever a resource fails with, it is not ready
        log.warning("resource is away", resource=name, reason=repr(error))
        return "away"
    return "ready"


def health_routes() -> list[Route]:
    """Both, by GET and HEAD."""
    return [Route("/healthz", healthz), Route("/readyz", readyz)]
