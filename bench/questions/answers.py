"""Whether the servers say the same, scalar by scalar, before anything is timed."""

from typing import Any

from bench.questions import asking, peers
from bench.questions.model import MODEL
from bench.questions.servers import Server


def differences(
    servers: list[Server], names: list[str], skipped: set[tuple[str, str]]
) -> list[str]:
    """One line for each answer that is not raw's; `skipped`: (server, operation) that cannot be compared."""
    by_name = {server.name: server for server in servers}
    return [
        line
        for name in names
        for server in servers
        if server.name != "raw" and (server.name, name) not in skipped
        if (line := _difference(by_name["raw"], server, name))
    ]


def _difference(raw: Server, server: Server, name: str) -> str:
    wanted, got = scalars(raw, name), scalars(server, name)
    if wanted == got:
        return ""
    place = next(
        (index for index, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b), None
    )
    if place is None:
        return f"{name}: {server.name} gives {len(got)} scalars, raw {len(wanted)}"
    return f"{name}: {server.name} differs from raw at scalar {place}: {got[place]!r}, not {wanted[place]!r}"


def scalars(server: Server, name: str) -> list[Any]:
    """An answer's scalars in order; of q8 the scores alone, since ties may come in any order."""
    bench = peers.module("bench")
    data = bench.ask(*server.requests[name])["data"]
    if server.name == "hub" and name == "q5b":
        data = _in_order(data)
    found = bench.leaves(data, float if name == "q8" else object)
    return [asking.STORED.get(each, each) for each in found] if server.name == "hub" else found


def _in_order(data: dict[str, Any]) -> list[Any]:
    """The hub's groups come largest first and name their category; the reference has them in a fixed order, unnamed."""
    order = [option.shown for option in MODEL.property("Instrument", "category").options.options]  # type: ignore[union-attr] # it has options
    groups = sorted(data["instruments"]["groups"], key=lambda group: order.index(group["category"]))
    return [[group["count"], group["sum"]] for group in groups]
