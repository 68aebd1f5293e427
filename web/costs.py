"""`extensions.cost` of a request: whether its answer is to tell what it cost, and how."""

from typing import TypeGuard

from resolvers.answer import CostAsked
from web.errors import bad_request


def cost_asked(extensions: object) -> CostAsked:
    """`{"cost": true}` or `{"cost": {"explain": true}}`; other extensions are others' matter. Raises `WebError` 400."""
    asked = extensions.get("cost") if _is_object(extensions) else None
    if asked is None or asked is False:
        return "no"
    if asked is True:
        return "figures"
    if _is_object(asked) and set(asked) <= {"explain"}:
        explained = asked.get("explain", False)
        if isinstance(explained, bool):
            return "explained" if explained else "figures"
    raise bad_request(
        "REQUEST_IS_MALFORMED",
        '`extensions.cost` must be true, or {"explain": true}. Correct the request and send it again.',
        'extensions.cost 必须是 true 或 {"explain": true}。请改正后重新发送。',
    )


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)
