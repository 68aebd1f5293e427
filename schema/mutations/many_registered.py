"""批量报名 | What `registerMany` takes and tells, row by row; a spreadsheet that is sent to the hub goes the same way."""

from __future__ import annotations

from typing import Any

import strawberry

from graph_store.commands.registering import ManyRegistered
from graph_store.model import MODEL
from schema.mutations.fields import IS_DRY_RUN, Deed
from schema.placeholders import leaf

NOUN = "Registration"


@strawberry.input(
    name="RegisterManyRow", description="一行：一人或一组 | One row: somebody alone, or a group"
)
class RegisterManyRow:
    """One party."""

    number: int = strawberry.field(
        description="行号，报告中以此指明 | Its number, by which the report names it"
    )
    people: list[strawberry.ID] = strawberry.field(
        description="报名人的标识，多人即一组，同时确认或候补 | Ids of whoever is registered; several are a group, confirmed or waiting together"
    )


@strawberry.type(name="RowRefusal", description="某行不能报名的原因 | Why a row is not registered")
class RowRefusal:
    """A fact in words."""

    fact: str = strawberry.field(description="原因的名称 | The fact's name")
    message: str = strawberry.field(description="发生了什么 | What happened, in Chinese")
    message_en: str = strawberry.field(description="发生了什么（英文） | What happened, in English")
    what_next: str = strawberry.field(description="接下来怎么办 | What to do now, in Chinese")
    what_next_en: str = strawberry.field(
        description="接下来怎么办（英文） | What to do now, in English"
    )


@strawberry.type(name="RegisteredRow", description="某行的结果 | What became of a row")
class RegisteredRow:
    """One party's outcome."""

    number: int = strawberry.field(description="行号 | Its number")
    state: str | None = strawberry.field(
        graphql_type=leaf(MODEL.property(NOUN, "state")) | None,
        description="报名的状态，试运行时为将有的状态；因其他行被拒而未决时为空"
        " | The state of its registrations, or that it would be; null where others had to be refused first",
    )
    registration_ids: list[strawberry.ID] = strawberry.field(
        description="各人报名的标识，按所给顺序；未报名时为空 | Ids of its registrations in the order of the people; empty where none was made"
    )
    refusal: RowRefusal | None = strawberry.field(
        description="不能报名的原因 | Why it is not registered"
    )


@strawberry.type(
    name="ManyRegistered",
    description="批量报名的逐行结果 | What became of each row; where one is refused, none was registered",
)
class ManyRegisteredType:
    """The report."""

    registered: int = strawberry.field(
        description="已报名（或将报名）的人数 | How many people were registered, or would be"
    )
    refused: int = strawberry.field(description="被拒的行数 | How many rows are refused")
    rows: list[RegisteredRow] = strawberry.field(description="各行 | The rows, as they were given")
    dry_run: bool = strawberry.field(description=IS_DRY_RUN)


def _shown(done: ManyRegistered, *, dry_run: bool) -> ManyRegisteredType:
    return ManyRegisteredType(
        registered=done.registered,
        refused=done.refused,
        rows=[_row(row, dry_run=dry_run) for row in done.rows],
        dry_run=dry_run,
    )


def _row(row: dict[str, Any], *, dry_run: bool) -> RegisteredRow:
    made = [] if dry_run else row.get("registrations", ())
    return RegisteredRow(
        number=row["number"],
        state=row.get("state") or None,
        registration_ids=[strawberry.ID(each) for each in made],
        refusal=_refusal(row) if "fact" in row else None,
    )


def _refusal(row: dict[str, Any]) -> RowRefusal:
    return RowRefusal(
        fact=row["fact"],
        message=row["message"],
        message_en=row["messageEn"],
        what_next=row["whatNext"],
        what_next_en=row["whatNextEn"],
    )


MANY = Deed(ManyRegisteredType, ManyRegistered, _shown)
