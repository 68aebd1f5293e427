"""导入批次 | A run of an import: which file was read, the books that must balance, and what became of its rows."""

from __future__ import annotations

from graph_store.model.records import record
from graph_store.model.words import (
    NETWORK,
    Kind,
    Property,
    choice,
    edge,
    id_,
    instant,
    integer,
    noun,
    options,
    text,
    texts,
)
from graph_store.rights import Role

IMPORT_STATE = options(
    "ImportState",
    ("waiting", "待执行", "Somebody asked for it; a worker begins it"),
    ("running", "进行中", "At work; the books are true up to its last portion"),
    ("finished", "已完成", "Read to the end"),
    ("died", "中断", "Its process ended before the file did; what was written stays"),
)

FATE = options(
    "ImportFate",
    ("new", "新增", "It made the record"),
    ("changed", "更改", "It changed the record"),
    ("unchanged", "未变", "The record was as the file has it"),
    ("rejected", "未收", "It was not taken, and is told why"),
    ("companion", "顺带新增", "It mentions a record that was made by the way"),
    ("unresolved", "悬空关联", "A link of it leads to no record of the graph"),
)


def _exact(name: str, zh: str, en: str, *, required: bool = False) -> Property:
    """An id of something: compared as it stands, so that an index finds it."""
    return Property(name, Kind.ID, zh, en, required=required)


IMPORT = noun(
    "Import",
    "imports",
    "导入批次",
    "A run of an import",
    properties=(
        *record(),
        text("digest", "文件摘要", "SHA-256 of the file", required=True),
        text("connector", "连接器", "How the file was read: ror, instruments …", required=True),
        text("mapping", "映射文件", "The file that said what each column is"),
        text("mappingDigest", "映射文件摘要", "SHA-256 of the mapping file"),
        texts("fates", "重试范围", "Whose rows of the former import it reads again"),
        choice("state", "状态", "How it went", IMPORT_STATE, required=True, sortable=True),
        text("actor", "执行者", "Who ran it: an id, or the command line", required=True),
        instant("startedAt", "开始时间", "When it began", required=True, sortable=True),
        instant("endedAt", "结束时间", "When it ended", sortable=True),
        integer(
            "read", "读取", "Records read: new, changed, unchanged and rejected", required=True
        ),
        integer("new", "新增", "Records made", required=True),
        integer("changed", "更改", "Records changed", required=True),
        integer("unchanged", "未变", "Records that were as the file has them", required=True),
        integer("rejected", "未收", "Records not taken", required=True),
        integer("passedOver", "略过", "Rows that are no records of the kind", required=True),
        integer("companions", "顺带新增", "Records made by the way, since others mention them"),
        integer("links", "关联", "Links made"),
        integer("unresolved", "悬空关联", "Links that lead to no record of the graph"),
        text("failure", "中断原因", "Why it ended early, in Chinese"),
        text("failureEn", "中断原因（英文）", "Why it ended early, in English"),
    ),
    edges=(
        edge(
            "source",
            "READ_FROM",
            "Source",
            "数据来源",
            "The source that was read",
            one=True,
            reverse=("imports", "导入批次", "Imports of what it publishes"),
        ),
        edge(
            "retries",
            "RETRIES",
            "Import",
            "重试的批次",
            "The import whose rows it reads again",
            one=True,
            reverse=("retriedBy", "重试批次", "Imports that read its rows again"),
        ),
    ),
    visible=NETWORK,
    clerical=True,
)

IMPORT_ROW = noun(
    "ImportRow",
    "importRows",
    "导入行",
    "What became of a row of an imported file",
    properties=(
        id_(),
        _exact("run", "导入批次", "Id of the import", required=True),
        choice("fate", "结果", "What became of it", FATE, required=True),
        integer("row", "行号", "Where a person finds it in the file", required=True, sortable=True),
        _exact(
            "recordId", "记录标识", "Id of the record that it became; none where it was rejected"
        ),
        text("field", "字段", "Which field was at fault"),
        text("value", "值", "What stood there, shortened"),
        text("rule", "规则", "The rule that was broken, in Chinese"),
        text("ruleEn", "规则（英文）", "The rule that was broken, in English"),
        text("repair", "修正办法", "What would repair it, in Chinese"),
        text("repairEn", "修正办法（英文）", "What would repair it, in English"),
    ),
    indexes=(("run", "fate", "row"),),
    # values out of somebody's file
    readers=(Role.PLATFORM_ADMIN, Role.AUDITOR),
    log=True,
)
