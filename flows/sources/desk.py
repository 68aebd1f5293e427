"""The part of the graph that one batch is about, laid out: found, held, worked on, and put back as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from flows.sources.batches import Astray, Purpose
from flows.sources.deciding import Record, begin, fill, identifiers, join, seen, sought
from flows.sources.drafts import Draft, Link, LinkOfRow, Target
from graph_store.commands.close import Batch
from graph_store.commands.imports import StoredEdge, Unit
from graph_store.commands.rows import Deed
from graph_store.model import MODEL

Resolved = tuple[str, Link, str]


@dataclass(slots=True)
class Desk:
    """Ids by target, of records that exist or are begun here; records by id, once they are begun or held."""

    unit: Unit
    purpose: Purpose
    ids: dict[Target, str]
    records: dict[str, Record] = field(default_factory=dict)
    found: dict[Target, str] = field(default_factory=dict)

    async def find(self, targets: Iterable[Target]) -> None:
        """Look up the targets that are not known yet."""
        keys: dict[tuple[str, str], list[str]] = {}
        for target in dict.fromkeys(targets):
            if target not in self.ids:
                keys.setdefault((target.noun, target.property), []).append(target.value)
        for (noun, name, value), id_ in (await self.unit.find(keys)).items():
            self.found[Target(noun, name, value)] = id_

    def id_of(self, target: Target) -> str | None:
        """The id of the record that the target names."""
        return self.found.get(target) or self.ids.get(target)

    def ids_of(self, draft: Draft) -> set[str]:
        """The records that the draft can be meant for: none, one, or a contradiction."""
        return {id_ for target in identifiers(draft) if (id_ := self.id_of(target))}

    def begin(self, draft: Draft) -> str:
        """A new record of the draft."""
        id_ = self.purpose.ids(self.purpose.base, MODEL[draft.noun])
        self.records[id_] = begin(draft, id_, synthetic=self.purpose.synthetic)
        self.found |= dict.fromkeys(identifiers(draft), id_)
        return id_

    def resolve(self, links: Iterable[LinkOfRow]) -> Iterator[Resolved | Astray]:
        """Links with the ids of their ends, or what is known of one that leads nowhere."""
        for row, link in links:
            start, end = self.id_of(link.start), self.id_of(link.end)
            yield (start, link, end) if start and end else Astray(row, link, start or end)

    async def take_up(self, drafts: Iterable[tuple[str, Draft]], links: list[Resolved]) -> None:
        """Hold what exists, both ends of edges too, and lay out what may change, with the edges that matter."""
        nouns = {id_: draft.noun for id_, draft in drafts} | {
            start: link.start.noun for start, link, _ in links
        }
        ends = chain(nouns, (end for _, _, end in links))
        held = await self.unit.hold(id_ for id_ in ends if id_ not in self.records)
        edges: dict[str, list[StoredEdge]] = {}
        for each in await self.unit.edges(sought(*each) for each in links if each[0] in held):
            edges.setdefault(each.start, []).append(each)
        for id_, noun in nouns.items():
            if id_ in held:
                self.records[id_] = seen(MODEL[noun], held[id_], edges.get(id_, ()))

    def work(self, drafts: Iterable[tuple[str, Draft]], links: Iterable[Resolved]) -> None:
        """Let the drafts speak, and join the links."""
        # records that a dry run only pretended are not there
        for id_, draft in drafts:
            if id_ in self.records:
                fill(self.records[id_], draft)
        for start, link, end in links:
            if start in self.records:
                join(self.records[start], link, end)

    def rows(self, deed: Deed) -> tuple[Batch, set[str]]:
        """What is to be written, and the ids of the records that it is written to."""
        batch, touched = Batch(), set()
        for id_, record in self.records.items():
            if rows := record.rows(deed):
                batch.add(rows)
                touched.add(id_)
        return batch, touched
