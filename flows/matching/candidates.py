"""Who could go where, from when and by which clause: what can be said of one person and one post alone."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from graph_store.matching.situation import Grant, Period, Post, Situation, Wish

STARTS_MOST = 3
"""First days tried for each pair: the earliest, then those on which something ends, then firsts of months."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One exchange that would be allowed if it were the only one; `party` sends."""

    wish: Wish
    post: Post
    period: Period
    grant: Grant
    party: str

    @property
    def key(self) -> tuple[str, str, date, str, str]:
        """What tells it from all others, and orders it among them."""
        return self.wish.id, self.post.id, self.period.since, self.grant.id, self.party

    @property
    def edge(self) -> tuple[str, str]:
        """From where to where."""
        return self.wish.home, self.post.host


def candidates(situation: Situation) -> tuple[Candidate, ...]:
    """All of them, in order of their keys."""
    found = (
        each
        for wish in situation.wishes
        for post in situation.posts
        if fits(wish, post)
        for each in _dated(wish, post, situation)
    )
    return tuple(sorted(found, key=lambda each: each.key))


def fits(wish: Wish, post: Post) -> bool:
    """Whether the person would go there and has the skills, whatever the dates."""
    wanted = wish.places is None or post.host in wish.places
    skilled = all(wish.skills.get(topic, -1) >= level for topic, level in post.requires.items())
    return wish.home != post.host and wanted and skilled


def _dated(wish: Wish, post: Post, situation: Situation) -> Iterator[Candidate]:
    for grant in situation.grants:
        for party in sorted(grant.sides):
            if _lets(grant, party, wish.home, post.host):
                for period in _periods(wish, post, grant, situation):
                    yield Candidate(wish, post, period, grant, party)


def _lets(grant: Grant, party: str, home: str, host: str) -> bool:
    """Whether the clause lets the party's body send to a body of another party."""
    if grant.receivers is not None and host not in grant.receivers:
        return False
    others = (bodies for other, bodies in grant.sides.items() if other != party)
    return home in grant.sides[party] and any(host in bodies for bodies in others)


def _periods(wish: Wish, post: Post, grant: Grant, situation: Situation) -> Iterator[Period]:
    first = max(filter(None, (wish.since, post.since, grant.since, situation.since)))
    last = min(filter(None, (wish.until, post.until, grant.until)))
    ends = {each.until + _DAY for each in (*wish.busy, *post.taken)}
    tried = chain([first], sorted(day for day in ends if day > first), _months_after(first, last))
    seen: set[date] = set()
    for since in tried:
        period = Period(since, months_later(since, wish.months) - _DAY)
        late = situation.until is not None and since > situation.until
        if since in seen or late or period.until > last or not _is_free(period, wish, post):
            continue
        seen.add(since)
        yield period
        if len(seen) == STARTS_MOST:
            return


def _is_free(period: Period, wish: Wish, post: Post) -> bool:
    if any(period.meets(each) for each in wish.busy):
        return False
    return most_at_once(period, post.taken) < post.vacancies


def most_at_once(within: Period, periods: tuple[Period, ...]) -> int:
    """How many of the periods go on together on one day of another.

    >>> day = date.fromisoformat
    >>> spring, year = Period(day("2027-03-01"), day("2027-05-31")), Period(day("2027-01-01"), day("2027-12-31"))
    >>> most_at_once(year, (spring, year)), most_at_once(Period(day("2027-06-01"), day("2027-06-30")), (spring, year))
    (2, 1)
    """
    met = [each for each in periods if each.meets(within)]
    starts = {max(each.since, within.since) for each in met}
    return max((sum(each.since <= day <= each.until for each in met) for day in starts), default=0)


def _months_after(first: date, last: date) -> Iterator[date]:
    day = months_later(first.replace(day=1), 1)
    while day <= last:
        yield day
        day = months_later(day, 1)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last.

    >>> months_later(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
