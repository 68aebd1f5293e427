"""`/metrics`: figures of this process, as Prometheus reads them, for those who run the hub."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from starlette.types import Receive, Scope, Send

from web.edge import reply
from web.errors import Refusal
from web.tally import Tally

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
FORWARDED = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip"})

ARE_FOR_OPERATORS = Refusal(
    403,
    "METRICS_ARE_FOR_OPERATORS",
    "The figures of the hub are for those who run it: ask on the hub's own machine, at localhost and not through a proxy, or with `Authorization: Bearer` and the BASHU_METRICS_TOKEN.",
    "枢纽的运行指标只供运维人员查看：请在本机通过 localhost 直接访问（不经代理），或在 Authorization: Bearer 中给出 BASHU_METRICS_TOKEN。",
)
ONLY_READ = Refusal(
    405,
    "METHOD_NOT_ALLOWED",
    "The figures are only read. Use GET.",
    "运行指标只能读取，请使用 GET。",
    headers=((b"allow", b"GET, HEAD"),),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that something else than the edge counts; a counter's name ends without `_total`."""

    name: str
    kind: Literal["counter", "gauge"]
    what: str
    value: float


Figures = Callable[[], Iterable[Figure]]


class MetricsEndpoint:
    """An ASGI application for one path; the figures of others come with the lifespan's state.

    With a token it is the key; without one only this machine is answered.
    """

    def __init__(self, tally: Tally, token: str = "") -> None:
        self._token = token.encode()
        self._registry = CollectorRegistry()
        self._registry.register(tally)
        self._others = _Others()
        self._registry.register(self._others)
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        GCCollector(registry=self._registry)

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        method: str = scope["method"]
        headers = dict(scope["headers"])
        if method not in {"GET", "HEAD"}:
            await reply(send, method, ONLY_READ)
        elif not self._may_read(scope, headers):
            await reply(send, method, ARE_FOR_OPERATORS)
        else:
            self._others.figures = scope["state"].get("figures", tuple)
            encode, kind = choose_encoder(headers.get(b"accept", b"").decode("latin-1"))
            await _send_text(send, method, encode(self._registry), kind)

    def _may_read(self, scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
        if self._token:
            given = headers.get(b"authorization", b"")
            return hmac.compare_digest(given, b"Bearer " + self._token)
        host = headers.get(b"host", b"").decode("latin-1").rpartition(":")[0]
        client = scope["client"][0] if scope.get("client") else ""
        is_near = client in {"127.0.0.1", "::1"} and host in LOOPBACK
        return is_near and FORWARDED.isdisjoint(headers)


@dataclass(slots=True, eq=False)
class _Others(Collector):
    figures: Figures = tuple

    def collect(self) -> Iterator[Metric]:
        for figure in self.figures():
            family = CounterMetricFamily if figure.kind == "counter" else GaugeMetricFamily
            yield family(figure.name, figure.what, figure.value)


async def _send_text(send: Send, method: str, text: bytes, kind: str) -> None:
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else text})
