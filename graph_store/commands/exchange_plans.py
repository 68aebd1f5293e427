"""交流匹配方案 | Commands on plans: asked for by an administrator, computed by the flow `propose_exchanges`, closed.

An administrator of an institution asks for what it sends; whoever administers the platform asks for anybody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_store.commands.actors import HUB, Doing
from graph_store.commands.authority import concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import (
    DatesOutOfOrder,
    Fact,
    IdentifierIsInvalid,
    NotNow,
    NotYours,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.machines import Step
from graph_store.commands.move_facts import OnlyTheHub
from graph_store.commands.notices import Wording, tell
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import outcomes_of
from graph_store.commands.rows import tie
from graph_store.commands.values import checked, out_of_order
from graph_store.model import MODEL
from graph_store.model.agreements import AGREEMENT
from graph_store.model.institutions import INSTITUTION
from graph_store.model.proposals import EXCHANGE_PLAN, PROPOSED_EXCHANGE
from graph_store.rights import Role

TOPIC = "propose_exchanges"
"""Of the outbox: a plan is to be computed; the subject is the plan's id."""

COMPUTING, READY, FAILED, CLOSED = "computing", "ready", "failed", "closed"
PLAN = Doing(frozenset({Role.INSTITUTION_ADMIN}), frozenset({Role.PLATFORM_ADMIN}))
"""Ask for exchanges of an institution's people, and accept or decline them for it."""

SECONDS_MOST = 300
GIVEN = tuple(
    MODEL.property(EXCHANGE_PLAN.name, name)
    for name in ("name", "nameEn", "since", "until", "balance", "limitSeconds")
)
"""What whoever asks may write."""

_DEFAULTS = {"name": "交流匹配方案", "balance": "institution", "limitSeconds": 120}


@dataclass(frozen=True, slots=True)
class Asking:
    """A plan for `institution`, over the people of `scope`: empty means its own, or everybody's for the platform's administrator.

    `asker` is the actor, where that is a person.
    """

    institution: str
    scope: tuple[str, ...] = ()
    agreement: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    asker: str | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """One exchange of a plan: the ends by hop, and the values of its record."""

    ends: Mapping[str, str]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Computed:
    """What the matching found; values are the plan's."""

    id: str
    values: Mapping[str, Any]
    proposals: tuple[Suggested, ...] = ()


