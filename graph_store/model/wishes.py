"""交流意向 | Somebody is willing to work at another institution for a time: what a matching begins from."""

from __future__ import annotations

from graph_store.model.records import record
from graph_store.model.words import INSTITUTION, choice, day, edge, integer, noun, options, text

WISH_STATUS = options(
    "ExchangeWishStatus",
    ("open", "有效", "Looked at whenever exchanges are matched"),
    ("withdrawn", "已撤回", "Taken back"),
    ("placed", "已安排", "An exchange was made of it"),
)

EXCHANGE_WISH = noun(
    "ExchangeWish",
    "exchangeWishes",
    "交流意向",
    "Somebody's willingness to work for a time at another institution",
    properties=(
        *record(),
        choice("status", "状态", "Whether it is looked at", WISH_STATUS, required=True),
        day("since", "最早起始日", "First day on which it may begin", sortable=True),
        day("until", "最晚截止日", "Last day on which it may end", sortable=True),
        integer("months", "期望月数", "For how many whole months", required=True, unit="mo"),
        text("purpose", "交流目的", "What it is for"),
    ),
    edges=(
        edge(
            "person",
            "WISHED_BY",
            "Person",
            "意向人",
            "Who is willing; what they are skilled in stands at the person",
            one=True,
            reverse=("exchangeWishes", "交流意向", "Wishes of the person to be exchanged"),
        ),
        edge(
            "home",
            "WISHED_FROM",
            "Institution",
            "派出机构",
            "The institution that would send them",
            one=True,
            reverse=("exchangeWishes", "交流意向", "Wishes of its people to be exchanged"),
        ),
        edge(
            "divisions",
            "WISHED_IN",
            "Division",
            "期望地区",
            "Divisions in which they would go; empty, with no institutions: anywhere",
            few=True,
        ),
        edge(
            "institutions",
            "WISHED_AT",
            "Institution",
            "期望机构",
            "Institutions to which they would go, beside those in the divisions",
            few=True,
        ),
    ),
    visible=INSTITUTION,
    clerical=True,
    holder="home",
    subject="person",
)
