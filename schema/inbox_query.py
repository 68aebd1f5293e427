"""`inbox`: the decisions that the viewer owes, with what may be done about each and what was done so far."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

import strawberry

from graph_store.commands.drafts import noun_word
from graph_store.commands.machines import Move
from graph_store.commands.move_words import move_words
from graph_store.commands.tasks import ABOUT
from graph_store.inbox import Done, Row, Wanted
from graph_store.model import MODEL
from resolvers.context import Context
from resolvers.inbox import Inbox, Page
from resolvers.records import Record
from schema.placeholders import placeholder

Info = strawberry.Info[Context, None]
DEFAULT_FIRST = 20


def _kinds() -> Any:
    described: dict[str, Any] = {
        MODEL[noun].word.upper(): strawberry.enum_value(
            noun, description=f"{MODEL[noun].zh} | {MODEL[noun].en}"
        )
        for noun in ABOUT
    }
    made: Any = Enum("InboxKind", described)  # type: ignore[misc] # made from the model
    return strawberry.enum(made, description="待办所涉记录的种类 | What a decision can be about")


KIND = _kinds()


@strawberry.type(name="InboxMove", description="可作的一种决定 | One way to decide")
class MoveType:
    """A move of the record's machine."""

    name: str = strawberry.field(
        description="决定的代号，用于 decideTask | Its word, to be given to decideTask"
    )
    label: str = strawberry.field(description="名称（中文） | What it is called in Chinese")
    label_en: str = strawberry.field(description="名称（英文） | What it is called in English")
    needs_reason: bool = strawberry.field(
        description="是否必须说明原因 | Whether a reason must be given"
    )
    leads_to: list[str] = strawberry.field(
        description="之后的状态，多个时由规则决定 | The states it may lead to; where there are several, the rules choose"
    )


@strawberry.type(name="InboxEvent", description="记录的一次变更 | One change of the record")
class EventType:
    """One entry of its history."""

    at: str = strawberry.field(graphql_type=datetime, description="时刻 | When")
    actor: strawberry.ID = strawberry.field(
        description="执行者的标识：人员、服务令牌或枢纽 | Id of whoever did it: a person, a token or the hub"
    )
    person: Record | None = strawberry.field(
        graphql_type=placeholder("Person") | None,
        description="执行者本人，非人员或无权查看时为空 | The person, where it was one that may be seen",
    )
    principal: Record | None = strawberry.field(
        graphql_type=placeholder("Person") | None,
        description="代谁执行，非代理时为空 | In whose place; null where it was nobody's",
    )
    command: str = strawberry.field(description="命令 | The command")
    state_before: str | None = strawberry.field(
        description="原状态，未改变时为空 | Its state before; null where that did not change"
    )
    state_after: str | None = strawberry.field(
        description="新状态，未改变时为空 | Its state after; null where that did not change"
    )
    reason: str | None = strawberry.field(description="原因 | Why")


@strawberry.type(name="InboxItem", description="一件待办 | A decision that is owed")
class ItemType:
    """A row of the inbox."""

    task: Record | None = strawberry.field(
        graphql_type=placeholder("Task") | None, description="待办记录 | The task"
    )
    record: Record | None = strawberry.field(
        graphql_type=placeholder("Node") | None,
        description="所涉记录，无权查看时为空 | What it is about; null where it may not be seen",
    )
    is_overdue: bool = strawberry.field(description="是否逾期 | Whether its time has passed")
    possible: list[MoveType] = strawberry.field(
        description="可作的决定；能否成立请先以 decideTask 试运行 | How it can be decided; a dry run of decideTask says what would hinder it"
    )
    history: list[EventType] = strawberry.field(
        description="所涉记录的经过，最早的在前 | What was done with the record so far, the first first"
    )


@strawberry.type(
    name="InboxEdge", description="一件待办及其游标 | A decision owed, with its cursor"
)
class EdgeType:
    """A row with its cursor."""

    cursor: str = strawberry.field(description="游标 | Its cursor")
    node: ItemType = strawberry.field(description="待办 | The decision owed")


@strawberry.type(name="InboxCounts", description="待办数目 | How many decisions are owed")
class CountsType:
    """Numbers of the whole inbox."""

    open: int = strawberry.field(description="待处理 | Open")
    overdue: int = strawberry.field(description="其中逾期 | Of these, overdue")


@strawberry.type(name="PageInfo")
class PageInfoType:
    """Stands for the derived type."""

    has_next_page: bool


async def counts(root: InboxType, info: Info) -> CountsType:
    """Of everything that the viewer owes at the institution, whatever the filter."""
    number, late = await _inbox(info).counts(info.context.viewer, root.institution)
    return CountsType(open=number, overdue=late)


