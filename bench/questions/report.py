"""The figures as one object for programs, and as tables for people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import geometric_mean
from typing import Any

from bench.load import Cell, percentile
from bench.questions import goals
from bench.questions.cells import CROWD, HUB, PEER, RAW, THRONG, Samples
from bench.questions.plans import Hits

NOT_SERVED = "not served"
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Costs:
    """By PROFILE: the hub's operations by name, full-text searches by how many records bear the words, raw's statements."""

    operations: dict[str, Hits]
    searches: list[tuple[int, Hits]]
    raw: dict[str, int]


def cpu(cell: Cell) -> float:
    """CPU ms a request, server and Neo4j together."""
    return cell.cpu_ms


def rate(cell: Cell) -> float:
    """Requests a second."""
    return cell.rate


def server_cpu(cell: Cell) -> float:
    """CPU ms a request of the server's own process."""
    return cell.server_ms


def store_cpu(cell: Cell) -> float:
    """CPU ms a request of Neo4j."""
    return cell.store_ms


def figures(samples: Samples, names: Sequence[str], costs: Costs) -> Figures:
    """`result`: what the RESULT line says; `operations`: all that was measured of each."""
    return {
        "result": result(samples, names, costs),
        "rounds": samples.rounds,
        "operations": {name: _operation(samples, name, costs) for name in names},
        "fullText": [{"found": found, "dbHits": sum(hits)} for found, hits in costs.searches],
    }


def result(samples: Samples, names: Sequence[str], costs: Costs) -> Figures:
    """The keys of the issue; null for what was left out of this run."""
    reference = [name for name in names if name in costs.raw]
    to_hand = _by_name(samples, reference, 1, (HUB, RAW), cpu)
    return {
        "cpuRatioToHandWritten": to_hand,
        "cpuRatioToHandWrittenGeometricMean": _rounded(
            geometric_mean(to_hand.values()) if to_hand else None
        ),
        "throughputRatioById64": _ratio(samples, "q1", THRONG, (HUB, RAW), rate),
        "throughputRatioPage64": _ratio(samples, "page", THRONG, (HUB, RAW), rate),
        "p99Ms64": {"byId": _p99(samples, "q1"), "page": _p99(samples, "page")},
        "throughputRatioToPeer16": _by_name(samples, reference, CROWD, (HUB, PEER), rate),
        "cpuRatioPeerToHub": _by_name(samples, reference, 1, (PEER, HUB), cpu),
        "rows10000Ms": _middle(samples, "q7", 1, HUB, server_cpu),
        "pageDbHits": {"row1000": _hits(costs, "q4"), "row12000": _hits(costs, "q4b")},
        "fullTextDbHits": max((sum(each) for _, each in costs.searches), default=None),
        "groupStatements": len(costs.operations["q5b"]) if "q5b" in costs.operations else None,
        "entities100Ms": _entities(samples, "entities100"),
        "entities1000Ms": _entities(samples, "entities1000"),
        "heavyRatioToPeer": _ratio(samples, "heavy", 1, (PEER, HUB), cpu),
        "heavySharedRatioToPeer": _ratio(samples, "heavyShared", 1, (PEER, HUB), cpu),
        "missingIdDbHits": _hits(costs, "q6"),
    }


def table(figures: Figures) -> str:
    """Markdown: the goals, then a row for each operation, then where it was measured."""
    rows = [_row(name, each) for name, each in figures["operations"].items() if each["servers"]]
    head = (
        "op | p50 ms, 1 conn: hub / raw / peer | CPU ms, server + Neo4j: hub / raw / peer | CPU to raw | "
        "peer's CPU to hub's | req/s, 16 conns: hub / peer | req/s, 64 conns: hub / raw | dbHits hub / raw | statements"
    )
    return "\n\n".join(
        [
            goals.table(figures["result"]),
            "\n".join([f"| {head} |", "|" + "---|" * (head.count("|") + 1), *rows]),
            _told(figures),
        ]
    )


def _operation(samples: Samples, name: str, costs: Costs) -> Figures:
    """By connections and server: rounds' medians and percentiles over all requests; and what PROFILE said."""
    servers = {
        f"{server}{connections}": _server(samples, name, connections, server)
        for connections in (1, CROWD, THRONG)
        for server in (HUB, RAW, PEER)
        if samples.all(name, connections, server)
    }
    hits = costs.operations.get(name, [])
    return {
        "servers": servers,
        "cpuToRaw": _ratio(samples, name, 1, (HUB, RAW), cpu),
        "cpuPeerToRaw": _ratio(samples, name, 1, (PEER, RAW), cpu),
        "cpuPeerToHub": _ratio(samples, name, 1, (PEER, HUB), cpu),
        "throughputToPeer16": _ratio(samples, name, CROWD, (HUB, PEER), rate),
        "throughputToRaw64": _ratio(samples, name, THRONG, (HUB, RAW), rate),
        "dbHits": _hits(costs, name),
        "dbHitsRaw": costs.raw.get(name),
        "statements": len(hits),
    }


