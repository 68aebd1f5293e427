"""报名 | Mutations on registrations: one person, a group that is confirmed whole or waits whole, and what becomes of them."""

from __future__ import annotations

from typing import Any

import strawberry

from graph_store.commands.registering import MOST_MANY, REGISTER, REGISTER_GROUP, REGISTER_MANY
from graph_store.commands.registration_moves import (
    APPROVE_REGISTRATION,
    CANCEL_REGISTRATION,
    REJECT_REGISTRATION,
)
from graph_store.commands.registrations import Registered
from graph_store.model import MODEL
from resolvers.commands.training import group_registered, many_registered, one_registered
from resolvers.records import Record
from schema.mutations.fields import IS_DRY_RUN, Deed, mutation
from schema.mutations.inputs import ID, Given
from schema.mutations.many_registered import MANY, RegisterManyRow
from schema.mutations.moves import moves
from schema.placeholders import leaf, placeholder

NOUN = "Registration"
CLASS = ID._replace(zh="培训班的标识", en="Id of the class")
HOME = ID._replace(zh="派出机构的标识", en="Id of the institution that sends")
PERSON = ID._replace(zh="报名人的标识", en="Id of whoever is registered")
PEOPLE = Given(
    list[strawberry.ID],
    "报名人的标识，同一机构",
    "Ids of those who are registered, of one institution",
    required=True,
)

ROWS = Given(
    list[RegisterManyRow],
    f"各行，共不超过 {MOST_MANY} 人",
    f"The rows, of {MOST_MANY} people at most",
    required=True,
)


def registration_ids(zh: str, en: str) -> Given:
    """A list of ids that may be left out."""
    return Given(list[strawberry.ID], zh, en)


@strawberry.type(
    name="GroupRegistered",
    description="一组人员已报名 | A group was registered; all of it is in the same state",
)
class GroupRegisteredType:
    """The party's registrations."""

    party: str | None = strawberry.field(
        description="报名组，试运行时为空 | What its registrations share; null after a dry run"
    )
    state: str = strawberry.field(
        graphql_type=leaf(MODEL.property(NOUN, "state")),
        description="全组的状态 | The state that all of it is in",
    )
    registrations: list[Record] = strawberry.field(
        graphql_type=list[placeholder(NOUN) | None],  # type: ignore[misc] # the model's
        description="各人的报名，按所给顺序，试运行时为空 | Its registrations, in the order given; empty after a dry run",
    )
    dry_run: bool = strawberry.field(description=IS_DRY_RUN)


def _group(done: Any, *, dry_run: bool) -> GroupRegisteredType:
    ids = [] if dry_run else done.registrations
    return GroupRegisteredType(
        party=None if dry_run else done.party,
        state=done.state,
        registrations=[Record(NOUN, each) for each in ids],
        dry_run=dry_run,
    )


REGISTRATIONS = (
    mutation(
        REGISTER,
        NOUN,
        "PersonRegistered",
        "报名一人，由派出机构或本人；机构的服务令牌报名即视为已批准"
        " | Register one person, by the home institution or by themself; what a program of the institution registers counts as approved",
        fields={"trainingClass": CLASS, "home": HOME, "person": PERSON},
        to_command=one_registered,
    ),
    mutation(
        REGISTER_GROUP,
        NOUN,
        Deed(GroupRegisteredType, Registered, _group),
        "整组报名：全组同时确认或同时候补 | Register a group: it is confirmed whole or waits whole",
        fields={"trainingClass": CLASS, "home": HOME, "people": PEOPLE},
        to_command=group_registered,
    ),
    mutation(
        REGISTER_MANY,
        NOUN,
        MANY,
        "批量报名：逐行报告，任何一行不能报名则全部不报名 | Register many parties in one transaction: told row by row; where one is refused, none is registered",
        fields={"trainingClass": CLASS, "home": HOME, "rows": ROWS},
        to_command=many_registered,
    ),
    moves(
        APPROVE_REGISTRATION,
        NOUN,
        "RegistrationApproved",
        "批准报名，全组一并；随即占用名额或候补 | Approve a registration with its whole party; it is given seats at once, or waits",
    ),
    moves(
        REJECT_REGISTRATION,
        NOUN,
        "RegistrationRejected",
        "驳回报名，全组一并 | Reject a registration with its whole party",
        reasoned=True,
    ),
    moves(
        CANCEL_REGISTRATION,
        NOUN,
        "RegistrationCancelled",
        "取消一人的报名，由派出机构、主办机构或本人；空出的名额即依次递补"
        " | Cancel one person's registration, by home, organiser or themself; the seat goes to the next in line at once",
    ),
)
