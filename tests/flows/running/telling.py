"""People who are told something, for tests of what follows."""

from __future__ import annotations

from itertools import count
from typing import Any

from flows.desk import Desk
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Seen
from graph_store.commands.facts import Written
from graph_store.commands.institutions import CREATE_INSTITUTION
from graph_store.commands.notices import Wording, tell
from graph_store.commands.people import CREATE_PERSON
from graph_store.commands.records import Create

NUMBERS = count(1)
SAID = Wording(
    "registration_confirmed",
    "报名：已确认",
    "Registration: confirmed",
    "您已有名额。",
    "You have a seat.",
)


def _decide(given: tuple[str, str], seen: Seen, draft: Draft) -> Written:
    person, about = given
    held = draft.held(about)
    assert held
    notice = tell(SAID, person, held, seen, draft)
    return draft.written(notice)


TELL: Decision[tuple[str, str], Any] = Decision(
    "tell", lambda given: Needs(frozenset(given)), _decide, (Written,)
)


async def new_person(desk: Desk, **values: Any) -> str:
    """Somebody."""
    given = Create({"name": "李冰", **values})
    outcome = await desk.do(CREATE_PERSON, f"person {next(NUMBERS)} {desk.worker}", given)
    return str(outcome.id)


async def new_institution(desk: Desk, **values: Any) -> str:
    """An institution."""
    given = Create({"name": "四川省科学技术协会", "kind": "science_association", **values})
    outcome = await desk.do(CREATE_INSTITUTION, f"institution {next(NUMBERS)} {desk.worker}", given)
    return str(outcome.id)


async def tell_person(desk: Desk, person: str, about: str) -> str:
    """The notice's id."""
    outcome = await desk.do(TELL, f"tell {next(NUMBERS)} {desk.worker}", (person, about))
    return str(outcome.id)
