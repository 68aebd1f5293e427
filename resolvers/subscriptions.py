"""An operation that may have many answers: a subscription becomes events from the change log, all else one answer.

Each batch of changes is read back by one statement, compiled as every question is, with the rights that the viewer has at that
moment; a change of what may not be seen is never told. Subscribers who ask the same share that statement.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import orjson
from graphql import GraphQLError

from auth.viewer import Viewer
from graph_store.errors import FellBehind, LogBeganAnew
from graph_store.inbox import concerned
from graph_store.same_reads import SameReads
from graph_store.tail import Entry, Place, Standing, Tail, Wanted, patiently
from resolvers.answer import Answer, Answerer, Asked
from resolvers.binding import getter
from resolvers.build.building import Building
from resolvers.build.changes import IDS, watch
from resolvers.decode import NotAsDeclared
from resolvers.documents import Prepared, Refused
from resolvers.engine import Engine, refused
from resolvers.refusals import log_began_anew, place_is_too_old, too_slow, unknown_place
from resolvers.variables import Inspected

if TYPE_CHECKING:
    from resolvers.decode import Bound
    from resolvers.plans import Plan

MOST_AT_ONCE = 50
PAUSE_SECONDS = 0.25
_OF_THE_LOG = "changes"

WhoIsAsking = Callable[[], Awaitable[Viewer]]
"""The viewer as of now; what it raises ends the events, but for a store that is away."""


@dataclass(frozen=True, slots=True)
class Event:
    """One result of a subscription as JSON, `{"data": …}`, and the cursor after which to resume."""

    body: bytes
    cursor: str


class Operations(Protocol):
    """Whatever begins an operation of a connection that can take several answers."""

    async def begin(
        self, asked: Asked, viewer: WhoIsAsking, resumed: str | None = None
    ) -> Answer | AsyncGenerator[Event]:
        """One answer, or events without end; `viewer` is asked anew for each batch, `resumed` goes before `after`.

        Technical failures are exceptions of `graph_store.errors`; the events end with GraphQLError when the subscriber
        must subscribe anew.
        """
        ...


@dataclass(frozen=True, slots=True)
class Watching:
    """One subscription under way."""

    asked: Asked
    prepared: Prepared
    variables: dict[str, Any]
    viewer: WhoIsAsking
    wanted: Wanted
    after: Place | None
    is_inbox: bool = False
    most: int = MOST_AT_ONCE
    """How many changes are read back by one statement."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes that are told together: whose rights they are read with, and how they are decoded."""

    watching: Watching
    viewer: Viewer
    plan: Plan
    pages: list[Bound]


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """Begins operations; events are what the tail finds, read by the engine."""

    engine: Engine
    tail: Tail
    _read: SameReads = field(init=False)

    def __post_init__(self) -> None:
        """One desk for equal reads."""
        object.__setattr__(self, "_read", SameReads(self.engine.run))

    async def begin(
        self, asked: Asked, viewer: WhoIsAsking, resumed: str | None = None
    ) -> Answer | AsyncGenerator[Event]:
        """See `Operations`."""
        try:
            prepared = self.engine.documents.get(asked.text, asked.operation)
            if not prepared.is_subscription:
                return await self.engine.answer(asked, await viewer())
            variables = prepared.coerce(asked.variables)
            if isinstance(variables, list):
                return refused(variables)
            watching = await self._watching(asked, prepared, variables, viewer, resumed)
            # a selection that is wrong or too dear is refused before the first event
            plan, parameters, _ = self._bound(watching, ("",), await viewer())
            price = self.engine.pricing.price(plan, parameters)
            watching = replace(watching, most=_affordable(self.engine.pricing.budget, price))
        except Refused as refusal:
            return refused(refusal.errors)
        except GraphQLError as error:
            return refused([error])
        return self._events(watching)

    async def _watching(
        self,
        asked: Asked,
        prepared: Prepared,
        variables: dict[str, Any],
        viewer: WhoIsAsking,
        resumed: str | None,
    ) -> Watching:
        engine = self.engine
        inspected = Inspected(variables, engine.mint.nulls)
        building = Building(engine.model, engine.schema, prepared.fragments, inspected)
        what = watch(building, prepared.operation)
        binding = engine.bound(variables, await viewer())
        node_id, after = (
            None if each is None else getter(each)(binding) for each in (what.node_id, what.after)
        )
        cursor = after if resumed is None else resumed
        place = None if cursor is None else await self._place(cursor)
        wanted = Wanted(what.nouns, node_id)
        return Watching(asked, prepared, variables, viewer, wanted, place, what.is_inbox)

    async def _place(self, cursor: str) -> Place:
        """Where the cursor stands. Raises GraphQLError, GraphStoreError."""
        try:
            keys = self.engine.mint.read(cursor)
        except GraphQLError:
            raise unknown_place() from None
        if len(keys) != len(("log", *Place._fields)) or keys[0] != _OF_THE_LOG:
            raise unknown_place()
        place = Place(*keys[1:])
        standing = await self.tail.standing(place)
        if standing is Standing.TOO_OLD:
            raise place_is_too_old()
        if standing is Standing.UNKNOWN:
            raise unknown_place()
        return place

    def _cursor(self, place: Place) -> str:
        return self.engine.mint.made(_OF_THE_LOG, list(place))

    async def _events(self, watching: Watching) -> AsyncGenerator[Event]:
        last = None if watching.after is None else self._cursor(watching.after)
        following = self.tail.follow(watching.wanted, watching.after, most=watching.most)
        try:
            async with aclosing(following) as batches:
                async for entries in batches:
                    for event in await self._told(watching, entries):
                        yield event
                        last = event.cursor
        except FellBehind:
            raise too_slow(last) from None
        except LogBeganAnew:
            raise log_began_anew() from None

    async def _told(self, watching: Watching, entries: list[Entry]) -> list[Event]:
        """The events of those changes whose records the viewer may see now. Raises GraphStoreError."""
        viewer = await patiently(watching.viewer, PAUSE_SECONDS)
        ids = tuple(each.node_id for each in entries)
        plan, parameters, pages = self._bound(watching, ids, viewer)
        read = partial(self._read, plan.statement.text, parameters, since=entries[-1].seq)
        (rows,) = await patiently(read, PAUSE_SECONDS)
        seen = [(entry, row) for entry, row in zip(entries, rows, strict=True) if row is not None]
        if watching.is_inbox and seen:
            mine = await patiently(partial(self._concerning, viewer, ids), PAUSE_SECONDS)
            seen = [(entry, row) for entry, row in seen if entry.node_id in mine]
        batch = Batch(watching, viewer, plan, pages)
        told = [await self._event(batch, entry, row) for entry, row in seen]
        await self.engine.noted(plan, pages, viewer)
        return told

    async def _concerning(self, viewer: Viewer, ids: tuple[str, ...]) -> frozenset[str]:
        """Which of the tasks the viewer has to do with, by their rights of this moment. Raises GraphStoreError."""
        engine = self.engine
        return await concerned(engine.run, viewer.rights, ids, engine.today())

    async def _event(self, batch: Batch, entry: Entry, row: list[Any]) -> Event:
        watching, plan, pages = batch.watching, batch.plan, batch.pages
        cursor = self._cursor(Place(entry.seq, entry.at))
        word = self.engine.model[entry.noun].word
        record = [[cursor, entry.at, word, entry.node_id, entry.is_new, row]]
        try:
            body = orjson.dumps({"data": plan.strict(record, pages)})
        except (NotAsDeclared, KeyError, TypeError):  # graphql-core says what is wrong and where
            root = plan.loose(record, pages)
            walked = self.engine.walk(watching.prepared, watching.asked, batch.viewer, root)
            body = (await walked).body
        return Event(body, cursor)

    def _bound(
        self, watching: Watching, ids: tuple[str, ...], viewer: Viewer
    ) -> tuple[Plan, dict[str, Any], list[Bound]]:
        """The plan and its parameters for the records of a batch. Raises GraphQLError."""
        engine = self.engine
        plan = engine.plan(watching.prepared, watching.variables)
        variables = watching.variables | {IDS: list(ids)}
        binding = engine.bound(variables, viewer)
        return plan, *plan.bind(binding, engine.mint, engine.most)


@dataclass(frozen=True, slots=True)
class AnswersAlone:
    """The operations of a graph without a change log: each has one answer."""

    answerer: Answerer

    async def begin(
        self,
        asked: Asked,
        viewer: WhoIsAsking,
        resumed: str | None = None,  # noqa: ARG002 - the port's shape
    ) -> Answer | AsyncGenerator[Event]:
        """See `Operations`."""
        return await self.answerer.answer(asked, await viewer())


def _affordable(budget: float, price: float) -> int:
    """How many records one statement may read, of which one costs that much."""
    return max(1, int(min(MOST_AT_ONCE, budget / max(price, 1.0))))
