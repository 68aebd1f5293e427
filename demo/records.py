"""A record as the generator gives it: the node, and the edges that come into the graph with it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

CHENGDU = "cd"
CHONGQING = "cq"

Properties = dict[str, Any]


class Tie(NamedTuple):
    """An edge by its type and the ids of its ends; at least one end is the record that brings it."""

    type: str
    start: str
    end: str
    properties: Properties = {}  # noqa: RUF012 - read, never written; one empty map serves 500,000 ties


class Record(NamedTuple):
    """A node of a noun, and its edges to records that were given before it (or to itself)."""

    noun: str
    properties: Properties
    ties: Sequence[Tie] = ()

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.properties["id"])


_OPENED = datetime(2026, 1, 5, 1, tzinfo=UTC)


def instant(index: int) -> str:
    """When the record of that index entered the hub: one every seven seconds from 2026-01-05T01:00:00.000Z."""
    return (_OPENED + timedelta(seconds=7 * index)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def fact(id_: str, name: str, **properties: Any) -> Properties:
    """The properties of a reference record that was not generated; what is None is left out."""
    return _carried(id_, name, instant(0), synthetic=False) | known_values(properties)


def invented(id_: str, name: str, index: int, **properties: Any) -> Properties:
    """The properties of a generated record, public unless it says otherwise; what is None is left out."""
    carried = _carried(id_, name, instant(index), synthetic=True)
    carried["visibility"] = "public"
    return carried | known_values(properties)


def _carried(id_: str, name: str, at: str, *, synthetic: bool) -> Properties:
    return {
        "id": id_,
        "name": name,
        "synthetic": synthetic,
        "version": 1,
        "createdAt": at,
        "updatedAt": at,
    }


def known_values(properties: Properties) -> Properties:
    """Without what is None."""
    return {name: value for name, value in properties.items() if value is not None}
