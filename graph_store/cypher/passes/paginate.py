"""A window → its order as it is read, one row too many where that is asked for, and the place in the order where it begins."""

from __future__ import annotations

from dataclasses import replace

from graph_store.cypher.ast import Beyond, Key, Many, Question
from graph_store.cypher.rewriting import rewrite
from graph_store.cypher.sources import CursorKey, OneMore


def paginate(question: Question) -> Question:
    """Give every connection with items its window; one whose cursor is split into blocks keeps `Beyond` for `split`."""
    return rewrite(question, _paged)


def _paged(node: object) -> object:
    if not isinstance(node, Many) or node.window is None or not node.items:
        return node
    window = node.window
    order = tuple(_turned(key) for key in node.order) if window.backward else node.order
    count = OneMore(window.count) if window.more else window.count
    return replace(node, order=order, window=replace(window, count=count))


def beyond(many: Many) -> Beyond | None:
    """What lies after the window's cursor, in the order the page is read."""
    window = many.window
    if window is None or window.cursor is None:
        return None
    values = tuple(CursorKey(window.cursor, index) for index in range(len(many.order)))
    return Beyond(many.order, values, window.nulls)


def _turned(key: Key) -> Key:
    return replace(key, descending=not key.descending, nulls_first=not key.nulls_first)
