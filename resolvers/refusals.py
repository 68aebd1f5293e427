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
