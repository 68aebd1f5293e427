"""First come, first served: the floor that the solver is measured against, and the solution it starts from."""

from __future__ import annotations

from collections import defaultdict

from flows.matching.programme import Programme


def greedy(programme: Programme) -> tuple[int, ...]:
    """Each wish in order of asking takes the best-fitting post that is still free."""
    rows_of: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(programme.rows):
        for column in row.columns:
            rows_of[column].append(number)
    left = [row.most for row in programme.rows]
    chosen, served = [], set()
    for column in sorted(range(len(programme.columns)), key=lambda each: _turn(programme, each)):
        person = programme.columns[column].wish.person
        if person not in served and all(left[each] > 0 for each in rows_of[column]):
            chosen.append(column)
            served.add(person)
            for each in rows_of[column]:
                left[each] -= 1
    return tuple(sorted(chosen))


def _turn(programme: Programme, column: int) -> tuple[str, str, int, int]:
    wish = programme.columns[column].wish
    return wish.asked_at, wish.id, -programme.scores[column], column
