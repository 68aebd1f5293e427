"""`explainAccess`: why somebody may do something with a record, or what is missing and who could give it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, Any

import strawberry

from auth.access import Action, Explanation, Granter, Part, Step
from auth.access_words import NOTHING
from graph_store.commands.drafts import noun_word
from graph_store.model import MODEL
from resolvers.context import Context
from resolvers.records import Record
from schema.placeholders import placeholder

Info = strawberry.Info[Context, None]

_ACTIONS = {
    Action.SEE: "查看 | See it",
    Action.USE: "使用仪器或数据 | Use the instrument or data",
    Action.EDIT: "编辑 | Edit it",
    Action.DECIDE: "审批 | Decide for the institution that answers for it",
    Action.EXCHANGE_CADRES: "交流干部 | Exchange staff with it",
    Action.SEND_TO_TRAINING: "选派参加培训 | Send people to its training",
    Action.USE_VOUCHER: "使用创新券 | Pay it by innovation voucher",
    Action.PREFERENTIAL_PRICE: "享受优惠价格 | Have its lower price",
}
_PARTS = {
    Part.VIEWER: "提问者 | Whoever asks",
    Part.ROLE: "所持角色 | The role that counts",
    Part.INSTITUTION: "角色所在机构 | The institution at which it is held",
    Part.PARTY: "签约方 | A party of the agreement",
    Part.AGREEMENT: "协议 | The agreement",
    Part.CLAUSE: "条款 | Its clause",
    Part.HOLDER: "负责机构 | The institution that answers for the record",
    Part.NODE: "目标记录 | The record asked about",
}


def _enum(name: str, about: str, values: dict[Any, str]) -> Any:
    described: dict[str, Any] = {
        each.name: strawberry.enum_value(each, description=text) for each, text in values.items()
    }
    made: Any = Enum(name, described)  # type: ignore[misc] # made from the values
    return strawberry.enum(made, description=about)


ACTION = _enum("AccessAction", "要做的事 | What somebody wants to do", _ACTIONS)
PART = _enum("AccessPart", "路径中一步是什么 | What a step of the path is", _PARTS)


@strawberry.type(
    name="AccessStep", description="由您到目标记录的一步 | One step from you to the record"
)
class StepType:
    """A step in words, with its record."""

    part: Part = strawberry.field(graphql_type=PART, description="是什么 | What it is")
    words: str = strawberry.field(description="这一步（中文） | The step in Chinese")
    words_en: str = strawberry.field(description="这一步（英文） | The step in English")
    node: Record | None = strawberry.field(
        graphql_type=placeholder("Node") | None,
        description="其记录，无权查看时为空 | Its record; null where there is none that you may see",
    )


@strawberry.type(
    name="AccessGranter",
    description="可以给予所缺权限者 | An institution that could give what is missing",
)
class GranterType:
    """An institution and who administers it."""

    institution: Record | None = strawberry.field(
        graphql_type=placeholder("Institution") | None,
        description="机构，无权查看时为空 | The institution; null where it may not be seen",
    )
    people: list[GranterPersonType] = strawberry.field(
        description="其管理员，仅成员机构可见 | Its administrators, told to member agencies"
    )


@strawberry.type(name="AccessGranterPerson", description="一位管理员 | An administrator")
class GranterPersonType:
    """Somebody who could grant."""

    id: strawberry.ID = strawberry.field(description="人员标识 | The person's id")
    person: Record | None = strawberry.field(
        graphql_type=placeholder("Person") | None,
        description="人员，无权查看时为空 | The person; null where they may not be seen",
    )


@strawberry.type(
    name="AccessExplanation",
    description="为什么可以或不可以 | Why something is allowed, or not",
)
class ExplanationType:
    """The answer in words and as a path."""

    action: Action = strawberry.field(
        graphql_type=ACTION, description="所问的事 | What was asked about"
    )
    allowed: bool = strawberry.field(description="是否可以 | Whether it is allowed")
    sentence: str = strawberry.field(description="一句话说明（中文） | The answer in Chinese")
    sentence_en: str = strawberry.field(description="一句话说明（英文） | The answer in English")
    path: list[StepType] = strawberry.field(
        description="由您经角色、机构、协议、条款到目标记录的路径，不可以时为空 | From you by role, institution, agreement and"
        " clause to the record; empty where it is not allowed"
    )
    until: str | None = strawberry.field(
        graphql_type=date | None,
        description="可以至哪一天，未定时为空 | Until which day; null where none is fixed",
    )
    missing: str | None = strawberry.field(
        description="还缺什么（中文），可以时为空 | What is missing, in Chinese; null where it is allowed"
    )
    missing_en: str | None = strawberry.field(
        description="还缺什么（英文），可以时为空 | What is missing, in English; null where it is allowed"
    )
    who_could_grant: list[GranterType] = strawberry.field(
        description="谁可以给予所缺权限 | Who could give what is missing"
    )


async def explain_access(info: Info, node: Any, action: Any) -> ExplanationType:
    """The answer for whoever asks."""
    context = info.context
    explained = await context.explain(context.viewer, str(node), Action(_plain(action)))
    return _told(explained)


explain_access.__annotations__ |= {
    "node": Annotated[
        strawberry.ID, strawberry.argument(description="记录的标识 | The record's id")
    ],
    "action": Annotated[
        ACTION, strawberry.argument(description="要做的事 | What you want to do with it")
    ],
    "return": ExplanationType,
}


def _plain(action: Any) -> Any:
    value = getattr(action, "value", action)
    return getattr(value, "value", value)


def _told(explained: Explanation) -> ExplanationType:
    missing = explained.missing or NOTHING
    return ExplanationType(
        action=explained.action,
        allowed=explained.allowed,
        sentence=explained.said.zh,
        sentence_en=explained.said.en,
        path=[_step(each) for each in explained.path],
        until=explained.until,
        missing=missing.zh or None,
        missing_en=missing.en or None,
        who_could_grant=[_granter(each) for each in explained.granters],
    )


def _step(step: Step) -> StepType:
    noun = MODEL.by_word.get(noun_word(step.record)) if step.record else None
    record = Record(noun.name, step.record) if noun and step.record else None
    return StepType(part=step.part, words=step.said.zh, words_en=step.said.en, node=record)


def _granter(granter: Granter) -> GranterType:
    people = [
        GranterPersonType(id=strawberry.ID(each), person=Record("Person", each))
        for each in granter.people
    ]
    return GranterType(institution=Record("Institution", granter.institution), people=people)


EXPLAIN_ACCESS = strawberry.field(
    explain_access,
    name="explainAccess",
    description="为什么我可以或不可以对一条记录做某事：依据哪份协议的哪一条款、至何时；或还缺什么、谁可给予"
    " | Why I may do something with a record: by which clause of which agreement, until when; or what is missing, and who could"
    " give it. What you may not see and what does not exist are answered alike",
)