def propose(
    given: Asking, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | ValueIsInvalid | IdentifierIsInvalid | DatesOutOfOrder:
    """A plan that is to be computed; its row of the outbox goes with it."""
    fact = _unknown(given, draft) or _not_theirs(given, seen)
    if fact:
        return fact
    wanted = {name: each for name, each in given.values.items() if each is not None}
    values = checked(GIVEN, _DEFAULTS | wanted)
    if isinstance(values, Fact):
        return values
    if not 1 <= values["limitSeconds"] <= SECONDS_MOST:
        within = f"1–{SECONDS_MOST}"
        return ValueIsInvalid("limitSeconds", f"应为 {within}", f"it must be {within}")
    if disorder := out_of_order((("since", "until"),), values):
        return disorder
    plan = draft.create(EXCHANGE_PLAN, {**values, "state": COMPUTING}, _ties(given, seen))
    draft.tell(f"{TOPIC}/{plan.id}", TOPIC, plan.id, seen.now)
    return draft.written(plan)


def _ties(given: Asking, seen: Seen) -> list[Any]:
    scope = given.scope or (() if _governs(seen) else (given.institution,))
    ties = [tie("institution", given.institution), *(tie("scope", each) for each in scope)]
    if given.agreement:
        ties.append(tie("agreement", given.agreement))
    if given.asker and given.asker == seen.actor.person:
        ties.append(tie("askedBy", given.asker))
    return ties


def _governs(seen: Seen) -> bool:
    return seen.may(Doing(frozenset(), PLAN.everywhere), at=())


def _unknown(given: Asking, draft: Draft) -> RecordNotFound | None:
    wanted = [(each, INSTITUTION) for each in (given.institution, *given.scope)]
    if given.agreement:
        wanted.append((given.agreement, AGREEMENT))
    missing = (RecordNotFound(id_, noun.name) for id_, noun in wanted if not draft.held(id_, noun))
    return next(missing, None)


def _not_theirs(given: Asking, seen: Seen) -> NotYours | None:
    facts = (seen.lacks(PLAN, at={each}) for each in (given.institution, *given.scope))
    return next((fact for fact in facts if fact), None)


def record_plan(
    given: Computed, seen: Seen, draft: Draft
) -> Written | RecordNotFound | NotNow | OnlyTheHub:
    """The plan with its proposals, and whoever asked told; by the hub alone."""
    plan = _being_computed("recordExchangePlan", given.id, seen, draft)
    if isinstance(plan, Fact):
        return plan
    known = [each for each in given.proposals if all(map(draft.held, each.ends.values()))]
    draft.set(plan, {**given.values, "proposed": len(known), "state": READY})
    (asked_at,) = seen.ties(plan, "institution")
    for each in known:
        ends = {**each.ends, "plan": plan.id, "institution": asked_at.far}
        values = {**each.values, "state": "open"}
        draft.create(PROPOSED_EXCHANGE, values, [tie(hop, far) for hop, far in ends.items()])
    places = {each.ends[hop] for each in known for hop in ("home", "host")}
    draft.link(plan, [tie("concerned", each) for each in sorted(places)])
    _tell(plan, _ready(len(known)), seen, draft)
    return draft.written(plan)


def fail_plan(
    given: Step, seen: Seen, draft: Draft
) -> Written | RecordNotFound | NotNow | OnlyTheHub:
    """The plan could not be computed, and whoever asked is told; by the hub alone."""
    plan = _being_computed("failExchangePlan", given.id, seen, draft)
    if isinstance(plan, Fact):
        return plan
    draft.set(plan, {"state": FAILED, "failure": given.reason})
    _tell(plan, _FAILED, seen, draft)
    return draft.written(plan)


def close_plan(
    given: Step, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | NotNow:
    """Nothing of the plan may be accepted any more; what was accepted stands."""
    plan = draft.held(given.id, EXCHANGE_PLAN)
    if plan is None:
        return RecordNotFound(given.id, EXCHANGE_PLAN.name)
    at = {each.far for each in seen.ties(plan, "institution")}
    if fact := concealed(seen.lacks(PLAN, at=at), plan, seen):
        return fact
    if plan["state"] not in {READY, FAILED}:
        return NotNow(plan.id, "closeExchangePlan", plan["state"])
    draft.set(plan, {"state": CLOSED})
    return draft.written(plan)


def _being_computed(
    name: str, id_: str, seen: Seen, draft: Draft
) -> Held | RecordNotFound | NotNow | OnlyTheHub:
    plan = draft.held(id_, EXCHANGE_PLAN)
    if seen.actor != HUB:
        return OnlyTheHub(name)
    if plan is None:
        return RecordNotFound(id_, EXCHANGE_PLAN.name)
    return plan if plan["state"] == COMPUTING else NotNow(plan.id, name, plan["state"])


def _ready(number: int) -> Wording:
    return Wording(
        "exchange_plan_ready",
        "交流匹配方案已生成",
        "The plan of exchanges is ready",
        f"拟议 {number} 项交流，请逐项采纳或放弃。",
        f"{number} exchanges are proposed: accept or decline them.",
    )


_FAILED = Wording(
    "exchange_plan_failed",
    "交流匹配方案未能生成",
    "The plan of exchanges failed",
    "请在方案中查看原因，缩小范围或延长求解时限后重新申请。",
    "See the plan for the reason; ask again with a smaller scope or a longer limit.",
)


def _tell(plan: Held, said: Wording, seen: Seen, draft: Draft) -> None:
    for each in seen.ties(plan, "askedBy"):
        tell(said, each.far, plan, seen, draft)


def _needs_of_asking(given: Asking) -> Needs:
    named = {given.institution, *given.scope, given.agreement, given.asker}
    return Needs(frozenset(each for each in named if each))


def _needs_of_computed(given: Computed) -> Needs:
    ends = {far for each in given.proposals for far in each.ends.values()}
    return Needs(frozenset({given.id, *ends}), _ends_of(given.id))


def _needs_of_step(given: Step) -> Needs:
    return Needs(frozenset({given.id}), _ends_of(given.id))


def _ends_of(plan: str) -> frozenset[Question]:
    hops = ("institution", "askedBy")
    return frozenset(Question(ties_of(MODEL, EXCHANGE_PLAN.name, hop), plan) for hop in hops)


PROPOSE_EXCHANGES = Decision("proposeExchanges", _needs_of_asking, propose, outcomes_of(propose))
RECORD_PLAN = Decision(
    "recordExchangePlan", _needs_of_computed, record_plan, outcomes_of(record_plan)
)
FAIL_PLAN = Decision("failExchangePlan", _needs_of_step, fail_plan, outcomes_of(fail_plan))
CLOSE_PLAN = Decision("closeExchangePlan", _needs_of_step, close_plan, outcomes_of(close_plan))
