"""The hub's cookies: their names, and how they are set.

Under https every name has the prefix `__Host-`, by which browsers refuse a cookie that another host of the domain, or plain http,
tries to plant. On plain http, which is this machine alone, the name carries the port: browsers keep one jar for all ports of a host,
and two bases on one machine must not sign each other off.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_HEADER = 16_384


@dataclass(frozen=True, slots=True)
class Cookie:
    """To be set, or taken away where `value` is empty; `seconds` None: until the browser is closed. Values are URL-safe text."""

    name: str
    value: str
    seconds: int | None = None


class Cookies:
    """Of the hub at one public address."""

    def __init__(self, public_url: str) -> None:
        parts = urlsplit(public_url)
        self.is_secure = parts.scheme == "https"
        self._base = "__Host-bashu" if self.is_secure else f"bashu-{parts.port or 80}"
        self.session = self._base
        self.agency = f"{self._base}-agency"
        self.silent = f"{self._base}-silent"
        self.pending = f"{self._base}-on-"

    def header(self, cookie: Cookie) -> str:
        """The value of Set-Cookie: for this host alone, out of scripts' reach, not sent along by other sites' forms."""
        parts = [f"{cookie.name}={cookie.value}", "Path=/", "HttpOnly", "SameSite=Lax"]
        if self.is_secure:
            parts.append("Secure")
        if not cookie.value:
            parts.append("Max-Age=0")
        elif cookie.seconds is not None:
            parts.append(f"Max-Age={cookie.seconds}")
        return "; ".join(parts)

    def session_secret(self, header: bytes | None) -> str | None:
        """The session cookie's value out of a request's Cookie header."""
        if header is None or self.session.encode() not in header:
            return None
        return read(header).get(self.session)


def read(header: bytes | None) -> dict[str, str]:
    """The cookies that a request brings; nothing where the header is no honest one.

    >>> read(b"a=1; b=x=y; a=2"), read(None)
    ({'a': '1', 'b': 'x=y'}, {})
    """
    if header is None or len(header) > LONGEST_HEADER:
        return {}
    found: dict[str, str] = {}
    for part in header.decode("latin-1").split(";"):
        name, _, value = part.strip().partition("=")
        found.setdefault(name, value)
    return found
