"""Facts of wishes and proposals: what stands in the way, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.facts import Fact


@dataclass(frozen=True, slots=True)
class WishIsOpen(Fact):
    """已有有效意向 | The person has an open wish already: a matching places everybody once."""

    zh = "{person} 已有有效的交流意向 {id}。"
    en = "{person} has an open wish already: {id}."
    next_zh = "请编辑已有的意向，或先撤回（withdrawExchangeWish）。"
    next_en = "Edit that wish, or withdraw it first: withdrawExchangeWish."

    person: str
    id: str


@dataclass(frozen=True, slots=True)
class WishIsNotOpen(Fact):
    """意向已失效 | The wish was withdrawn or fulfilled meanwhile."""

    zh = "交流意向 {id} 已不再有效（{status}）。"
    en = "The wish {id} is open no more: it is {status}."
    next_zh = "请重新登记意向（createExchangeWish），再申请新的匹配方案。"
    next_en = "Let a new wish be entered (createExchangeWish), then ask for a new plan."

    id: str
    status: str


@dataclass(frozen=True, slots=True)
class PlanIsNotReady(Fact):
    """方案不可处理 | The plan is still being matched, failed, or was closed."""

    zh = "匹配方案 {id} 现为 {status}，其拟议不能采纳或放弃。"
    en = "The plan {id} is {status}, so nothing of it can be accepted or declined."
    next_zh = "计算中的请稍候；已失败或已关闭的，请用 proposeExchanges 重新申请。"
    next_en = "Wait while it is computing; if it failed or is closed, ask for a new one: proposeExchanges."

    id: str
    status: str
