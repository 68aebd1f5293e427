"""拟议交流 | Accepting a proposal, which drafts the exchange, and declining it: by home's administrator or the platform's, never for oneself.

The situation may have moved since the plan was made: whatever the plan relied on is asked again, under the locks.
"""

from __future__ import annotations

from dataclasses import replace

from graph_store.commands.actors import HUB
from graph_store.commands.authority import concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.exchange_drafts import (
    Proposal,
    looked_over,
    needs_of_proposals,
    written_down,
)
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
    SameInstitution,
)
from graph_store.commands.exchange_plans import PLAN, READY
from graph_store.commands.exchange_readers import questions_of_rules
from graph_store.commands.exchange_rules import (
    allowed,
    has_time,
    later,
    offered,
    qualified,
    room_at,
)
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
from graph_store.commands.move_facts import NotOnYourself
from graph_store.commands.proposal_facts import PlanIsNotReady, WishIsNotOpen
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import outcomes_of
from graph_store.commands.rows import instant_text, tie
from graph_store.commands.wishes import OPEN as WISH_IS_OPEN
from graph_store.commands.wishes import PLACED
from graph_store.model import MODEL
from graph_store.model.posts import POST
from graph_store.model.proposals import EXCHANGE_PLAN, PROPOSED_EXCHANGE
from graph_store.model.wishes import EXCHANGE_WISH

_HOPS = ("person", "wish", "post", "home", "host", "plan")

Rule = (
    FirstDayHasCome
    | PostIsClosed
    | PeriodOutsidePost
    | PostIsTaken
    | PersonIsOnExchange
    | RequirementsNotMet
    | NoClauseCoversIt
    | AgreementNotInForce
    | QuotaIsUsedUp
)

Refusal = (
    NotYours
    | RecordNotFound
    | NotOnYourself
    | NotNow
    | PlanIsNotReady
    | WishIsNotOpen
    | ValueIsInvalid
    | IdentifierIsInvalid
    | DatesOutOfOrder
    | SameInstitution
    | NotEmployedAtHome
    | Rule
)


def accept(given: Step, seen: Seen, draft: Draft) -> Written | Refusal:
    """The exchange drafted, if nothing stands in its way now; the wish is placed."""
    proposal = _decidable("acceptProposals", given, seen, draft)
    if isinstance(proposal, Fact):
        return proposal
    ends = _ends(seen.copy, proposal.id)
    if ends["person"] == seen.actor.person:
        return NotOnYourself(proposal.id)
    wish = draft.held(ends["wish"], EXCHANGE_WISH)
    if wish is None or wish["status"] != WISH_IS_OPEN:
        return WishIsNotOpen(ends["wish"], wish["status"] if wish else "")
    if fact := _in_the_way(proposal, ends, seen, draft):
        return fact
    # whoever may accept may have it drafted: the platform's administrator too, who drafts none by themselves
    sound = looked_over(_wanted(proposal, ends), replace(seen, actor=HUB), draft)
    if isinstance(sound, Fact):
        return sound
    exchange = written_down(sound, seen, draft)
    draft.set(proposal, {"state": "accepted", "decidedAt": instant_text(seen.now)})
    draft.link(proposal, [tie("exchange", exchange.id)])
    draft.set(wish, {"status": PLACED})
    return draft.written(proposal)


def decline(
    given: Step, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | NotNow | PlanIsNotReady:
    """The proposal is not wanted; the wish stays open. The person may decline too."""
    proposal = _decidable("declineProposals", given, seen, draft)
    if isinstance(proposal, Fact):
        return proposal
    decided = {"state": "declined", "decidedAt": instant_text(seen.now), "reason": given.reason}
    draft.set(proposal, decided)
    return draft.written(proposal)


def _decidable(
    act: str, given: Step, seen: Seen, draft: Draft
) -> Held | NotYours | RecordNotFound | NotNow | PlanIsNotReady:
    """The proposal, if the actor may decide on it and it is open."""
    proposal = draft.held(given.id, PROPOSED_EXCHANGE)
    if proposal is None:
        return RecordNotFound(given.id, PROPOSED_EXCHANGE.name)
    ends = _ends(seen.copy, proposal.id)
    is_theirs = act == "declineProposals" and seen.actor.person == ends["person"]
    if not (is_theirs and seen.actor.may_write):
        lacking = concealed(seen.lacks(PLAN, at={ends["home"]}), proposal, seen)
        if lacking:
            return lacking
    plan = draft.held(ends["plan"], EXCHANGE_PLAN)
    assert plan is not None
    if plan["state"] != READY:
        return PlanIsNotReady(plan.id, plan["state"])
    if proposal["state"] != "open":
        return NotNow(proposal.id, act, proposal["state"])
    return proposal


def _in_the_way(proposal: Held, ends: dict[str, str], seen: Seen, draft: Draft) -> Rule | None:
    """What submitting the exchange would meet."""
    exchange, post = proposal.properties, draft.held(ends["post"], POST)
    assert post is not None
    return (
        later(exchange, seen)
        or offered(post, exchange)
        or room_at(post, exchange, seen)
        or has_time(ends["person"], exchange, seen)
        or qualified(post.id, ends["person"], seen)
        or allowed(ends["home"], ends["host"], exchange, seen)
    )


def _wanted(proposal: Held, ends: dict[str, str]) -> Proposal:
    days = {"since": proposal["since"], "until": proposal["until"]}
    values = {"name": proposal["name"], "purpose": proposal["why"], **days}
    return Proposal(ends["person"], ends["home"], ends["post"], values)


def _ends(copy: WorkingCopy, id_: str) -> dict[str, str]:
    return {each.name: each.far for each in copy.ties(PROPOSED_EXCHANGE, id_, _HOPS)}


def _needs(given: Step) -> Needs:
    questions = (Question(ties_of(MODEL, PROPOSED_EXCHANGE.name, hop), given.id) for hop in _HOPS)
    return Needs(frozenset({given.id}), frozenset(questions))


def _needs_to_accept(given: Step) -> Needs:
    needs = _needs(given)

    def further(copy: WorkingCopy) -> frozenset[Question]:
        proposal = copy.held(given.id)
        if proposal is None or proposal.noun != PROPOSED_EXCHANGE:
            return frozenset()
        ends = _ends(copy, given.id)
        rules = questions_of_rules(ends, proposal.properties)
        return rules | needs_of_proposals(_wanted(proposal, ends)).questions

    return Needs(needs.locks, needs.questions, further)


ACCEPT_PROPOSAL = Decision("acceptProposals", _needs_to_accept, accept, outcomes_of(accept))
DECLINE_PROPOSAL = Decision("declineProposals", _needs, decline, outcomes_of(decline))
