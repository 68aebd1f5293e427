"""What creating, editing and ending a record have in common, whatever its noun; a noun's own rules are its `Rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, get_args, get_type_hints

from graph_store.commands.actors import Role
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import (
    DatesOutOfOrder,
    Fact,
    IdentifierIsInvalid,
    IdentifierIsTaken,
    NotYours,
    RecordHasChanged,
    RecordHasEnded,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.rows import Tie, tie
from graph_store.commands.values import checked, identifiers, missing, out_of_order
from graph_store.model import MODEL
from graph_store.model.words import Noun, Property

EDITOR = Role.EDITOR
Ties = Mapping[str, tuple[Tie, ...]]

# kept by the hub itself, or by imports
KEPT = frozenset({"id", "synthetic", "originKey", "version", "createdAt", "updatedAt"})


@dataclass(frozen=True, slots=True)
class Create:
    """A record to be. `ties` by the hop's name as this record sees it; ids are of records that exist."""

    values: Mapping[str, Any]
    ties: Ties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes to the record as it was read at `version`.

    What is not given stays; None takes a value away; ties given replace those of the same name.
    """

    id: str
    version: int
    values: Mapping[str, Any]
    ties: Ties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """The end of the record as it was read at `version`; `on` is its last day, today unless given."""

    id: str
    version: int
    on: str | None = None


@dataclass(frozen=True, slots=True)
class ByStatus:
    """Ended is a status."""

    value: str

    def is_ended(self, record: Held, _on: str) -> bool:
        """Whether it was ended before."""
        return bool(record["status"] == self.value)

    def values(self, _on: str) -> dict[str, str]:
        """What ending sets."""
        return {"status": self.value}


@dataclass(frozen=True, slots=True)
class ByDay:
    """Ended is a last day in the past."""

    property: str

    def is_ended(self, record: Held, on: str) -> bool:
        """Whether its last day was that day or before."""
        return record[self.property] is not None and record[self.property] <= on

    def values(self, on: str) -> dict[str, str]:
        """What ending sets."""
        return {self.property: on}


@dataclass(frozen=True, slots=True)
class Rules:
    """What is special about a noun.

    `ties`: hops that a client may set, the first `required_ties` of them needed from the start and fixed then.
    `periods`: pairs of first and last day. `reads`: hops whose far ends are held whenever a record is edited or ended.
    `guard`: refuses to create or edit; it is given the record (None: a new one) and the ties given.
    `at_end`: what else happens at the end, on that day. `names`: from a value of that choice an unnamed record is named.
    """

    noun: Noun
    end: ByStatus | ByDay
    ties: tuple[str, ...] = ()
    required_ties: int = 0
    periods: tuple[tuple[str, str], ...] = ()
    reads: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    guard: Callable[[Held | None, Ties, Seen, Draft], RecordHasEnded | None] | None = None
    at_end: Callable[[Held, str, Seen, Draft], None] | None = None
    names: str | None = None

    @property
    def properties(self) -> tuple[Property, ...]:
        """What a client may write."""
        return tuple(each for each in self.noun.properties if each.name not in KEPT)


def creating(name: str, rules: Rules) -> Decision[Create, Any]:
    """The decision `create` for one noun."""

    def needs(given: Create) -> Needs:
        return Needs(_far(given.ties), identifiers(rules.noun, given.values))

    return Decision(name, needs, partial(create, rules), outcomes_of(create))


def editing(name: str, rules: Rules) -> Decision[Edit, Any]:
    """The decision `edit` for one noun."""

    def needs(given: Edit) -> Needs:
        locks = {given.id, *_far(given.ties)}
        read = _ties_read(rules.noun, given.id, {*rules.reads, *given.ties})
        return Needs(frozenset(locks), identifiers(rules.noun, given.values) | read)

    return Decision(name, needs, partial(edit, rules), outcomes_of(edit))


def ending(name: str, rules: Rules) -> Decision[End, Any]:
    """The decision `end` for one noun."""

    def needs(given: End) -> Needs:
        return Needs(frozenset({given.id}), _ties_read(rules.noun, given.id, rules.reads))

    return Decision(name, needs, partial(end, rules), outcomes_of(end))


def create(
    rules: Rules, given: Create, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | RecordHasEnded
    | ValueIsInvalid
    | IdentifierIsInvalid
    | IdentifierIsTaken
    | DatesOutOfOrder
):
    """A new record, tied to records that exist."""
    if not seen.may(EDITOR, at=rules.noun.word):
        return NotYours(EDITOR.value, rules.noun.word)
    values = checked(rules.properties, _named(rules, {**rules.defaults, **given.values}))
    if isinstance(values, Fact):
        return values
    ties = _tied(rules.noun, None, given.ties, draft)
    if isinstance(ties, Fact):
        return ties
    fact = (
        missing(rules.properties, _with_defaults(rules.noun, values))
        or out_of_order(rules.periods, values)
        or _taken(rules.noun, None, values, seen)
        or (rules.guard and rules.guard(None, given.ties, seen, draft))
    )
    return fact or draft.written(draft.create(rules.noun, values, ties))


def edit(
    rules: Rules, given: Edit, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | RecordHasChanged
    | RecordHasEnded
    | ValueIsInvalid
    | IdentifierIsInvalid
    | IdentifierIsTaken
    | DatesOutOfOrder
):
    """The record with what was given changed."""
    record = current(rules.noun, given, seen, draft)
    if isinstance(record, Fact):
        return record
    values = checked(rules.properties, given.values)
    if isinstance(values, Fact):
        return values
    ties = _tied(rules.noun, record.id, given.ties, draft)
    if isinstance(ties, Fact):
        return ties
    fact = (
        out_of_order(rules.periods, {**record.properties, **values})
        or _taken(rules.noun, record.id, values, seen)
        or (rules.guard and rules.guard(record, given.ties, seen, draft))
    )
    if fact:
        return fact
    draft.set(record, values)
    stood = seen.ties(record, *given.ties)
    draft.end(record, stood - ties)
    draft.link(record, ties - stood)
    return draft.written(record)


def end(
    rules: Rules, given: End, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | RecordHasChanged | RecordHasEnded | DatesOutOfOrder:
    """The record marked as ended; nothing of it is deleted."""
    record = current(rules.noun, given, seen, draft)
    if isinstance(record, Fact):
        return record
    on = given.on or seen.today
    if rules.end.is_ended(record, on):
        return RecordHasEnded(record.id)
    values = rules.end.values(on)
    if fact := out_of_order(rules.periods, {**record.properties, **values}):
        return fact
    draft.set(record, values)
    if rules.at_end:
        rules.at_end(record, on, seen, draft)
    return draft.written(record)


def current(
    noun: Noun, given: Edit | End, seen: Seen, draft: Draft
) -> Held | RecordNotFound | NotYours | RecordHasChanged:
    """The record, if the actor may write it and it is still as the client read it."""
    record = draft.held(given.id, noun)
    if record is None:
        return RecordNotFound(given.id, noun.name)
    if not seen.may(EDITOR, at=record.id):
        return NotYours(EDITOR.value, record.id)
    if record.version != given.version:
        return RecordHasChanged(record.id, record.version)
    return record


def outcomes_of(decide: Callable[..., Any]) -> tuple[type[Any], ...]:
    """The deed and the facts that a decision's annotation names."""
    return get_args(get_type_hints(decide)["return"])


