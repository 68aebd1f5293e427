"""干部交流 | The life of a cadre exchange: drafted at home, approved by home and host, active from its first day to its last.

Places of a quota and of a post are never counted up or down: they follow from the states of the exchanges that take them, so whatever
leaves such a state frees its place at once.
"""

from __future__ import annotations

from datetime import date, timedelta

from graph_store.commands.actors import Doing
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.exchange_facts import (
    AgreementNotInForce,
    FirstDayHasCome,
    NoClauseCoversIt,
    NotEmployedAtHome,
    PeriodOutsidePost,
    PersonIsOnExchange,
    PostIsClosed,
    PostIsTaken,
    QuotaIsUsedUp,
    RequirementsNotMet,
    TooEarly,
)
from graph_store.commands.exchange_readers import further
from graph_store.commands.exchange_rules import (
    begins_later,
    candidates,
    clause_allows,
    clause_still_allows,
    employed_at_home,
    end,
    has_begun,
    is_over,
    nothing_else_goes_on,
    person_is_free,
    post_is_free,
    post_is_offered,
    requirements_met,
    was_not_decided,
)
from graph_store.commands.machines import DECIDE, Machine, Move, Owes, Step, Who, states
from graph_store.commands.moving import moving
from graph_store.commands.rows import Tie, tie
from graph_store.model.exchanges import EXCHANGE
from graph_store.model.people import PERSON
from graph_store.model.posts import POST
from graph_store.rights import Role

SEND = Doing(frozenset({Role.INSTITUTION_ADMIN, Role.APPROVER, Role.SERVICE}))
"""Put somebody forward for the institution that sends them."""

SENDER = Who(SEND, "home", or_oneself=True)
APPROVER_AT_HOME = Who(DECIDE, "home", not_oneself=True)
APPROVER_AT_HOST = Who(DECIDE, "host", not_oneself=True)
EITHER_SIDE = Who(DECIDE, ("home", "host"), not_oneself=True)

DECIDED_WITHIN = timedelta(days=5)
URGENT_DAYS, SOON_DAYS = 7, 30
ON_EXCHANGE = "on_exchange"


def urgency(record: Held, seen: Seen) -> int:
    """2 within a week of the first day, 1 within a month, else 0."""
    left = (date.fromisoformat(record["since"]) - date.fromisoformat(seen.today)).days
    return 2 if left <= URGENT_DAYS else 1 if left <= SOON_DAYS else 0


def authorised(record: Held, _step: Step, seen: Seen, draft: Draft) -> str:
    """The clause is noted, and for which parties home sends and host receives."""
    cover = candidates(record, seen)[0]
    ends = {"clause": cover.clause, "party": cover.party, "counterparty": cover.counterparty}
    draft.link(record, [tie(hop, far) for hop, far in ends.items()])
    return "submitted"


def begun(record: Held, _step: Step, seen: Seen, draft: Draft) -> str:
    """The person is affiliated with the host, for the time of the exchange."""
    person, post = (
        draft.held(end(seen, record, "person"), PERSON),
        draft.held(end(seen, record, "post"), POST),
    )
    assert person is not None
    assert post is not None
    days = {"since": record["since"], "until": record["until"]}
    given = {"role": ON_EXCHANGE, "title": post["name"], **days}
    new = tie("affiliations", end(seen, record, "host"), given)
    if new not in seen.ties(person, "affiliations"):
        draft.link(person, [new])
    return "active"


def completed(record: Held, _step: Step, seen: Seen, draft: Draft) -> str:
    """It ended on its last day, however late that is noted."""
    _ended_on(record["until"], record, seen, draft)
    return "completed"


def recalled(record: Held, _step: Step, seen: Seen, draft: Draft) -> str:
    """It ends today, or ended on its last day where that has passed."""
    _ended_on(min(seen.today, record["until"]), record, seen, draft)
    return "recalled"


