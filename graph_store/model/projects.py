"""项目 | A project of research, consulting or popular science, alone or joint."""

from __future__ import annotations

from graph_store.identifiers import RAID
from graph_store.model.records import record, sources
from graph_store.model.words import PUBLIC, amount, choice, day, edge, noun, options, text

PROJECT_KIND = options(
    "ProjectKind",
    ("research", "科研", "Research"),
    ("joint_research", "联合攻关", "Joint research"),
    ("consulting", "决策咨询", "Decision consulting"),
    ("popular_science", "科普", "Popular science"),
)

PROJECT = noun(
    "Project",
    "projects",
    "项目",
    "A project of one or several institutions",
    properties=(
        *record(),
        choice("kind", "项目类型", "Kind of project", PROJECT_KIND, required=True),
        text("raid", "RAiD 标识", "Research Activity Identifier (ISO 23527)", key=True, check=RAID),
        text("abstract", "摘要", "What it is about"),
        amount("budgetCny", "经费", "Budget", unit="CNY", sortable=True),
        day("startedOn", "开始日期", "First day", sortable=True),
        day("endedOn", "结束日期", "Last day", sortable=True),
    ),
    edges=(
        edge(
            "topics",
            "ABOUT",
            "Topic",
            "所属学科",
            "Topics it is about",
            reverse=("projects", "相关项目", "Projects about it"),
        ),
        edge(
            "achievements",
            "PRODUCED",
            "Achievement",
            "产出成果",
            "Achievements it produced",
            reverse=("projects", "来源项目", "Projects that produced it"),
        ),
        edge(
            "datasets",
            "PRODUCED",
            "Dataset",
            "产出数据",
            "Datasets it produced",
            reverse=("projects", "来源项目", "Projects that produced it"),
        ),
        sources("projects", "项目", "Projects read from it"),
    ),
    indexes=(("kind", "startedOn"),),
    visible=PUBLIC,
    holder="institutions",
)
