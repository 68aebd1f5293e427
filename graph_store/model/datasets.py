"""科学数据 | A dataset kept by an institution and shared by agreement."""

from __future__ import annotations

from graph_store.identifiers import CSTR, DOI
from graph_store.model.records import record, sources
from graph_store.model.words import AGREEMENT, SharedBy, amount, day, edge, noun, text

DATASET = noun(
    "Dataset",
    "datasets",
    "科学数据",
    "A dataset",
    properties=(
        *record(),
        text("doi", "DOI", "Digital Object Identifier", key=True, check=DOI),
        text("cstr", "科技资源标识", "CSTR identifier (GB/T 32843-2016)", key=True, check=CSTR),
        amount("sizeTb", "数据量", "Size in terabytes", unit="TB", sortable=True),
        day("publishedOn", "发布日期", "Day it was published", sortable=True),
        text("description", "说明", "What it holds"),
    ),
    edges=(
        edge(
            "keeper",
            "KEPT_BY",
            "Institution",
            "保管机构",
            "The institution that keeps it",
            one=True,
            reverse=("datasets", "科学数据", "Datasets it keeps"),
        ),
        edge(
            "topics",
            "ABOUT",
            "Topic",
            "所属学科",
            "Topics it is about",
            reverse=("datasets", "相关数据", "Datasets about it"),
        ),
        sources("datasets", "科学数据", "Datasets read from it"),
    ),
    visible=AGREEMENT,
    holder="keeper",
    shared_by=SharedBy("share_data"),
)
