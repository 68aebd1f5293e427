"""What the edge has answered so far: plain numbers while requests run, under 1 µs each; Prometheus' families when asked for.

Labels are words of the hub alone (kinds, statuses, codes), never of a client.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from prometheus_client.metrics_core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from web.trace import Trace

BOUNDS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Durations:
    """How many requests lasted how long: a count for each of `BOUNDS_SECONDS`, one for the rest, and their sum."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_SECONDS) + 1))
    seconds: float = 0.0

    def buckets(self) -> list[tuple[str, float]]:
        """Cumulative, by upper bound, as Prometheus has them."""
        bounds = [*map(str, BOUNDS_SECONDS), "+Inf"]
        return list(zip(bounds, accumulate(self.counts), strict=True))


class Tally(Collector):
    """What the edge has answered so far."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._refused: Counter[str] = Counter()
        self._durations: dict[str, Durations] = {}
        self._left = 0

    def add(self, trace: Trace, status: int, seconds: float) -> None:
        """One request has ended."""
        kind = trace.kind
        self._requests[kind, status] += 1
        durations = self._durations.get(kind)
        if durations is None:
            durations = self._durations[kind] = Durations()
        durations.counts[bisect_left(BOUNDS_SECONDS, seconds)] += 1
        durations.seconds += seconds
        if trace.code:
            self._refused[trace.code] += 1
        if trace.client_left:
            self._left += 1

    def collect(self) -> Iterator[Metric]:
        """The families of the edge."""
        about = "Requests answered, by kind of operation and HTTP status"
        requests = CounterMetricFamily("bashu_requests", about, labels=["kind", "status"])
        for (kind, status), count in self._requests.items():
            requests.add_metric([kind, str(status)], count)
        about = "Refusals, by their code; invalid: the document or its variables"
        refused = CounterMetricFamily("bashu_refusals", about, labels=["code"])
        for code, count in self._refused.items():
            refused.add_metric([code], count)
        about = "Time from the request's first byte to the answer's last, by kind of operation"
        lasted = HistogramMetricFamily("bashu_request_duration_seconds", about, labels=["kind"])
        for kind, durations in self._durations.items():
            lasted.add_metric([kind], durations.buckets(), durations.seconds)
        yield from (requests, refused, lasted)
        yield CounterMetricFamily(
            "bashu_clients_left", "Clients who went away before their answer", self._left
        )
