"""What a decision sees and what it drafts: one working copy for all commands of a unit of work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from graph_store.commands.actors import (
    HUB,
    NOBODY,
    STANDING,
    Actor,
    Doing,
    Standing,
    refused,
    standing_key,
)
from graph_store.commands.close import Batch, Row
from graph_store.commands.facts import NotYours, Written
from graph_store.commands.readers import Reader, holder_of, ties_of
from graph_store.commands.rows import (
    SHANGHAI,
    Deed,
    State,
    Tie,
    instant_text,
    new_id,
    stamped,
    stamped_rows,
    tie,
)
from graph_store.model import Model
from graph_store.model.words import ITSELF, Noun


@dataclass(frozen=True, slots=True)
class Held:
    """A record, locked and read."""

    noun: Noun
    properties: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """The property; None where the record has none."""
        return self.properties.get(name)

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.properties["id"])

    @property
    def version(self) -> int:
        """Its version."""
        return int(self.properties["version"])


@dataclass(slots=True)
class WorkingCopy:
    """The held records and the readers' answers, as the commands decided so far would leave them."""

    model: Model
    records: dict[str, Row] = field(default_factory=dict)
    today: str = ""
    answers: dict[Reader, dict[str, list[Any]]] = field(default_factory=dict)
    _standings: dict[str, Standing] = field(default_factory=dict)

    def held(self, id_: str) -> Held | None:
        """The record; None where there is none of this id."""
        noun = self.model.by_word.get(noun_word(id_))
        if noun is None or id_ not in self.records:
            return None
        return Held(noun, self.records[id_])

    def answer(self, reader: Reader, key: str) -> list[Any]:
        """What the reader found under the key. Raises KeyError when the command's needs did not ask."""
        return self.answers[reader][key]

    def standing(self, actor: Actor) -> Standing:
        """What the actor is where; no command of the unit changes it for those after it."""
        key = standing_key(actor, self.today)
        if key not in self._standings:
            self._standings[key] = Standing.of(self.answer(STANDING, key))
        return self._standings[key]

    def ties(self, noun: Noun, id_: str, names: Iterable[str]) -> frozenset[Tie]:
        """The record's ties under these names."""
        found = ((name, self.answer(ties_of(self.model, noun.name, name), id_)) for name in names)
        return frozenset(
            tie(name, each["far"], each["properties"]) for name, ties in found for each in ties
        )

    def settle(self, noun: Noun, before: State | None, after: State) -> None:
        """Take over what a command left: for the next one it is so."""
        id_, old = str(after.properties["id"]), before.properties if before else {}
        self.records[id_] = dict(after.properties)
        for reader, known in self.answers.items():
            if reader.follow:
                reader.follow(known, noun.name, before, after)
        if before is None:
            self._know_ties(noun, id_, after.ties)
        for key in self.model.keys(noun.name):
            was, is_ = old.get(key), after.properties.get(key)
            if was != is_:
                self._put(holder_of(noun.name, key), was, [])
                self._put(holder_of(noun.name, key), is_, [id_])
        for ended in before.ties - after.ties if before else ():
            self._retie(noun, id_, ended, lambda values, one: [v for v in values if v != one])
        for begun in after.ties - before.ties if before else after.ties:
            self._retie(noun, id_, begun, lambda values, one: [*values, one])

    def _know_ties(self, noun: Noun, id_: str, ties: frozenset[Tie]) -> None:
        """A record made in this unit has the ties that it was made with, under each of these names."""
        for name in {each.name for each in ties}:
            self.answers.setdefault(ties_of(self.model, noun.name, name), {})[id_] = []

    def _retie(
        self, noun: Noun, id_: str, each: Tie, change: Callable[[list[Any], Row], list[Any]]
    ) -> None:
        """The same edge from both its ends, as far as it was asked for."""
        ends = [(noun.name, each.name, id_, each.far)]
        if back := self.model.back(noun.name, each.name):
            ends.append((back.near, back.name, each.far, id_))
        for near_noun, name, near, far in ends:
            known = self.answers.get(ties_of(self.model, near_noun, name), {})
            if near in known:
                one = {"far": far, "properties": dict(each.properties)}
                known[near] = change(known[near], one)

    def _put(self, reader: Reader, key: Any, value: list[Any]) -> None:
        if key is not None:
            self.answers.setdefault(reader, {})[key] = value


