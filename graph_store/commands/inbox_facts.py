"""Facts of the inbox: why a decision cannot be taken, handed over or delegated."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.facts import Fact


@dataclass(frozen=True, slots=True)
class TaskIsSettled(Fact):
    """待办已处理 | Somebody decided already, or nobody owes it any more."""

    zh = "待办 {id} 已于 {when} 由 {who} 处理（{outcome}）。"
    en = "{id} was settled at {when} by {who}: {outcome}."
    next_zh = "无需再办；请查看其记录现在的状态。"
    next_en = "Nothing is left to decide: look at its record as it stands now."

    id: str
    outcome: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class NotAnAnswer(Fact):
    """不是对该待办的决定 | The move is not one by which this can be decided."""

    zh = "不能以 {act} 办理待办 {id}。"
    en = "{id} cannot be decided by {act}."
    next_zh = "请按收件箱 possible 所列的操作办理。"
    next_en = "Decide by one of those that the inbox lists as `possible`."

    id: str
    act: str


@dataclass(frozen=True, slots=True)
class MayNotDecide(Fact):
    """对方不能办理 | Whoever it shall be handed to may not decide it."""

    zh = "{person} 不能在 {at} 办理此待办：不是审批人或管理员，或事关其本人。"
    en = "{person} may not decide it at {at}: no approver or administrator there, or it is about themself."
    next_zh = "请移交给该机构的另一位审批人或管理员，或先授予其审批人角色。"
    next_en = (
        "Hand it to another approver or administrator of the institution, or give the role first."
    )

    person: str
    at: str


@dataclass(frozen=True, slots=True)
class NotAColleague(Fact):
    """不是该机构的人员 | Whoever is named does not belong to the institution."""

    zh = "{person} 现在不属于 {at}。"
    en = "{person} does not belong to {at} today."
    next_zh = "请选择该机构的在职人员或成员。"
    next_en = "Name somebody who is affiliated with the institution or a member at it."

    person: str
    at: str


@dataclass(frozen=True, slots=True)
class NobodyToAsk(Fact):
    """没有可询问的人 | The record is about nobody who could be asked."""

    zh = "待办 {id} 的记录没有提交人可询问。"
    en = "The record of {id} is about nobody who could be asked."
    next_zh = "请用 commentOnTask 留言，或联系主办机构。"
    next_en = "Say it with commentOnTask, or ask the institution that answers for it."

    id: str


@dataclass(frozen=True, slots=True)
class NotYetDue(Fact):
    """尚未到期 | It is not late, so it is not passed on."""

    zh = "待办 {id} 应于 {due} 前处理，尚未逾期。"
    en = "{id} is due at {due}, which has not come."
    next_zh = "请等待其到期。"
    next_en = "Wait until it is overdue."

    id: str
    due: str


@dataclass(frozen=True, slots=True)
class IsReminded(Fact):
    """今天已提醒 | People were reminded of it today."""

    zh = "待办 {id} 今天已提醒过。"
    en = "People were reminded of {id} today."
    next_zh = "明天再提醒。"
    next_en = "Remind them tomorrow."

    id: str


@dataclass(frozen=True, slots=True)
class DeputyIsOneself(Fact):
    """不能代理自己 | Nobody is their own deputy."""

    zh = "{person} 不能做自己的代理人。"
    en = "{person} cannot be their own deputy."
    next_zh = "请选择本机构的另一位同事。"
    next_en = "Name a colleague of the same institution."

    person: str


@dataclass(frozen=True, slots=True)
class RoleEndsSooner(Fact):
    """委托超出本人任期 | Nobody gives away for longer than they have it themself."""

    zh = "您的 {role} 角色只到 {until}，委托不能更长。"
    en = "Your own role {role} lasts until {until}: a delegation cannot last longer."
    next_zh = "请缩短委托期限。"
    next_en = "Delegate for no longer than that."

    role: str
    until: str


@dataclass(frozen=True, slots=True)
class IsDeputy(Fact):
    """已有委托 | The colleague is the deputy for part of that time already."""

    zh = "{person} 在 {since} 至 {until} 已受委托（{id}）。"
    en = "{person} is the deputy from {since} to {until} already: {id}."
    next_zh = "如需更改期限，请先以 endDelegation 结束原委托。"
    next_en = "To change the days, end that one by endDelegation first."

    person: str
    since: str
    until: str
    id: str
