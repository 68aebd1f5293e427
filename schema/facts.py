"""Facts as GraphQL types: every fact of the write side, with what happened and what to do next."""

from __future__ import annotations

from dataclasses import asdict, fields
from functools import cache
from typing import Any, get_type_hints

import strawberry

from graph_store.commands import facts

ABOUT = {
    "act": "要执行的操作 | What was to be done",
    "agreement": "协议标识 | The agreement's id",
    "at": "在哪个机构，可有多个 | At which institution, or one of several",
    "by": "已使用它的记录 | The record that has it",
    "due": "应处理的时刻 | When it is due",
    "clause": "条款标识 | The clause's id",
    "day": "哪一天 | Which day",
    "exchange": "干部交流的标识 | The exchange's id",
    "field": "哪个字段 | Which field",
    "first": "起始日字段 | Field of the first day",
    "first_day": "起始日 | The first day",
    "home": "派出机构标识 | The home institution's id",
    "host": "接收机构标识 | The host institution's id",
    "flow": "流程名称 | The flow's name",
    "id": "记录标识 | The record's id",
    "institution": "机构标识 | The institution's id",
    "last": "截止日字段 | Field of the last day",
    "last_day": "截止日 | The last day",
    "most": "最多多少 | How many at most",
    "number": "证书编号 | The certificate's number",
    "other": "另一培训班的标识 | The other class's id",
    "people": "人数 | How many people",
    "wanted": "所要的数 | The number that was wanted",
    "noun": "记录类型 | The kind of record",
    "outcome": "如何处理的 | How it was settled",
    "period": "名额周期：年份，或整个协议期 agreement | The period of the quota: a year, or the whole agreement",
    "person": "人员标识 | The person's id",
    "post": "岗位标识 | The post's id",
    "problem": "问题所在 | What is wrong, in Chinese",
    "problem_en": "问题所在（英文） | What is wrong, in English",
    "quota": "名额 | The quota",
    "request_key": "请求键 | The request key",
    "role": "所涉角色 | The role concerned",
    "scope": "哪项用途 | Which scope",
    "since": "起始日 | The first day",
    "status": "现在的状态 | Its status now",
    "taken": "已占用的名额 | How many are taken",
    "topics": "所缺专长与水平 | What is lacking, with the level asked for",
    "until": "截止日 | The last day",
    "used": "已占用的派出名额 | How many of the quota are taken",
    "vacancies": "岗位名额 | How many the post has room for",
    "version": "现在的版本 | The version now",
    "waiting": "等待处理的请求数 | How many are waiting",
    "when": "何时 | When",
    "who": "由谁 | By whom: an id, or hub",
}


@strawberry.interface(
    name="Fact", description="命令未能执行的原因 | Why a command was not carried out"
)
class FactInterface:
    """What all facts tell."""

    message: str = strawberry.field(description="发生了什么 | What happened, in Chinese")
    message_en: str = strawberry.field(description="发生了什么（英文） | What happened, in English")
    what_next: str = strawberry.field(description="接下来怎么办 | What to do now, in Chinese")
    what_next_en: str = strawberry.field(
        description="接下来怎么办（英文） | What to do now, in English"
    )


@cache
def fact_type(kind: type[facts.Fact]) -> Any:
    """The GraphQL type of a fact: its own fields and the sentences."""
    hints = get_type_hints(kind)
    own = {each.name: hints[each.name] for each in fields(kind)}
    described = {name: strawberry.field(description=ABOUT[name]) for name in own}
    made = type(kind.__name__, (FactInterface,), {"__annotations__": own, **described})
    return strawberry.type(made, description=kind.__doc__)


def shown(fact: facts.Fact) -> Any:
    """The fact as its GraphQL type."""
    sentences = {
        "message": fact.message,
        "message_en": fact.message_en,
        "what_next": fact.what_next,
        "what_next_en": fact.what_next_en,
    }
    kind: Any = fact_type(type(fact))  # type: ignore[arg-type] # a class is hashable, whatever its instances are
    return kind(**asdict(fact), **sentences)
