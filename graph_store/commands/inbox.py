"""收件箱 | What people do with a decision that is owed: decide, hand over, copy. Escalation and reminders are the hub's own.

A task is decided by the decision of its record: the same rules, the same facts, whichever door it came through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from graph_store.commands.actors import HUB, Doing
from graph_store.commands.authority import concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.deciders import COLLEAGUES, MAY_DECIDE, is_any
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import Fact, NotYours, RecordNotFound, ValueIsInvalid, Written
from graph_store.commands.inbox_facts import MayNotDecide, NotAColleague, NotAnAnswer, TaskIsSettled
from graph_store.commands.machines import Step
from graph_store.commands.machines_of import LIVES, Lives
from graph_store.commands.notices import Wording, tell
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import outcomes_of
from graph_store.commands.rows import tie
from graph_store.commands.tasks import ABOUT, OPEN
from graph_store.model import MODEL
from graph_store.model.people import PERSON
from graph_store.model.tasks import TASK
from graph_store.rights import Role

ACT = Doing(frozenset({Role.APPROVER, Role.INSTITUTION_ADMIN, Role.SERVICE}))
"""Have to do with what the institution owes; the record's own decision says who decides."""

MOST_COPIES = 20


@dataclass(frozen=True, slots=True)
class Deciding:
    """A task is decided by a move. `noun` and `record` are what it is about, which never changes; empty where there is no task."""

    task: str
    move: str
    reason: str | None = None
    noun: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class HandingOver:
    """A task is given to a colleague."""

    task: str
    to: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Copying:
    """Colleagues are told of a task."""

    task: str
    people: tuple[str, ...]


# ----------------------------------------------------------------------------------------------------------- deciding
def deciding(lives: Lives) -> Decision[Deciding, Any]:
    """The decision to decide, over these machines."""
    inner = [each for life in lives.values() for each in life.decisions.values()]
    own = (Written, RecordNotFound, NotYours, TaskIsSettled, NotAnAnswer)
    outcomes = dict.fromkeys((*own, *(kind for each in inner for kind in each.outcomes)))
    return Decision(
        "decideTask", partial(_deciding_needs, lives), partial(decide, lives), tuple(outcomes)
    )


def decide(lives: Lives, given: Deciding, seen: Seen, draft: Draft) -> Any:
    """The task, settled by its record's own decision."""
    task = open_task(given.task, seen, draft)
    if isinstance(task, Fact):
        return task
    life = lives.get(given.noun)
    decision = life.decisions.get(given.move) if life else None
    if life is None or decision is None or given.record not in about(task, seen):
        return NotAnAnswer(task.id, given.move)
    step = life.given(Step(given.record, None, given.reason))
    outcome = decision.decide(step, seen, draft)
    return draft.written(task) if isinstance(outcome, Written) else outcome


def _deciding_needs(lives: Lives, given: Deciding) -> Needs:
    life = lives.get(given.noun)
    decision = life.decisions.get(given.move) if life else None
    locks, questions = frozenset({given.task}), asked_of(given.task)
    if life is None or decision is None:
        return Needs(locks, questions)
    needs = decision.needs(life.given(Step(given.record, None, given.reason)))
    return Needs(locks | needs.locks, questions | needs.questions, needs.further)


