"""行政区划 | An administrative division of China (GB/T 2260)."""

from __future__ import annotations

from graph_store.identifiers import DIVISION as DIVISION_CODE
from graph_store.model.records import reference, sources
from graph_store.model.words import choice, edge, noun, options, text

DIVISION_LEVEL = options(
    "DivisionLevel",
    ("province", "省级", "Province or municipality"),
    ("city", "地级", "Prefecture or city"),
    ("county", "县级", "County or district"),
)

DIVISION = noun(
    "Division",
    "divisions",
    "行政区划",
    "An administrative division of China",
    properties=(
        *reference(),
        text(
            "code",
            "代码",
            "Six-digit code of GB/T 2260",
            required=True,
            key=True,
            check=DIVISION_CODE,
            sortable=True,
        ),
        choice("level", "级别", "Province, city or county", DIVISION_LEVEL, required=True),
    ),
    edges=(
        edge(
            "parent",
            "PART_OF",
            "Division",
            "上级区划",
            "The division it lies in",
            one=True,
            reverse=("children", "下级区划", "Divisions within it"),
        ),
        sources("divisions", "行政区划", "Divisions read from it"),
    ),
)
