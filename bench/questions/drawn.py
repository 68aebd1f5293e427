"""What each operation is asked with: the reference values first, then a thousand that are drawn from the graph by a fixed seed.

So no answer is merely remembered. Places in the list of instruments are row numbers here (`offset`); each server spells
them in its own way (`asking.py`).
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeVar

from bench.questions import peers
from graph_store.driver import open_driver

COUNT = 1_000
SEED = 20261125
PAGE = 20
BEYOND_RAW = ("heavy", "heavyShared", "heavyDistinct")
"""What raw.py has no statement for: 100 instruments as they come, of one owner, of a hundred owners."""
Values = dict[str, Any]
Draw = Callable[[], Values]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is drawn from: ids of instruments in order, how many bear each name, categories, ids by owner."""

    ids: list[str]
    names: dict[str, int]
    categories: list[str]
    by_owner: dict[str, list[str]]


async def facts(uri: str) -> Facts:
    """Read from the loaded graph."""
    async with open_driver(uri, "", None) as driver:
        found = await driver.execute_query(
            "MATCH (i:Instrument)-[:OWNED_BY]->(o) RETURN i.id, i.name, i.category, o.id ORDER BY i.id"
        )
    by_owner: dict[str, list[str]] = {}
    for id_, _, _, owner in found.records:
        by_owner.setdefault(owner, []).append(id_)
    ids, names, categories, _ = zip(*found.records, strict=True)
    return Facts(list(ids), Counter(names), sorted(set(categories)), by_owner)


def drawn(known: Facts) -> dict[str, list[Values]]:
    """Of each operation, its reference values when it has any and `COUNT` seeded ones."""
    reference = {
        name: [{word: value for word, value in values.items() if word != "after"}]
        for name, values in peers.variables().items()
    }
    return {
        name: reference.get(name, []) + [draw() for _ in range(COUNT)]
        for name, draw in (_reference_draws(known) | _further_draws(known)).items()
    }


def entities(known: Facts, count: int) -> list[Values]:
    """Lists of `count` representations; a thousand lists, or as many as make 200,000 entities."""
    seeded = random.Random(SEED + count)  # noqa: S311 - a benchmark's values, no secret
    return [
        {"representations": [{"__typename": "Instrument", "id": each} for each in ids]}
        for ids in (seeded.sample(known.ids, count) for _ in range(min(COUNT, 200_000 // count)))
    ]


def searches(
    known: Facts, found: Sequence[int] = (30, 150, 600, 1_500)
) -> list[tuple[int, Values]]:
    """Full-text searches for words that about so many instruments bear: how many do, and the variables."""
    counted = [
        (sum(count for name, count in known.names.items() if phrase in name), phrase)
        for phrase in _phrases(known.names)
    ]
    nearest = [min(counted, key=lambda each: (abs(each[0] - wanted), each)) for wanted in found]
    return [(count, {"phrase": phrase, "first": PAGE}) for count, phrase in nearest]


def _reference_draws(known: Facts) -> dict[str, Draw]:
    seeded = random.Random(SEED)  # noqa: S311 - a benchmark's values, no secret
    count = len(known.ids)
    ids, absent = _shuffled(seeded, known.ids), _shuffled(seeded, range(9_000_000, 9_999_999))
    amounts = _shuffled(seeded, range(500_000, 2_000_000))
    limits = _shuffled(seeded, [*product(range(80, 121), range(6, 11), range(3, 8))])
    early = _shuffled(seeded, range(500, 1_500))
    late = _shuffled(seeded, range(count - 1_020, count - PAGE))
    sizes = _shuffled(seeded, range(9_500, 10_501))
    phrases = _shuffled(seeded, _phrases(known.names))
    numbers = iter(range(COUNT * 2))  # q5 and q5b have no variables: theirs are sent and ignored
    return {
        "q1": lambda: {"id": next(ids)},
        "q2": lambda: {
            "category": seeded.choice(known.categories),
            "minValue": next(amounts),
            "first": PAGE,
        },
        "q3": lambda: dict(zip(("first", "people", "projects"), next(limits), strict=True)),
        "q4": lambda: {"first": PAGE, "offset": next(early)},
        "q4b": lambda: {"first": PAGE, "offset": next(late)},
        "q5": lambda: {"ignored": next(numbers)},
        "q5b": lambda: {"ignored": next(numbers)},
        "q6": lambda: {"id": f"I-{next(absent)}"},
        "q7": lambda: {"first": next(sizes)},
        "q8": lambda: {"phrase": next(phrases), "first": PAGE},
    }


def _further_draws(known: Facts) -> dict[str, Draw]:
    seeded = random.Random(SEED + 1)  # noqa: S311 - a benchmark's values, no secret
    each_owners = [*known.by_owner.values()]
    large = [ids for ids in each_owners if len(ids) >= 100]
    places = _shuffled(seeded, range(1, len(known.ids) - PAGE))
    one_each = (sorted(map(seeded.choice, seeded.sample(each_owners, 100))) for _ in range(COUNT))
    return {
        "page": lambda: {"first": PAGE, "offset": next(places)},
        "identical": lambda: {"id": known.ids[len(known.ids) // 2]},
        "heavy": lambda: {"ids": sorted(seeded.sample(known.ids, 100))},
        "heavyShared": lambda: {"ids": sorted(seeded.sample(seeded.choice(large), 100))},
        "heavyDistinct": lambda: {"ids": next(one_each)},
    }


def _shuffled(seeded: random.Random, population: Sequence[T]) -> Iterator[T]:
    """Each member once, as many as are drawn."""
    return iter(seeded.sample(population, min(COUNT, len(population))))


def _phrases(names: Iterable[str]) -> list[str]:
    """Every part of two to six characters of the names, in a fixed order."""
    return sorted(
        {
            name[begin : begin + length]
            for name in names
            for length in range(2, 7)
            for begin in range(len(name) - length + 1)
        }
    )
