"""The rules of a plan said once more, in plain Python and from the situation alone: nothing of the code under test is used."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graph_store.matching.situation import Balance, Grant, Period, Situation, Wish

PAIRED = Balance.PAIR


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody at a post from a day on, by a clause, for a party."""

    wish: str
    post: str
    since: date
    grant: str
    party: str


def last_day(since: date, months: int) -> date:
    """The day before the same day, so many months later."""
    month = since.month - 1 + months
    year, month = since.year + month // 12, month % 12 + 1
    return date(year, month, min(since.day, monthrange(year, month)[1])) - timedelta(days=1)


def broken(situation: Situation, plan: Iterable[Placed]) -> list[str]:
    """What the plan breaks, in words; empty where it keeps every rule."""
    return list(_broken(situation, list(plan)))


def _broken(situation: Situation, plan: list[Placed]) -> Iterator[str]:
    wishes = {each.id: each for each in situation.wishes}
    for each in plan:
        yield from _alone(situation, each, wishes[each.wish])
    people = Counter(wishes[each.wish].person for each in plan)
    yield from (f"{person} goes {times} times" for person, times in people.items() if times > 1)
    yield from _too_full(situation, plan, wishes)
    yield from _too_many(situation, plan)


def _alone(situation: Situation, each: Placed, wish: Wish) -> Iterator[str]:
    post = next(one for one in situation.posts if one.id == each.post)
    grant = next(one for one in situation.grants if one.id == each.grant)
    stay = Period(each.since, last_day(each.since, wish.months))
    lacking = [t for t, level in post.requires.items() if wish.skills.get(t, 0) < level]
    begins = max(wish.since, post.since or wish.since, grant.since, situation.since)
    ends = min(wish.until, post.until or wish.until, grant.until or wish.until)
    said = {
        "goes nowhere": wish.home == post.host,
        "is not wanted there": wish.places is not None and post.host not in wish.places,
        f"lacks {lacking}": bool(lacking),
        "begins too early": stay.since < begins,
        "begins too late": bool(situation.until and stay.since > situation.until),
        "ends too late": stay.until > ends,
        "is away": any(stay.since <= e.until and e.since <= stay.until for e in wish.busy),
        "is let by no clause": not _binds(grant, each.party, wish.home, post.host),
    }
    yield from (f"{each} {problem}" for problem, is_so in said.items() if is_so)


def _too_full(situation: Situation, plan: list[Placed], wishes: dict[str, Wish]) -> Iterator[str]:
    for post in situation.posts:
        new = [
            Period(each.since, last_day(each.since, wishes[each.wish].months))
            for each in plan
            if each.post == post.id
        ]
        stays = [*post.taken, *new]
        for day in (each.since for each in stays):
            comes = any(each.since <= day <= each.until for each in new)
            there = sum(each.since <= day <= each.until for each in stays)
            if comes and there > post.vacancies:
                yield f"{there} at {post.id} on {day}"


def _too_many(situation: Situation, plan: list[Placed]) -> Iterator[str]:
    grants = {each.id: each for each in situation.grants}
    sent = Counter(
        (each.grant, each.party, each.since.year if grants[each.grant].yearly else None)
        for each in plan
    )
    for (grant_id, party, year), number in sent.items():
        grant = grants[grant_id]
        if grant.quota is not None and number + grant.used.get((party, year), 0) > grant.quota:
            yield f"{party} sends {number} by {grant_id}"


def _binds(grant: Grant, party: str, home: str, host: str) -> bool:
    sides = grant.sides
    receiving = any(host in sides[other] for other in sides if other != party)
    return home in sides[party] and receiving and host in (grant.receivers or {host})


def imbalance(situation: Situation, plan: Iterable[Placed]) -> float:
    """Sum of what balances are off even, plan included."""
    wishes = {each.id: each for each in situation.wishes}
    hosts = {each.id: each.host for each in situation.posts}
    flows = [(each.home, each.host, each.months) for each in situation.ledger]
    flows += [(wishes[e.wish].home, hosts[e.post], float(wishes[e.wish].months)) for e in plan]
    nets: dict[object, float] = {}
    for home, host, months in flows:
        if situation.balance is PAIRED:
            pair, sign = frozenset({home, host}), 1 if home < host else -1
            nets[pair] = nets.get(pair, 0.0) + sign * months
        else:
            nets[home] = nets.get(home, 0.0) + months
            nets[host] = nets.get(host, 0.0) - months
    return round(sum(map(abs, nets.values())), 2)


def best(situation: Situation, possible: list[Placed]) -> tuple[int, float]:
    """The most that can be placed, and the least imbalance of so many: by trying all subsets that keep the rules."""
    found = (0, -imbalance(situation, []))

    def extend(plan: list[Placed], rest: list[Placed]) -> None:
        nonlocal found
        found = max(found, (len(plan), -imbalance(situation, plan)))
        for number, each in enumerate(rest):
            more = [*plan, each]
            if not broken(situation, more):
                extend(more, rest[number + 1 :])

    extend([], possible)
    return found[0], -found[1]


def starts(situation: Situation) -> list[Placed]:
    """Everything that the rules let somebody do alone, beginning on any day on which something begins or has ended, or a month does.

    The same first days as the matching tries, three for each pair and clause, found by trial.
    """
    possible = []
    for wish in situation.wishes:
        for post in situation.posts:
            for grant in situation.grants:
                for party in grant.sides:
                    days = [
                        day
                        for day in _days(situation, wish.id, post.id, grant)
                        if not broken(situation, [Placed(wish.id, post.id, day, grant.id, party)])
                    ]
                    possible += [Placed(wish.id, post.id, d, grant.id, party) for d in days[:3]]
    return possible


def _days(situation: Situation, wish_id: str, post_id: str, grant: Grant) -> list[date]:
    wish = next(each for each in situation.wishes if each.id == wish_id)
    post = next(each for each in situation.posts if each.id == post_id)
    first = max(wish.since, post.since or wish.since, grant.since, situation.since)
    after = [each.until + timedelta(days=1) for each in (*wish.busy, *post.taken)]
    months = [
        date(first.year + n // 12, n % 12 + 1, 1) for n in range(first.month, first.month + 40)
    ]
    return list(dict.fromkeys([first, *sorted(day for day in after if day > first), *months]))
