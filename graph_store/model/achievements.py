"""成果 | A result of research: a paper, patent, piece of software, standard or product."""

from __future__ import annotations

from graph_store.identifiers import DOI
from graph_store.model.records import record, sources
from graph_store.model.words import PUBLIC, choice, day, edge, noun, options, text

ACHIEVEMENT_KIND = options(
    "AchievementKind",
    ("paper", "论文", "Paper"),
    ("patent", "专利", "Patent"),
    ("software", "软件", "Software"),
    ("standard", "标准", "Standard"),
    ("report", "报告", "Report"),
    ("product", "产品", "Product"),
    ("other", "其他", "Other"),
)

ACHIEVEMENT = noun(
    "Achievement",
    "achievements",
    "成果",
    "A result of research",
    properties=(
        *record(),
        choice("kind", "成果类型", "Kind of result", ACHIEVEMENT_KIND, required=True),
        text("doi", "DOI", "Digital Object Identifier", key=True, check=DOI),
        day("publishedOn", "发表日期", "Day it was published", sortable=True),
        text("abstract", "摘要", "What it is about"),
    ),
    edges=(
        edge(
            "topics",
            "ABOUT",
            "Topic",
            "所属学科",
            "Topics it is about",
            reverse=("achievements", "相关成果", "Achievements about it"),
        ),
        edge(
            "holders",
            "HELD_BY",
            "Institution",
            "完成单位",
            "Institutions that hold it",
            reverse=("achievements", "成果", "Achievements it holds"),
        ),
        sources("achievements", "成果", "Achievements read from it"),
    ),
    visible=PUBLIC,
    holder="holders",
)
