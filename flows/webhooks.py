"""Signed requests to institutions' programs, in the manner of Standard Webhooks.

`webhook-id` is the same each time, so that the other side knows what it has had; `webhook-signature` is `v1,` and the Base64 of an
HMAC-SHA256 over `id.timestamp.body`. No redirect is followed; the address that was looked at is the one that is called, so that
a name which leads elsewhere a moment later leads nobody into a private network.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

import httpx2

from graph_store.webhook_addresses import secret_of

SECONDS = 10.0
HTTPS_PORT, HTTP_PORT = 443, 80


class CallFailed(Exception):
    """The other side did not take it; the text says how, without anybody's data."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `id` of the delivery, the body as it is sent."""

    webhook: str
    url: str
    id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Caller:
    """`is_private_fine`: also into private networks and, on this machine, by http. `client` trusts no proxy of the environment."""

    client: httpx2.AsyncClient
    key: bytes = field(repr=False)
    is_private_fine: bool = False

    async def call(self, what: Call, timestamp: int) -> None:
        """Done when the other side answers 2xx. Raises CallFailed."""
        headers = signature_headers(secret_of(self.key, what.webhook), what, timestamp)
        try:
            async with asyncio.timeout(SECONDS):
                request = await self._request(what, headers)
                answer = await self.client.send(request, follow_redirects=False, stream=True)
                await answer.aclose()
        except (httpx2.HTTPError, OSError, TimeoutError) as error:
            raise CallFailed(type(error).__name__) from error
        if not answer.is_success:
            raise CallFailed(f"HTTP {answer.status_code}")

    async def _request(self, what: Call, headers: Mapping[str, str]) -> httpx2.Request:
        """The request to the very address that was found fit."""
        parts = urlsplit(what.url)
        host, default = parts.hostname or "", HTTPS_PORT if parts.scheme == "https" else HTTP_PORT
        address = await self._address(host, parts.port or default, parts.scheme)
        netloc = f"[{address}]" if isinstance(address, IPv6Address) else str(address)
        there = parts._replace(netloc=f"{netloc}:{parts.port or default}", fragment="").geturl()
        return self.client.build_request(
            "POST",
            there,
            content=what.body,
            headers={**headers, "host": parts.netloc, "content-type": "application/json"},
            extensions={"sni_hostname": host},
        )

    async def _address(self, host: str, port: int, scheme: str) -> IPv4Address | IPv6Address:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ip_address(each[4][0]) for each in found]
        if not addresses or not all(self._is_fit(each, scheme) for each in addresses):
            raise CallFailed("AddressIsPrivate")
        return addresses[0]

    def _is_fit(self, address: IPv4Address | IPv6Address, scheme: str) -> bool:
        if self.is_private_fine:
            return scheme == "https" or address.is_loopback
        return scheme == "https" and is_public(address)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether the whole world may be there, also behind an IPv4 address in an IPv6 one.

    >>> is_public(ip_address("93.184.215.14")), is_public(ip_address("::ffff:10.0.0.1")), is_public(ip_address("169.254.169.254"))
    (True, False, False)
    """
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if mapped is not None:
        return is_public(mapped)
    return address.is_global and not address.is_multicast


def signature_headers(secret: str, what: Call, timestamp: int) -> dict[str, str]:
    """What says who sent it: the other side makes the same HMAC with the secret that it was given."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join((what.id.encode(), str(timestamp).encode(), what.body))
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return {
        "webhook-id": what.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
