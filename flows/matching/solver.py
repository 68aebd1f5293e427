"""The one door to HiGHS (MIT licence, highs.dev): the three objectives of a matching, one after the other, each with its proof.

    1. the most exchanges                                max Σ x
    2. of those, the most even accounts                   min Σ |before + net|      with Σ x as found
    3. of those, the best fit                            max Σ score · x            with both as found

Objective 2 is a knapsack in each account. Its linear relaxation is as good as exact, but left to itself HiGHS found no solution that reaches
it at 500 people × 300 posts within two minutes. So each stage solves the relaxation, which is the bound, and then goes from the solution it
has to better ones: the places of some people, drawn by chance, are open again while all others stay where they are, and HiGHS solves that small
programme (*a neighbourhood*). A round that finds nothing better makes the next one larger, until it is the whole programme, whose own bound counts.
One thread and a fixed seed: the same input gives the same answer, unless a time
limit cut the search, which `status` then says.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import version
from random import Random

import highspy
import numpy as np

from flows.matching.greedy import greedy
from flows.matching.programme import Account, Programme, grouped

log = logging.getLogger(__name__)
_EXACT, _FAR = 1e-6, 1e9
_FIT_TOLERANCE = (
    0.02  # the fit orders what is equal otherwise: two in a hundred are not worth minutes
)
_ENDLESS = 2**31 - 1
# measured at 500 × 300: fewer people find less in a round, more take longer than they find; and what a round proves of itself is worth nothing
_NEIGHBOURS, _GROWTH, _NODES = 100, 1.05, 50


class Status(Enum):
    """How an objective stands: proved to be the best, proved to be within its tolerance, or the best found when the time was over."""

    OPTIMAL = "optimal"
    CLOSE = "close"
    TIME_LIMIT = "time_limit"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long all three may take together, in seconds; `seed` of the solver's own chance."""

    seconds: float = 120.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Stage:
    """One objective: what was reached and what cannot be surpassed."""

    status: Status
    value: float
    bound: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Solved:
    """The columns chosen, and the three stages; `solver` is its name and version."""

    chosen: tuple[int, ...]
    count: Stage
    imbalance: Stage
    score: Stage
    solver: str
    size: tuple[int, int] = (0, 0)

    @property
    def is_optimal(self) -> bool:
        """Whether count and imbalance are proved; the fit only orders what is equal in both."""
        return {self.count.status, self.imbalance.status} == {Status.OPTIMAL}


class SolverFailed(Exception):
    """HiGHS ended in a state that the programme cannot have: it always has a solution, nobody goes."""


def solver_name() -> str:
    """What solves, with its version."""
    return f"HiGHS {version('highspy')}"


def solve(programme: Programme, limits: Limits | None = None) -> Solved:
    """The best of all three. Raises SolverFailed."""
    search = _Search(programme, limits or Limits())
    size = search.size
    chosen, count = search.stage(_Aim([1] * search.columns), greedy(programme))
    search.at_least(len(chosen))
    chosen, imbalance = search.stage(_Aim(None), chosen)
    search.as_even_as(imbalance.value)
    chosen, score = search.stage(_Aim(list(programme.scores), _FIT_TOLERANCE), chosen)
    return Solved(chosen, count, imbalance, score, solver_name(), size)


@dataclass(frozen=True, slots=True)
class _Aim:
    """What to maximise, whole numbers by column; None: the accounts are to be made even, in hundredths of a month.

    `tolerance`: the part of the bound that may be missed.
    """

    gains: list[int] | None
    tolerance: float = 0.0

    @property
    def near(self) -> float:
        """The part of what may still be won at which a round ends: fit is won a little everywhere, evenness where it lacks."""
        return 0.25 if self.gains is None else 0.02

    @property
    def grain(self) -> float:
        """The least difference of two values."""
        return 0.01 if self.gains is None else 1.0

    def value(self, programme: Programme, chosen: tuple[int, ...]) -> float:
        """What is minimised."""
        if self.gains is None:
            return programme.imbalance(chosen)
        return float(-sum(self.gains[each] for each in chosen))

    def rounded(self, bound: float) -> float:
        """The least value that is possible at all, given a bound."""
        return round(math.ceil(max(bound, -_FAR) / self.grain - _EXACT) * self.grain, 2)

    def status(self, value: float, bound: float) -> Status:
        """What a value is, given what none can undercut."""
        if value <= self.rounded(bound):
            return Status.OPTIMAL
        return Status.CLOSE if value - bound <= self.tolerance * abs(value) else Status.TIME_LIMIT

    def told(self, value: float) -> float:
        """The value as it is told: gains count upwards."""
        return value if self.gains is None else -value


