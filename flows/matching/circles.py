"""Circles and chains among exchanges: who sends to whom, round to where it began, or on to a last one."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """Exchanges by number, in order of the way; `places` they touch. A circle ends where it began."""

    members: tuple[int, ...]
    places: tuple[str, ...]

    @property
    def is_circle(self) -> bool:
        """Whether everybody on it sends one and receives one."""
        return self.places[0] == self.places[-1]


def figures(edges: Sequence[Edge]) -> tuple[Figure, ...]:
    """Circles, the shortest that can be found from each edge; of the rest chains of two and more. Each edge is in one at most.

    >>> [each.places for each in figures([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("x", "y")])]
    [('a', 'b', 'c', 'a'), ('c', 'd', 'e')]
    """
    free = dict(enumerate(edges))
    found = []
    for number in range(len(edges)):
        way = _way_back(number, free)
        if way:
            found.append(_figure(way, edges))
            for each in way:
                del free[each]
    while (chain := _longest(free)) and len(chain) > 1:
        found.append(_figure(chain, edges))
        for each in chain:
            del free[each]
    return tuple(found)


def _figure(way: Sequence[int], edges: Sequence[Edge]) -> Figure:
    return Figure(tuple(way), (edges[way[0]][0], *(edges[each][1] for each in way)))


def _way_back(number: int, free: dict[int, Edge]) -> list[int] | None:
    """The edge and the fewest others that lead back to where it begins."""
    if number not in free:
        return None
    home, host = free[number]
    reached: dict[str, list[int]] = {host: [number]}
    waiting = deque([host])
    while waiting:
        place = waiting.popleft()
        if place == home:
            return reached[place]
        for each, (start, end) in free.items():
            if start == place and end not in reached:
                reached[end] = [*reached[place], each]
                waiting.append(end)
    return None


def _longest(free: dict[int, Edge]) -> list[int]:
    """The longest way through edges among which there is no circle."""
    best: dict[str, list[int]] = {}

    def onward(place: str) -> list[int]:
        if place not in best:
            ways = ([each, *onward(end)] for each, (start, end) in free.items() if start == place)
            best[place] = max(ways, key=len, default=[])
        return best[place]

    return max((onward(start) for start, _ in free.values()), key=len, default=[])
