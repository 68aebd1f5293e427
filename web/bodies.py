"""Reads a request's JSON body within bounds.

orjson guards what a parser must: nesting beyond 1,024, numbers beyond a double, invalid UTF-8, lone
surrogates and byte order marks are errors, not crashes (each is a test). What stays to be bounded
here is the length, before anything is parsed.
"""

from collections.abc import Mapping
from typing import TypeGuard

import orjson
from starlette.types import Receive

from web.errors import Refusal, WebError, bad_request

BODY_LIMIT_BYTES = 1_500_000

NOT_JSON_TYPE = Refusal(
    415,
    "CONTENT_TYPE_UNSUPPORTED",
    "The body must be JSON in UTF-8. Send `Content-Type: application/json`.",
    "请求体必须是 UTF-8 编码的 JSON。请使用 Content-Type: application/json。",
)
ENCODED = Refusal(
    415,
    "CONTENT_ENCODING_UNSUPPORTED",
    "The body is compressed, which this endpoint does not read. Send it plain, without `Content-Encoding`.",
    "本接口不接受压缩的请求体。请去掉 Content-Encoding，以明文发送。",
    headers=((b"accept-encoding", b"identity"),),
)


def check_kind(headers: Mapping[bytes, bytes]) -> None:
    """Refuse what is not plain UTF-8 JSON, by its headers. Raises `WebError` 415."""
    if headers.get(b"content-type") == b"application/json" and b"content-encoding" not in headers:
        return  # what nearly everybody sends
    kind, *parameters = headers.get(b"content-type", b"").decode("latin-1").lower().split(";")
    if kind.strip() != "application/json":
        raise WebError(NOT_JSON_TYPE)
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in {"utf-8", "utf8"}:
            raise WebError(NOT_JSON_TYPE)
    if headers.get(b"content-encoding", b"identity").strip().lower() not in {b"identity", b""}:
        raise WebError(ENCODED)


def _too_large(limit_bytes: int) -> Refusal:
    return Refusal(
        413,
        "BODY_TOO_LARGE",
        f"The request body is larger than {limit_bytes:,} bytes. Send less, for example in several requests.",
        f"请求体超过 {limit_bytes:,} 字节。请减少内容，或分多次请求。",
        headers=((b"connection", b"close"),),
    )


async def read(
    receive: Receive, headers: Mapping[bytes, bytes], limit_bytes: int = BODY_LIMIT_BYTES
) -> bytes:
    """The whole body; it is never held beyond the limit. Raises `WebError` 413, or 400 when cut off."""
    announced = headers.get(b"content-length", b"0")
    if announced.isdigit() and len(announced) < 20 and int(announced) > limit_bytes:
        raise WebError(_too_large(limit_bytes))
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise bad_request(
                "BODY_CUT_OFF", "The body ended early. Send it again.", "请求体不完整，请重新发送。"
            )
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit_bytes:
            raise WebError(_too_large(limit_bytes))
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


def parsed(body: bytes | str) -> object:
    """The JSON value. Raises `WebError` 400 when it is none."""
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise bad_request(
            "BODY_IS_NOT_JSON",
            f"The body is not valid JSON in UTF-8: {_reason(error)}. Correct it and send it again.",
            f"请求体不是有效的 UTF-8 JSON（第 {error.lineno} 行第 {error.colno} 列）。请改正后重新发送。",
        ) from error
    return value


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether JSON gave an object, whose keys are always text."""
    return isinstance(value, dict)


def _reason(error: orjson.JSONDecodeError) -> str:
    return f"{error.msg} at line {error.lineno} column {error.colno}"
