"""Facts of moves: what a state machine refuses, whatever the noun."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.facts import Fact


@dataclass(frozen=True, slots=True)
class OnlyTheHub(Fact):
    """只由枢纽执行 | Only the hub itself makes this move, when its time has come."""

    denies = True

    zh = "{act} 由枢纽在到期时自动执行，不能手工执行。"
    en = "{act} is done by the hub itself when its time has come, by nobody else."
    next_zh = "请等待其到期；如已逾期，请联系平台管理员运行核对。"
    next_en = "Wait for its time; when that has passed, ask an administrator of the platform to reconcile."

    act: str


@dataclass(frozen=True, slots=True)
class NotOnYourself(Fact):
    """不能审批自己的事项 | Nobody decides on their own behalf."""

    denies = True

    zh = "{id} 与您本人有关，不能由您决定。"
    en = "{id} is about yourself, so the decision is not yours."
    next_zh = "请由该机构的另一位审批人办理，或将其移交。"
    next_en = "Let another approver of the institution decide, or hand it over."

    id: str
