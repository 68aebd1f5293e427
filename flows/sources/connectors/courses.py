"""Bioschemas 课程 | CourseInstance records, kept word for word until the hub has training classes."""

from __future__ import annotations

from typing import Any

import orjson

from flows.sources.drafts import PASSED_OVER, Connector, Draft, Mapped, Origin
from flows.sources.json_rows import is_whole, read_json
from flows.sources.rows import Row, rejected
from graph_store.identifiers import Problem
from graph_store.model.words import NETWORK

ORIGIN = Origin(
    "courses",
    "Bioschemas 课程开班记录",
    "Bioschemas CourseInstance records, captured by TeSS",
    "https://github.com/ElixirTeSS/TeSS",
    "captured third-party pages: for tests only",
)

_TYPE = "CourseInstance"
_UNNAMED = Problem("没有 @id、url，也没有名称", "it has neither @id, url nor name")


def _map(row: Row) -> Mapped:
    course = row.values
    # some publishers leave the type out
    if not (course.get("@type") or _TYPE).endswith(_TYPE):
        return PASSED_OVER
    own = course.get("@id") or course.get("url") or _told(course)
    if not own:
        return rejected(row.number, "@id", None, _UNNAMED)
    payload = orjson.dumps(course, option=orjson.OPT_SORT_KEYS).decode()
    return Draft(
        "SourceRecord",
        ORIGIN.key(own),
        {"name": course.get("name") or own, "type": _TYPE, "payload": payload},
        visibility=NETWORK,
    )


def _told(course: dict[str, Any]) -> str:
    """What tells records apart that have no address: the course, and the day it begins."""
    return " ".join(str(course[name]) for name in ("name", "startDate") if course.get(name))


COURSES = Connector("courses", ORIGIN, read_json, _map, whole=is_whole)
