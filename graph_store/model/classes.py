"""培训班 | A training class with its sessions, seats and quotas (schema.org: CourseInstance)."""

from __future__ import annotations

from graph_store.model.records import record
from graph_store.model.words import (
    PUBLIC,
    choice,
    day,
    edge,
    instant,
    integer,
    noun,
    options,
    text,
)

CLASS_STATE = options(
    "ClassState",
    ("draft", "草拟", "Being prepared"),
    ("open", "报名中", "Open for registration"),
    ("closed", "报名截止", "Registration is closed"),
    ("held", "已举办", "It has been held"),
    ("certified", "已发证", "Its certificates are issued"),
    ("cancelled", "已取消", "It will not be held"),
)

ALLOCATION = options(
    "SeatAllocation",
    ("at_approval", "随批随占", "A seat is given at approval, while there is one"),
    ("at_close", "截止统一分配", "Seats are given when registration closes, by priority"),
)

TRAINING_CLASS = noun(
    "TrainingClass",
    "trainingClasses",
    "培训班",
    "A training class",
    properties=(
        *record(),
        choice("state", "状态", "Where it stands", CLASS_STATE, required=True, sortable=True),
        integer("seats", "名额", "How many can take part", required=True),
        integer("quota", "每机构名额", "Most seats of one institution; empty: no limit"),
        choice("allocation", "名额分配", "When seats are given", ALLOCATION, required=True),
        instant(
            "allocatedAt", "分配完成时间", "When all seats had been given, where that is at close"
        ),
        instant("registrationClosesAt", "报名截止时间", "When registration closes", sortable=True),
        day("startsOn", "开班日期", "First day", sortable=True),
        day("endsOn", "结业日期", "Last day", sortable=True),
        text("place", "地点", "Where it is held"),
        text("description", "说明", "What it is about"),
        text("reason", "原因", "Why it was cancelled"),
    ),
    edges=(
        edge(
            "organiser",
            "RUN_BY",
            "Institution",
            "主办机构",
            "The institution that holds it",
            one=True,
            reverse=("trainingClasses", "主办培训班", "Training classes it holds"),
        ),
        edge(
            "allotments",
            "ALLOTS",
            "Institution",
            "名额安排",
            "What it grants to single institutions, beyond what holds for all",
            reverse=("allotments", "培训名额", "Classes that allot seats to it"),
            properties=(
                integer("quota", "名额", "Most seats of the institution; empty: the class's own"),
                integer("priority", "优先级", "Higher goes first on the waiting list; empty: 0"),
            ),
        ),
        edge(
            "clause",
            "AUTHORISED_BY",
            "Clause",
            "依据条款",
            "The clause on training seats that it follows, whose quota counts too",
            one=True,
            reverse=("trainingClasses", "依此举办的培训班", "Training classes that follow it"),
        ),
        edge(
            "topics",
            "TEACHES",
            "Topic",
            "培训学科",
            "Topics it teaches",
            few=True,
            reverse=("trainingClasses", "相关培训班", "Training classes that teach it"),
        ),
        edge(
            "sessions",
            "HAS_SESSION",
            "ClassSession",
            "课次",
            "Its sessions",
            few=True,
            reverse=("trainingClass", "所属培训班", "The class it is a session of"),
            reverse_one=True,
        ),
    ),
    visible=PUBLIC,
    holder="organiser",
)

CLASS_SESSION = noun(
    "ClassSession",
    "classSessions",
    "课次",
    "One session of a training class",
    properties=(
        *record(),
        instant("startsAt", "开始时间", "When it begins", required=True, sortable=True),
        instant("endsAt", "结束时间", "When it ends", required=True),
        text("place", "地点", "Where it is held, when it differs from the class's"),
        text("teacher", "授课人", "Who teaches"),
    ),
    visible=PUBLIC,
    clerical=True,
)
