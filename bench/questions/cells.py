"""Timing: alternating rounds of short cells, so that whatever else the machine does falls on all servers alike."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.load import Cell, Load, measured
from bench.questions.answers import Requests
from bench.questions.drawn import BEYOND_RAW
from bench.questions.servers import Server

HUB, RAW, PEER = "hub", "raw", "peer"
CROWD, THRONG = 16, 64
STRIDE = 97
"""Every round begins this many values later, each server with the same."""
THIRD = 3


@dataclass(frozen=True, slots=True)
class Task:
    """An operation on so many connections: asked of `always` in each round, and of `between` in every third."""

    name: str
    connections: int
    always: tuple[str, ...] = ()
    between: tuple[str, ...] = ()

    def servers(self, number: int) -> tuple[str, ...]:
        """Who is asked in a round, in turning order."""
        asked = self.always if number % THIRD else self.always + self.between
        turn = (number % 2 if number % THIRD else number // THIRD) % max(len(asked), 1)
        return asked[turn:] + asked[:turn]


def tasks(names: Sequence[str], reference: Sequence[str]) -> list[Task]:
    """What a round consists of, for the operations that are wanted."""
    both = (HUB, RAW)
    found = [Task(name, 1, both, (PEER,)) for name in reference]
    found += [Task(name, THRONG, both) for name in ("q1", "page")]
    found += [Task("identical", THRONG, (), both)]
    found += [Task(name, CROWD, (), (HUB, PEER)) for name in reference]
    found += [Task(name, 1, (), (HUB, PEER)) for name in BEYOND_RAW]
    found += [Task(name, 1, (), (HUB,)) for name in ("entities100", "entities1000")]
    return [task for task in found if task.name in names]


@dataclass(slots=True)
class Samples:
    """Cells by operation, connections and server, and within those by round."""

    cells: dict[tuple[str, int, str], dict[int, Cell]] = field(default_factory=dict)
    rounds: int = 0

    def all(self, name: str, connections: int, server: str) -> list[Cell]:
        """The cells of one server, a round each; none when it was not asked."""
        return list(self.cells.get((name, connections, server), {}).values())

    def middle(
        self, name: str, connections: int, server: str, figure: Callable[[Cell], float]
    ) -> float | None:
        """The median over rounds of one figure."""
        found = self.all(name, connections, server)
        return median(map(figure, found)) if found else None

    def ratio(
        self, name: str, connections: int, pair: tuple[str, str], figure: Callable[[Cell], float]
    ) -> float | None:
        """The median over rounds of the first server's figure to the second's within a round."""
        first, second = (self.cells.get((name, connections, server), {}) for server in pair)
        found = [
            figure(first[number]) / max(figure(second[number]), 1e-6)
            for number in first
            if number in second
        ]
        return median(found) if found else None

    def took(self, name: str, connections: int, server: str) -> list[float]:
        """Milliseconds of every request, in order of size."""
        return sorted(each for cell in self.all(name, connections, server) for each in cell.took)


@dataclass(frozen=True, slots=True)
class Field:
    """The servers by name with the pid of their Neo4j, and what they are sent."""

    servers: Mapping[str, Server]
    store_pid: int
    requests: Requests

    def cell(self, task: Task, server: str, seconds: float, begin: int = 0) -> Cell:
        """One cell."""
        asked = self.servers[server]
        requests = self.requests[task.name, server]
        load = Load(asked.port, requests, task.connections, seconds, begin)
        return measured(load, asked.pid, self.store_pid)


@dataclass(frozen=True, slots=True)
class Course:
    """At most so many rounds of cells of so many seconds; none is begun that would not end by `until` (monotonic time)."""

    rounds: int
    seconds: float
    until: float


def warm(over: Field, wanted: Sequence[Task], seconds: float) -> None:
    """Let compilers, planners and caches do their work; what is asked alone is warmed by four."""
    for task in wanted:
        busier = Task(task.name, max(task.connections, 4))
        for server in task.always + task.between:
            over.cell(busier, server, seconds)


def rounds(over: Field, wanted: Sequence[Task], course: Course) -> Samples:
    """The cells of as many rounds as there is time for, at least one."""
    samples, longest = Samples(), {True: 0.0, False: 0.0}
    for number in range(course.rounds):
        began, is_full = time.monotonic(), number % THIRD == 0
        if number and began + longest[is_full] > course.until:
            break
        for task in wanted:
            for server in task.servers(number):
                cell = over.cell(task, server, course.seconds, number * STRIDE)
                samples.cells.setdefault((task.name, task.connections, server), {})[number] = cell
        samples.rounds = number + 1
        longest[is_full] = max(longest[is_full], time.monotonic() - began)
    return samples
