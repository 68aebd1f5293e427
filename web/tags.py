"""Entity tags: a GET of a trusted document is sent again only when its answer has changed (decision 0008)."""

import hashlib

from starlette.types import Send

from web.edge import send_json
from web.errors import Headers
from web.negotiation import VARY_BY_VIEWER

# a cache may keep it, but asks each time, and a shared one never keeps it: another viewer may see other records
CACHE_CONTROL = b"private, no-cache"
DIGEST_BYTES = 16


def tag_of(body: bytes, media_type: str) -> bytes:
    """A strong tag: other bytes or another media type have another one.

    >>> tag_of(b"{}", "application/json") == tag_of(b"{}", "application/json")
    True
    """
    digest = hashlib.blake2b(body, digest_size=DIGEST_BYTES, person=media_type.encode()[-16:])
    return b'"%s"' % digest.hexdigest().encode()


def is_known(if_none_match: bytes | None, tag: bytes) -> bool:
    """Whether the client has it already (RFC 9110 §13.1.2, compared weakly).

    >>> is_known(b'W/"a", "b"', b'"a"'), is_known(b"*", b'"a"'), is_known(b'"b"', b'"a"'), is_known(None, b'"a"')
    (True, True, False, False)
    """
    if if_none_match is None:
        return False
    known = [each.strip().removeprefix(b"W/") for each in if_none_match.split(b",")]
    return tag in known or known == [b"*"]


async def send_tagged(  # noqa: PLR0913 - a response has as many parts
    send: Send,
    method: str,
    body: bytes,
    *,
    media_type: str,
    if_none_match: bytes | None,
    more: Headers = (),
) -> None:
    """200 with the body and its tag, or 304 with the tag alone."""
    tag = tag_of(body, media_type)
    if is_known(if_none_match, tag):
        headers = [
            (b"etag", tag),
            (b"cache-control", CACHE_CONTROL),
            VARY_BY_VIEWER,
            *more,
        ]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send_json(
        send,
        method,
        200,
        body,
        media_type=media_type,
        cache_control=CACHE_CONTROL,
        vary=VARY_BY_VIEWER,
        more=((b"etag", tag), *more),
    )
