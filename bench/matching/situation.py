"""A situation of any size among the demonstration's real institutions; the same seed gives the same one."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from demo.facts import topics
from demo.facts.institutions import CQAST, SCAST, known
from flows.matching.candidates import months_later
from graph_store.matching.situation import Grant, Post, Served, Situation, Wish

YEAR = date(2027, 1, 1)
QUOTA = 120  # a side and year: it binds at 500 people
FIELDS = 12


def situation(people: int, posts: int, seed: int) -> Situation:
    """Two sides of an agreement, uneven: some send more than they receive, and did so before."""
    chance = Random(seed)  # noqa: S311 - nothing secret follows from it
    sides = {
        SCAST: tuple(each.id for each in known() if each.id.startswith("cd-")),
        CQAST: tuple(each.id for each in known() if each.id.startswith("cq-")),
    }
    fields = tuple(map(topics.topic_id, topics.codes()[:FIELDS]))
    grant = Grant(
        "cd-clause-exchange",
        date(2020, 4, 15),
        None,
        {party: frozenset(bodies) for party, bodies in sides.items()},
        QUOTA,
        yearly=True,
    )
    return Situation(
        since=YEAR,
        wishes=tuple(_wish(number, sides, fields, chance) for number in range(people)),
        posts=tuple(_post(number, sides, fields, chance) for number in range(posts)),
        grants=(grant,),
        ledger=tuple(_served(sides, chance) for _ in range(60)),
    )


Sides = dict[str, tuple[str, ...]]


def _place(sides: Sides, chance: Random, *, falling: bool) -> tuple[str, str]:
    """A side and one of its institutions; a few are drawn often."""
    party = chance.choice(list(sides))
    bodies = sides[party] if falling else sides[party][::-1]
    weights = [(rank + 1) ** -0.5 for rank in range(len(bodies))]
    return party, chance.choices(bodies, weights)[0]


def _wish(number: int, sides: Sides, fields: tuple[str, ...], chance: Random) -> Wish:
    party, home = _place(sides, chance, falling=True)
    since = months_later(YEAR, chance.randint(0, 9)) + timedelta(days=chance.randint(0, 27))
    months = chance.choices((3, 6, 12), (3, 5, 4))[0]
    other = next(bodies for each, bodies in sides.items() if each != party)
    named = None if chance.random() < 0.7 else frozenset(chance.sample(other, 4))
    skills = chance.sample(fields, chance.randint(1, 3))
    return Wish(
        id=f"cd-exchange_wish-{number:04}",
        person=f"cd-person-{number:04}",
        home=home,
        since=since,
        until=months_later(since, months + chance.randint(0, 6)),
        months=months,
        asked_at=f"2026-{number % 12 + 1:02}",
        skills={each: chance.randint(1, 3) for each in skills},
        places=named,
        named=named or frozenset(),
    )


def _post(number: int, sides: Sides, fields: tuple[str, ...], chance: Random) -> Post:
    _, host = _place(sides, chance, falling=False)
    since = months_later(YEAR, chance.randint(0, 6))
    required = chance.sample(fields, chance.choices((0, 1, 2), (2, 6, 2))[0])
    return Post(
        id=f"cd-post-{number:04}",
        host=host,
        vacancies=chance.choices((1, 2, 3), (7, 2, 1))[0],
        since=since,
        until=months_later(since, chance.choice((6, 12, 18))) - timedelta(days=1),
        requires={each: chance.randint(1, 3) for each in required},
    )


def _served(sides: Sides, chance: Random) -> Served:
    one, other = (chance.choice(bodies) for bodies in sides.values())
    home, host = (one, other) if chance.random() < 0.6 else (other, one)
    return Served(home, host, round(chance.uniform(1, 12), 2))
