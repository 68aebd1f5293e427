"""What every record of the hub carries, whatever its noun: names, provenance, visibility, version."""

from __future__ import annotations

from dataclasses import replace

from graph_store.model.words import (
    Edge,
    Level,
    Property,
    choice,
    edge,
    flag,
    id_,
    instant,
    integer,
    options,
    text,
    texts,
)

VISIBILITY = options(
    "Visibility",
    (Level.PUBLIC.value, "公开", "Everybody"),
    (Level.NETWORK.value, "全网", "Any member agency"),
    (Level.AGREEMENT.value, "协议", "Shared by an agreement in force"),
    (Level.INSTITUTION.value, "本机构", "The institution that holds it"),
    (Level.SELF.value, "本人", "The person alone"),
)


def reference() -> tuple[Property, ...]:
    """The properties of reference data, which everybody sees."""
    return (
        id_(),
        text(
            "name",
            "名称",
            "Name, Chinese where the record has it",
            required=True,
            searchable=True,
            sortable=True,
        ),
        text("nameEn", "英文名称", "Name in English", searchable=True, sortable=True),
        texts("aliases", "别名", "Other names and acronyms", searchable=True),
        flag(
            "synthetic",
            "合成数据",
            "Whether the record was generated for demonstration",
            required=True,
        ),
        text(
            "originKey", "来源记录号", "Source and key of the record it was imported from", key=True
        ),
        integer("version", "版本", "Grows by one with each change", required=True),
        instant("createdAt", "创建时间", "When it entered the hub", required=True, sortable=True),
        instant("updatedAt", "更新时间", "When it last changed", required=True, sortable=True),
    )


def record() -> tuple[Property, ...]:
    """The properties of a record that somebody answers for: those of reference data, and who may see it."""
    return (
        *reference(),
        choice("visibility", "可见范围", "Who may see the record", VISIBILITY, required=True),
    )


def entry() -> tuple[Property, ...]:
    """The properties of a record that is one of very many and that nobody looks for by its name: neither searched nor sorted by it.

    A registration and its notice cost half as much to write without those indexes (full text most of all).
    """
    unsought = {"name", "nameEn", "aliases", "updatedAt"}
    return tuple(
        replace(each, searchable=False, sortable=False) if each.name in unsought else each
        for each in record()
    )


PROVENANCE = "FROM_SOURCE"
"""The edge that says where a record came from: no relation of the world, so nothing is walked along it."""


def sources(plural: str, zh: str, en: str) -> Edge:
    """Where the record came from; the other end lists what a source gave, noun by noun."""
    return edge(
        "sources",
        PROVENANCE,
        "Source",
        "数据来源",
        "Where the record came from",
        few=True,
        reverse=(plural, zh, en),
    )
