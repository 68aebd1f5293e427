"""Whether the servers say the same, scalar by scalar, before anything is timed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bench.load import answer
from bench.questions import asking, peers
from bench.questions.drawn import Values
from bench.questions.model import MODEL
from bench.questions.servers import Server

COMPARED = 4
"""Of the values of each operation, from the first."""

Requests = Mapping[tuple[str, str], Sequence[bytes]]
"""By operation and server."""


def differences(
    reference: Server, server: Server, names: Sequence[str], requests: Requests
) -> list[str]:
    """One line for each answer that is not the reference's."""
    return [
        line
        for name in names
        for number in range(COMPARED)
        if (line := _difference((reference, server), name, number, requests))
    ]


def _difference(pair: tuple[Server, Server], name: str, number: int, requests: Requests) -> str:
    reference, server = pair
    wanted, got = (
        scalars(each, name, requests[name, each.name][number % len(requests[name, each.name])])
        for each in pair
    )
    if wanted == got:
        return ""
    asked = f"{name}, value {number}: {server.name}"
    place = next(
        (index for index, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b), None
    )
    if place is None:
        return f"{asked} gives {len(got)} scalars, {reference.name} {len(wanted)}"
    return f"{asked} differs from {reference.name} at scalar {place}: {got[place]!r}, not {wanted[place]!r}"


def misplaced(hub: Server, asked: Sequence[Values], requests: Sequence[bytes]) -> list[str]:
    """One line for each list of entities that are not those asked for, in their order."""
    lines = []
    for values, request in list(zip(asked, requests, strict=True))[:COMPARED]:
        wanted = [each["id"] for each in values["representations"]]
        found = json.loads(answer(hub.port, request))["data"]["_entities"]
        if [each and each["id"] for each in found] != wanted:
            lines.append(f"{len(wanted)} entities: not those that were asked for, in their order")
    return lines


def scalars(server: Server, name: str, request: bytes) -> list[Any]:
    """An answer's scalars in order; of q8 the scores alone, since ties may come in any order."""
    data = json.loads(answer(server.port, request))["data"]
    if server.name == "hub" and name == "q5b":
        data = _in_order(data)
    found = peers.module("bench").leaves(data, float if name == "q8" else object)
    return [asking.STORED.get(each, each) for each in found] if server.name == "hub" else found


def _in_order(data: dict[str, Any]) -> list[Any]:
    """The hub's groups come largest first and name their category; the reference has them in a fixed order, unnamed."""
    order = [option.shown for option in MODEL.property("Instrument", "category").options.options]  # type: ignore[union-attr] # it has options
    groups = sorted(data["instruments"]["groups"], key=lambda group: order.index(group["category"]))
    return [[group["count"], group["sum"]] for group in groups]
