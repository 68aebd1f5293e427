"""A record before and after, turned into the rows that make it so and the one Change that tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
from ulid import ULID

from graph_store.commands.close import Batch, Row
from graph_store.model import Model
from graph_store.model.words import Kind, Noun

Clock = Callable[[], datetime]

BOOKKEEPING = frozenset({"id", "version", "createdAt", "updatedAt"})
SHANGHAI = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge as its record sees it: `name` is the hop's in the model, from whichever end; make one by `tie`."""

    name: str
    far: str
    properties: tuple[tuple[str, Any], ...] = ()

    def __getitem__(self, name: str) -> Any:
        """The edge's property; None where it has none."""
        return dict(self.properties).get(name)


def tie(name: str, far: str, properties: Mapping[str, Any] | None = None) -> Tie:
    """A tie whose absent properties are left out: equal edges are equal ties."""
    known = sorted((key, each) for key, each in (properties or {}).items() if each is not None)
    return Tie(name, far, tuple(known))


@dataclass(frozen=True, slots=True)
class State:
    """A record as it is stored or shall be.

    `ties` are those its writer answers for: one that is in `before` and not in `after` is ended.
    """

    properties: Mapping[str, Any]
    ties: frozenset[Tie] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what when: `at` is an instant as `instant_text` writes it, `command` a mutation's or import's name.

    `acting_for`: the person in whose place, where somebody is a deputy.
    """

    at: str
    actor: str
    command: str
    request_key: str
    acting_for: str | None = None


def record_rows(model: Model, noun: Noun, before: State | None, after: State, deed: Deed) -> Batch:
    """The rows of one record: nothing where nothing differs, else its writes and one Change.

    `before` is None for a new record. Version, createdAt, updatedAt, visibility and synthetic (false) need not be
    given; numbers become floats, the empty list stands for absent texts, None for an absent property.
    """
    new = stamped(noun, before, after, deed.at)
    return stamped_rows(model, noun, before, State(new, after.ties), deed)


def stamped_rows(model: Model, noun: Noun, before: State | None, after: State, deed: Deed) -> Batch:
    """The rows of a record whose properties are `stamped`."""
    batch = Batch()
    old, new = (before.properties if before else {}), dict(after.properties)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    begun = after.ties - (before.ties if before else frozenset())
    ended = (before.ties if before else frozenset()) - after.ties
    if before is None:
        batch.creates.append({"labels": [noun.name, "Record"], "properties": new})
    elif names:
        changed = {name: new.get(name) for name in names}
        batch.sets.append({"id": new["id"], "properties": changed})
    batch.links.extend(edge_row(model, noun, new["id"], each) for each in sorted(begun, key=_place))
    batch.unlinks.extend(
        edge_row(model, noun, new["id"], each) for each in sorted(ended, key=_place)
    )
    if names:
        batch.changes.append(_change(noun, new["id"], deed, (old, new, names), (ended, begun)))
    return batch


def stamped(noun: Noun, before: State | None, after: State, at: str) -> Row:
    """The properties to store: normal forms, and a new version where anything differs, ties included."""
    old = before.properties if before else {}
    new = {
        key: each
        for key, each in (_defaults(noun) | dict(after.properties)).items()
        if each is not None
    }
    for each in noun.properties:
        if each.kind is Kind.NUMBER and each.name in new:
            new[each.name] = float(new[each.name])
    new |= {name: old[name] for name in BOOKKEEPING if name in old}
    if before and before.ties == after.ties and new == {**old}:
        return new
    return new | {
        "version": old.get("version", 0) + 1,
        "createdAt": old.get("createdAt", at),
        "updatedAt": at,
    }


def edge_row(model: Model, noun: Noun, near: str, each: Tie) -> Row:
    """A tie as the graph has it: from where the model declares the edge to start."""
    hop = model.hops(noun.name)[each.name]
    start, end = (near, each.far) if hop.forward else (each.far, near)
    return {"type": hop.edge.type, "start": start, "end": end, "properties": dict(each.properties)}


def new_id(base: str, noun: Noun) -> str:
    """An id for a record that was never before: `{base}-{word}-{ULID}`."""
    return f"{base}-{noun.word}-{ULID()}"


def instant_text(moment: datetime) -> str:
    """An instant in UTC to the millisecond.

    >>> instant_text(datetime(2020, 4, 15, 8, 30, tzinfo=SHANGHAI))
    '2020-04-15T00:30:00.000Z'
    """
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def _defaults(noun: Noun) -> Row:
    known = {each.name for each in noun.properties}
    lists: Row = {each.name: [] for each in noun.properties if each.kind is Kind.TEXTS}
    visibility = {"visibility": noun.visible.value} if noun.visible else {}
    return {
        **lists,
        **{
            name: each
            for name, each in ({"synthetic": False} | visibility).items()
            if name in known
        },
    }


def _place(each: Tie) -> tuple[str, str, str]:
    """Ties in the same order each time, whatever their properties are."""
    return each.name, each.far, repr(each.properties)


def _change(
    noun: Noun,
    id_: str,
    deed: Deed,
    values: tuple[Mapping[str, Any], Mapping[str, Any], list[str]],
    ties: tuple[frozenset[Tie], frozenset[Tie]],
) -> Row:
    old, new, names = values
    told = [name for name in names if name not in BOOKKEEPING - {"version"}]
    return {
        "at": deed.at,
        "actor": deed.actor,
        "command": deed.command,
        "requestKey": deed.request_key,
        **({"actingFor": deed.acting_for} if deed.acting_for else {}),
        "noun": noun.name,
        "nodeId": id_,
        "before": _json({name: old[name] for name in told if name in old}, ties[0]),
        "after": _json({name: new.get(name) for name in told if name in new}, ties[1]),
    }


def _json(properties: Row, ties: frozenset[Tie]) -> str:
    edges: dict[str, list[Row]] = {}
    for each in sorted(ties, key=_place):
        edges.setdefault(each.name, []).append({"id": each.far, **dict(each.properties)})
    return orjson.dumps(properties | edges).decode()
