"""From the parameters of a GraphQL request to `Asked`: shapes are checked, meaning is not."""

from typing import TypeGuard
from urllib.parse import parse_qsl

from resolvers.answer import Asked
from web.bodies import parsed
from web.errors import WebError, bad_request
from web.limits import LIMITS, Limits, variables_refusal
from web.negotiation import Language

MALFORMED = "REQUEST_IS_MALFORMED"
PARAMETERS = ("query", "operationName", "variables", "extensions")


def from_body(body: bytes, language: Language, limits: Limits = LIMITS) -> Asked:
    """What a POST asks. Raises `WebError` 400."""
    value = parsed(body)
    if isinstance(value, list):
        raise bad_request(
            "BATCHES_ARE_REFUSED",
            "The body is a list of operations, but one request holds one operation. Send them one by one, or as several root fields.",
            "请求体是操作的列表，而一次请求只能包含一个操作。请逐个发送，或合并为一个操作的多个根字段。",
        )
    if not _is_object(value):
        raise _wrong("body", 'an object like {"query": "{ … }"}', '形如 {"query": "{ … }"} 的对象')
    return from_object(value, language, limits)


def from_query_string(query_string: bytes, language: Language, limits: Limits = LIMITS) -> Asked:
    """What a GET asks; `variables` and `extensions` are JSON text there. Raises `WebError` 400."""
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20
        )
    except ValueError as error:
        raise bad_request(
            "QUERY_STRING_IS_MALFORMED",
            "The query string is not percent-encoded UTF-8. Encode it, or use POST.",
            "查询字符串不是百分号编码的 UTF-8。请正确编码，或改用 POST。",
        ) from error
    given: dict[str, object] = {}
    for name, text in pairs:
        if name in given:
            raise _wrong(name, "given once", "只出现一次")
        given[name] = parsed(text) if name in {"variables", "extensions"} and text else text or None
    return from_object(given, language, limits)


def from_object(given: dict[str, object], language: Language, limits: Limits = LIMITS) -> Asked:
    """What the parameters of a request ask. Raises `WebError` 400."""
    query, operation, variables, extensions = (given.get(name) for name in PARAMETERS)
    if not isinstance(query, str) or not query:
        raise _wrong("query", "a GraphQL document, as text", "GraphQL 文本")
    if operation is not None and not isinstance(operation, str):
        raise _wrong("operationName", "text or null", "文本或 null")
    if variables is not None and not _is_object(variables):
        raise _wrong("variables", "an object or null", "对象或 null")
    if extensions is not None and not _is_object(extensions):
        raise _wrong("extensions", "an object or null", "对象或 null")
    bound = variables or {}
    if refusal := variables_refusal(bound, limits):
        raise WebError(refusal)
    return Asked(query, operation or None, bound, language)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _wrong(name: str, wanted: str, wanted_zh: str) -> WebError:
    return bad_request(
        MALFORMED,
        f"`{name}` must be {wanted}. Correct the request and send it again.",
        f"{name} 必须是{wanted_zh}。请改正后重新发送。",
    )
