"""What creating, editing and ending a record have in common, whatever its noun; a noun's own rules are its `Rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, get_args, get_type_hints

from graph_store.commands.authority import Authority, Ties
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.ends import ByDay, ByStatus
from graph_store.commands.facts import (
    DatesOutOfOrder,
    Fact,
    IdentifierIsInvalid,
    IdentifierIsTaken,
    NotADraft,
    NotYours,
    RecordHasChanged,
    RecordHasEnded,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.readers import Question, holder_of, ties_of
from graph_store.commands.rows import Tie, tie
from graph_store.commands.values import EMPTY, checked, identifiers, missing, out_of_order
from graph_store.model import MODEL, Hop
from graph_store.model.words import Noun, Property

# kept by the hub itself, or by imports
KEPT = frozenset({"id", "synthetic", "originKey", "version", "createdAt", "updatedAt"})
# on edges: who gave a role, and to what a party has consented
KEPT_ON_EDGES = frozenset({"grantedBy", "consentTo", "consentOn", "consentBy"})


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
class Rules:
    """What is special about a noun.

    `ties`: hops that a client may set; those in `needed` must lead somewhere, those in `fixed` also never change.
    `periods`: pairs of first and last day. `reads`: hops whose far ends are held whenever a record is edited or ended.
    `further`: what must be known besides, of the record or, without its id, of the ties given.
    `authority`: who may. `guard`: refuses all the same; it is given the record (None: a new one) and the ties given.
    `after`: what else happens whenever something is written. `at_end`: what else happens at the end, on that day.
    `names_after`: the choice that gives an unnamed record its name. `kept`: properties that no client writes.
    `limits`: refuses values, given the record (None: a new one) and all values as they would be; `limit_facts`: by which facts.
    """

    noun: Noun
    end: ByStatus | ByDay
    authority: Authority
    ties: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    periods: tuple[tuple[str, str], ...] = ()
    reads: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    further: Callable[[str | None, Ties, WorkingCopy], frozenset[Question]] | None = None
    guard: Callable[[Held | None, Ties, Seen, Draft], NotADraft | None] | None = None
    after: Callable[[Held, Ties, Seen, Draft], None] | None = None
    at_end: Callable[[Held, str, Seen, Draft], None] | None = None
    names_after: str | None = None
    kept: tuple[str, ...] = ()
    limits: Callable[[Held | None, Mapping[str, Any], Seen], Fact | None] | None = None
    limit_facts: tuple[type[Fact], ...] = ()

    @property
    def properties(self) -> tuple[Property, ...]:
        """What a client may write."""
        return tuple(each for each in self.new_properties if each.name not in self.kept)

    @property
    def new_properties(self) -> tuple[Property, ...]:
        """What a new record has: that, and what only commands of its own change."""
        return tuple(each for each in self.noun.properties if each.name not in KEPT)

    def refuses(
        self, record: Held | None, given: Ties, seen: Seen, draft: Draft
    ) -> NotADraft | None:
        """The guard's fact."""
        return self.guard(record, given, seen, draft) if self.guard else None

    def oversteps(
        self, record: Held | None, after: Mapping[str, Any], seen: Seen
    ) -> ValueIsInvalid | None:
        """The limits' fact; `limit_facts` may be others than those annotated."""
        fact: Any = self.limits(record, after, seen) if self.limits else None
        return fact  # type: ignore[no-any-return] # which facts, the noun says

    def completed(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a new record, with those that need not be given."""
        assert self.noun.visible is not None
        known = {
            name: value
            for name, value in given.items()
            if value is not None and name not in self.kept
        }
        values = {"visibility": self.noun.visible.value, **self.defaults, **known}
        if self.names_after and "name" not in values:
            choice = MODEL.property(self.noun.name, self.names_after)
            assert choice.options is not None
            named = {option.value: option.zh for option in choice.options.options}
            values["name"] = named.get(values.get(self.names_after, ""))
        return values


def creating(name: str, rules: Rules) -> Decision[Create, Any]:
    """The decision `create` for one noun."""

    def needs(given: Create) -> Needs:
        questions = _holders(rules.noun, given.values)
        return Needs(_far(given.ties), questions, _further(rules, None, given.ties))

    return Decision(name, needs, partial(create, rules), _possible(rules, create))


def editing(name: str, rules: Rules) -> Decision[Edit, Any]:
    """The decision `edit` for one noun."""

    def needs(given: Edit) -> Needs:
        locks = {given.id, *_far(given.ties)}
        read = _ties_read(rules.noun, given.id, {*rules.reads, *given.ties})
        questions = _holders(rules.noun, given.values) | read | _who_answers(rules.noun, given.id)
        return Needs(frozenset(locks), questions, _further(rules, given.id, given.ties))

    return Decision(name, needs, partial(edit, rules), _possible(rules, edit))


def ending(name: str, rules: Rules) -> Decision[End, Any]:
    """The decision `end` for one noun."""

    def needs(given: End) -> Needs:
        read = _ties_read(rules.noun, given.id, rules.reads)
        questions = read | _who_answers(rules.noun, given.id)
        return Needs(frozenset({given.id}), questions, _further(rules, given.id, {}))

    return Decision(name, needs, partial(end, rules), _possible(rules, end))


def create(
    rules: Rules, given: Create, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | NotADraft
    | ValueIsInvalid
    | IdentifierIsInvalid
    | IdentifierIsTaken
    | DatesOutOfOrder
):
    """A new record, tied to records that exist."""
    values = checked(rules.new_properties, rules.completed(given.values))
    if isinstance(values, Fact):
        return values
    ties = _tied(rules.noun, None, given.ties, draft)
    if isinstance(ties, Fact):
        return ties
    fact = (
        rules.authority.lacks_to_create(given.ties, seen, draft)
        or missing(rules.properties, values)
        or _loose(each for each in (*rules.needed, *rules.fixed) if not given.ties.get(each))
        or out_of_order(rules.periods, values)
        or _taken(rules.noun, None, values, seen)
        or rules.refuses(None, given.ties, seen, draft)
        or rules.oversteps(None, values, seen)
    )
    if fact:
        return fact
    record = draft.create(rules.noun, values, ties)
    if rules.after:
        rules.after(record, given.ties, seen, draft)
    return draft.written(record)


def edit(
    rules: Rules, given: Edit, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | RecordHasChanged
    | NotADraft
    | ValueIsInvalid
    | IdentifierIsInvalid
    | IdentifierIsTaken
    | DatesOutOfOrder
):
    """The record with what was given changed."""
    record = _current(rules, given, given.ties, seen, draft)
    if isinstance(record, Fact):
        return record
    values = checked(rules.properties, given.values)
    if isinstance(values, Fact):
        return values
    ties = _tied(rules.noun, record.id, given.ties, draft)
    if isinstance(ties, Fact):
        return ties
    fact = (
        _loose(each for each in rules.needed if each in given.ties and not given.ties[each])
        or out_of_order(rules.periods, {**record.properties, **values})
        or _taken(rules.noun, record.id, values, seen)
        or rules.refuses(record, given.ties, seen, draft)
        or rules.oversteps(record, {**record.properties, **values}, seen)
    )
    if fact:
        return fact
    draft.set(record, values)
    stood = seen.ties(record, *given.ties)
    draft.end(record, stood - ties)
    draft.link(record, ties - stood)
    if rules.after:
        rules.after(record, given.ties, seen, draft)
    return draft.written(record)


def end(
    rules: Rules, given: End, seen: Seen, draft: Draft
) -> (
    Written
    | NotYours
    | RecordNotFound
    | RecordHasChanged
    | NotADraft
    | RecordHasEnded
    | DatesOutOfOrder
):
    """The record marked as ended; nothing of it is deleted."""
    record = _current(rules, given, {}, seen, draft)
    if isinstance(record, Fact):
        return record
    on = given.on or seen.today
    if rules.end.is_ended(record, on):
        return RecordHasEnded(record.id)
    values = rules.end.values(on)
    fact = out_of_order(rules.periods, {**record.properties, **values}) or rules.refuses(
        record, {}, seen, draft
    )
    if fact:
        return fact
    draft.set(record, values)
    if rules.after:
        rules.after(record, {}, seen, draft)
    if rules.at_end:
        rules.at_end(record, on, seen, draft)
    return draft.written(record)


def _current(
    rules: Rules, given: Edit | End, ties: Ties, seen: Seen, draft: Draft
) -> Held | RecordNotFound | NotYours | RecordHasChanged:
    """The record, if the actor may write it and it is still as the client read it."""
    record = draft.held(given.id, rules.noun)
    if record is None:
        return RecordNotFound(given.id, rules.noun.name)
    if fact := rules.authority.lacks_to_write(record, ties, seen, draft):
        return fact
    return unchanged(record, given.version)


def unchanged(record: Held, version: int) -> Held | RecordHasChanged:
    """The record, if it is still as the client read it."""
    return record if record.version == version else RecordHasChanged(record.id, record.version)


def writable_on(hop: Hop) -> tuple[Property, ...]:
    """The edge's properties that a client may write."""
    return tuple(each for each in hop.edge.properties if each.name not in KEPT_ON_EDGES)


def outcomes_of(decide: Callable[..., Any]) -> tuple[type[Any], ...]:
    """The deed and the facts that a decision's annotation names."""
    return get_args(get_type_hints(decide)["return"])


def _possible(rules: Rules, decide: Callable[..., Any]) -> tuple[type[Any], ...]:
    """The outcomes without those that cannot come about for this noun."""
    never: set[type[Any]] = set() if rules.guard else {NotADraft}
    if not any(each.scheme for each in rules.properties):
        never |= {IdentifierIsInvalid, IdentifierIsTaken}
    known = tuple(each for each in outcomes_of(decide) if each not in never)
    return known if decide is end else tuple(dict.fromkeys((*known, *rules.limit_facts)))


def _far(ties: Ties) -> frozenset[str]:
    return frozenset(each.far for several in ties.values() for each in several)


def _holders(noun: Noun, given: Mapping[str, Any]) -> frozenset[Question]:
    return frozenset(
        Question(holder_of(noun.name, name), value) for name, value in identifiers(noun, given)
    )


def _ties_read(noun: Noun, id_: str, names: Iterable[str]) -> frozenset[Question]:
    return frozenset(Question(ties_of(MODEL, noun.name, name), id_) for name in names)


def _who_answers(noun: Noun, id_: str) -> frozenset[Question]:
    """The ties that tell it; they are only looked at, so that writes of one institution's records need not queue."""
    return frozenset(
        Question(ties_of(MODEL, noun.name, hop.name), id_, holds=False)
        for hop in MODEL.holders(noun.name)
    )


def _further(
    rules: Rules, id_: str | None, given: Ties
) -> Callable[[WorkingCopy], frozenset[Question]] | None:
    find = rules.further
    return (lambda copy: find(id_, given, copy)) if find else None


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
        values = checked(writable_on(hop), dict(each.properties))
        if isinstance(values, Fact):
            return values
        if fact := out_of_order((("since", "until"),), values):
            return fact
        ties.add(tie(name, each.far, values))
    return frozenset(ties)


def _loose(names: Iterable[str]) -> ValueIsInvalid | None:
    """The first of the ties that must lead somewhere and do not."""
    return next((ValueIsInvalid(name, EMPTY.zh, EMPTY.en) for name in names), None)


def _taken(
    noun: Noun, id_: str | None, values: Mapping[str, Any], seen: Seen
) -> IdentifierIsTaken | None:
    for name, value in identifiers(noun, values):
        holder = seen.holder(noun, name, value)
        if holder not in {None, id_}:
            return IdentifierIsTaken(name, str(holder))
    return None
