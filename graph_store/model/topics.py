"""学科 | A subject of science and technology (GB/T 13745)."""

from __future__ import annotations

from graph_store.model.records import reference, sources
from graph_store.model.words import edge, noun, text

TOPIC = noun(
    "Topic",
    "topics",
    "学科",
    "A subject of science and technology",
    properties=(
        *reference(),
        text("code", "学科代码", "Code of GB/T 13745", key=True, sortable=True),
    ),
    edges=(
        edge(
            "broader",
            "PART_OF",
            "Topic",
            "上级学科",
            "The topic it belongs to",
            one=True,
            reverse=("narrower", "下级学科", "Topics that belong to it"),
        ),
        sources("topics", "学科", "Topics read from it"),
    ),
)
