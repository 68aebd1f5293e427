"""Figures of two sizes beside each other."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from bench.load import Cell, percentile
from bench.questions.cells import HUB, Samples
from bench.questions.goals import shown
from bench.questions.plans import Hits

NAMES = {"q1": "byId", "page": "page", "q8": "search"}
SMALL, LARGE = 1, 10
FLAT = 1.2


def result(
    samples: Samples, asked: Sequence[str], costs: Sequence[Sequence[Hits]]
) -> dict[str, Any]:
    """Of each question, small and large: milliseconds (median), CPU ms of hub and Neo4j, the most dbHits of some values."""
    return {
        word: {
            "ms": _both(samples, name, _p50),
            "msRatio": _ratio(samples, name, _p50),
            "cpuMs": _both(samples, name, _cpu),
            "cpuRatio": _ratio(samples, name, _cpu),
            "dbHits": [_most(name, asked, each) for each in costs],
        }
        for name, word in NAMES.items()
    }


def table(figures: dict[str, Any]) -> str:
    """Markdown."""
    lines = [
        "| question | p50 ms, scale 1 / 10 | ratio | CPU ms, hub + Neo4j | ratio | most dbHits |",
        "|---|---|---|---|---|---|",
    ]
    for word, each in figures["result"].items():
        pairs = {key: " / ".join(map(shown, each[key])) for key in ("ms", "cpuMs", "dbHits")}
        lines.append(
            f"| {word} | {pairs['ms']} | {_judged(each['msRatio'])} | {pairs['cpuMs']} | "
            f"{_judged(each['cpuRatio'])} | {pairs['dbHits']} |"
        )
    run = f"{figures['rounds']} rounds, {figures['minutes']} minutes, load average at the end {figures['loadAverage']:.1f}."
    return "\n".join([*lines, "", run])


def _judged(ratio: float) -> str:
    return f"**{shown(ratio)}**" if ratio <= FLAT else f"{shown(ratio)} (missed)"


def _p50(cell: Cell) -> float:
    return percentile(cell.took, 0.5)


def _cpu(cell: Cell) -> float:
    return cell.cpu_ms


def _both(samples: Samples, name: str, figure: Callable[[Cell], float]) -> list[float]:
    return [
        round(median(map(figure, samples.all(name, scale, HUB))), 3) for scale in (SMALL, LARGE)
    ]


def _ratio(samples: Samples, name: str, figure: Callable[[Cell], float]) -> float:
    """The median over rounds of the large one's figure to the small one's within a round."""
    small, large = (samples.cells[name, scale, HUB] for scale in (SMALL, LARGE))
    return round(median(figure(large[number]) / figure(small[number]) for number in small), 3)


def _most(name: str, asked: Sequence[str], costs: Sequence[Hits]) -> int:
    return max(sum(hits) for each, hits in zip(asked, costs, strict=True) if each == name)
