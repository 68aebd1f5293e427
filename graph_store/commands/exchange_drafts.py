"""干部交流草案 | Drafting an exchange, and changing the draft: the host is whoever offers the post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_store.commands.actors import HUB
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.exchange_facts import NotEmployedAtHome, SameInstitution
from graph_store.commands.exchange_rules import belongs, end
from graph_store.commands.exchanges import MACHINE, SEND
from graph_store.commands.facts import (
    DatesOutOfOrder,
    Fact,
    IdentifierIsInvalid,
    NotNow,
    NotYours,
    RecordHasChanged,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.moving import begin
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import outcomes_of, unchanged
from graph_store.commands.rows import Tie, tie
from graph_store.commands.values import EMPTY, checked, out_of_order
from graph_store.model import MODEL
from graph_store.model.exchanges import EXCHANGE
from graph_store.model.institutions import INSTITUTION
from graph_store.model.people import PERSON
from graph_store.model.posts import POST

PERIOD = (("since", "until"),)
PROPERTIES = tuple(
    MODEL.property(EXCHANGE.name, name) for name in ("name", "nameEn", "since", "until", "purpose")
)
"""What a client writes; the name is made of person and post where none is given."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody of home shall hold a post for a time; values: since, until, and if wanted name, nameEn, purpose."""

    person: str
    home: str
    post: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revision:
    """Changes to a draft as it was read at `version`; what is not given stays."""

    id: str
    version: int
    values: Mapping[str, Any] = field(default_factory=dict)
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Sound:
    """A proposal that may be written down as it is."""

    values: Mapping[str, Any]
    ties: Mapping[str, tuple[Tie, ...]]


Unsound = (
    NotYours
    | RecordNotFound
    | ValueIsInvalid
    | IdentifierIsInvalid
    | DatesOutOfOrder
    | SameInstitution
    | NotEmployedAtHome
)


def draft_exchange(
    given: Proposal, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | ValueIsInvalid
    | IdentifierIsInvalid
    | DatesOutOfOrder
    | SameInstitution
    | NotEmployedAtHome
):
    """A draft, by home or by the person."""
    sound = looked_over(given, seen, draft)
    return sound if isinstance(sound, Fact) else draft.written(written_down(sound, seen, draft))


def looked_over(given: Proposal, seen: Seen, draft: Draft) -> Sound | Unsound:
    """The proposal, if there is nothing against drafting it; of the rest of the rules submitting asks."""
    person, home = draft.held(given.person, PERSON), draft.held(given.home, INSTITUTION)
    if person is None:
        return RecordNotFound(given.person, PERSON.name)
    if home is None:
        return RecordNotFound(given.home, INSTITUTION.name)
    host = _host(given.post, seen, draft)
    if isinstance(host, RecordNotFound):
        return host
    if fact := _not_theirs(person, home, seen):
        return fact
    if not belongs(seen.ties(person, "affiliations"), home.id, seen.today):
        return _not_there(person, seen) or NotEmployedAtHome(person.id, home.id)
    if host == home.id:
        return SameInstitution(host)
    post = draft.held(given.post, POST)
    assert post is not None
    values = _sound({"name": f"{person['name']}：{post['name']}", **_given(given.values)})
    if isinstance(values, Fact):
        return values
    ends = {"person": person.id, "home": home.id, "host": host, "post": post.id}
    return Sound(values, {hop: (tie(hop, far),) for hop, far in ends.items()})


def written_down(sound: Sound, seen: Seen, draft: Draft) -> Held:
    """The new draft."""
    values = {**sound.values, "state": MACHINE.initial}
    ties = [each for several in sound.ties.values() for each in several]
    record = draft.create(EXCHANGE, values, ties)
    begin(MACHINE, record, sound.ties, seen, draft)
    return record


def edit_exchange(
    given: Revision, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | RecordHasChanged
    | NotNow
    | ValueIsInvalid
    | IdentifierIsInvalid
    | DatesOutOfOrder
    | SameInstitution
):
    """The draft with what was given changed."""
    record = _current(given, seen, draft)
    if isinstance(record, Fact):
        return record
    ties = _to_post(record, given.post, seen, draft)
    if isinstance(ties, Fact):
        return ties
    values = _sound(_given(given.values), record.properties)
    if isinstance(values, Fact):
        return values
    draft.set(record, values)
    stood = seen.ties(record, "post", "host") if ties else frozenset()
    draft.end(record, stood - ties)
    draft.link(record, ties - stood)
    return draft.written(record)


