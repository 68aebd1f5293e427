"""待办 | Mutations on decisions that are owed: decide one or many, hand over, copy, comment, ask."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated, Any

import strawberry

from graph_store.commands.comments import ASK_SENDER, COMMENT_ON_TASK, Saying
from graph_store.commands.inbox import (
    COPY_TASK,
    DECIDE_TASK,
    HAND_OVER_TASK,
    Deciding,
)
from resolvers.commands.doing import checked_request_key, do
from resolvers.commands.inbox_inputs import given_copies, given_decision, given_saying, handed_over
from resolvers.context import Context
from resolvers.refusals import bad_argument
from schema.mutations.fields import (
    DryRun,
    Info,
    RequestKey,
    deed_type,
    done,
    mutation,
    result_type,
)
from schema.mutations.inputs import ID, Given

MOST_DECISIONS = 200

TASK = ID._replace(zh="待办的标识", en="The task's id")
MOVE = Given(
    str,
    "作何决定：收件箱 possible 所列的代号，如 approve、reject",
    "Which decision: one of the words that the inbox lists as `possible`, such as approve or reject",
    required=True,
)
REASON = Given(
    str, "原因，告知相关人员；驳回时必填", "Why; whoever is concerned is told; needed to reject"
)
TEXT = Given(str, "内容", "What is said", required=True)

DECIDE = "作出决定 | Take a decision that is owed"
DECIDE_MANY = "批量作出同一决定，每件各有结果 | Take one decision on many tasks, each with a result of its own"


async def _with_record(context: Context, given: Deciding) -> Deciding:
    """What the task is about is read beforehand: it never changes."""
    assert context.inbox is not None  # the hub itself always has one
    noun, record = await context.inbox.about(given.task)
    return replace(given, noun=noun, record=record)


async def _by_oneself(context: Context, given: Saying) -> Saying:
    return replace(given, author=context.actor.person or "")


decided = deed_type("TaskDecided", "Task", DECIDE, ())
decide_result = result_type("DecideTaskResult", decided, DECIDE_TASK, DECIDE)


@strawberry.input(name="DecideTasksInput", description=DECIDE_MANY)
class DecideTasksInput:
    """The same decision on many."""

    tasks: list[strawberry.ID] = strawberry.field(
        description=f"待办的标识，至多 {MOST_DECISIONS} 个 | Ids of the tasks, {MOST_DECISIONS} at most"
    )
    decision: str = strawberry.field(description=f"{MOVE.zh} | {MOVE.en}")
    reason: str | None = strawberry.field(
        description=f"{REASON.zh} | {REASON.en}", default=strawberry.UNSET
    )


@strawberry.type(name="TaskResult", description="一件待办的结果 | What became of one task")
class TaskResultType:
    """One of the many."""

    task_id: strawberry.ID = strawberry.field(description="待办的标识 | The task's id")
    result: Any = strawberry.field(
        graphql_type=decide_result, description="结果 | What became of it"
    )


@strawberry.type(name="TasksDecided", description=DECIDE_MANY)
class TasksDecided:
    """A result for each, in the order given."""

    results: list[TaskResultType] = strawberry.field(
        description="按给出的次序 | In the order in which they were given"
    )


async def decide_tasks(
    info: Info,
    request_key: RequestKey,
    given: Any,
    dry_run: DryRun = False,  # noqa: FBT002 - an argument in GraphQL
) -> TasksDecided:
    """Each in a transaction of its own, by a key of its own that follows from the one given."""
    key, ids = checked_request_key(request_key), list(dict.fromkeys(given.tasks))
    if not 0 < len(ids) <= MOST_DECISIONS:
        raise bad_argument(
            f"decideTasks takes 1 to {MOST_DECISIONS} tasks.",
            f"decideTasks 一次 1 到 {MOST_DECISIONS} 件。",
        )
    reason = None if given.reason is strawberry.UNSET else given.reason

    async def one(task: str) -> TaskResultType:
        value = await _with_record(info.context, Deciding(task, given.decision, reason))
        outcome = await do(info.context, DECIDE_TASK, f"{key}/{task}", value, dry_run=dry_run)
        result = done(decided, outcome, dry_run=dry_run)
        return TaskResultType(task_id=strawberry.ID(task), result=result)

    return TasksDecided(results=list(await asyncio.gather(*(one(str(each)) for each in ids))))


decide_tasks.__annotations__ |= {
    "given": Annotated[
        DecideTasksInput, strawberry.argument(name="input", description=DECIDE_MANY)
    ],
    "return": TasksDecided,
}

TASKS = (
    mutation(
        DECIDE_TASK,
        "Task",
        "TaskDecided",
        DECIDE,
        fields={"task": TASK, "decision": MOVE, "reason": REASON},
        to_command=given_decision,
        complete=_with_record,
    ),
    strawberry.mutation(decide_tasks, name="decideTasks", description=DECIDE_MANY),
    mutation(
        HAND_OVER_TASK,
        "Task",
        "TaskHandedOver",
        "移交给一位有权办理的同事 | Hand a task to a colleague who may decide it",
        fields={
            "task": TASK,
            "to": ID._replace(zh="同事的标识", en="The colleague's id"),
            "reason": REASON._replace(zh="原因，告知对方", en="Why; they are told"),
        },
        to_command=handed_over,
    ),
    mutation(
        COPY_TASK,
        "Task",
        "TaskCopied",
        "抄送给同一机构的成员 | Send copies to members of the same institution",
        fields={
            "task": TASK,
            "people": Given(list[strawberry.ID], "成员的标识", "Ids of the members", required=True),
        },
        to_command=given_copies,
    ),
    mutation(
        COMMENT_ON_TASK,
        "Comment",
        "TaskCommented",
        "发表意见，或答复所询问的 | Say something about a task, or answer what was asked",
        fields={"task": TASK, "text": TEXT},
        to_command=given_saying,
        complete=_by_oneself,
    ),
    mutation(
        ASK_SENDER,
        "Comment",
        "SenderAsked",
        "向提交人提问；首次提问使截止时间至少再留三天 | Ask whom it is about; the first question leaves at least three days to answer",
        fields={"task": TASK, "text": TEXT},
        to_command=given_saying,
        complete=_by_oneself,
    ),
)