class _Search:
    """One model: the candidates and, for each account, its net in steps and how far from even it ends."""

    def __init__(self, programme: Programme, limits: Limits) -> None:
        self._programme = programme
        self._ends, self._seed = time.monotonic() + limits.seconds, limits.seed
        self.columns = len(programme.columns)
        self._people = list(grouped(programme.columns, lambda each: each.wish.person))
        moved = [each for each in programme.accounts.values() if each.adds]
        self._accounts = [_Stepped.of(each) for each in moved]
        still = programme.imbalance(()) - sum(abs(each.before) for each in moved)
        self._still = round(still, 2)
        self._model = _highs()
        self._build()

    @property
    def size(self) -> tuple[int, int]:
        """Variables and rows."""
        return self._model.getNumCol(), self._model.getNumRow()

    def at_least(self, count: int) -> None:
        """From now on no fewer exchanges."""
        self._row(count, _INFINITE, range(self.columns), [1.0] * self.columns)

    def as_even_as(self, imbalance: float) -> None:
        """From now on no more uneven."""
        offs = range(self.columns + 1, self.size[0], 2)
        self._row(-_INFINITE, imbalance - self._still + _EXACT, offs, [1.0] * len(offs))

    def stage(self, aim: _Aim, start: tuple[int, ...]) -> tuple[tuple[int, ...], Stage]:
        """The best found, and how it stands."""
        began = time.monotonic()
        self._aim(aim)
        best, bound = start, -math.inf
        if self.columns:
            best, bound = self._searched(aim, start)
        value = aim.value(self._programme, best)
        bound = max(bound, self._least(aim)) if self.columns else value
        status, seconds = aim.status(value, bound), round(time.monotonic() - began, 3)
        least = min(value, aim.rounded(bound))
        return best, Stage(status, aim.told(value), aim.told(least), seconds)

    def _searched(self, aim: _Aim, start: tuple[int, ...]) -> tuple[tuple[int, ...], float]:
        """The best found, and what no solution can undercut."""
        best, bound = start, self._relaxed()
        chance, size = Random(self._seed), float(_NEIGHBOURS)  # noqa: S311 - nothing secret
        while self._left and aim.status(self._value(aim, best), bound) is Status.TIME_LIMIT:
            self._model.setOptionValue("random_seed", chance.randrange(_ENDLESS))
            if size >= len(self._people):
                best, undercut = self._whole(aim, best, bound)
                return best, max(bound, undercut)
            found = self._nearby(aim, best, bound, chance.sample(self._people, int(size)))
            if self._value(aim, found) == self._value(aim, best):
                size *= _GROWTH
            else:
                log.info(
                    "reached %s, bound %s",
                    aim.told(self._value(aim, found)),
                    aim.told(aim.rounded(bound)),
                )
            best = found
        return best, bound

    def _value(self, aim: _Aim, chosen: tuple[int, ...]) -> float:
        return aim.value(self._programme, chosen)

    def _relaxed(self) -> float:
        """The bound of the linear relaxation; none where the time is over."""
        self._model.setOptionValue("solve_relaxation", True)
        # the simplex solver's clock goes on from run to run, that of the integer solver begins anew with each
        self._run(self._model.getRunTime() + self._left)
        self._model.setOptionValue("solve_relaxation", False)
        if self._model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return -math.inf
        return float(self._model.getInfo().objective_function_value)

    def _whole(
        self, aim: _Aim, best: tuple[int, ...], bound: float
    ) -> tuple[tuple[int, ...], float]:
        """The best of all, and what none can undercut."""
        self._open()
        self._model.setOptionValue("mip_max_nodes", _ENDLESS)
        gap = aim.tolerance * abs(self._value(aim, best))
        return self._integral(aim, best, bound, gap)

    def _nearby(
        self, aim: _Aim, best: tuple[int, ...], bound: float, people: Iterable[tuple[int, ...]]
    ) -> tuple[int, ...]:
        """A solution as good or better, in which only these people's places are others."""
        least = np.zeros(self.columns)
        least[list(best)] = 1.0
        most = least.copy()
        for columns in people:
            least[list(columns)], most[list(columns)] = 0.0, 1.0
        every = np.arange(self.columns, dtype=np.int32)
        self._model.changeColsBounds(self.columns, every, least, most)
        self._model.setOptionValue("mip_max_nodes", _NODES)
        return self._integral(aim, best, bound, aim.near * (self._value(aim, best) - bound))[0]

    def _integral(
        self, aim: _Aim, best: tuple[int, ...], bound: float, gap: float
    ) -> tuple[tuple[int, ...], float]:
        """A solution as good or better over the columns that are open, and what none over them undercuts; to within a gap."""
        self._model.setOptionValue("mip_abs_gap", max(0.99 * aim.grain, gap))
        # nothing better is possible: no need to prove it over the neighbourhood too
        self._model.setOptionValue("objective_target", aim.rounded(bound) + _EXACT)
        self._begin_at(best)
        self._run(self._left)
        info = self._model.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return best, info.mip_dual_bound
        values = np.array(self._model.getSolution().col_value[: self.columns])
        found = tuple(int(each) for each in np.nonzero(values > 0.5)[0])
        if not self._programme.allows(found):
            raise SolverFailed("HiGHS gave a solution that breaks a rule of the programme")
        better = self._value(aim, found) < self._value(aim, best)
        return (found if better else best), info.mip_dual_bound

    def _begin_at(self, chosen: tuple[int, ...]) -> None:
        values = [0.0] * self.columns
        for each in chosen:
            values[each] = 1.0
        for account in self._accounts:
            net = account.net(chosen)
            values += [net / account.step, account.off(net)]
        every = np.arange(len(values), dtype=np.int32)
        self._model.setSolution(len(values), every, np.array(values))

    @property
    def _left(self) -> float:
        return max(0.0, self._ends - time.monotonic())

    def _run(self, limit_seconds: float) -> None:
        self._model.setOptionValue("time_limit", limit_seconds)
        self._model.run()
        if self._model.getModelStatus() not in _POSSIBLE:
            raise SolverFailed(self._model.modelStatusToString(self._model.getModelStatus()))

    def _aim(self, aim: _Aim) -> None:
        size, gains = self.size[0], aim.gains
        costs = np.zeros(size)
        if gains is None:
            costs[self.columns + 1 :: 2] = 1.0
        else:
            costs[: self.columns] = [-float(each) for each in gains]
        self._model.changeColsCost(size, np.arange(size, dtype=np.int32), costs)
        self._model.changeObjectiveOffset(self._still if gains is None else 0.0)
        self._open()

    def _open(self) -> None:
        every = np.arange(self.columns, dtype=np.int32)
        none, one = np.zeros(self.columns), np.ones(self.columns)
        self._model.changeColsBounds(self.columns, every, none, one)

    def _least(self, aim: _Aim) -> float:
        """What no value can undercut, whatever is chosen."""
        return 0.0 if aim.gains is None else -float(sum(aim.gains))

    def _build(self) -> None:
        kind = highspy.HighsVarType.kInteger
        for _ in range(self.columns):
            self._model.addVar(0.0, 1.0)
        for account in self._accounts:
            most = sum(map(abs, account.adds.values())) / account.step
            self._model.addVar(-most, most)
            self._model.addVar(0.0, _INFINITE)
        whole = [*range(self.columns), *range(self.columns, self.size[0], 2)]
        for each in whole:
            self._model.changeColIntegrality(each, kind)
        for row in self._programme.rows:
            self._row(-_INFINITE, row.most, row.columns, [1.0] * len(row.columns))
        for number, account in enumerate(self._accounts):
            self._account(account, self.columns + 2 * number)

    def _account(self, account: _Stepped, net: int) -> None:
        """Its net in steps, and rows that hold how far off even it ends: exact at every step, whatever the relaxation mixes."""
        adds = list(account.adds.values())
        columns, step, before = [*account.adds, net], float(account.step), account.before
        self._row(0.0, 0.0, columns, [*map(float, adds), -step])
        below = math.floor(-before / step)
        slope = account.off(step * (below + 1)) - account.off(step * below)
        for tilt, least in (
            (step, before),
            (-step, -before),
            (slope, account.off(step * below) - slope * below),
        ):
            self._row(least, _INFINITE, [net, net + 1], [-tilt, 1.0])

    def _row(
        self, least: float, most: float, columns: Sequence[int], factors: Sequence[float]
    ) -> None:
        numbers = np.array(list(columns), dtype=np.int32)
        self._model.addRow(least, most, len(numbers), numbers, np.array(factors))


@dataclass(frozen=True, slots=True)
class _Stepped:
    """An account whose net moves in steps: the greatest number that all its months are multiples of."""

    before: float
    adds: Mapping[int, int]
    step: int

    @classmethod
    def of(cls, account: Account) -> _Stepped:
        """The account with its step."""
        return cls(account.before, account.adds, math.gcd(*account.adds.values()))

    def net(self, chosen: Iterable[int]) -> int:
        """What the chosen columns add."""
        return sum(self.adds.get(each, 0) for each in chosen)

    def off(self, net: float) -> float:
        """How far from even it ends."""
        return abs(self.before + net)


def _highs() -> highspy.Highs:
    """A solver that says nothing and works on one thread."""
    model = highspy.Highs()  # type: ignore[no-untyped-call] # its types stop short of its constructor
    for name, value in _OPTIONS.items():
        model.setOptionValue(name, value)
    return model


_INFINITE = highspy.kHighsInf
_POSSIBLE = {
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kObjectiveTarget,
    highspy.HighsModelStatus.kSolutionLimit,
}
_OPTIONS: Mapping[str, bool | float] = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
}
