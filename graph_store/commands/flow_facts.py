"""Facts of flows, webhooks and deliveries."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.facts import Fact


@dataclass(frozen=True, slots=True)
class FlowIsUnknown(Fact):
    """没有该流程 | The hub has no flow of this name."""

    zh = "枢纽没有名为 {flow} 的流程。"
    en = "The hub has no flow named {flow}."
    next_zh = "请从 flows 查询所列的名称中选择。"
    next_en = "Choose one of the names that the query `flows` lists."

    flow: str


@dataclass(frozen=True, slots=True)
class AddressIsRefused(Fact):
    """回调地址不可用 | Nothing is sent to this address."""

    zh = "回调地址不可用：{problem}。"
    en = "The hub sends nothing there: {problem_en}."
    next_zh = "请填写外部可访问的 https 地址，不含用户名和密码。"
    next_en = "Give an https address that the outside can reach, without a user or password in it."

    problem: str
    problem_en: str


@dataclass(frozen=True, slots=True)
class WebhookHasEnded(Fact):
    """网络回调已停用 | The webhook is called no more."""

    zh = "网络回调 {id} 已停用。"
    en = "The webhook {id} has ended."
    next_zh = "请新建一个网络回调。"
    next_en = "Make a new one."

    id: str


FACTS = (FlowIsUnknown, AddressIsRefused, WebhookHasEnded)
