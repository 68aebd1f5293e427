"""From the parameters of a GraphQL request to `Asked`: shapes are checked, meaning is not."""

from urllib.parse import parse_qsl

from resolvers.answer import Asked
from web.bodies import is_object, parsed
from web.costs import cost_asked
from web.errors import Refusal, WebError, bad_request, malformed
from web.limits import LIMITS, Limits, variables_refusal
from web.negotiation import Language
from web.trusted import PREFIX, Trusted

PARAMETERS = ("operationName", "variables", "extensions")
NONE_TRUSTED = Trusted()

ONLY_TRUSTED = Refusal(
    403,
    "ONLY_TRUSTED_DOCUMENTS",
    "This hub answers trusted documents only, and the request brings a text of its own. Send the `documentId` of a document that the administrator has put into the registry.",
    "本枢纽只回答受信文档，而请求带来了自己的文本。请发送管理员已登记文档的 documentId。",
)


def from_body(
    body: bytes, language: Language, limits: Limits = LIMITS, trusted: Trusted = NONE_TRUSTED
) -> Asked:
    """What a POST asks. Raises `WebError` 400 or 403."""
    value = parsed(body)
    if isinstance(value, list):
        raise bad_request(
            "BATCHES_ARE_REFUSED",
            "The body is a list of operations, but one request holds one operation. Send them one by one, or as several root fields.",
            "请求体是操作的列表，而一次请求只能包含一个操作。请逐个发送，或合并为一个操作的多个根字段。",
        )
    if not is_object(value):
        raise malformed(
            "body", 'an object like {"query": "{ … }"}', '形如 {"query": "{ … }"} 的对象'
        )
    return from_object(value, language, limits, trusted)


def from_query_string(
    query_string: bytes,
    language: Language,
    limits: Limits = LIMITS,
    trusted: Trusted = NONE_TRUSTED,
) -> Asked:
    """What a GET asks; `variables` and `extensions` are JSON text there. Raises `WebError` 400 or 403."""
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
            raise malformed(name, "given once", "只出现一次")
        given[name] = parsed(text) if name in {"variables", "extensions"} and text else text or None
    return from_object(given, language, limits, trusted)


def from_object(
    given: dict[str, object],
    language: Language,
    limits: Limits = LIMITS,
    trusted: Trusted = NONE_TRUSTED,
) -> Asked:
    """What the parameters of a request ask. Raises `WebError` 400 or 403."""
    text, is_trusted = _text(given, trusted)
    operation, variables, extensions = map(given.get, PARAMETERS)
    if operation is not None and not isinstance(operation, str):
        raise malformed("operationName", "text or null", "文本或 null")
    if variables is not None and not is_object(variables):
        raise malformed("variables", "an object or null", "对象或 null")
    if extensions is not None and not is_object(extensions):
        raise malformed("extensions", "an object or null", "对象或 null")
    bound = variables or {}
    if refusal := variables_refusal(bound, limits):
        raise WebError(refusal)
    cost = cost_asked(extensions) if extensions else "no"
    return Asked(text, operation or None, bound, language, is_trusted, cost)


def _text(given: dict[str, object], trusted: Trusted) -> tuple[str, bool]:
    """The document and whether it is a trusted one, which is found as it was read: nothing is hashed here."""
    query, identifier = given.get("query"), given.get("documentId")
    if identifier is None:
        if not isinstance(query, str) or not query:
            raise malformed("query", "a GraphQL document, as text", "GraphQL 文本")
        if trusted.only:
            raise WebError(ONLY_TRUSTED)
        return query, False
    if query is not None:
        raise malformed("documentId", "given without `query`", "单独给出，不与 query 同时出现")
    if not isinstance(identifier, str):
        raise malformed("documentId", f"text: {PREFIX} and 64 hexadecimal digits", "文本")
    text = trusted.texts.get(identifier)
    if text is None:
        raise bad_request(
            "TRUSTED_DOCUMENT_NOT_FOUND",
            f"The hub has no document of this `documentId`. It must be `{PREFIX}` and the SHA-256 of the text in 64 lower-case hexadecimal digits; ask the administrator to put the document into the registry.",
            f"枢纽没有该 documentId 的文档。documentId 应为 {PREFIX} 加上文本的 64 位小写十六进制 SHA-256；请联系管理员登记该文档。",
        )
    return text, True
