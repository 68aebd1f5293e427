"""升级与提醒 | What the hub does about decisions that are late or will be: passed on step by step, reminded of once a day.

    the approvers → the administrators of the same institution → those of what it is part of → the platform is told
    它自己的审批人   → 本机构管理员                               → 上级机构管理员               → 告知平台管理员

The record stays in its state; whoever could decide before still can. A step at which nobody is left to tell is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from graph_store.commands.actors import HUB
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.deciders import (
    ADMINS_ABOVE,
    PLATFORM_ADMINS,
    at_institution,
    deciders_at,
    found,
    holds_today,
    who_owes,
)
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import Fact, RecordNotFound, Written
from graph_store.commands.inbox import (
    and_subjects,
    asked_of,
    at_its_institution,
    institutions,
    kind_of,
    open_task,
    subjects,
)
from graph_store.commands.inbox_facts import IsReminded, NotYetDue, TaskIsSettled
from graph_store.commands.move_facts import OnlyTheHub
from graph_store.commands.notices import Wording, tell
from graph_store.commands.readers import Question
from graph_store.commands.records import outcomes_of
from graph_store.commands.rows import SHANGHAI, instant_text
from graph_store.commands.tasks import MOST_URGENT, place
from graph_store.rights import Role

STEPS = 3
"""After so many the platform was told, and the task stays where it is."""

WITHIN = timedelta(days=2)
"""How long whoever it was passed on to has."""


@dataclass(frozen=True, slots=True)
class OfTask:
    """The task's id."""

    task: str


@dataclass(frozen=True, slots=True)
class _Next:
    """The step reached, whose people owe it by now, and who is told."""

    step: int
    institution: str
    people: frozenset[str]


def escalate(
    given: OfTask, seen: Seen, draft: Draft
) -> Written | RecordNotFound | TaskIsSettled | OnlyTheHub | NotYetDue:
    """The overdue task, passed on to whoever decides next; they and the person whom it is about are told."""
    task = _task(given, "escalate", seen, draft)
    if isinstance(task, Fact):
        return task
    if task["dueAt"] >= instant_text(seen.now) or (task["escalations"] or 0) >= STEPS:
        return NotYetDue(task.id, task["dueAt"])
    reached = _next(task, seen)
    draft.set(task, _passed_on(task, reached, seen))
    for each in sorted(reached.people):
        tell(_late(task), each, task, seen, draft)
    for each in sorted(subjects(task, seen) - reached.people):
        tell(_waits(task, reached), each, task, seen, draft)
    return draft.written(task)


def remind(
    given: OfTask, seen: Seen, draft: Draft
) -> Written | RecordNotFound | TaskIsSettled | OnlyTheHub | IsReminded:
    """The task, of which whoever owes it was reminded: once a day."""
    task = _task(given, "remind", seen, draft)
    if isinstance(task, Fact):
        return task
    if (task["remindedAt"] or "") >= _day_begins(seen):
        return IsReminded(task.id)
    draft.set(task, {"remindedAt": instant_text(seen.now)})
    for each in sorted(_who_owes(task, seen) - subjects(task, seen)):
        tell(_soon(task), each, task, seen, draft)
    return draft.written(task)


def _task(
    given: OfTask, act: str, seen: Seen, draft: Draft
) -> Held | RecordNotFound | TaskIsSettled | OnlyTheHub:
    if seen.actor != HUB:
        return OnlyTheHub(act)
    task = open_task(given.task, seen, draft)
    assert not isinstance(task, Fact) or isinstance(task, (RecordNotFound, TaskIsSettled))
    return task


def _next(task: Held, seen: Seen) -> _Next:
    """The first step beyond the one reached at which there is somebody to tell; the last is the platform, whoever is there."""
    own, about = min(institutions(task, seen), default=""), subjects(task, seen)
    reached = [each for each in _steps(task, own, seen) if each.step > (task["escalations"] or 0)]
    step = next((each for each in reached if each.people - about), reached[-1])
    return _Next(step.step, step.institution, step.people - about)