@dataclass(frozen=True, slots=True)
class Seen:
    """What one command may look at: the working copy as it stands when its turn comes, the time and its actor."""

    copy: WorkingCopy
    actor: Actor
    now: datetime

    @property
    def today(self) -> str:
        """The day in Asia/Shanghai."""
        return day_of(self.now)

    @property
    def standing(self) -> Standing:
        """What the actor is where, read in this unit of work."""
        if self.actor in {HUB, NOBODY}:
            return Standing()
        return self.copy.standing(self.actor)

    def may(self, doing: Doing, *, at: Iterable[str]) -> bool:
        """Whether the actor may do this at one of these institutions."""
        return self.lacks(doing, at=at) is None

    def lacks(
        self, doing: Doing, *, at: Iterable[str], about: str | None = None
    ) -> NotYours | None:
        """What the actor is missing to do this at one of these institutions, to a record of the kind."""
        return refused(self.actor, self.standing, doing, at, about)

    def deputy_for(
        self, doing: Doing, *, at: Iterable[str], about: str | None = None
    ) -> frozenset[str]:
        """In whose place alone the actor may do this at these institutions; nobody's where they may themself, or may not."""
        places = frozenset(at)
        if self.actor == HUB or self.standing.does_itself(doing, places):
            return frozenset()
        return self.standing.principals(doing, places, about)

    def answering(self, record: Held) -> frozenset[str]:
        """The institutions that answer for a record today: its far ends under the hops that the model calls its holders."""
        if record.noun.holders == ITSELF:
            return frozenset({record.id})
        ties = self.ties(record, *(hop.name for hop in self.copy.model.holders(record.noun.name)))
        return frozenset(each.far for each in ties if (each["until"] or self.today) >= self.today)

    def hides(self, record: Held) -> bool:
        """Whether the actor must not even learn that there is such a record; what agreements share, the network may know of."""
        if record["visibility"] in {"institution", "self"}:
            return True
        return record["visibility"] in {"network", "agreement"} and self.standing == Standing()

    def holder(self, noun: Noun, name: str, value: str) -> str | None:
        """The id of the record with this identifier; None where it is free."""
        return next(iter(self.copy.answer(holder_of(noun.name, name), value)), None)

    def ties(self, record: Held, *names: str) -> frozenset[Tie]:
        """The record's ties under these names."""
        return self.copy.ties(record.noun, record.id, names)


@dataclass(slots=True)
class _Pending:
    noun: Noun
    before: Row | None
    after: Row
    ended: frozenset[Tie] = frozenset()
    begun: frozenset[Tie] = frozenset()

    @property
    def states(self) -> tuple[State | None, State]:
        before = None if self.before is None else State(self.before, self.ended)
        return before, State(self.after, self.begun)


@dataclass(slots=True)
class Draft:
    """What one command wants written: rows and change log follow from it, so that nothing goes unlogged."""

    copy: WorkingCopy
    deed: Deed
    base: str
    outbox: list[Row] = field(default_factory=list)
    _pending: dict[str, _Pending] = field(default_factory=dict)

    @property
    def touched(self) -> bool:
        """Whether anything was drafted."""
        return bool(self._pending or self.outbox)

    def held(self, id_: str, noun: Noun | None = None) -> Held | None:
        """The record, read after it was locked; None where there is none of this id, or of another noun."""
        held = self.copy.held(id_)
        # by identity: a noun is a large value, and hashing it took a third of a registration's time
        return held if held and (noun is None or noun is held.noun) else None

    def create(self, noun: Noun, values: Mapping[str, Any], ties: Iterable[Tie] = ()) -> Held:
        """A new record with a new id."""
        created = Held(noun, {"id": new_id(self.base, noun), **values})
        self._pending[created.id] = _Pending(
            noun, None, dict(created.properties), begun=frozenset(ties)
        )
        return created

    def set(self, record: Held, values: Mapping[str, Any]) -> None:
        """Change properties; None takes one away. The version grows if anything differs."""
        self._of(record).after.update(values)

    def link(self, record: Held, ties: Iterable[Tie]) -> None:
        """Begin edges, logged at this record."""
        self._of(record).begun |= frozenset(ties)

    def end(self, record: Held, ties: Iterable[Tie]) -> None:
        """End edges, logged at this record."""
        self._of(record).ended |= frozenset(ties)

    def tell(self, id_: str, topic: str, subject: str, due_at: datetime) -> None:
        """Work that must follow; `id_` is the effect's key: the same effect is due once."""
        self.outbox.append(
            {"id": id_, "topic": topic, "subject": subject, "dueAt": instant_text(due_at)}
        )

    def act_for(self, principals: Iterable[str]) -> None:
        """Log what is drafted as done in the place of the first of these people, where there is one."""
        self.deed = replace(self.deed, acting_for=min(principals, default=None))

    def written(self, record: Held) -> Written:
        """The deed, with the version that the record will have."""
        before, after = self._of(record).states
        new = stamped(record.noun, before, after, self.deed.at)
        return Written(record.noun.name, record.id, new["version"])

    def finish(self) -> Batch:
        """The rows to write; the working copy takes them over."""
        batch = Batch(outbox=self.outbox)
        for each in self._pending.values():
            before, after = each.states
            new = State(stamped(each.noun, before, after, self.deed.at), after.ties)
            batch.add(stamped_rows(self.copy.model, each.noun, before, new, self.deed))
            self.copy.settle(each.noun, before, new)
        return batch

    def _of(self, record: Held) -> _Pending:
        if record.id not in self._pending:
            properties = dict(record.properties)
            self._pending[record.id] = _Pending(record.noun, properties, dict(properties))
        return self._pending[record.id]


def day_of(moment: datetime) -> str:
    """The day in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date().isoformat()


def noun_word(id_: str) -> str:
    """The noun's part of an id; empty for what is no id.

    >>> noun_word("cd-source_record-01J"), noun_word("x")
    ('source_record', '')
    """
    parts = id_.split("-", 2)
    return parts[1] if len(parts) == 3 else ""
