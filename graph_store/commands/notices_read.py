"""通知 | What a person does with notices: read them, and say how they want to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Seen
from graph_store.commands.facts import NotYours, RecordNotFound, ValueIsInvalid, Written
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import outcomes_of
from graph_store.commands.rows import instant_text, tie
from graph_store.model import MODEL
from graph_store.model.people import PERSON
from graph_store.model.tasks import NOTICE, NOTICE_PREFERENCE

MOST_AT_ONCE = 500
PREFERENCE = "noticePreferences"


@dataclass(frozen=True, slots=True)
class Reading:
    """Notices that the person has read."""

    person: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticesRead:
    """The deed: how many of them were unread until now."""

    count: int


@dataclass(frozen=True, slots=True)
class Preferring:
    """How the person wants to be told."""

    person: str
    by_email: bool
    language: str


def mark_read(
    given: Reading, seen: Seen, draft: Draft
) -> NoticesRead | NotYours | RecordNotFound | ValueIsInvalid:
    """The person's notices, read now; another's are none."""
    fact = _not_oneself(given.person, seen)
    if fact:
        return fact
    if not 0 < len(given.ids) <= MOST_AT_ONCE:
        return ValueIsInvalid(
            "ids", f"应有 1 至 {MOST_AT_ONCE} 条", f"must name 1 to {MOST_AT_ONCE} notices"
        )
    notices = []
    for each in dict.fromkeys(given.ids):
        notice = draft.held(each, NOTICE)
        if notice is None or given.person not in {one.far for one in seen.ties(notice, "person")}:
            return RecordNotFound(each, NOTICE.name)
        notices.append(notice)
    unread = [each for each in notices if each["readAt"] is None]
    for notice in unread:
        draft.set(notice, {"readAt": instant_text(seen.now)})
    return NoticesRead(len(unread))


def prefer(
    given: Preferring, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | ValueIsInvalid:
    """The person's preference, made or changed."""
    fact = _not_oneself(given.person, seen)
    if fact:
        return fact
    person = draft.held(given.person, PERSON)
    if person is None:
        return RecordNotFound(given.person, PERSON.name)
    values = {"byEmail": given.by_email, "language": given.language}
    for each in seen.ties(person, PREFERENCE):
        known = draft.held(each.far, NOTICE_PREFERENCE)
        if known is not None:
            draft.set(known, values)
            return draft.written(known)
    assert NOTICE_PREFERENCE.visible is not None
    named = {"name": f"{person['name']}的通知偏好", "visibility": NOTICE_PREFERENCE.visible.value}
    made = draft.create(NOTICE_PREFERENCE, named | values, [tie("person", person.id)])
    return draft.written(made)


def _not_oneself(person: str, seen: Seen) -> NotYours | None:
    """Only a person themself, who may write."""
    if seen.actor.person is None or seen.actor.person != person:
        return NotYours("sign_on", "")
    return None if seen.actor.may_write else NotYours("graph_write", "")


def _reading_needs(given: Reading) -> Needs:
    ids = given.ids[:MOST_AT_ONCE]
    hop = ties_of(MODEL, NOTICE.name, "person")
    questions = frozenset(Question(hop, each, holds=False) for each in ids)
    return Needs(frozenset(ids), questions)


def _preferring_needs(given: Preferring) -> Needs:
    hop = ties_of(MODEL, PERSON.name, PREFERENCE)
    return Needs(frozenset({given.person}), frozenset({Question(hop, given.person)}))


MARK_NOTICES_READ: Decision[Reading, Any] = Decision(
    "markNoticesRead", _reading_needs, mark_read, outcomes_of(mark_read)
)
SET_NOTICE_PREFERENCE: Decision[Preferring, Any] = Decision(
    "setNoticePreference", _preferring_needs, prefer, outcomes_of(prefer)
)