def _ended_on(day: str, record: Held, seen: Seen, draft: Draft) -> None:
    draft.set(record, {"endedOn": day})
    person = draft.held(end(seen, record, "person"), PERSON)
    assert person is not None
    for each in seen.ties(person, "affiliations"):
        if _is_its(each, record, seen) and each["until"] != day:
            draft.end(person, [each])
            draft.link(person, [tie(each.name, each.far, {**dict(each.properties), "until": day})])


def _is_its(affiliation: Tie, record: Held, seen: Seen) -> bool:
    known = (affiliation.far, affiliation["role"], affiliation["since"])
    return known == (end(seen, record, "host"), ON_EXCHANGE, record["since"])


_ON_SUBMITTING = (
    begins_later,
    employed_at_home,
    post_is_offered,
    requirements_met,
    person_is_free,
    clause_allows,
    post_is_free,
)
_ON_APPROVING = (
    begins_later,
    employed_at_home,
    post_is_offered,
    requirements_met,
    person_is_free,
    clause_still_allows,
    post_is_free,
)

MACHINE = Machine(
    EXCHANGE,
    initial="draft",
    moves=(
        Move(
            "submit",
            states("draft"),
            ("submitted",),
            SENDER,
            _ON_SUBMITTING,
            authorised,
            ("submittedAt",),
        ),
        Move(
            "approve",
            states("submitted"),
            ("home_approved",),
            APPROVER_AT_HOME,
            _ON_APPROVING,
            sets=("decidedAt",),
        ),
        Move(
            "approve",
            states("home_approved"),
            ("accepted",),
            APPROVER_AT_HOST,
            _ON_APPROVING,
            sets=("decidedAt",),
        ),
        Move(
            "reject",
            states("submitted"),
            ("rejected",),
            APPROVER_AT_HOME,
            sets=("decidedAt",),
            reasoned=True,
        ),
        Move(
            "reject",
            states("home_approved"),
            ("rejected",),
            APPROVER_AT_HOST,
            sets=("decidedAt",),
            reasoned=True,
        ),
        Move(
            "withdraw",
            states("draft", "submitted", "home_approved", "accepted"),
            ("withdrawn",),
            SENDER,
        ),
        Move(
            "expire", states("submitted", "home_approved"), ("expired",), None, (was_not_decided,)
        ),
        Move(
            "activate",
            states("accepted"),
            ("active",),
            None,
            (has_begun, nothing_else_goes_on),
            begun,
        ),
        Move("complete", states("active"), ("completed",), EITHER_SIDE, (is_over,), completed),
        Move(
            "recall", states("active"), ("recalled",), APPROVER_AT_HOME, (), recalled, reasoned=True
        ),
    ),
    owes={
        "submitted": (Owes("approve", "home", DECIDED_WITHIN, urgency=urgency, tells=True),),
        "home_approved": (Owes("approve", "host", DECIDED_WITHIN, urgency=urgency, tells=True),),
    },
    reads=("post", "clause"),
    looks=("party", "counterparty"),
    further=further,
)

_RULES = (
    FirstDayHasCome,
    NotEmployedAtHome,
    PostIsClosed,
    PeriodOutsidePost,
    RequirementsNotMet,
    PersonIsOnExchange,
    NoClauseCoversIt,
    AgreementNotInForce,
    QuotaIsUsedUp,
    PostIsTaken,
)

SUBMIT_EXCHANGE = moving("submitExchange", MACHINE, "submit", *_RULES)
APPROVE_EXCHANGE = moving("approveExchange", MACHINE, "approve", *_RULES)
REJECT_EXCHANGE = moving("rejectExchange", MACHINE, "reject")
WITHDRAW_EXCHANGE = moving("withdrawExchange", MACHINE, "withdraw")
RECALL_EXCHANGE = moving("recallExchange", MACHINE, "recall")
COMPLETE_EXCHANGE = moving("completeExchange", MACHINE, "complete", TooEarly)
ACTIVATE_EXCHANGE = moving("activateExchange", MACHINE, "activate", TooEarly, PersonIsOnExchange)
EXPIRE_EXCHANGE = moving("expireExchange", MACHINE, "expire", TooEarly)
