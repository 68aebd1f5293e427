"""Speaking with providers at arm's length: little time, small answers, no redirect followed, nothing compressed."""

from __future__ import annotations

import asyncio

import httpx2

MOST_BYTES = 262_144
ANSWER_SECONDS = 8.0
CONNECT_SECONDS = 3.0


class ProviderIsAway(Exception):
    """Nothing answers there in time, or says itself that it cannot."""


class ProviderIsFaulty(Exception):
    """It answers what cannot be used; the text says what, and holds nothing it sent."""


class ArmsLength(httpx2.AsyncBaseTransport):
    """Reads each answer whole, within bounds, before anybody sees it. One for all providers; `close` ends it.

    Authlib makes a client for each request and closes it with its transport, so that `aclose` does nothing here.
    """

    def __init__(self, inner: httpx2.AsyncBaseTransport | None = None) -> None:
        self._inner = inner or httpx2.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer. Raises ProviderIsAway and ProviderIsFaulty."""
        request.headers["accept-encoding"] = "identity"
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._read(request)
        except (httpx2.TransportError, TimeoutError, OSError) as error:
            raise ProviderIsAway(type(error).__name__) from error

    async def _read(self, request: httpx2.Request) -> httpx2.Response:
        response = await self._inner.handle_async_request(request)
        try:
            _check(response)
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise ProviderIsFaulty(f"an answer of more than {MOST_BYTES:,} bytes")
        finally:
            await response.aclose()
        headers = [
            (name, value)
            for name, value in response.headers.raw
            if name.lower() not in _OF_THE_WIRE
        ]
        return httpx2.Response(
            response.status_code, headers=headers, content=bytes(body), request=request
        )

    async def aclose(self) -> None:
        """Stay open for the next."""

    async def close(self) -> None:
        """End all connections."""
        await self._inner.aclose()


_OF_THE_WIRE = frozenset({b"content-length", b"transfer-encoding", b"content-encoding"})


def _check(response: httpx2.Response) -> None:
    if response.status_code >= 500:
        raise ProviderIsAway(f"status {response.status_code}")
    if 300 <= response.status_code < 400:
        raise ProviderIsFaulty("a redirect, which is not followed")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise ProviderIsFaulty("a compressed answer, which was not asked for")