def _server(samples: Samples, name: str, connections: int, server: str) -> Figures:
    took = samples.took(name, connections, server)
    return {
        "requests": len(took),
        "p50Ms": _rounded(percentile(took, 0.5)),
        "p99Ms": _rounded(percentile(took, 0.99)),
        "requestsPerSecond": _middle(samples, name, connections, server, rate),
        "serverCpuMs": _middle(samples, name, connections, server, server_cpu),
        "neo4jCpuMs": _middle(samples, name, connections, server, store_cpu),
        "clientCpuMs": _middle(samples, name, connections, server, lambda cell: cell.client_ms),
    }


def _row(name: str, each: Figures) -> str:
    def told(word: str, connections: int, servers: Sequence[str]) -> str:
        cells = [each["servers"].get(f"{server}{connections}", {}) for server in servers]
        return " / ".join(goals.shown(cell.get(word)) for cell in cells) if any(cells) else ""

    alone = [each["servers"].get(f"{server}1") for server in (HUB, RAW, PEER)]
    both = [
        f"{goals.shown(cell['serverCpuMs'])} + {goals.shown(cell['neo4jCpuMs'])}" if cell else "–"
        for cell in alone
    ]
    parts = [
        name,
        told("p50Ms", 1, (HUB, RAW, PEER)),
        " / ".join(both) if any(alone) else "",
        goals.shown(each["cpuToRaw"]),
        goals.shown(each["cpuPeerToHub"]),
        told("requestsPerSecond", CROWD, (HUB, PEER)),
        told("requestsPerSecond", THRONG, (HUB, RAW)),
        f"{goals.shown(each['dbHits'])} / {goals.shown(each['dbHitsRaw'])}",
        str(each["statements"]),
    ]
    return f"| {' | '.join(parts)} |"


def _told(figures: Figures) -> str:
    """The sentence about machine and versions, where they are known."""
    if "machine" not in figures:
        return ""
    machine, versions = figures["machine"], figures["versions"]
    where = f"{machine['cpus']} × {machine['cpu']}, {machine['memoryGiB']} GiB, Linux {machine['kernel']}"
    run = (
        f"{figures['rounds']} rounds, {figures['minutes']} minutes, load average at the end {figures['loadAverage']:.1f}; "
        f"{'all answers equal' if not figures['differences'] else str(len(figures['differences'])) + ' answers differ'}"
    )
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    searches = ", ".join(
        f"{each['found']:,} → {goals.shown(each['dbHits'])}" for each in figures["fullText"]
    )
    return f"dbHits of the best 20 of so many found: {searches}.\n\n{where}; {run}. {named}."


def _by_name(
    samples: Samples,
    names: Sequence[str],
    connections: int,
    pair: tuple[str, str],
    figure: Callable[[Cell], float],
) -> dict[str, float]:
    found = {name: _ratio(samples, name, connections, pair, figure) for name in names}
    return {name: each for name, each in found.items() if each is not None}


def _ratio(
    samples: Samples,
    name: str,
    connections: int,
    pair: tuple[str, str],
    figure: Callable[[Cell], float],
) -> float | None:
    return _rounded(samples.ratio(name, connections, pair, figure))


def _middle(
    samples: Samples, name: str, connections: int, server: str, figure: Callable[[Cell], float]
) -> float | None:
    return _rounded(samples.middle(name, connections, server, figure))


def _p99(samples: Samples, name: str) -> dict[str, float | None]:
    took = {
        "hub": samples.took(name, THRONG, HUB),
        "handWritten": samples.took(name, THRONG, RAW),
    }
    return {word: _rounded(percentile(each, 0.99)) if each else None for word, each in took.items()}


def _entities(samples: Samples, name: str) -> float | str | None:
    return NOT_SERVED if (found := _middle(samples, name, 1, HUB, server_cpu)) is None else found


def _hits(costs: Costs, name: str) -> int | None:
    return sum(costs.operations[name]) if name in costs.operations else None


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 3)
