"""How a file leaves: its name in Chinese (RFC 6266, RFC 8187), who may keep it, whether the client has it already."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from web.tags import is_known, tag_of

PRIVATE = {"Cache-Control": "no-store"}
CHUNK_BYTES = 65_536


def named(name: str, plain: str, *, inline: bool = False) -> dict[str, str]:
    """The header that names a file; `plain` is for clients that read no other than ASCII.

    >>> print(named("名单.xlsx", "roll.xlsx")["Content-Disposition"])
    attachment; filename="roll.xlsx"; filename*=UTF-8''%E5%90%8D%E5%8D%95.xlsx
    """
    kind = "inline" if inline else "attachment"
    text = "".join(sign for sign in _safe(name) if sign not in '/\\:*?"<>|')
    value = f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(text, safe='')}"
    return {"Content-Disposition": value}


def _safe(name: str) -> str:
    """Without what turns text around or ends a line."""
    return "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))


def streamed(file: IO[bytes], media_type: str, headers: dict[str, str]) -> Response:
    """A finished file, closed once it is sent."""

    def chunks() -> Iterator[bytes]:
        with file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk

    return StreamingResponse(chunks(), media_type=media_type, headers=headers)


def tagged(request: Request, body: bytes, media_type: str, headers: dict[str, str]) -> Response:
    """The file with its tag, or 304 to whoever has it."""
    tag = tag_of(body, media_type)
    own = {"ETag": tag.decode(), **headers}
    known = request.headers.get("if-none-match")
    if is_known(known.encode("latin-1") if known else None, tag):
        return Response(status_code=304, headers=own)
    return Response(body, media_type=media_type, headers=own)
