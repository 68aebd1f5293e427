"""The hub's own scalars: days and instants, which travel as ISO 8601 text."""

from __future__ import annotations

import re
from datetime import date, datetime

from graphql import GraphQLError, GraphQLScalarType, StringValueNode, ValueNode, print_ast

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


def _day(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    message = f"Date wants a day as text, YYYY-MM-DD, not {value!r:.60}. 日期须写作 YYYY-MM-DD。"
    raise GraphQLError(message)


def _instant(value: object) -> str:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    message = f"DateTime wants an ISO 8601 instant with its zone, 2026-11-25T08:00:00Z, not {value!r:.60}."
    raise GraphQLError(message)


def _day_literal(node: ValueNode, _variables: object = None) -> str:
    return _day(_text(node))


def _instant_literal(node: ValueNode, _variables: object = None) -> str:
    return _instant(_text(node))


def _text(node: ValueNode) -> str:
    """The text of a literal; of another kind as it was written, without the quotes a text would have."""
    return node.value if isinstance(node, StringValueNode) else print_ast(node)


DATE = GraphQLScalarType(
    "Date",
    description="日期，亚洲/上海时区的一天 | A day in Asia/Shanghai, YYYY-MM-DD",
    serialize=_day,
    parse_value=_day,
    parse_literal=_day_literal,
)

DATE_TIME = GraphQLScalarType(
    "DateTime",
    description="时刻，UTC | An instant, ISO 8601",
    serialize=_instant,
    parse_value=_instant,
    parse_literal=_instant_literal,
)