# ------------------------------------------------------------------------------------------------ handing over, copying
def hand_over(
    given: HandingOver, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | TaskIsSettled | MayNotDecide:
    """The task, owed by one colleague, who is told."""
    task = open_task(given.task, seen, draft)
    if isinstance(task, Fact):
        return task
    if draft.held(given.to, PERSON) is None:
        return RecordNotFound(given.to, PERSON.name)
    at = min(institutions(task, seen), default="")
    may = is_any(seen, Question(MAY_DECIDE, f"{at} {given.to}"), about=kind_of(task, seen))
    if not may or given.to in subjects(task, seen):
        return MayNotDecide(given.to, at)
    draft.act_for(principals(task, seen))
    stood = seen.ties(task, "assignee")
    draft.end(task, stood)
    draft.link(task, [tie("assignee", given.to)])
    tell(_handed_over(task, given.reason), given.to, task, seen, draft)
    return draft.written(task)


def copy(
    given: Copying, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | TaskIsSettled | NotAColleague | ValueIsInvalid:
    """The task, with colleagues who are told of it and who see it, as they belong to its institution."""
    if not 0 < len(given.people) <= MOST_COPIES:
        return ValueIsInvalid(
            "people", f"应有 1 至 {MOST_COPIES} 人", f"must name 1 to {MOST_COPIES} people"
        )
    task = open_task(given.task, seen, draft)
    if isinstance(task, Fact):
        return task
    at = min(institutions(task, seen), default="")
    for each in given.people:
        if draft.held(each, PERSON) is None:
            return RecordNotFound(each, PERSON.name)
        if not is_any(seen, Question(COLLEAGUES, f"{at} {each}"), {"HOLDS"}):
            return NotAColleague(each, at)
    draft.act_for(principals(task, seen))
    stood = {each.far for each in seen.ties(task, "watchers")}
    new = sorted(set(given.people) - stood)
    draft.link(task, [tie("watchers", each) for each in new])
    for each in new:
        tell(_copied(task), each, task, seen, draft)
    return draft.written(task)


# ------------------------------------------------------------------------------------------------------ what they share
def open_task(
    id_: str, seen: Seen, draft: Draft
) -> Held | RecordNotFound | NotYours | TaskIsSettled:
    """The task, where the actor has to do with what its institution owes and it is still owed."""
    task = draft.held(id_, TASK)
    if task is None:
        return RecordNotFound(id_, TASK.name)
    if fact := lacking(task, seen):
        return fact
    return task if task["state"] == OPEN else settled(task)


def lacking(task: Held, seen: Seen) -> NotYours | RecordNotFound | None:
    """What keeps the actor from acting on what its institution owes; where they may not even see the task, there is none."""
    at, kind = institutions(task, seen), kind_of(task, seen)
    return concealed(seen.lacks(ACT, at=at, about=kind), task, seen)


def principals(task: Held, seen: Seen) -> frozenset[str]:
    """In whose place alone the actor acts on it."""
    return seen.deputy_for(ACT, at=institutions(task, seen), about=kind_of(task, seen))


def settled(task: Held) -> TaskIsSettled:
    """Who settled it, how and when."""
    who = task["doneBy"] or HUB.id
    return TaskIsSettled(task.id, task["outcome"] or task["state"], who, task["doneAt"] or "")


def institutions(task: Held, seen: Seen) -> frozenset[str]:
    """Whose people owe it."""
    return frozenset(each.far for each in seen.ties(task, "institution"))


def about(task: Held, seen: Seen) -> frozenset[str]:
    """The record that it is about."""
    return frozenset(each.far for each in seen.ties(task, *ABOUT.values()))


def kind_of(task: Held, seen: Seen) -> str | None:
    """The word of the kind of record that it is about."""
    found = (noun for noun, hop in ABOUT.items() if seen.ties(task, hop))
    return next((MODEL[noun].word for noun in found), None)


def subjects(task: Held, seen: Seen) -> frozenset[str]:
    """The person whom its record is about, if `and_subjects` was asked."""
    return _subjects(seen.copy, task.id)


def asked_of(task: str, *hops: str) -> frozenset[Question]:
    """What is asked of every task: who owes it, what it is about; and these ties besides, whose far ends are held."""
    looked = ("institution", *ABOUT.values())
    found = {Question(ties_of(MODEL, TASK.name, name), task, holds=False) for name in looked}
    return frozenset(found | {Question(ties_of(MODEL, TASK.name, name), task) for name in hops})


def and_subjects(task: str, copy: WorkingCopy) -> frozenset[Question]:
    """Asked further: whom its record is about."""
    return frozenset(_subject_questions(copy, task))


def at_its_institution(task: str, copy: WorkingCopy) -> frozenset[str]:
    """The institution that owes it, as far as it is known."""
    if copy.held(task) is None:
        return frozenset()
    return frozenset(each.far for each in copy.ties(TASK, task, ("institution",)))


def _subject_questions(copy: WorkingCopy, task: str) -> Iterator[Question]:
    for noun, hop in ABOUT.items() if copy.held(task) else ():
        subject = MODEL.subject(noun)
        if subject is not None:
            records = copy.ties(TASK, task, (hop,))
            yield from (Question(ties_of(MODEL, noun, subject.name), each.far) for each in records)


def _subjects(copy: WorkingCopy, task: str) -> frozenset[str]:
    return frozenset(
        row["far"]
        for question in _subject_questions(copy, task)
        for row in copy.answer(question.reader, question.key)
    )


def _handed_over(task: Held, reason: str | None) -> Wording:
    because, because_en = (f"原因：{reason}。", f" Why: {reason}.") if reason else ("", "")
    return Wording(
        "task_handed_over",
        "移交给您的待办",
        "A decision was handed over to you",
        f"{task['name']}：请您办理，应于 {task['dueAt'][:10]} 前完成。{because}",
        f"{task['nameEn'] or task['name']}: please decide, by {task['dueAt'][:10]}.{because_en}",
    )


def _copied(task: Held) -> Wording:
    return Wording(
        "task_copied",
        "抄送给您的待办",
        "You were sent a copy of a decision that is owed",
        f"{task['name']}：供您知悉，应于 {task['dueAt'][:10]} 前办理。",
        f"{task['nameEn'] or task['name']}: for your information; it is due by {task['dueAt'][:10]}.",
    )


def _handing_over_needs(given: HandingOver) -> Needs:
    def further(copy: WorkingCopy) -> frozenset[Question]:
        at = at_its_institution(given.task, copy)
        may = frozenset(Question(MAY_DECIDE, f"{each} {given.to}") for each in at)
        return may | and_subjects(given.task, copy)

    return Needs(frozenset({given.task, given.to}), asked_of(given.task, "assignee"), further)


def _copying_needs(given: Copying) -> Needs:
    def further(copy: WorkingCopy) -> frozenset[Question]:
        at = at_its_institution(given.task, copy)
        keys = (f"{each} {person}" for each in at for person in given.people)
        return frozenset(Question(COLLEAGUES, key) for key in keys)

    locks = frozenset({given.task, *given.people[:MOST_COPIES]})
    return Needs(locks, asked_of(given.task, "watchers"), further)


DECIDE_TASK = deciding(LIVES)
HAND_OVER_TASK: Decision[HandingOver, Any] = Decision(
    "handOverTask", _handing_over_needs, hand_over, outcomes_of(hand_over)
)
COPY_TASK: Decision[Copying, Any] = Decision("copyTask", _copying_needs, copy, outcomes_of(copy))
