"""交流意向 | Commands on wishes to be exchanged: by the person themself, or by an administrator of their home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph_store.commands.authority import Authority, Ties
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.ends import ByStatus
from graph_store.commands.exchange_facts import NotEmployedAtHome
from graph_store.commands.exchange_rules import belongs
from graph_store.commands.facts import Fact, NotYours, RecordNotFound, ValueIsInvalid
from graph_store.commands.proposal_facts import WishIsNotOpen, WishIsOpen
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import (
    Create,
    Edit,
    End,
    Rules,
    create,
    creating,
    edit,
    editing,
    end,
    ending,
)
from graph_store.commands.values import EMPTY
from graph_store.model import MODEL
from graph_store.model.wishes import EXCHANGE_WISH

OPEN, WITHDRAWN, PLACED = "open", "withdrawn", "placed"
MONTHS_MOST = 36
_SHORTEST_MONTH_DAYS = 28


@dataclass(frozen=True, slots=True)
class OneselfOrHome(Authority):
    """The person whom the record is about, whoever else may."""

    def lacks_to_create(self, given: Ties, seen: Seen, draft: Draft) -> NotYours | None:
        """What is missing to make a record with these ties."""
        people = {each.far for each in given.get("person", ())}
        if _is_oneself(people, seen):
            return None
        return Authority.lacks_to_create(self, given, seen, draft)

    def lacks_to_write(
        self, record: Held, given: Ties, seen: Seen, draft: Draft
    ) -> NotYours | RecordNotFound | None:
        """What is missing to change the record, and to give it these ties."""
        if _is_oneself({each.far for each in seen.ties(record, "person")}, seen):
            return None
        return Authority.lacks_to_write(self, record, given, seen, draft)


def _is_oneself(people: set[str], seen: Seen) -> bool:
    return seen.actor.may_write and people == {seen.actor.person}


def _limits(_wish: Held | None, after: Mapping[str, Any], _seen: Seen) -> ValueIsInvalid | None:
    """Both days are known, and leave room for the months."""
    if not 1 <= after["months"] <= MONTHS_MOST:
        return ValueIsInvalid(
            "months", f"应为 1 到 {MONTHS_MOST}", f"it must be 1 to {MONTHS_MOST}"
        )
    for name in ("since", "until"):
        if not after.get(name):
            return ValueIsInvalid(name, EMPTY.zh, EMPTY.en)
    days = (date.fromisoformat(after["until"]) - date.fromisoformat(after["since"])).days + 1
    if days < after["months"] * _SHORTEST_MONTH_DAYS:
        return ValueIsInvalid(
            "months",
            "超出起止日之间的时间",
            "more than there is between the first and the last day",
        )
    return None


RULES = Rules(
    EXCHANGE_WISH,
    ByStatus(WITHDRAWN),
    OneselfOrHome(begins_at="home"),
    ties=("person", "home", "divisions", "institutions"),
    fixed=("person", "home"),
    periods=(("since", "until"),),
    reads=("person", "home"),
    defaults={"status": OPEN, "name": "交流意向"},
    kept=("status",),
    limits=_limits,
)

_CREATING = creating("createExchangeWish", RULES)
_EDITING = editing("editExchangeWish", RULES)
_ENDING = ending("withdrawExchangeWish", RULES)


def create_wish(given: Create, seen: Seen, draft: Draft) -> Any:
    """A new wish; the person belongs to home today and has no other that is open."""
    if fact := RULES.authority.lacks_to_create(given.ties, seen, draft):
        return fact
    for person in given.ties.get("person", ()):
        for home in given.ties.get("home", ()):
            refused = _not_home(person.far, home.far, seen, draft)
            if refused := refused or _open(person.far, seen, draft):
                return refused
    return create(RULES, given, seen, draft)


def edit_wish(given: Edit, seen: Seen, draft: Draft) -> Any:
    """The wish with what was given changed, while it is open."""
    return _ended(given.id, given.ties, seen, draft) or edit(RULES, given, seen, draft)


def withdraw_wish(given: End, seen: Seen, draft: Draft) -> Any:
    """The wish taken back, while it is open."""
    return _ended(given.id, {}, seen, draft) or end(RULES, given, seen, draft)


def _not_home(person: str, home: str, seen: Seen, draft: Draft) -> Fact | None:
    held = draft.held(person)
    if held is None:
        return RecordNotFound(person, "Person")
    if belongs(seen.ties(held, "affiliations"), home, seen.today):
        return None
    return NotEmployedAtHome(person, home)


def _open(person: str, seen: Seen, draft: Draft) -> WishIsOpen | None:
    held = draft.held(person)
    assert held is not None
    for each in sorted(seen.ties(held, "exchangeWishes"), key=lambda tie: tie.far):
        wish = draft.held(each.far, EXCHANGE_WISH)
        if wish is not None and wish["status"] == OPEN:
            return WishIsOpen(person, wish.id)
    return None


def _ended(id_: str, ties: Ties, seen: Seen, draft: Draft) -> Fact | None:
    """Refuses a wish that is open no more; to whom it is not theirs it says that."""
    record = draft.held(id_, EXCHANGE_WISH)
    if record is None or record["status"] == OPEN:
        return None
    fact = RULES.authority.lacks_to_write(record, ties, seen, draft)
    return fact or WishIsNotOpen(record.id, record["status"])


def _needs_of_new(given: Create) -> Needs:
    needs = _CREATING.needs(given)
    people = [each.far for each in given.ties.get("person", ())]
    asked = {
        Question(ties_of(MODEL, "Person", "affiliations"), each, holds=False) for each in people
    }
    asked |= {Question(ties_of(MODEL, "Person", "exchangeWishes"), each) for each in people}
    return Needs(needs.locks, needs.questions | asked, needs.further)


CREATE_WISH = Decision(
    "createExchangeWish",
    _needs_of_new,
    create_wish,
    (*_CREATING.outcomes, NotEmployedAtHome, WishIsOpen),
)
EDIT_WISH = Decision(
    "editExchangeWish", _EDITING.needs, edit_wish, (*_EDITING.outcomes, WishIsNotOpen)
)
WITHDRAW_WISH = Decision(
    "withdrawExchangeWish", _ENDING.needs, withdraw_wish, (*_ENDING.outcomes, WishIsNotOpen)
)
