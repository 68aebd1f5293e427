"""Generated wishes to be exchanged, of people who are free in the months to come: what a matching begins from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from demo.facts.divisions import division_id
from demo.generated.cast import PARTIES, base_of, days, on, partner, roster, told
from demo.generated.exchanges import exchanges
from demo.generated.names import name_in_cast
from demo.records import CHENGDU, CHONGQING, Record, Tie
from demo.words import cooperation as words
from demo.world import World

_OF_EACH = 2
_REGIONS = {CHENGDU: "500000", CHONGQING: "510000"}
"""Where people of a base would go."""
_FIRST, _LAST = 45, 420


def records(world: World) -> Iterator[Record]:
    """Up to two of each party's people; every fourth would go to its partner alone, every seventh changed their mind."""
    asked = roster(world)
    for each in exchanges(world):
        asked.busy[each.person].append((each.since, each.until))
    first, last = world.today + days(_FIRST), world.today + days(_LAST)
    homes = chain.from_iterable(zip(PARTIES[CHENGDU], PARTIES[CHONGQING], strict=True))
    people = ((home, asked.ask(home, first, last)) for home in homes for _ in range(_OF_EACH))
    for index, (home, person) in enumerate(people):
        if person:
            yield _wish(world, index, home, person)


def _wish(world: World, index: int, home: str, person: str) -> Record:
    own, months = world.id(base_of(home), "exchange_wish", index), (3, 6, 6, 9)[index % 4]
    name = name_in_cast(world, person)
    properties = told(
        "ExchangeWish",
        own,
        f"{name.chinese}的交流意向",
        on(world.today - days(1 + index % 20), 3, index % 60),
        nameEn=f"Wish of {name.english} to be exchanged",
        status="withdrawn" if index % 7 == 6 else "open",
        since=(world.today + days(_FIRST)).isoformat(),
        until=(world.today + days(_LAST)).isoformat(),
        months=months,
        purpose=words.PURPOSES[index % len(words.PURPOSES)],
    )
    where = (
        Tie("WISHED_AT", own, partner(home))
        if index % 4 == 0
        else Tie("WISHED_IN", own, division_id(_REGIONS[base_of(home)]))
    )
    ties = (Tie("WISHED_BY", own, person), Tie("WISHED_FROM", own, home), where)
    return Record("ExchangeWish", properties, ties)
