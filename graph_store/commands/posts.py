"""岗位 | Commands on posts: offered by an institution, changed within what is promised already, closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph_store.commands.authority import Authority, Ties
from graph_store.commands.drafts import Held, Seen, WorkingCopy
from graph_store.commands.ends import ByStatus
from graph_store.commands.exchange_facts import PeriodOutsidePost, PostIsTaken
from graph_store.commands.exchange_readers import EVER, TO_POST, most_at_once
from graph_store.commands.exchange_rules import OPEN, at_post, outside
from graph_store.commands.facts import ValueIsInvalid
from graph_store.commands.readers import Question
from graph_store.commands.records import Rules, creating, editing, ending
from graph_store.model.posts import POST

CLOSED = "closed"


def _held_by(id_: str | None, _given: Ties, _copy: WorkingCopy) -> frozenset[Question]:
    return frozenset() if id_ is None else frozenset({Question(TO_POST, id_)})


def _within_promises(
    post: Held | None, after: Mapping[str, Any], seen: Seen
) -> ValueIsInvalid | PostIsTaken | PeriodOutsidePost | None:
    """It has room for somebody, and for all to whom it is promised, for all of their time."""
    if after["vacancies"] < 1:
        return ValueIsInvalid("vacancies", "至少为 1", "it must be 1 at least")
    promised = at_post(post.id, seen) if post else []
    taken = most_at_once(promised, *EVER)
    if post and taken > after["vacancies"]:
        first, last = (
            min(each["since"] for each in promised),
            max(each["until"] for each in promised),
        )
        return PostIsTaken(post.id, after["vacancies"], taken, first, last)
    return next((fact for fact in (outside(after, each) for each in promised) if fact), None)


RULES = Rules(
    POST,
    ByStatus(CLOSED),
    Authority(begins_at="institution"),
    ties=("institution", "topics"),
    fixed=("institution",),
    periods=(("since", "until"),),
    defaults={"status": OPEN},
    further=_held_by,
    limits=_within_promises,
    limit_facts=(PostIsTaken, PeriodOutsidePost),
)

CREATE_POST = creating("createPost", RULES)
EDIT_POST = editing("editPost", RULES)
CLOSE_POST = ending("closePost", RULES)
