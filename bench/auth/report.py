"""The figures, and what they were to be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.load import Cell, percentile
from bench.questions.goals import shown

RATIO, CHECK_MS, SECONDS = 1.2, 0.2, 1.0


@dataclass(slots=True)
class Figures:
    """What is asked, by whom, and what was measured of it."""

    ids: list[str]
    requests: dict[str, list[bytes]]
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    rounds: int = 0
    trips: dict[str, float] = field(default_factory=dict)
    checks: dict[str, float] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)
    revocations: dict[str, list[float]] = field(default_factory=dict)


def result(figures: Figures) -> dict[str, Any]:
    """The keys of the issue first: the worst of each way to be known, each kind of revocation."""
    ratios = {who: ratio(figures, who, p50) for who in figures.cells if who != "anonymous"}
    cpu = {who: ratio(figures, who, _cpu) for who in ratios}
    alone = figures.trips["anonymous"]
    slowest = {kind: round(max(each), 3) for kind, each in figures.revocations.items()}
    return {
        "byIdRatioWithViewer": max(ratios.values()),
        "tokenCheckMs": round(figures.checks["accessToken"], 4),
        "extraTrips": max(0.0, round(max(figures.trips.values()) - alone, 1)),
        "revocationSeconds": max(slowest.values()),
        "byIdRatios": ratios,
        "byIdCpuRatios": cpu,
        "byIdMs": {who: round(median(map(p50, each)), 3) for who, each in figures.cells.items()},
        "seekInPlan": figures.plan["seeks"],
        "dbHits": figures.plan["dbHits"],
        "hubTokenCheckMs": round(figures.checks["hubToken"], 4),
        "statementsARequest": {who: round(each, 3) for who, each in figures.trips.items()},
        "revocations": slowest,
    }


def table(figures: Figures, found: dict[str, Any]) -> str:
    """Markdown."""
    rows = [
        ("by id with a viewer ÷ without, p50", f"< {RATIO}", _judged(found["byIdRatioWithViewer"], RATIO)),
        ("the same by CPU of hub and Neo4j", "", shown(max(found["byIdCpuRatios"].values()))),
        ("the index is sought in: fewer dbHits than instruments", "yes", "yes" if found["seekInPlan"] else "no (missed)"),
        ("dbHits of by id without, with a viewer", "", " / ".join(map(shown, found["dbHits"]))),
        ("CPU ms of checking an access token (RS256)", f"< {CHECK_MS}", _judged(found["tokenCheckMs"], CHECK_MS)),
        ("more statements a request for a viewer", "0", _judged(found["extraTrips"], 0.0)),
    ]  # fmt: skip
    rows += [
        (f"seconds until another worker knows of a revoked {kind}", f"≤ {SECONDS:g}", _judged(each, SECONDS))
        for kind, each in found["revocations"].items()
    ]  # fmt: skip
    lines = ["| what | goal | measured |", "|---|---|---|"]
    lines += [f"| {what} | {goal} | {value} |" for what, goal, value in rows]
    return "\n".join([*lines, "", f"{figures.rounds} rounds."])


def ratio(figures: Figures, who: str, figure: Callable[[Cell], float]) -> float:
    """The median over rounds of what a viewer costs to what nobody costs within a round."""
    pairs = zip(figures.cells[who], figures.cells["anonymous"], strict=True)
    return round(median(figure(each) / figure(nobody) for each, nobody in pairs), 3)


def p50(cell: Cell) -> float:
    """Milliseconds of the middle request."""
    return percentile(cell.took, 0.5)


def _cpu(cell: Cell) -> float:
    return cell.cpu_ms


def _judged(value: float, goal: float) -> str:
    return f"**{shown(value)}**" if value <= goal else f"{shown(value)} (missed)"
