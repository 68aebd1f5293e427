"""A web of records of every level, all held by one institution, over a model that has fields of every level, and a noun for a role."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph_store.model import MODEL, Model
from graph_store.model.records import record
from graph_store.model.words import (
    AGREEMENT,
    INSTITUTION,
    NETWORK,
    PUBLIC,
    SELF,
    Level,
    Noun,
    choice,
    edge,
    noun,
    options,
    text,
)
from graph_store.rights import Role
from tests.slow.graph import Graph, Properties, Tie

HOME, ME = "cd-institution-home", "cd-person-me"
LEVELS = (*(level.value for level in Level), "unheard_of")
FIELDS = {
    f"of{level.value.capitalize()}": level for level in (NETWORK, AGREEMENT, INSTITUTION, SELF)
}
TIER = options("Tier", ("first", "一级", "First"), ("second", "二级", "Second"))
DIARY = noun(
    "Diary",
    "diaries",
    "日志",
    "An entry that only auditors read",
    properties=tuple(replace(each, searchable=False) for each in record()),
    edges=(
        edge(
            "about",
            "DIARY_OF",
            "Person",
            "当事人",
            "Whom it is about",
            reverse=("diaries", "日志", "About them"),
        ),
    ),
    visible=PUBLIC,
    readers=(Role.AUDITOR,),
)


def _with_fields(declared: Noun) -> Noun:
    added = [
        text(name, name, name, key=True, sortable=True, level=level)
        for name, level in FIELDS.items()
    ]
    if declared.name == "Institution":
        added.append(replace(choice("tier", "等级", "Tier", TIER), level=INSTITUTION))
    return replace(declared, properties=(*declared.properties, *added))


LEVELLED = Model((*(_with_fields(each) for each in MODEL), DIARY))

KINDS: dict[str, tuple[str, Properties, str | None]] = {
    "Instrument": ("Instrument", {"category": "analytical", "status": "available"}, "OWNED_BY"),
    "marine Instrument": ("Instrument", {"category": "marine", "status": "available"}, "OWNED_BY"),
    "Dataset": ("Dataset", {}, "KEPT_BY"),
    "Person": ("Person", {}, "AFFILIATED_WITH"),
    "SourceRecord": ("SourceRecord", {"type": "t", "payload": "{}"}, None),
}
"""By kind of record: noun, what it has beside, and the edge to who holds it."""


def id_of(kind: str, level: str) -> str:
    """The id of the record of a kind and level."""
    return f"cd-{KINDS[kind][0].lower()}-{kind.split(maxsplit=1)[0].lower()}-{level}"


def laid_out() -> Graph:
    """A record of each kind and level, which leads from its holder to a project of its own; and me, of each level."""
    graph = Graph({each.name: [] for each in LEVELLED})
    graph.records["Institution"] = [
        _filled(HOME, "主页研究所", kind="institute", status="active", tier="first", ofSelf="home"),
        _filled("cd-institution-other", "其他研究所", kind="institute", status="active"),
    ]
    for kind, (declared, values, type_) in KINDS.items():
        for level in LEVELS:
            id_ = id_of(kind, level)
            fields = {name: f"{name} of {id_}" for name in FIELDS}
            graph.records[declared].append(
                _filled(id_, f"光谱 {kind} {level}", visibility=level, **values, **fields)
            )
            if type_ is not None:
                graph.ties.append(Tie(type_, id_, HOME, {}))
    for level in LEVELS:
        project = f"cd-project-{level}"
        graph.records["Project"].append(_filled(project, f"项目 {level}", kind="research"))
        graph.ties.append(Tie("USED_BY", id_of("Instrument", level), project, {}))
    graph.records["Person"].append(
        _filled(ME, "我自己", visibility="self", phone="13812345678", email="me@example.cn")
    )
    graph.records["Person"].append(
        _filled("cd-person-li", "李强", phone="13912345678", email="li@example.cn")
    )
    graph.records["Diary"].append(_filled("cd-diary-1", "一条日志"))
    role: dict[str, Any] = {"role": "member"}
    graph.ties += [
        Tie("AFFILIATED_WITH", "cd-person-li", HOME, {}),
        Tie("HOLDS", "cd-person-li", "cd-institution-other", role),
        Tie("DIARY_OF", "cd-diary-1", "cd-person-li", {}),
    ]
    return graph


def _filled(id_: str, name: str, **values: Any) -> Properties:
    filled = {"id": id_, "name": name, "visibility": "public", "synthetic": True, "version": 1}
    filled |= {"createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}
    return filled | values
