"""A tiny machine over exchanges, for tests of what hangs on any machine: submitted → approved by home → whatever; and a world around it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import Written
from graph_store.commands.inbox import Deciding, deciding
from graph_store.commands.machines import DECIDE, Machine, Move, Owes, Step, Who, states
from graph_store.commands.machines_of import Life, lives_of
from graph_store.commands.moving import begin, moving
from graph_store.commands.rows import tie
from graph_store.model.exchanges import EXCHANGE

BY_HOME = Who(DECIDE, at="home", not_oneself=True)
_REST = ("accepted", "active", "completed", "withdrawn", "recalled", "expired", "draft")


def _last(_record: Held, _given: Step, _seen: Seen, _draft: Draft) -> str:
    return "accepted"


MACHINE = Machine(
    EXCHANGE,
    initial="submitted",
    moves=(
        Move("approve", states("submitted"), ("home_approved",), BY_HOME),
        Move("reject", states("submitted"), ("rejected",), BY_HOME, reasoned=True),
        Move("finish", states("home_approved"), _REST, None, effect=_last),
    ),
    owes={"submitted": (Owes("approve", at="home", within=timedelta(days=5)),)},
)
LIVES = lives_of(
    [
        Life(
            MACHINE,
            {
                "approve": moving("approvePetition", MACHINE, "approve"),
                "reject": moving("rejectPetition", MACHINE, "reject"),
            },
        )
    ]
)
DECIDE_TASK = deciding(LIVES)


@dataclass(frozen=True, slots=True)
class Petition:
    """Somebody asks their home for something; `host` and `post` are what a whole exchange has besides."""

    person: str
    home: str
    host: str | None = None
    post: str | None = None


def ends_of(given: Petition) -> dict[str, str]:
    """The ends that are given, by their hops."""
    return {hop: str(far) for hop, far in asdict(given).items() if far is not None}


def _petition(given: Petition, seen: Seen, draft: Draft) -> Written:
    ties = {hop: (tie(hop, far),) for hop, far in ends_of(given).items()}
    days = {"since": "2027-01-01", "until": "2027-06-30"}
    values = {"name": "申请", "state": "submitted", "visibility": "institution", **days}
    record = draft.create(EXCHANGE, values, [each for several in ties.values() for each in several])
    begin(MACHINE, record, ties, seen, draft)
    return draft.written(record)


PETITION: Decision[Petition, Any] = Decision(
    "petition",
    lambda given: Needs(frozenset(ends_of(given).values())),
    _petition,
    (Written,),
)


def deciding_on(
    task: str, record: str, move: str = "approve", reason: str | None = None
) -> Deciding:
    """The input of decideTask."""
    return Deciding(task, move, reason, EXCHANGE.name, record)
