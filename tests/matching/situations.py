"""Small situations, drawn by Hypothesis: few people, posts and institutions, with quotas, a ledger and people who are away."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from graph_store.matching.situation import Balance, Grant, Period, Post, Served, Situation, Wish
from tests.matching.rules import last_day

PLACES = ("a", "b", "c", "d")
FIRST = date(2027, 1, 1)
_days = st.integers(0, 300).map(lambda n: date.fromordinal(FIRST.toordinal() + n))
_places = st.sampled_from(PLACES)
_skills = st.dictionaries(st.sampled_from(["t1", "t2"]), st.integers(1, 3), max_size=2)


@st.composite
def periods(draw: Any) -> Period:
    """One to six months."""
    since = draw(_days)
    return Period(since, last_day(since, draw(st.integers(1, 6))))


@st.composite
def wishes(draw: Any, number: int) -> Wish:
    """Somebody's."""
    since, months = draw(_days), draw(st.sampled_from([1, 2, 3, 6]))
    places = draw(st.none() | st.frozensets(_places, min_size=1, max_size=3))
    return Wish(
        id=f"w{number}",
        person=f"p{number}",
        home=draw(_places),
        since=since,
        until=last_day(since, months + draw(st.integers(0, 4))),
        months=months,
        asked_at=f"2026-0{draw(st.integers(1, 3))}",
        skills=draw(_skills),
        places=places,
        named=frozenset() if places is None else places,
        busy=tuple(draw(st.lists(periods(), max_size=1))),
    )


@st.composite
def posts(draw: Any, number: int) -> Post:
    """Somewhere."""
    since = draw(st.none() | _days)
    return Post(
        id=f"q{number}",
        host=draw(_places),
        vacancies=draw(st.integers(1, 2)),
        since=since,
        until=None if since is None else last_day(since, draw(st.integers(3, 12))),
        requires=draw(st.just({}) | _skills),
        taken=tuple(draw(st.lists(periods(), max_size=2))),
    )


@st.composite
def grants(draw: Any) -> Grant:
    """Between ab and cd, or between all four; with a quota or none."""
    sides = draw(
        st.sampled_from([{"a": {"a", "b"}, "c": {"c", "d"}}, {each: {each} for each in PLACES}])
    )
    yearly = draw(st.booleans())
    used = {(party, 2027 if yearly else None): 1 for party in draw(st.sets(st.sampled_from(sorted(sides))))}  # fmt: skip
    return Grant(
        id="c",
        since=FIRST,
        until=draw(st.none() | st.just(date(2027, 12, 31))),
        sides={party: frozenset(bodies) for party, bodies in sides.items()},
        quota=draw(st.none() | st.integers(0, 3)),
        yearly=yearly,
        used=used,
        receivers=draw(st.none() | st.just(frozenset({"a", "c", "d"}))),
    )


@st.composite
def situations(draw: Any) -> Situation:
    """One whole."""
    months = st.integers(1, 900).map(lambda n: n / 100)
    served = st.builds(Served, _places, _places, months).filter(lambda each: each.home != each.host)
    return Situation(
        since=FIRST,
        wishes=tuple(draw(wishes(number)) for number in range(draw(st.integers(0, 4)))),
        posts=tuple(draw(posts(number)) for number in range(draw(st.integers(0, 3)))),
        grants=(draw(grants()),),
        ledger=tuple(draw(st.lists(served, max_size=4))),
        until=draw(st.none() | st.just(date(2027, 9, 30))),
        balance=draw(st.sampled_from(Balance)),
    )