def _far(ties: Ties) -> frozenset[str]:
    return frozenset(each.far for several in ties.values() for each in several)


def _ties_read(noun: Noun, id_: str, names: Iterable[str]) -> frozenset[Question]:
    return frozenset(Question(ties_of(MODEL, noun.name, name), id_) for name in names)


def _tied(
    noun: Noun, id_: str | None, given: Ties, draft: Draft
) -> frozenset[Tie] | RecordNotFound | ValueIsInvalid | IdentifierIsInvalid | DatesOutOfOrder:
    """The ties in normal form: their far ends exist, their edges' values are sound."""
    ties = set()
    for name, each in ((name, each) for name, several in given.items() for each in several):
        hop = MODEL.hops(noun.name)[name]
        if draft.held(each.far, MODEL[hop.far]) is None:
            return RecordNotFound(each.far, hop.far)
        if each.far == id_:
            return ValueIsInvalid(name, "不能指向记录自身", "a record cannot be tied to itself")
        values = checked(hop.edge.properties, dict(each.properties))
        if isinstance(values, Fact):
            return values
        if fact := out_of_order((("since", "until"),), values):
            return fact
        ties.add(tie(name, each.far, values))
    return frozenset(ties)


def _taken(
    noun: Noun, id_: str | None, values: Mapping[str, Any], seen: Seen
) -> IdentifierIsTaken | None:
    for question in identifiers(noun, values):
        name = question.reader.name.rpartition(".")[2]
        holder = seen.holder(noun, name, question.key)
        if holder not in {None, id_}:
            return IdentifierIsTaken(name, str(holder))
    return None