def _steps(task: Held, own: str, seen: Seen) -> Iterator[_Next]:
    if task["role"] != Role.INSTITUTION_ADMIN.value:
        admins = at_institution(own, Role.INSTITUTION_ADMIN)
        yield _Next(1, own, found(seen, admins, kind_of(task, seen)))
    rows = [each for each in seen.copy.answer(ADMINS_ABOVE, own) if holds_today(each, seen)]
    above = min((each["at"] for each in rows), default=own)
    yield _Next(2, above, frozenset(each["far"] for each in rows))
    yield _Next(STEPS, task["escalatedTo"] or own, found(seen, PLATFORM_ADMINS))


def _passed_on(task: Held, reached: _Next, seen: Seen) -> dict[str, Any]:
    """What changes in the task; once the platform was told it stays as overdue as it is."""
    priority = min((task["priority"] or 0) + 1, MOST_URGENT)
    due_at = task["dueAt"] if reached.step == STEPS else instant_text(seen.now + WITHIN)
    own = min(institutions(task, seen), default="")
    return {
        "role": Role.INSTITUTION_ADMIN.value,
        "escalations": reached.step,
        "escalatedTo": reached.institution,
        "escalatedAt": instant_text(seen.now),
        "priority": priority,
        "dueAt": due_at,
        "place": place(own, priority, due_at),
    }


def _who_owes(task: Held, seen: Seen) -> frozenset[str]:
    """Whoever was asked for it, else who has the role at the institution, else who decides there at all."""
    asked = frozenset(each.far for each in seen.ties(task, "assignee"))
    if asked:
        return asked
    own = min(institutions(task, seen), default="")
    return who_owes(own, Role(task["role"]), kind_of(task, seen), seen)


def _day_begins(seen: Seen) -> str:
    """The instant at which the day in Shanghai began."""
    midnight = seen.now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    return instant_text(midnight)


def _late(task: Held) -> Wording:
    return Wording(
        "task_escalated",
        "逾期待办已升级给您",
        "An overdue decision was passed on to you",
        f"{task['name']}：应于 {task['dueAt'][:10]} 前办理而未办，请您办理或督办。",
        f"{task['nameEn'] or task['name']}: it was due by {task['dueAt'][:10]} and is not decided;"
        " please decide, or see that it is.",
    )


def _waits(task: Held, reached: _Next) -> Wording:
    who, who_en = _WHOSE[reached.step]
    return Wording(
        "task_passed_on",
        "您的事项已逾期升级",
        "What you wait for was passed on",
        f"{task['name']}：未按期办理，已转由{who}办理。",
        f"{task['nameEn'] or task['name']}: not decided in time, so {who_en} were asked.",
    )


_WHOSE = {
    1: ("本机构管理员", "the administrators of the institution"),
    2: ("上级机构管理员", "the administrators of the institution above"),
    STEPS: ("平台管理员督办，仍", "the administrators of the platform"),
}


def _soon(task: Held) -> Wording:
    return Wording(
        "task_due_soon",
        "待办即将到期",
        "A decision is due soon",
        f"{task['name']}：应于 {task['dueAt'][:10]} 前办理。",
        f"{task['nameEn'] or task['name']}: please decide by {task['dueAt'][:10]}.",
    )


def _escalation_needs(given: OfTask) -> Needs:
    def further(copy: WorkingCopy) -> frozenset[Question]:
        at = at_its_institution(given.task, copy)
        admins = {at_institution(each, Role.INSTITUTION_ADMIN) for each in at}
        above = {Question(ADMINS_ABOVE, each) for each in at}
        return frozenset(admins | above) | and_subjects(given.task, copy)

    questions = asked_of(given.task) | {PLATFORM_ADMINS}
    return Needs(frozenset({given.task}), questions, further)


def _reminder_needs(given: OfTask) -> Needs:
    def further(copy: WorkingCopy) -> frozenset[Question]:
        at = at_its_institution(given.task, copy)
        return frozenset().union(*map(deciders_at, at)) | and_subjects(given.task, copy)

    return Needs(frozenset({given.task}), asked_of(given.task, "assignee"), further)


ESCALATE_TASK: Decision[OfTask, Any] = Decision(
    "escalateTask", _escalation_needs, escalate, outcomes_of(escalate)
)
REMIND: Decision[OfTask, Any] = Decision(
    "remindOfTask", _reminder_needs, remind, outcomes_of(remind)
)
