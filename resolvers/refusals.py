"""What a client is told when an operation cannot be answered as asked; raised while compiling or binding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import GraphQLError

if TYPE_CHECKING:
    from graphql import Node


def refusal(
    code: str,
    message: str,
    message_zh: str,
    node: Node | None = None,
    path: list[str | int] | None = None,
) -> GraphQLError:
    """An error for the client with a stable code, in both languages; `path`: where in the answer it would have been."""
    extensions = {"code": code, "messageZh": message_zh}
    return GraphQLError(message, [node] if node else None, path=path, extensions=extensions)


def bad_argument(message: str, message_zh: str, node: Node | None = None) -> GraphQLError:
    """An argument with a value that the hub cannot work with."""
    return refusal("BAD_ARGUMENT", message, message_zh, node)


def bad_cursor() -> GraphQLError:
    """A cursor that this hub did not make for this question."""
    return refusal(
        "BAD_CURSOR",
        "The cursor is not one of this question: order, filter or hub differ. Begin again from the first page.",
        "游标不属于此查询（排序、筛选或来源不同）。请从第一页重新开始。",
    )


def not_a_stream() -> GraphQLError:
    """A subscription sent where one answer is expected."""
    return refusal(
        "SUBSCRIPTION_NEEDS_A_STREAM",
        "A subscription has many answers, and this request takes one. Ask with `Accept: text/event-stream`, or over a"
        " WebSocket of the sub-protocol graphql-transport-ws.",
        "订阅会有多个结果，而此请求只能接收一个。请使用 Accept: text/event-stream，或 graphql-transport-ws 子协议的 WebSocket。",
    )


def unknown_place() -> GraphQLError:
    """A cursor that is not one of this hub's change log."""
    return refusal(
        "BAD_CURSOR",
        "The cursor is not one of this hub's change log. Subscribe without `after`, and read anew what you show.",
        "游标不属于本枢纽的变更日志。请不带 after 重新订阅，并重新读取所显示的数据。",
    )


def place_is_too_old() -> GraphQLError:
    """A cursor before the first change that the log still has."""
    return refusal(
        "CURSOR_IS_TOO_OLD",
        "The change log no longer reaches back to this cursor. Subscribe without `after`, and read anew what you show.",
        "变更日志已不包含该游标之后的全部变更。请不带 after 重新订阅，并重新读取所显示的数据。",
    )


def too_slow(cursor: str | None) -> GraphQLError:
    """A subscriber for whom too much waited; `cursor` is the last event's."""
    return GraphQLError(
        "The subscription was ended because its events were taken too slowly. Subscribe again with `after`: the cursor of"
        " the last event you handled (`extensions.after`); nothing is lost.",
        extensions={
            "code": "TOO_SLOW",
            "messageZh": "接收事件过慢，订阅已结束。请用最后处理的事件的游标作为 after（见 extensions.after）重新订阅，不会遗漏。",
            "after": cursor,
        },
    )


def log_began_anew() -> GraphQLError:
    """The graph was loaded anew under a subscriber."""
    return refusal(
        "CHANGES_BEGAN_ANEW",
        "The graph was replaced by another, whose changes begin anew. Subscribe without `after`, and read anew what you show.",
        "图数据已被整体替换，变更日志重新开始。请不带 after 重新订阅，并重新读取所显示的数据。",
    )
