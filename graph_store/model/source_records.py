"""原始记录 | A record kept word for word as its source gave it, until the hub has a noun for it."""

from __future__ import annotations

from graph_store.model.records import record, sources
from graph_store.model.words import NETWORK, noun, text

SOURCE_RECORD = noun(
    "SourceRecord",
    "sourceRecords",
    "原始记录",
    "A record as its source gave it",
    properties=(
        *record(),
        text("type", "类型", "Type in the source's own words", required=True),
        text("payload", "原文", "The record as JSON text", required=True),
    ),
    edges=(sources("records", "原始记录", "Records kept as they were read"),),
    visible=NETWORK,
)
