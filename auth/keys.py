"""The keys of one issuer: found by discovery, fetched again on a clock and when a token's key is not among them.

Keys of two issuers are never in one set: a token that names A would pass with a key of B. Checking reads what is kept and awaits
nothing; whoever fails may ask once more (`renewed`), which fetches at most every half minute, so that nobody makes the hub
hammer a provider by sending nonsense.
"""

from __future__ import annotations

import asyncio
import time
import warnings
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx2
import orjson
import structlog
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey

from auth.agencies import is_safe_address
from graph_store.background import in_background

REFRESH_SECONDS = 600.0
RETRY_SECONDS = 15.0
FORCED_SECONDS = 30.0
MOST_AGE_SECONDS = 86_400.0
FETCH_SECONDS = 5.0
MOST_BYTES = 262_144
MOST_KEYS = 50
KINDS: Mapping[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
DISCOVERY = "/.well-known/openid-configuration"

log = structlog.get_logger("auth.keys")


class KeysUnavailable(Exception):
    """The provider does not answer, or answers what cannot be used."""


class IssuerKeys:
    """Of one issuer; `current` is None until they were fetched once, and again when they are a day old."""

    def __init__(
        self,
        issuer: str,
        client: httpx2.AsyncClient,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.issuer = issuer
        self._client, self._clock = client, clock
        self._keys: KeySet | None = None
        self._fetched = self._forced = float("-inf")
        self._fetching = asyncio.Lock()

    @property
    def current(self) -> KeySet | None:
        """What is kept; a provider that was silent for a day may have withdrawn them."""
        is_young = self._clock() - self._fetched < MOST_AGE_SECONDS
        return self._keys if is_young else None

    async def renewed(self, known: KeySet | None) -> KeySet | None:
        """Others than those known, fetched now unless that was done a moment ago; None when there are none."""
        async with self._fetching:
            now = self._clock()
            if self.current is known and now - self._forced >= FORCED_SECONDS:
                self._forced = now
                with suppress(KeysUnavailable):
                    await self._fetch()
        return None if self.current is known else self.current

    async def refresh(self) -> None:
        """Fetch them. Raises KeysUnavailable: those that are kept stay."""
        async with self._fetching:
            await self._fetch()

    async def keep_fresh(self) -> None:
        """Never ends: on a clock, sooner after a failure."""
        while True:
            try:
                await self.refresh()
            except KeysUnavailable as error:
                log.warning("keys cannot be fetched", issuer=self.issuer, reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)
            else:
                await asyncio.sleep(REFRESH_SECONDS)

    async def _fetch(self) -> None:
        metadata = await self._json(self.issuer.rstrip("/") + DISCOVERY)
        if metadata.get("issuer") != self.issuer:
            raise KeysUnavailable("the discovery document names another issuer")
        place = metadata.get("jwks_uri")
        if not isinstance(place, str) or not is_safe_address(place):
            raise KeysUnavailable("the discovery document names no https address of keys")
        keys = _usable((await self._json(place)).get("keys"))
        if not keys:
            raise KeysUnavailable("there is no key that can check signatures")
        found = KeySet(keys)
        # the same object while nothing has changed: `renewed` tells by it that there is nothing new to try
        if self._keys is None or found.as_dict() != self._keys.as_dict():
            self._keys = found
        self._fetched = self._clock()

    async def _json(self, address: str) -> dict[str, Any]:
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                value = orjson.loads(await self._body(address))
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            raise KeysUnavailable(f"{type(error).__name__} at {address}") from error
        except ValueError as error:
            raise KeysUnavailable(f"no JSON at {address}") from error
        if not isinstance(value, dict):
            raise KeysUnavailable(f"no JSON object at {address}")
        return value

    async def _body(self, address: str) -> bytes:
        async with self._client.stream("GET", address, follow_redirects=False) as response:
            if response.status_code != 200:
                raise KeysUnavailable(f"status {response.status_code} at {address}")
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise KeysUnavailable(f"more than {MOST_BYTES:,} bytes at {address}")
        return bytes(body)


@asynccontextmanager
async def open_keys(
    issuers: frozenset[str], client: httpx2.AsyncClient
) -> AsyncIterator[Mapping[str, IssuerKeys]]:
    """The keys of each issuer, fetched in the background: a provider that is down keeps nobody from starting."""
    keys = {issuer: IssuerKeys(issuer, client) for issuer in issuers}
    async with in_background(*(each.keep_fresh() for each in keys.values())):
        yield keys


def _usable(keys: object) -> list[Key]:
    """Public keys that check signatures; what is not understood is left out, as RFC 7517 has it."""
    found: list[Key] = []
    for data in keys[:MOST_KEYS] if isinstance(keys, list) else ():
        kind = KINDS.get(str(data.get("kty"))) if isinstance(data, dict) else None
        if kind is None or data.get("use", "sig") != "sig":
            continue
        public = {name: value for name, value in data.items() if name not in PRIVATE}
        try:
            with warnings.catch_warnings(action="error", category=SecurityWarning):
                found.append(kind.import_key(public))
        except (JoseError, SecurityWarning, ValueError, TypeError):
            continue  # of weak keys joserfc warns
    return found