def _current(
    given: Revision, seen: Seen, draft: Draft
) -> Held | NotYours | RecordNotFound | RecordHasChanged | NotNow:
    record = draft.held(given.id, EXCHANGE)
    if record is None:
        return RecordNotFound(given.id, EXCHANGE.name)
    person = draft.held(end(seen, record, "person"), PERSON)
    home = draft.held(end(seen, record, "home"), INSTITUTION)
    assert person is not None
    assert home is not None
    if fact := _not_theirs(person, home, seen):
        return RecordNotFound(record.id, EXCHANGE.name) if seen.hides(record) else fact
    if record["state"] != MACHINE.initial:
        return NotNow(record.id, "editExchange", record["state"])
    return unchanged(record, given.version)


def _to_post(
    record: Held, post: str | None, seen: Seen, draft: Draft
) -> frozenset[Tie] | RecordNotFound | SameInstitution:
    """The new ties where the post is another one."""
    if post is None:
        return frozenset()
    host = _host(post, seen, draft)
    if isinstance(host, RecordNotFound):
        return host
    if host == end(seen, record, "home"):
        return SameInstitution(host)
    return frozenset({tie("post", post), tie("host", host)})


def _host(post: str, seen: Seen, draft: Draft) -> str | RecordNotFound:
    """Who offers the post, if the actor may know of it."""
    held = draft.held(post, POST)
    if held is None:
        return RecordNotFound(post, POST.name)
    host = end(seen, held, "institution")
    is_hidden = (
        seen.actor != HUB and seen.hides(held) and seen.lacks(SEND, at={host}, about=EXCHANGE.word)
    )
    return RecordNotFound(post, POST.name) if is_hidden else host


def _not_theirs(person: Held, home: Held, seen: Seen) -> NotYours | None:
    """What is missing to put the person forward; they may do so themselves."""
    is_oneself = seen.actor.person == person.id and seen.actor.may_write
    return None if is_oneself else seen.lacks(SEND, at={home.id}, about=EXCHANGE.word)


def _not_there(person: Held, seen: Seen) -> RecordNotFound | None:
    """Whoever is not home's own and hidden is told of as nobody."""
    is_hidden = person.id != seen.actor.person and seen.actor != HUB and seen.hides(person)
    return RecordNotFound(person.id, PERSON.name) if is_hidden else None


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is left to be made: the name."""
    return {key: each for key, each in values.items() if each is not None or key != "name"}


def _sound(
    given: Mapping[str, Any], stands: Mapping[str, Any] | None = None
) -> dict[str, Any] | ValueIsInvalid | IdentifierIsInvalid | DatesOutOfOrder:
    values = checked(PROPERTIES, given)
    if isinstance(values, Fact):
        return values
    whole = {**(stands or {}), **values}
    for name in ("since", "until"):
        if not whole.get(name):
            return ValueIsInvalid(name, EMPTY.zh, EMPTY.en)
    return out_of_order(PERIOD, whole) or values


def _needs_of_proposal(given: Proposal) -> Needs:
    questions = {
        Question(ties_of(MODEL, "Post", "institution"), given.post),
        Question(ties_of(MODEL, "Person", "affiliations"), given.person, holds=False),
    }
    return Needs(frozenset({given.person, given.home, given.post}), frozenset(questions))


def _needs_of_revision(given: Revision) -> Needs:
    hops = ("person", "home", "host", "post")
    questions = {Question(ties_of(MODEL, EXCHANGE.name, hop), given.id) for hop in hops}
    if given.post is None:
        return Needs(frozenset({given.id}), frozenset(questions))
    questions.add(Question(ties_of(MODEL, "Post", "institution"), given.post))
    return Needs(frozenset({given.id, given.post}), frozenset(questions))


def needs_of_proposals(*given: Proposal) -> Needs:
    """What drafting these asks for: for commands that draft several."""
    each = [_needs_of_proposal(one) for one in given]
    locks = frozenset(id_ for one in each for id_ in one.locks)
    return Needs(locks, frozenset(question for one in each for question in one.questions))


DRAFT_EXCHANGE = Decision(
    "draftExchange", _needs_of_proposal, draft_exchange, outcomes_of(draft_exchange)
)
EDIT_EXCHANGE = Decision(
    "editExchange", _needs_of_revision, edit_exchange, outcomes_of(edit_exchange)
)
