"""数据来源 | Where facts come from: a registry, file or system that was read."""

from __future__ import annotations

from graph_store.model.records import reference
from graph_store.model.words import instant, noun, text

SOURCE = noun(
    "Source",
    "sources",
    "数据来源",
    "A registry, file or system that records were read from",
    properties=(
        *reference(),
        text("code", "代码", "Short name, unique: ror, nemo, cerif …", required=True, key=True),
        text("url", "网址", "Where it is published"),
        text("licence", "许可", "Licence of its records"),
        instant("readAt", "读取时间", "When it was last read", sortable=True),
    ),
)
