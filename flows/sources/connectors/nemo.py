"""NEMO 实验室管理 | A fixture of the NEMO laboratory management system: its tools."""

from __future__ import annotations

from typing import Any

from flows.sources.drafts import PASSED_OVER, Connector, Draft, Link, Mapped, Origin
from flows.sources.json_rows import is_whole, read_json
from flows.sources.rows import Row

ORIGIN = Origin(
    "nemo",
    "NEMO 实验室管理系统示例",
    "NEMO laboratory management, splash pad",
    "https://github.com/usnistgov/NEMO",
    "NIST",
)

# NEMO's categories are each laboratory's own words; these are the beginnings that say what a tool is for.
_CATEGORIES = {
    "Imaging and Analysis": "analytical",
    "Optical Microscopes": "analytical",
    "Focused Ion Beams": "analytical",
    "Metrology": "metrology",
    "Lithography": "process_test",
    "Soft Lithography": "process_test",
    "Wet Chemistry": "process_test",
    "Dry Etch": "process_test",
    "Furnaces": "process_test",
    "Gen Furnaces": "process_test",
    "Physical Vapor Deposition": "process_test",
    "Chemical Vapor Deposition": "process_test",
    "Packaging": "process_test",
}


def _map(row: Row) -> Mapped:
    if row.values["model"].lower() != "nemo.tool":
        return PASSED_OVER
    tool = row.values["fields"]
    draft = Draft(
        "Instrument",
        ORIGIN.key(row.values.get("pk") or tool["name"]),
        {
            "name": tool["name"],
            "category": _CATEGORIES.get((tool.get("_category") or "").split("/")[0], "other"),
            "status": "available" if tool.get("_operational") else "maintenance",
            "description": tool.get("_description") or None,
            "serialNumber": tool.get("_serial") or None,
            "location": tool.get("_location") or None,
        },
    )
    if parent := _natural(tool.get("parent_tool")):
        draft.links.append(
            Link(draft.target, "componentOf", ORIGIN.target("Instrument", parent), late=True)
        )
    return draft


def _natural(parent: Any) -> Any:
    """A reference as Django dumps it: a primary key, or a list of the natural key's parts."""
    return parent[0] if isinstance(parent, list) and parent else parent


NEMO = Connector("nemo", ORIGIN, read_json, _map, whole=is_whole)
