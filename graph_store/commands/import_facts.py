"""Facts of imports."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.facts import Fact


@dataclass(frozen=True, slots=True)
class NothingToRetry(Fact):
    """没有可重试的行 | The import has no rows of the kind that is to be read again."""

    zh = "导入批次 {id} 没有未收的行或悬空的关联可以重试。"
    en = "The import {id} left no row of that kind to be read again."
    next_zh = "无需重试；若文件有更新，请重新导入文件。"
    next_en = "There is nothing to do; where there is a newer file, import that."

    id: str


@dataclass(frozen=True, slots=True)
class ImportIsAtWork(Fact):
    """导入尚未结束 | The import, or a retry of it, waits or is at work."""

    zh = "导入批次 {id} 正在等待或进行中。"
    en = "The import {id} waits or is at work."
    next_zh = "请等它结束；进程中断的批次会在数分钟后标为中断，届时再重试。"
    next_en = "Wait until it has ended; one whose process died is marked as such within minutes. Then try again."

    id: str
