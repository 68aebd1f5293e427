"""Makes accounts more even by exchanging one chosen column for another, again and again: a search that proves nothing, but is quick.

Where the solver's own search has only chance to find the last knapsacks, this walks downhill and over ridges (tabu search), until it reaches
what the relaxation says cannot be undercut. One seed, so many steps: the same input gives the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from random import Random

import numpy as np

from flows.matching.programme import Programme

STEPS_MOST = 400
_TENURE = 12  # steps for which what was taken out does not come back
_TRIED = (
    40  # of the best exchanges for one column, how many are looked at for whether the rows let them
)
_EXACT = 1e-6


class Polisher:
    """A choice of so many columns that keeps every row; `step` exchanges one for another."""

    def __init__(self, programme: Programme, chosen: tuple[int, ...], seed: int) -> None:
        self._programme, self._chance = programme, Random(seed)  # noqa: S311 - nothing secret
        size = len(programme.columns)
        self._chosen: set[int] = set()
        self._is_chosen = np.zeros(size, dtype=bool)
        self._tabu = np.full(size, -1)
        self._in_row = [np.array(row.columns) for row in programme.rows]
        self._rows_of: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(programme.rows):
            for column in row.columns:
                self._rows_of[column].append(number)
        self._left = [row.most for row in programme.rows]
        self._full = np.zeros(size, dtype=np.int32)  # rows without room that a column is in
        for number, left in enumerate(self._left):
            self._full[self._in_row[number]] += left <= 0
        self._moves()
        for column in chosen:
            self._take(column)

    def _moves(self) -> None:
        """Each column's two accounts, and what it adds to them; the last account stands for none."""
        size, none = len(self._programme.columns), len(self._programme.accounts)
        self._net = np.zeros(none + 1)
        self._at, self._by = np.full((2, size), none), np.zeros((2, size))
        for number, account in enumerate(self._programme.accounts.values()):
            self._net[number] = account.before
            for column, months in account.adds.items():
                place = 0 if self._at[0, column] == none else 1
                self._at[place, column], self._by[place, column] = number, months

    @property
    def chosen(self) -> tuple[int, ...]:
        """The columns as they are now."""
        return tuple(sorted(self._chosen))

    def step(self, number: int) -> bool:
        """The best exchange that the rows let, downhill at once, else over the lowest ridge; whether there was one."""
        order, best = self.chosen, (np.inf, -1, -1)
        for out in self._chance.sample(order, len(order)):
            change, into = self._best_for(out, number)
            best = min(best, (change, out, into))
            if best[0] < -_EXACT:
                break
        change, out, into = best
        if change == np.inf:
            return False
        self._give_up(out)
        self._take(into)
        self._tabu[out] = number + _TENURE
        return True

    def _best_for(self, out: int, number: int) -> tuple[float, int]:
        """By how much the sum of balances changes at least, and what is taken in place of the column."""
        full = self._full.copy()
        for row in self._rows_of[out]:
            if self._left[row] == 0:
                full[self._in_row[row]] -= 1
        open_ = np.nonzero((full == 0) & ~self._is_chosen & (self._tabu < number))[0]
        if not open_.size:
            return np.inf, -1
        net, at, by = self._net.copy(), self._at[:, out], self._by[:, out]
        before = np.abs(net[at[0]]) + np.abs(net[at[1]]) * (by[1] != 0)
        net[at] -= by
        after = np.abs(net[at[0]]) + np.abs(net[at[1]]) * (by[1] != 0)
        near, adds = net[self._at[:, open_]], self._by[:, open_]
        changes = (np.abs(near + adds) - np.abs(near)).sum(axis=0)
        least = int(changes.argmin())
        return float(changes[least] + after - before), int(open_[least])

    def _give_up(self, column: int) -> None:
        self._chosen.remove(column)
        self._is_chosen[column] = False
        self._net[self._at[:, column]] -= self._by[:, column]
        for row in self._rows_of[column]:
            if self._left[row] == 0:
                self._full[self._in_row[row]] -= 1
            self._left[row] += 1

    def _take(self, column: int) -> None:
        self._chosen.add(column)
        self._is_chosen[column] = True
        self._net[self._at[:, column]] += self._by[:, column]
        for row in self._rows_of[column]:
            self._left[row] -= 1
            if self._left[row] == 0:
                self._full[self._in_row[row]] += 1


def polished(
    programme: Programme,
    chosen: tuple[int, ...],
    target: float,
    seed: int,
    may_go_on: Callable[[], bool],
) -> tuple[int, ...]:
    """The most even choice of as many columns that was found; it ends at the target, after so many steps, or when told."""
    polisher, best = Polisher(programme, chosen, seed), chosen
    value = programme.imbalance(chosen)
    for number in range(STEPS_MOST):
        if value <= target + _EXACT or not may_go_on() or not polisher.step(number):
            break
        reached = programme.imbalance(polisher.chosen)
        if reached < value:
            value, best = reached, polisher.chosen
    return best
