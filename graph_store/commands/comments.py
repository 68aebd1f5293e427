"""意见 | What is said about a decision that is owed; a question to whom it is about moves the due date once, and an answer is told to who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import Fact, NotYours, RecordNotFound, ValueIsInvalid, Written
from graph_store.commands.inbox import (
    and_subjects,
    asked_of,
    institutions,
    lacking,
    open_task,
    principals,
    subjects,
)
from graph_store.commands.inbox_facts import NobodyToAsk, TaskIsSettled
from graph_store.commands.notices import Wording, tell
from graph_store.commands.readers import Question, Reader
from graph_store.commands.records import outcomes_of
from graph_store.commands.rows import instant_text, tie
from graph_store.commands.tasks import place
from graph_store.commands.values import EMPTY
from graph_store.model.people import PERSON
from graph_store.model.tasks import COMMENT, TASK

ANSWER_WITHIN = timedelta(days=3)
"""How long whoever is asked has, at least, before the decision is due: once for a task."""

CHARACTERS = 2_000
NAME_CHARACTERS = 40

# key: a task; value: who asked a question about it
ASKERS = Reader(
    "who asked about tasks",
    """\
UNWIND $b.keys AS key
MATCH (:Task {id: key})<-[:SAID_OF]-(c:Comment)-[:SAID_BY]->(p:Person) WHERE c.isQuestion
RETURN DISTINCT key, {far: p.id} AS value""",
    finds_edges=True,
)


@dataclass(frozen=True, slots=True)
class Saying:
    """`author`, who must be the actor, says this about a task."""

    author: str
    task: str
    text: str


def comment(
    given: Saying, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | ValueIsInvalid:
    """The comment; who has to do with the task is told."""
    task = draft.held(given.task, TASK)
    if task is None:
        return RecordNotFound(given.task, TASK.name)
    asked = subjects(task, seen)
    is_asked = seen.actor.person in asked and seen.actor.may_write
    if not is_asked and (fact := lacking(task, seen)):
        return fact
    author = _author(given, seen, draft)
    if isinstance(author, Fact):
        return author
    told = {each.far for each in seen.ties(task, "assignee", "watchers")}
    if author.id in asked:
        told |= {row["far"] for row in seen.copy.answer(ASKERS, task.id)}
    made = _said(given, task, author, seen, draft, is_question=False)
    for each in sorted(told - {author.id}):
        tell(_commented(task, author, given.text), each, task, seen, draft)
    return draft.written(made)


def ask_sender(
    given: Saying, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | ValueIsInvalid | TaskIsSettled | NobodyToAsk:
    """The question; whoever the record is about is told, and the first one gives them time to answer."""
    task = open_task(given.task, seen, draft)
    if isinstance(task, Fact):
        return task
    author = _author(given, seen, draft)
    if isinstance(author, Fact):
        return author
    asked = subjects(task, seen) - {author.id}
    if not asked:
        return NobodyToAsk(task.id)
    made = _said(given, task, author, seen, draft, is_question=True)
    until = instant_text(seen.now + ANSWER_WITHIN)
    if not seen.copy.answer(ASKERS, task.id) and task["dueAt"] < until:
        at = min(institutions(task, seen), default="")
        draft.set(task, {"dueAt": until, "place": place(at, task["priority"], until)})
    for each in sorted(asked):
        tell(_questioned(task, given.text), each, task, seen, draft)
    return draft.written(made)


def _author(given: Saying, seen: Seen, draft: Draft) -> Held | RecordNotFound | ValueIsInvalid:
    author = draft.held(given.author, PERSON)
    if author is None or author.id != seen.actor.person:
        return RecordNotFound(given.author, PERSON.name)
    if not given.text.strip():
        return ValueIsInvalid("text", EMPTY.zh, EMPTY.en)
    if len(given.text) > CHARACTERS:
        return ValueIsInvalid(
            "text", f"不能超过 {CHARACTERS} 字", f"it has more than {CHARACTERS} characters"
        )
    return author


def _said(  # noqa: PLR0913 - who says what of what
    given: Saying, task: Held, author: Held, seen: Seen, draft: Draft, *, is_question: bool
) -> Held:
    at = institutions(task, seen)
    draft.act_for(principals(task, seen))
    ties = [tie("task", task.id), tie("author", author.id)]
    ties += [tie("institution", each) for each in sorted(at)]
    assert COMMENT.visible is not None
    values = {
        "name": given.text.strip()[:NAME_CHARACTERS],
        "text": given.text.strip(),
        "isQuestion": is_question,
        "visibility": COMMENT.visible.value,
    }
    return draft.create(COMMENT, values, ties)


def _commented(task: Held, author: Held, text: str) -> Wording:
    who, who_en = author["name"], author["nameEn"] or author["name"]
    return Wording(
        "task_commented",
        f"待办新意见：{task['name']}",
        f"A comment on {task['nameEn'] or task['name']}",
        f"{who}：{text.strip()}",
        f"{who_en}: {text.strip()}",
    )


def _questioned(task: Held, text: str) -> Wording:
    return Wording(
        "task_question",
        f"需要您答复：{task['name']}",
        f"Please answer: {task['nameEn'] or task['name']}",
        f"审批方询问：{text.strip()} 请在控制台的“通知”中答复。",
        f"Whoever decides asks: {text.strip()} Answer it under Notices in the console.",
    )


def _needs(given: Saying) -> Needs:
    def further(copy: WorkingCopy) -> frozenset[Question]:
        return and_subjects(given.task, copy)

    asked = asked_of(given.task, "assignee", "watchers", "institution")
    questions = asked | {Question(ASKERS, given.task)}
    return Needs(frozenset({given.task, given.author}), questions, further)


COMMENT_ON_TASK: Decision[Saying, Any] = Decision(
    "commentOnTask", _needs, comment, outcomes_of(comment)
)
ASK_SENDER: Decision[Saying, Any] = Decision(
    "askSender", _needs, ask_sender, outcomes_of(ask_sender)
)
