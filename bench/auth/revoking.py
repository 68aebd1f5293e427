"""Seconds from the commit of a revocation until the second worker answers by it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2

from auth.sessions import id_of
from bench.auth.ground import INNER, PERSON, SHARED, Desk, Ground, open_desk

TIMES = 5
PATIENCE_SECONDS = 30.0
PAUSE_SECONDS = 0.005

WHO = "{ viewer { person { id } } }"
OF_THE_NETWORK = f'{{ institution(id: "{INNER}") {{ id }} }}'
OF_THE_AGREEMENT = f'{{ instrument(id: "{SHARED}") {{ id }} }}'

ROLE_ENDS = "MATCH (:Person {id: $id})-[h:HOLDS]->() SET h.until = '2020-01-01'"
ROLE_GOES_ON = "MATCH (:Person {id: $id})-[h:HOLDS]->() REMOVE h.until"
SUSPENDED = "MATCH (a:Agreement {id: $id}) SET a.status = 'suspended'"
RESUMED = "MATCH (a:Agreement {id: $id}) SET a.status = 'signed'"
AGREEMENT = "cd-agreement-bench"

Deed = Callable[[], Awaitable[object]]


class Worker:
    """The second worker, asked by somebody."""

    def __init__(self, client: httpx2.AsyncClient, headers: dict[str, str]) -> None:
        self._client, self._headers = client, headers

    async def sees(self, text: str) -> bool:
        """Whether the first field is there; false also for whoever is refused."""
        answer = await self._client.post("/graphql", json={"query": text}, headers=self._headers)
        if answer.status_code == 401:
            return False
        found: Any = next(iter(answer.json()["data"].values()))
        return bool(found and (found.get("id") or found.get("person")))

    async def until(self, text: str, *, sees: bool) -> None:
        """Ask again and again until it is so."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.sees(text) != sees:  # noqa: ASYNC110 - another process, which tells nobody
                await asyncio.sleep(PAUSE_SECONDS)


async def measured(over: Ground) -> dict[str, list[float]]:
    """Of each kind, some times."""
    address = f"http://127.0.0.1:{over.ports[1]}"
    found: dict[str, list[float]] = {}
    async with open_desk(over.uri) as desk, httpx2.AsyncClient(base_url=address) as client:
        for _ in range(TIMES):
            for kind, seconds in [
                ("session", await _session(over, desk, client)),
                ("token", await _token(desk, client)),
                ("role", await _of_rights(over, desk, client, OF_THE_NETWORK)),
                ("agreement", await _of_rights(over, desk, client, OF_THE_AGREEMENT)),
            ]:
                found.setdefault(kind, []).append(seconds)
    return found


async def _session(over: Ground, desk: Desk, client: httpx2.AsyncClient) -> float:
    secret = await desk.session(over.issuer)
    worker = Worker(client, {"cookie": over.cookie(secret)})
    return await _seconds(worker, WHO, lambda: desk.sessions.end(PERSON, [id_of(secret)], "bench"))


async def _token(desk: Desk, client: httpx2.AsyncClient) -> float:
    secret, token = await desk.token()
    worker = Worker(client, {"authorization": f"Bearer {secret}"})
    return await _seconds(worker, WHO, lambda: desk.tokens.end(token, "bench"))


async def _of_rights(over: Ground, desk: Desk, client: httpx2.AsyncClient, text: str) -> float:
    """A role that ends, or an agreement that is suspended; afterwards it is as it was."""
    worker = Worker(client, {"authorization": f"Bearer {over.access_token}"})
    is_role = text == OF_THE_NETWORK
    ends, goes_on = (ROLE_ENDS, ROLE_GOES_ON) if is_role else (SUSPENDED, RESUMED)
    which = ("Person", PERSON) if is_role else ("Agreement", AGREEMENT)
    seconds = await _seconds(worker, text, lambda: desk.change(ends, *which))
    await desk.change(goes_on, *which)
    await worker.until(text, sees=True)
    return seconds


async def _seconds(worker: Worker, text: str, revoke: Deed) -> float:
    await worker.until(text, sees=True)
    for _ in range(3):  # from what is kept
        await worker.sees(text)
    await revoke()
    revoked = time.monotonic()
    await worker.until(text, sees=False)
    return time.monotonic() - revoked
