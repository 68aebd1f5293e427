"""Who may see what, in the words of descriptions."""

from __future__ import annotations

from graph_store.model.records import VISIBILITY
from graph_store.model.words import PUBLIC, Edge, Level, Property

LEVELS = {Level(each.value): f"{each.zh} | {each.en}" for each in VISIBILITY.options}


def told(declared: Property) -> tuple[str, str]:
    """What a restricted field's label adds: `（可见范围：本机构；网内遮蔽显示）`, in zh and en."""
    if not declared.restricted:
        return "", ""
    zh, en = LEVELS[declared.level].split(" | ")
    if declared.personal:
        return (
            f"（个人信息；可见范围：{zh}，网内遮蔽显示）",
            f" (personal; seen by: {en.lower()}; masked to the network)",
        )
    return f"（可见范围：{zh}）", f" (seen by: {en.lower()})"


def told_of_edge(edge: Edge) -> tuple[str, str]:
    """The same of an edge."""
    if edge.level is PUBLIC:
        return "", ""
    zh, en = LEVELS[edge.level].split(" | ")
    return f"（可见范围：{zh}）", f" (seen by: {en.lower()})"
