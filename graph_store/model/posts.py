"""岗位 | A post that an institution offers to staff of others for a time (W3C ORG: org:Post)."""

from __future__ import annotations

from graph_store.model.people import SKILL_LEVEL
from graph_store.model.records import record
from graph_store.model.words import NETWORK, choice, day, edge, integer, noun, options, text

POST_STATUS = options(
    "PostStatus",
    ("open", "开放", "Somebody may be put forward for it"),
    ("closed", "关闭", "Nobody may be put forward any more"),
)

POST = noun(
    "Post",
    "posts",
    "岗位",
    "A post offered to staff of other institutions for a time",
    properties=(
        *record(),
        choice("status", "状态", "Whether it is open", POST_STATUS, required=True),
        integer("vacancies", "名额", "How many may hold it at the same time", required=True),
        day("since", "起始日", "First day it can be held", sortable=True),
        day("until", "截止日", "Last day it can be held", sortable=True),
        text("duties", "岗位职责", "What is to be done"),
        text("requirements", "任职要求", "What is asked of whoever holds it, in words"),
    ),
    edges=(
        edge(
            "institution",
            "OFFERED_BY",
            "Institution",
            "所在机构",
            "The institution that offers it",
            one=True,
            reverse=("posts", "提供岗位", "Posts it offers"),
        ),
        edge(
            "topics",
            "REQUIRES",
            "Topic",
            "要求专长",
            "Topics in which whoever holds it must be skilled",
            few=True,
            reverse=("posts", "相关岗位", "Posts that require it"),
            properties=(choice("level", "水平", "At least how skilled", SKILL_LEVEL),),
        ),
    ),
    visible=NETWORK,
    holder="institution",
)
