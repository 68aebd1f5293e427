"""Whether a request comes from a page of this hub, as the browser itself says: what a form of another site cannot make up.

Browsers add `Sec-Fetch-Site` and `Origin` and let no page change them. Whoever comes with a cookie and wants to change something
must bring one of the two; a program has no cookie, it has a token.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

OUR_SITE = frozenset({b"same-origin", b"none"})
"""A page of the same origin, or the person themself, by the address bar."""


def comes_from_us(headers: Mapping[bytes, bytes], origins: Collection[bytes]) -> bool:
    """Whether these headers, names in lower case, are those of a request of our own pages; `origins`: those of the hub.

    >>> comes_from_us({b"sec-fetch-site": b"same-origin"}, ())
    True
    >>> comes_from_us({b"sec-fetch-site": b"cross-site", b"origin": b"https://hub.example"}, {b"https://hub.example"})
    False
    >>> comes_from_us({b"origin": b"https://hub.example"}, {b"https://hub.example"})
    True
    >>> comes_from_us({}, {b"https://hub.example"}), comes_from_us({b"origin": b"null"}, {b"https://hub.example"})
    (False, False)
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in OUR_SITE
    return headers.get(b"origin") in origins


def origins_of(public_url: str, hosts: Collection[str]) -> frozenset[bytes]:
    """The origins of the hub's own pages: the public one, and plain http on this machine.

    >>> sorted(origins_of("https://hub.example", {"hub.example", "localhost:8000"}))
    [b'http://localhost:8000', b'https://hub.example']
    """
    scheme, _, rest = public_url.partition("://")
    public = rest.partition("/")[0]
    local = {f"http://{host}".encode() for host in hosts if host != public}
    return frozenset({f"{scheme}://{public}".encode()} | local)
