"""Batches of drafts into the graph: looked up, compared, written with their change rows, one transaction a batch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial

from ulid import ULID

from flows.sources.batches import Astray, Checked, Loaded, Purpose
from flows.sources.deciding import identifiers
from flows.sources.desk import Desk, Resolved
from flows.sources.drafts import Draft, Link, LinkOfRow, Origin, Target
from flows.sources.portions import Portion
from flows.sources.rows import TWO_RECORDS, rejected, twice
from flows.sources.runs import Also, Run
from graph_store.commands.imports import Store, Unit
from graph_store.commands.rows import Deed, instant_text
from graph_store.identifiers import Problem

_NO_ROW = 0


class Loader:
    """Writes batches of at most 500 records of one source.

    It remembers the ids of what it wrote, so that links find their ends without asking; in a dry run they are
    pretended.
    """

    def __init__(
        self, store: Store, origin: Origin, purpose: Purpose, run: Run | None = None
    ) -> None:
        self._store = store
        self._origin = origin
        self._purpose = purpose
        self._run = run
        self._ids: dict[Target, str] = {}
        self._rows: dict[str, int] = {}
        self._key = run.id if run else str(ULID())
        self._units = 0

    async def begin(self) -> None:
        """Write the source, and that the import has begun."""
        source = Target("Source", "code", self._origin.code)
        await self._of_source({}, partial(self._run.begun, source) if self._run else None)

    async def load(self, portion: Portion) -> Loaded:
        """Write the records, what they mention, their links that are not late, and what became of each row."""
        links = [link for each in portion.records for link in self._links(each)]
        also = partial(self._run.entered, portion) if self._run else None
        return await self._in_unit(lambda desk: self._load(desk, portion.records, links, also))

    async def link(self, links: Sequence[LinkOfRow]) -> Loaded:
        """Write links between records that are there; `changed` are the records where they start."""
        return await self._in_unit(lambda desk: self._link(desk, links))

    async def end(self, problem: Problem | None = None) -> None:
        """Write down that the import has ended, well or with a problem, and when its source was read if that gave anything."""
        is_read = problem is None and (self._run is None or self._run.has_given)
        when = {"readAt": instant_text(self._purpose.clock())} if is_read else {}
        await self._of_source(when, partial(self._run.ended, problem) if self._run else None)

    async def _of_source(self, when: dict[str, str], also: Also | None) -> None:
        await self._in_unit(lambda desk: self._load(desk, [self._source(when)], [], also))

    def _source(self, when: dict[str, str]) -> Checked:
        origin = self._origin
        told = {
            "name": origin.name,
            "nameEn": origin.name_en,
            "code": origin.code,
            "url": origin.url,
        }
        return Checked(
            _NO_ROW,
            Draft("Source", f"source:{origin.code}", {**told, "licence": origin.licence, **when}),
        )

    def _links(self, checked: Checked) -> Iterator[LinkOfRow]:
        yield checked.row, self._sourced(checked.draft.target)
        yield from ((checked.row, link) for link in checked.draft.links if not link.late)

    def _made(self, desk: Desk, loaded: Loaded) -> Iterator[LinkOfRow]:
        """Where companions come from that were made here; those that were there are left alone."""
        for id_, row in loaded.companions.items():
            made = desk.records[id_]
            key = str(made.properties["originKey"])
            yield row, self._sourced(Target(made.noun.name, "originKey", key))

    def _sourced(self, start: Target) -> Link:
        return Link(start, "sources", Target("Source", "code", self._origin.code))

    async def _in_unit(self, work: Callable[[Desk], Awaitable[Loaded]]) -> Loaded:
        self._units += 1

        async def once(unit: Unit) -> tuple[Desk, Loaded]:
            desk = Desk(unit, self._purpose, self._ids)
            return desk, await work(desk)

        desk, loaded = await self._store.unit(once, dry_run=self._purpose.dry_run)
        # only now: the ids that an undone transaction gave out were never there
        self._ids |= desk.found
        self._rows |= loaded.rows
        if self._run is not None:
            self._run.keep()
        return loaded

    async def _load(
        self, desk: Desk, batch: Sequence[Checked], links: Sequence[LinkOfRow], also: Also | None
    ) -> Loaded:
        every = [draft for each in batch for draft in (each.draft, *each.draft.companions)]
        named = [target for draft in every for target in identifiers(draft)]
        await desk.find([*named, *_ends(links)])
        loaded = Loaded()
        placed = list(self._placed(desk, batch, loaded))
        refused = {each.row for each in loaded.rejections}
        if links:
            kept = (each for each in batch if each.row not in refused)
            links = [
                *(link for each in kept for link in self._links(each)),
                *self._made(desk, loaded),
            ]
        return await self._finish(desk, placed, links, loaded, also)

    async def _link(self, desk: Desk, links: Sequence[LinkOfRow]) -> Loaded:
        await desk.find(_ends(links))
        return await self._finish(
            desk, [], links, Loaded(), self._run.linked if self._run else None
        )

    async def _finish(
        self,
        desk: Desk,
        placed: list[tuple[str, Draft]],
        links: Sequence[LinkOfRow],
        loaded: Loaded,
        also: Also | None,
    ) -> Loaded:
        begun = set(desk.records)
        resolved: list[Resolved] = []
        for each in desk.resolve(links):
            if isinstance(each, Astray):
                loaded.unresolved.append(each)
            else:
                resolved.append(each)
        await desk.take_up(placed, resolved)
        desk.work([(id_, draft) for id_, draft in placed if id_ not in begun], resolved)
        deed = self._deed()
        batch, touched = desk.rows(deed)
        own = {id_ for id_, _ in placed}
        loaded.new = own & begun
        loaded.changed = (touched if not placed else own & touched) - begun
        loaded.unchanged = own - touched
        loaded.links = len(batch.links)
        if also is not None:
            batch.add(await also(desk, deed, loaded))
        if not self._purpose.dry_run:
            await desk.unit.close(batch)
        return loaded

    def _placed(
        self, desk: Desk, batch: Sequence[Checked], loaded: Loaded
    ) -> Iterator[tuple[str, Draft]]:
        """Each draft with the id of its record, begun where there was none, unless it is torn or comes twice."""
        for row, draft in ((each.row, each.draft) for each in batch):
            ids = desk.ids_of(draft)
            if len(ids) > 1:
                loaded.rejections.append(rejected(row, "originKey", draft.key, TWO_RECORDS))
                continue
            id_ = ids.pop() if ids else desk.begin(draft)
            if first := loaded.rows.get(id_) or self._rows.get(id_):
                loaded.rejections.append(rejected(row, "originKey", draft.key, twice(first)))
                continue
            loaded.rows[id_] = row
            # another source may have given it a key of its own: links name it by this one's
            desk.found.setdefault(draft.target, id_)
            for each in draft.companions:
                known = desk.ids_of(each)
                if not known:
                    loaded.companions[desk.begin(each)] = row
                elif len(known) == 1:
                    desk.found.setdefault(each.target, next(iter(known)))
            yield id_, draft

    def _deed(self) -> Deed:
        purpose = self._purpose
        return Deed(
            instant_text(purpose.clock()),
            purpose.actor,
            purpose.command,
            f"{self._key}/{self._units}",
        )


def _ends(links: Sequence[LinkOfRow]) -> Iterator[Target]:
    for _, link in links:
        yield from (link.start, link.end)
