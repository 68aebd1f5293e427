"""A situation matched: what is proposed, why, and how good it is."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flows.matching.candidates import Candidate, candidates
from flows.matching.circles import Figure, figures
from flows.matching.greedy import greedy
from flows.matching.programme import Programme, balances, programme
from flows.matching.reasons import Ground, Reason, reason
from flows.matching.solver import Limits, Solved, solve
from graph_store.matching.situation import Balance, Served, Situation


@dataclass(frozen=True, slots=True)
class Proposal:
    """One exchange that is proposed; `figure`: number of its circle or chain, from 1, 0 for none."""

    candidate: Candidate
    why: Reason
    score: int
    figure: int = 0
    is_circle: bool = False


@dataclass(frozen=True, slots=True)
class Floor:
    """What first come, first served would have reached."""

    count: int
    imbalance: float


@dataclass(frozen=True, slots=True)
class Matched:
    """The proposals with how they were found; `before`: the imbalance that was there."""

    proposals: tuple[Proposal, ...]
    solved: Solved
    before: float
    floor: Floor
    circles: int
    seconds: float


def matched(
    situation: Situation, names: Mapping[str, str] | None = None, limits: Limits | None = None
) -> Matched:
    """The best plan for a situation; `names` of ids for its sentences. Raises SolverFailed."""
    began = time.monotonic()
    whole = programme(situation, candidates(situation))
    solved = solve(whole, limits)
    chosen = [whole.columns[each] for each in solved.chosen]
    ways = figures([each.edge for each in chosen])
    proposals = _explained(situation, chosen, ways, names or {})
    scores = [whole.scores[each] for each in solved.chosen]
    return Matched(
        tuple(
            Proposal(each, why, score, *_place(number, ways))
            for number, (each, why, score) in enumerate(zip(chosen, proposals, scores, strict=True))
        ),
        solved,
        whole.imbalance(()),
        _floor(whole),
        sum(each.is_circle for each in ways),
        round(time.monotonic() - began, 3),
    )


def _floor(whole: Programme) -> Floor:
    chosen = greedy(whole)
    return Floor(len(chosen), whole.imbalance(chosen))


def _place(number: int, ways: tuple[Figure, ...]) -> tuple[int, bool]:
    for position, each in enumerate(ways, 1):
        if number in each.members:
            return position, each.is_circle
    return 0, False


def _explained(
    situation: Situation,
    chosen: list[Candidate],
    ways: tuple[Figure, ...],
    names: Mapping[str, str],
) -> list[Reason]:
    planned = tuple(Served(*each.edge, each.wish.months) for each in chosen)
    before, after = _by_institution(situation.ledger), _by_institution(situation.ledger + planned)
    sent = Counter(_quota(each) for each in chosen)
    of = {member: way for way in ways for member in way.members}
    grounds = (
        Ground(before, after, sent[_quota(each)] + _used(each), of.get(number))
        for number, each in enumerate(chosen)
    )
    return [
        reason(each, ground, lambda id_: names.get(id_, id_))
        for each, ground in zip(chosen, grounds, strict=True)
    ]


def _by_institution(ledger: tuple[Served, ...]) -> dict[str, float]:
    found = balances(Balance.INSTITUTION, ledger)
    return {account[0]: each for account, each in found.items()}


def _quota(each: Candidate) -> tuple[str, str, int | None]:
    year = each.period.since.year if each.grant.yearly else None
    return each.grant.id, each.party, year


def _used(each: Candidate) -> int:
    return each.grant.used.get(_quota(each)[1:], 0)
