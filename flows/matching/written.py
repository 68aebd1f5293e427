"""A matched situation as the command that writes its plan."""

from __future__ import annotations

from collections.abc import Mapping

from flows.matching.matched import Matched, Proposal
from graph_store.commands.exchange_plans import Computed, Suggested
from graph_store.matching.reading import Reading


def computed(plan: str, found: Matched, reading: Reading) -> Computed:
    """The plan's figures and its proposals."""
    solved, floor = found.solved, found.floor
    variables, rows = solved.size
    values = {
        "solver": solved.solver,
        "proof": solved.count.status.value,
        "evenness": solved.imbalance.status.value,
        "fitness": solved.score.status.value,
        "bound": int(solved.count.bound),
        "imbalanceBefore": found.before,
        "imbalance": solved.imbalance.value,
        "imbalanceBound": solved.imbalance.bound,
        "fit": int(solved.score.value),
        "fitBound": int(solved.score.bound),
        "circles": found.circles,
        "people": len(reading.situation.wishes),
        "posts": len(reading.situation.posts),
        "variables": variables,
        "rows": rows,
        "firstServed": floor.count,
        "firstServedImbalance": floor.imbalance,
        "seconds": found.seconds,
    }
    names = reading.names
    proposals = tuple(_suggested(each, names, reading.people) for each in found.proposals)
    return Computed(plan, values, proposals)


def _suggested(each: Proposal, names: Mapping[str, str], people: Mapping[str, str]) -> Suggested:
    wish, post = each.candidate.wish, each.candidate.post
    ends = {
        "person": wish.person,
        "wish": wish.id,
        "post": post.id,
        "home": wish.home,
        "host": post.host,
        "clause": each.candidate.grant.id,
    }
    values = {
        "name": f"{people[wish.id]}：{names[post.id]}",
        "since": each.candidate.period.since.isoformat(),
        "until": each.candidate.period.until.isoformat(),
        "months": wish.months,
        "why": each.why.zh,
        "whyEn": each.why.en,
        "fit": each.score,
        "figure": each.figure or None,
        "inCircle": each.is_circle,
    }
    return Suggested(ends, values)
