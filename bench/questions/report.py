"""The figures as a table for people and as one object for programs."""

from statistics import geometric_mean, median
from typing import Any

from bench.questions.cells import CONNECTIONS, Cell, Samples, ratio

NAMES = ("hub", "raw", "peer")


def table(samples: Samples, names: list[str]) -> str:
    """Markdown: a row for each operation and number of connections."""
    head = "op | conns | p50 ms hub / raw / peer | p95 ms | req/s | server CPU ms | Neo4j CPU ms | CPU to raw | CPU to peer"
    lines = [f"| {head} |", "|" + "---|" * (head.count("|") + 1)]
    lines += [_row(samples, name, connections) for name in names for connections in CONNECTIONS]
    return "\n".join(lines)


def _row(samples: Samples, name: str, connections: int) -> str:
    cells = [samples[name, connections, server] for server in NAMES]
    figures = [
        " / ".join(f"{_shown(figure)}" for figure in one)
        for one in zip(*(_figures(each) for each in cells), strict=True)
    ]
    ratios = [f"{ratio(samples, name, connections, to):.2f}" for to in ("raw", "peer")]
    return f"| {' | '.join([name, str(connections), *figures, *ratios])} |"


def _figures(cells: list[Cell]) -> tuple[float, ...]:
    took = sorted(each for cell in cells for each in cell.took)
    rate, server_ms, store_ms = (
        median(getattr(cell, word) for cell in cells) for word in ("rate", "server_ms", "store_ms")
    )
    return took[len(took) // 2], took[int(len(took) * 0.95)], rate, server_ms, store_ms


def _shown(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.3g}"


def result(
    samples: Samples, names: list[str], hits: dict[str, list[int]], raw_hits: dict[str, int]
) -> dict[str, Any]:
    """`operations` by name, latencies in ms at 1 connection, rates at 16; `statements` sent by the hub for each."""
    figures = {name: _of(samples, name, sum(hits[name]), raw_hits[name]) for name in names}
    return {
        "operations": figures,
        "statements": {name: len(hits[name]) for name in names},
        "cpuToRawGeometricMean": _rounded(
            geometric_mean(each["cpuToRaw"] for each in figures.values())
        ),
        "cpuToPeerGeometricMean": _rounded(
            geometric_mean(each["cpuToPeer"] for each in figures.values())
        ),
        "rounds": min(len(cells) for cells in samples.values()),
    }


def _of(samples: Samples, name: str, hits: int, raw_hits: int) -> dict[str, float]:
    alone, crowd = CONNECTIONS
    p50, p95, _, server_ms, store_ms = _figures(samples[name, alone, "hub"])
    rates = {server: _figures(samples[name, crowd, server])[2] for server in NAMES}
    found = {
        "p50": p50,
        "p95": p95,
        "serverCpuMs": server_ms,
        "neo4jCpuMs": store_ms,
        "cpuToRaw": ratio(samples, name, alone, "raw"),
        "cpuToPeer": ratio(samples, name, alone, "peer"),
        "cpuToRaw16": ratio(samples, name, crowd, "raw"),
        "cpuToPeer16": ratio(samples, name, crowd, "peer"),
        "requestsPerSecond16": rates["hub"],
        "throughputToRaw16": rates["hub"] / rates["raw"],
        "throughputToPeer16": rates["hub"] / rates["peer"],
        "dbHits": hits,
        "dbHitsRaw": raw_hits,
    }
    return {word: _rounded(figure) for word, figure in found.items()}


def _rounded(figure: float) -> float:
    return round(figure, 3)
