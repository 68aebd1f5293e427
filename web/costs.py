"""`extensions.cost` of a request: whether its answer is to tell what it cost, and how."""

from resolvers.answer import CostAsked
from web.bodies import is_object
from web.errors import malformed


def cost_asked(extensions: object) -> CostAsked:
    """`{"cost": true}` or `{"cost": {"explain": true}}`; other extensions are others' matter. Raises `WebError` 400."""
    asked = extensions.get("cost") if is_object(extensions) else None
    if asked is None or asked is False:
        return "no"
    if asked is True:
        return "figures"
    if is_object(asked) and set(asked) <= {"explain"}:
        explained = asked.get("explain", False)
        if isinstance(explained, bool):
            return "explained" if explained else "figures"
    raise malformed("extensions.cost", 'true, or {"explain": true}', ' true 或 {"explain": true}')
