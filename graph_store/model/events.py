"""活动 | A lecture, contest, seminar or other event."""

from __future__ import annotations

from graph_store.model.records import record, sources
from graph_store.model.words import PUBLIC, choice, day, edge, noun, options, text

EVENT_KIND = options(
    "EventKind",
    ("lecture", "学术讲座", "Lecture"),
    ("contest", "创新比赛", "Contest"),
    ("seminar", "研讨会", "Seminar or workshop"),
    ("conference", "会议", "Conference"),
    ("popular_science", "科普活动", "Popular science event"),
    ("other", "其他", "Other"),
)

EVENT = noun(
    "Event",
    "events",
    "活动",
    "An event",
    properties=(
        *record(),
        choice("kind", "活动类型", "Kind of event", EVENT_KIND, required=True),
        day("startsOn", "开始日期", "First day", sortable=True),
        day("endsOn", "结束日期", "Last day", sortable=True),
        text("place", "地点", "Where it is held"),
        text("website", "网址", "Address of its page"),
        text("description", "说明", "What it is about"),
    ),
    edges=(
        edge(
            "organisers",
            "ORGANISED_BY",
            "Institution",
            "主办机构",
            "Institutions that hold it",
            reverse=("events", "主办活动", "Events it holds"),
        ),
        edge(
            "division",
            "HELD_IN",
            "Division",
            "举办区划",
            "The division it is held in",
            one=True,
            reverse=("events", "活动", "Events held directly in it"),
        ),
        sources("events", "活动", "Events read from it"),
    ),
    visible=PUBLIC,
    holder="organisers",
)
