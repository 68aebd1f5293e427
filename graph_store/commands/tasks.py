"""待办 | The decisions that people owe: opened and closed in the same transaction as the move that makes and settles them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.rows import instant_text, tie
from graph_store.model.tasks import TASK

if TYPE_CHECKING:
    from graph_store.commands.machines import Owes

OPEN, DONE, DROPPED = "open", "done", "dropped"

REFUSAL = "reject"
"""The move that decides against whatever is owed."""

ABOUT: Mapping[str, str] = {
    "CadreExchange": "exchange",
    "Registration": "registration",
    "TrainingClass": "trainingClass",
}
"""The hop of a task to the record that it is about, by its noun."""

MOST_URGENT = 9


def place(institution: str, priority: int | None, due_at: str) -> str:
    """Where an open task lies in the inbox of its institution: the more urgent first, then what is due first.

    >>> place("cd-institution-1", 2, "2026-11-30T00:00:00.000Z")
    'cd-institution-1 7 2026-11-30T00:00:00.000Z'
    """
    urgency = min(max(priority or 0, 0), MOST_URGENT)
    return f"{institution} {MOST_URGENT - urgency} {due_at}"


def settle(record: Held, move: str, seen: Seen, draft: Draft) -> None:
    """The open tasks about the record are done where the move was the one owed or a refusal of it, else dropped."""
    for each in seen.ties(record, "tasks"):
        task = draft.held(each.far, TASK)
        if task is not None and task["state"] == OPEN:
            state = DONE if move in {task["move"], REFUSAL} else DROPPED
            values = {
                "state": state,
                "outcome": move,
                "doneAt": instant_text(seen.now),
                "doneBy": seen.actor.id,
                "doneFor": draft.deed.acting_for,
                "place": None,
            }
            draft.set(task, values)


def open_owed(record: Held, owes: Owes, at: str, seen: Seen, draft: Draft) -> Held:
    """The task by which somebody at the institution `at` owes the move; both records are held."""
    assert TASK.visible is not None
    priority = owes.urgency(record, seen) if owes.urgency else 0
    due_at = instant_text(seen.now + owes.within)
    values = {
        "name": record["name"],
        "state": OPEN,
        "move": owes.move,
        "role": owes.role.value,
        "priority": priority,
        "dueAt": due_at,
        "place": place(at, priority, due_at),
        "visibility": TASK.visible.value,
    }
    ties = (tie("institution", at), tie(ABOUT[record.noun.name], record.id))
    return draft.create(TASK, values, ties)