def page_info(root: InboxType, info: Info) -> PageInfoType:
    """As the client named its fields: the derived type takes values by their names in the answer."""
    rows = root.page.rows
    known = {
        "hasNextPage": root.page.has_next,
        "hasPreviousPage": not root.page.is_first,
        "startCursor": rows[0][0] if rows else None,
        "endCursor": rows[-1][0] if rows else None,
        "__typename": "PageInfo",
    }
    told: Any = _Named(known, info)
    return told  # type: ignore[no-any-return] # a mapping, which the derived type reads


class _Named(dict[str, Any]):
    """Values by their names in the answer."""

    def __init__(self, known: dict[str, Any], info: Info) -> None:
        super().__init__()
        for each in info.selected_fields:
            self._take(each.selections, known)

    def _take(self, selections: list[Any], known: dict[str, Any]) -> None:
        for each in selections:
            name = getattr(each, "name", None)
            if name in known:
                self[getattr(each, "alias", None) or name] = known[name]
            else:
                self._take(each.selections, known)


@strawberry.type(name="Inbox", description="收件箱 | What the viewer owes")
class InboxType:
    """A page of the inbox."""

    page: strawberry.Private[Page]
    institution: strawberry.Private[str | None]
    edges: list[EdgeType] = strawberry.field(
        description="紧急的在前，其次先到期的在前 | The more urgent first, then what is due first"
    )
    nodes: list[ItemType] = strawberry.field(
        description="同上，不含游标 | The same without cursors"
    )
    page_info: PageInfoType = strawberry.field(
        resolver=page_info, description="分页信息 | Where the page lies"
    )
    counts: CountsType = strawberry.field(
        resolver=counts,
        description="全部待处理与逾期数，不受筛选影响 | How many are open and overdue in all, whatever the filter",
    )


async def inbox(  # noqa: PLR0913 - arguments of a question
    info: Info,
    first: Any = DEFAULT_FIRST,
    after: Any = None,
    *,
    overdue: Any = None,
    kind: Any = None,
    institution: Any = None,
    assigned_to_me: Any = False,
    task: Any = None,
) -> InboxType:
    """What the viewer owes; nothing for who is signed out."""
    reader = _inbox(info)
    wanted = Wanted(overdue, _plain(kind), institution, bool(assigned_to_me), task)
    page = await reader.page(info.context.viewer, wanted, first, after)
    edges = [EdgeType(cursor=cursor, node=_item(reader, row)) for cursor, row in page.rows]
    return InboxType(
        page=page, institution=institution, edges=edges, nodes=[each.node for each in edges]
    )


def _described(text: str) -> Any:
    return strawberry.argument(description=text)


inbox.__annotations__ |= {
    "first": Annotated[int, _described("最多几件 | How many at most")],
    "after": Annotated[str | None, _described("从此游标之后 | After this cursor")],
    "overdue": Annotated[
        bool | None,
        _described(
            "true 只要逾期的，false 只要未逾期的 | true: only what is overdue; false: only what is not"
        ),
    ],
    "kind": Annotated[KIND | None, _described("只要关于此种记录的 | Only what is about this kind")],
    "institution": Annotated[
        strawberry.ID | None,
        _described("只要此机构应处理的 | Only what this institution's people owe"),
    ],
    "assigned_to_me": Annotated[
        bool, _described("只要移交给本人的 | Only what was handed to oneself")
    ],
    "task": Annotated[
        strawberry.ID | None,
        _described(
            "只要这一件；不由您办理时为空页 | Only this one; nothing where you do not owe it"
        ),
    ],
    "return": InboxType,
}

INBOX = strawberry.field(
    inbox,
    name="inbox",
    description="本人应作的决定：按所持角色、受委托的代理和移交，不含关于本人的；已办的见 tasks"
    " | The decisions that you owe, by roles held, as a deputy, or handed to you, never about yourself; those decided are in `tasks`",
)


def _inbox(info: Info) -> Inbox:
    reader = info.context.inbox
    assert reader is not None  # the hub itself always has one
    return reader


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)


def _item(reader: Inbox, row: Row) -> ItemType:
    return ItemType(
        task=Record("Task", row.id),
        record=Record(row.noun, row.record),
        is_overdue=reader.is_overdue(row),
        possible=[_move(each) for each in reader.possible(row)],
        history=[_event(each) for each in row.history],
    )


def _move(move: Move) -> MoveType:
    zh, en = move_words(move.name)
    return MoveType(
        name=move.name,
        label=zh,
        label_en=en,
        needs_reason=move.reasoned,
        leads_to=[each.upper() for each in move.targets],
    )


def _event(done: Done) -> EventType:
    return EventType(
        at=done.at,
        actor=strawberry.ID(done.actor),
        person=_person(done.actor),
        principal=_person(done.acting_for),
        command=done.command,
        state_before=done.before.upper() if done.before else None,
        state_after=done.after.upper() if done.after else None,
        reason=done.reason,
    )


def _person(id_: str | None) -> Record | None:
    return Record("Person", id_) if id_ and noun_word(id_) == "person" else None
