"""通知 | What people are told, written with the deed that they are told of: in the hub exactly once, delivered further by a flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.rows import tie
from graph_store.model import MODEL
from graph_store.model.tasks import NOTICE
from graph_store.model.words import Option

DELIVER = "deliver_notices"
"""The topic under which the outbox hands a notice on, to e-mail and webhooks; its subject is the notice's id."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said, in both languages; `kind` tells programs what it is about."""

    kind: str
    title: str
    title_en: str
    body: str
    body_en: str


def tell(said: Wording, person: str, about: Held, seen: Seen, draft: Draft) -> Held:
    """The notice to a person, who is held; it is handed on from now."""
    values = {
        "name": said.title,
        "nameEn": said.title_en,
        "kind": said.kind,
        "body": said.body,
        "bodyEn": said.body_en,
        "about": about.id,
    }
    notice = draft.create(NOTICE, values, (tie("person", person),))
    draft.tell(f"{DELIVER}/{notice.id}", DELIVER, notice.id, seen.now)
    return notice


def tell_of_state(  # noqa: PLR0913, PLR0917 - what a state brings with it
    record: Held, state: Option, person: str, owed: Sequence[Held], seen: Seen, draft: Draft
) -> Held:
    """The person is told where their record stands now, and what happens next: who owes which decision until when."""
    noun, zh, en = record.noun, "", ""
    for task in owed:
        role = next(o for o in _roles() if o.value == task["role"])
        zh += f"接下来由{role.zh}办理，应于 {task['dueAt'][:10]} 前完成。"
        en += f" Next: the {role.value} decides, by {task['dueAt'][:10]}."
    said = Wording(
        kind=f"{noun.word}_{state.value}",
        title=f"{noun.zh}：{state.zh}",
        title_en=f"{noun.name}: {state.value.replace('_', ' ')}",
        body=f"{record['name']}：{state.zh}。{zh}",
        body_en=f"{record['nameEn'] or record['name']}: {state.en}.{en}",
    )
    return tell(said, person, record, seen, draft)


def tell_who_owes(task: Held, people: frozenset[str], seen: Seen, draft: Draft) -> None:
    """Those who owe a decision hear of it as it becomes theirs."""
    day = task["dueAt"][:10]
    said = Wording(
        kind="task_opened",
        title="新的待办",
        title_en="A decision awaits you",
        body=f"{task['name']}：请于 {day} 前办理。",
        body_en=f"{task['nameEn'] or task['name']}: please decide by {day}.",
    )
    for each in sorted(people):
        tell(said, each, task, seen, draft)


def _roles() -> tuple[Option, ...]:
    declared = MODEL.hops("Person")["roles"].property("role").options
    assert declared is not None
    return declared.options
