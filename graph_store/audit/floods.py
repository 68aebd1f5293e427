"""A stranger must not be able to fill the disk: beyond a few a minute, refusals are counted, and the count is written.

Refusals of somebody known are told apart by who it is, those of strangers by their address (of IPv6 its first 64 bits, which one
household has to itself). What strangers cause is bounded in sum too. Whatever succeeded never comes here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple

from graph_store.audit.entries import Entry, Happened


@dataclass(frozen=True, slots=True)
class Bounds:
    """In one window and one process: entries of one kind, entries of all strangers, summaries of strangers."""

    window_seconds: float = 60.0
    of_a_kind: int = 20
    of_strangers: int = 120
    summaries: int = 100


class Kind(NamedTuple):
    """What is counted together."""

    happened: Happened
    reason: str | None
    agency: str | None = None
    actor: str | None = None
    address: str | None = None


class Floods:
    """Counts one window after the other; `end_window` begins the next."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._written: Counter[Kind] = Counter()
        self._counted: Counter[Kind] = Counter()
        self._of_strangers = 0

    def takes(self, entry: Entry) -> bool:
        """Whether the refusal is to be written; else it has been counted."""
        kind = kind_of(entry)
        bounds, is_stranger = self._bounds, entry.actor is None
        is_over = is_stranger and self._of_strangers >= bounds.of_strangers
        if is_over or self._written[kind] >= bounds.of_a_kind:
            self._count(kind, 1)
            return False
        self._written[kind] += 1
        self._of_strangers += is_stranger
        return True

    def end_window(self) -> list[Entry]:
        """The counts of the window that ends, as entries."""
        counted, self._counted = self._counted, Counter()
        self._written.clear()
        self._of_strangers = 0
        return [self._summary(kind, count) for kind, count in counted.items()]

    def keep(self, summaries: list[Entry]) -> None:
        """Take back counts that could not be written: they go with the next window's."""
        for entry in summaries:
            count = entry.detail["count"]
            assert isinstance(count, int)
            self._count(kind_of(entry), count)

    def _count(self, kind: Kind, count: int) -> None:
        if kind.actor is None and kind not in self._counted:
            strangers = sum(each.actor is None for each in self._counted)
            if strangers >= self._bounds.summaries:
                kind = Kind(kind.happened, kind.reason)
        self._counted[kind] += count

    def _summary(self, kind: Kind, count: int) -> Entry:
        seconds = round(self._bounds.window_seconds)
        return Entry(
            kind.happened,
            actor=kind.actor,
            agency=kind.agency,
            reason=kind.reason,
            address=kind.address,
            detail={"count": count, "seconds": seconds},
        )


def kind_of(entry: Entry) -> Kind:
    """With what a refusal is counted."""
    if entry.actor is not None:
        return Kind(entry.happened, entry.reason, entry.agency, entry.actor)
    return Kind(entry.happened, entry.reason, entry.agency, None, neighbourhood(entry.address))


def neighbourhood(address: str | None) -> str | None:
    """The address, of IPv6 the network that one customer has to themself.

    >>> neighbourhood("192.0.2.7"), neighbourhood("2001:db8:1:2:3:4:5:6"), neighbourhood("::ffff:192.0.2.7"), neighbourhood("socket")
    ('192.0.2.7', '2001:db8:1:2::/64', '192.0.2.7', 'socket')
    """
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
