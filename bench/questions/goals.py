"""What was to be reached, beside what was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Result = Mapping[str, Any]

CPU_MEAN, CPU_EACH = 1.10, 1.25
BY_ID_64, PAGE_64 = 3.0, 1.7
THROUGHPUT_TO_PEER = {
    "q1": 5.0,
    "q2": 2.5,
    "q3": 2.5,
    "q4": 3.0,
    "q4b": 3.0,
    "q5": 2.5,
    "q5b": 3.0,
    "q6": 5.0,
    "q7": 3.0,
    "q8": 4.0,
}


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure of the result, what was wanted of it in words, and whether a value is good enough."""

    what: str
    wanted: str
    of: Callable[[Result], Any]
    is_met: Callable[[Any], bool]


def _at_most(what: str, most: float, of: Callable[[Result], Any], unit: str = "") -> Goal:
    return Goal(what, f"≤ {most:g}{unit}", of, lambda value: value <= most)


def _at_least(what: str, least: float, of: Callable[[Result], Any]) -> Goal:
    return Goal(what, f"≥ {least:g}", of, lambda value: value >= least)


def _lower(what: str, word: str) -> Goal:
    return Goal(
        f"p99 ms of {what} at 64 connections: hub, hand-written",
        "lower",
        lambda result: _pair(result["p99Ms64"][word]),
        lambda pair: pair[0] < pair[1],
    )


def _pair(of_both: Mapping[str, float | None]) -> list[float | None] | None:
    pair = [of_both["hub"], of_both["handWritten"]]
    return None if None in pair else pair


def goals() -> list[Goal]:
    """All of them, in the order of the issue."""
    return [
        _at_most(
            "CPU ÷ hand-written, geometric mean",
            CPU_MEAN,
            lambda result: result["cpuRatioToHandWrittenGeometricMean"],
        ),
        _at_most(
            "CPU ÷ hand-written, the worst operation",
            CPU_EACH,
            lambda result: max(result["cpuRatioToHandWritten"].values(), default=None),
        ),
        _at_least(
            "Throughput ÷ hand-written by id, 64 connections",
            BY_ID_64,
            lambda result: result["throughputRatioById64"],
        ),
        _lower("by id", "byId"),
        _at_least(
            "Throughput ÷ hand-written of 20-row pages, 64 connections",
            PAGE_64,
            lambda result: result["throughputRatioPage64"],
        ),
        *[_to_peer(name, least) for name, least in THROUGHPUT_TO_PEER.items()],
        _at_most("10,000 rows, CPU ms of the hub", 60, lambda result: result["rows10000Ms"]),
        _at_most(
            "dbHits of a page at row 1,000", 100, lambda result: result["pageDbHits"]["row1000"]
        ),
        _at_most(
            "dbHits of a page at row 12,000", 100, lambda result: result["pageDbHits"]["row12000"]
        ),
        _at_most(
            "dbHits of full text, the most of four (≈ 30 to 1,500 found)",
            200,
            lambda result: result["fullTextDbHits"],
        ),
        _at_most("Statements of group totals", 1, lambda result: result["groupStatements"]),
        _at_most("100 entities, CPU ms of the hub", 4, lambda result: result["entities100Ms"]),
        _at_most("1,000 entities, CPU ms of the hub", 15, lambda result: result["entities1000Ms"]),
        _at_least(
            "Heavy question, CPU of the peer ÷ hub", 3, lambda result: result["heavyRatioToPeer"]
        ),
        _at_least("The same with one owner", 6, lambda result: result["heavySharedRatioToPeer"]),
        _at_most("dbHits of a missing id", 5, lambda result: result["missingIdDbHits"]),
    ]


def _to_peer(name: str, least: float) -> Goal:
    return _at_least(
        f"Throughput ÷ @neo4j/graphql, {name}, 16 connections",
        least,
        lambda result: result["throughputRatioToPeer16"].get(name),
    )


def table(result: Result) -> str:
    """Markdown: a row for each goal."""
    rows = [f"| {goal.what} | {goal.wanted} | {_measured(goal, result)} |" for goal in goals()]
    return "\n".join(["| what | goal | measured |", "|---|---|---|", *rows])


def _measured(goal: Goal, result: Result) -> str:
    value = goal.of(result)
    if value is None or isinstance(value, str):
        return value or "not measured"
    told = ", ".join(map(shown, value)) if isinstance(value, list) else shown(value)
    return f"**{told}**" if goal.is_met(value) else f"{told} (missed)"


def shown(figure: float | None) -> str:
    """Three digits, or a dash for what was not measured.

    >>> shown(1234.5), shown(0.12345), shown(40778), shown(None)
    ('1,234', '0.123', '40,778', '–')
    """
    if figure is None:
        return "–"
    return f"{figure:,.0f}" if abs(figure) >= 100 or isinstance(figure, int) else f"{figure:.3g}"
