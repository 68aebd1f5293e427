"""Chance and division, both repeatable: one stream for each name, and whole things shared out by weight."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random


def stream(seed: int, name: str) -> Random:
    """A stream of its own for each name, so that what one noun draws never changes another."""
    return Random(f"{seed}/{name}")  # noqa: S311 - repeatable on purpose, and guards nothing


def shares(total: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
    """`total` shared out in whole parts by weight, each at least `least`; the parts sum to `total`.

    >>> shares(10, [2, 1, 1], least=1)
    [5, 3, 2]
    """
    spare = total - least * len(weights)
    if spare < 0:
        raise ValueError(f"{total} cannot be shared among {len(weights)} with {least} for each")
    whole = sum(weights)
    exact = [spare * weight / whole for weight in weights]
    parts = [int(each) for each in exact]
    short = spare - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[:short]:
        parts[index] += 1
    return [least + part for part in parts]


def ranks(count: int, *, steepness: float) -> list[float]:
    """Zipf's weights for ranks 1 to `count`: the first is 1, the n-th 1 / n ** steepness."""
    return [1 / rank**steepness for rank in range(1, count + 1)]


def cumulative(weights: Sequence[float]) -> list[float]:
    """The running sum that `Random.choices` takes, so that it need not be made for every draw."""
    return list(accumulate(weights))
