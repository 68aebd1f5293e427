"""A prepared question and the graph's statistics → its bill (`cost.py`): which items there are, and what each costs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph_store.cypher.ast import (
    Block,
    Case,
    Column,
    Compare,
    Every,
    Fetch,
    Group,
    Known,
    Leaf,
    Lookup,
    Many,
    One,
    Own,
    Personal,
    Predicate,
    Question,
    Visible,
)
from graph_store.cypher.cost import ITEMS, Bill, Item, Steps
from graph_store.cypher.effort import EXPAND, HIT, LED, SEEK, Effort, Spot, Test
from graph_store.cypher.entities import Entities
from graph_store.cypher.history import History
from graph_store.cypher.neighbourhood import Neighbourhood
from graph_store.cypher.passes.settle import conjuncts, every
from graph_store.cypher.paths import Paths
from graph_store.cypher.reach import Reach, around, between, over, searched
from graph_store.cypher.rewriting import mentions
from graph_store.cypher.search import Search
from graph_store.cypher.sources import Source
from graph_store.cypher.totals import of_all_visible
from graph_store.model import Model
from graph_store.model.words import Noun
from graph_store.statistics import Statistics

UNKNOWN_COLUMN = 10_000.0
"""Of a kind of column that has no price yet."""

_USUAL_PAGE = 21.0
_BLOCK = 3.0


def bill(question: Question, model: Model, statistics: Statistics) -> Bill:
    """Price a prepared question."""
    accountant = _Accountant(Effort(model, statistics))
    accountant.row(question.columns, Spot(""), (), -1)
    items = tuple(accountant.items)
    sizes = dict.fromkeys(item.size for item in items if item.size is not None)
    return Bill(items, tuple(sizes))


@dataclass(frozen=True, slots=True)
class Access:
    """How a noun's records are found: so many are looked at, of which a share passes `rest`."""

    records: float
    rest: Test


@dataclass(slots=True)
class _Accountant:
    """Items under way."""

    effort: Effort
    items: list[Item] = field(default_factory=list)

    def row(self, columns: Iterable[Column], spot: Spot, path: Steps, under: int) -> float:
        """Hits of one row's own values; what has rows of its own becomes items under item number `under`."""
        return sum(
            self.column(column, spot, (*path, place), under) for place, column in enumerate(columns)
        )

    def column(self, column: Column, spot: Spot, path: Steps, under: int) -> float:  # noqa: C901 - one arm a column
        """A column's share of its row's hits."""
        match column:
            case Leaf(operand):
                return self.effort.operand(operand, spot)
            case Personal(declared, noun):
                return self.effort.entitled(noun) + self.effort.operand(Own(declared), spot)
            case One():
                return self._one(column, spot, path, under, math.inf)
            case Lookup():
                seen = self.effort.every(column.where, here := Spot(column.noun, LED))
                self._item(path, under, SEEK + seen.hits, column.columns, here)
            case Fetch():
                self._fetch(column, path, under)
            case Entities():
                for number, batch in enumerate(column.batches):
                    here, at = Spot(batch.noun, LED), (*path, f"case {number}")
                    each = SEEK + self.effort.every(batch.where, here).hits
                    self._item(
                        at,
                        under,
                        0.0,
                        batch.columns,
                        here,
                        rows=math.inf,
                        each=each,
                        size=batch.source,
                    )
            case Many():
                self._many(column, spot, path, under)
            case Search() | Paths() | History():
                reach, cases = _paged(column, self.effort.statistics)
                self._root(reach, cases, (*path, ITEMS), under)
            case Neighbourhood():
                self._root(around(column, self.effort.statistics), column.cases, path, under)
            case _:
                self.items.append(Item(path, under, UNKNOWN_COLUMN, scans=True))
        return 0.0

    def _item(  # noqa: PLR0913 - the parts of an item
        self,
        path: Steps,
        under: int,
        once: float,
        columns: tuple[Column, ...],
        spot: Spot,
        *,
        rows: float = 1.0,
        each: float = 0.0,
        size: Source | None = None,
        most: float = math.inf,
        scans: bool = False,
        shared: tuple[int, ...] = (),
    ) -> None:
        """An item with rows of columns, which are priced under it."""
        number = len(self.items)
        self.items.append(Item(path, under, once))
        for place, column in enumerate(columns):
            at = (*path, place)
            if place in shared and isinstance(column, One):
                each += self._one(column, spot, at, number, self.effort.ends(column.hop))
            else:
                each += self.column(column, spot, at, number)
        self.items[number] = Item(path, under, once, each, rows, size, most, scans)

    def _one(self, one: One, spot: Spot, path: Steps, under: int, most: float) -> float:
        far = self.effort.far(one.hop)
        found = self.effort.walk(one.hop, spot, self.effort.every(one.where, far), until=1.0)
        if not mentions(one.columns, _has_rows):
            return found + self.row(one.columns, far, path, under)
        there = min(1.0, self.effort.degree(one.hop, spot))
        self._item(path, under, found, one.columns, far, rows=there, most=most)
        return 0.0

    def _cases(self, cases: tuple[Case, ...], path: Steps, under: int) -> float:
        """A record of any noun: the dearest row of its own values; lists below are as likely as their noun."""
        records = [self.effort.statistics.count(case.noun) for case in cases]
        dearest = 0.0
        for number, (case, count) in enumerate(zip(cases, records, strict=True)):
            at, spot = (*path, f"case {number}"), Spot(case.noun, LED)
            if not mentions(case.columns, _has_rows):
                dearest = max(dearest, self.row(case.columns, spot, at, under))
                continue
            likely = max(count / max(sum(records), 1.0), 1 / len(cases))
            self._item(at, under, 0.0, case.columns, spot, rows=likely)
        return dearest + HIT * len(cases) / 2

    def _fetch(self, fetch: Fetch, path: Steps, under: int) -> None:
        number = len(self.items)
        self.items.append(Item(path, under, 0.0))
        each = SEEK + HIT + self._cases(fetch.cases, path, number)
        many = fetch.source if fetch.many else None
        rows = math.inf if fetch.many else 1.0
        self.items[number] = Item(path, under, 0.0, each, rows, many)

    # ------------------------------------------------------------------------------------------------------ connections
    def _many(self, many: Many, spot: Spot, path: Steps, under: int) -> None:
        if many.items and isinstance(many.source, Noun):
            self._listed(many, many.source, path, under)
        elif many.items:
            self._walked(many, spot, path, under)
        if many.total:
            self.items.append(Item((*path, "total"), under, self._total(many, spot), scans=True))
        for number, group in enumerate(many.groups):
            self._group(many, group, spot, (*path, f"groups {number}"), under)

    def _listed(self, many: Many, noun: Noun, path: Steps, under: int) -> None:
        """A page of a noun: along an index until it is full, or of all that was found, sorted."""
        found, keys = self._sorted(many, noun)
        rows = found.records * found.rest.share
        once, each, scans = found.records * (HIT + found.rest.hits) + rows * keys, 0.0, True
        ways = [self._along(many, noun, block) for block in many.blocks if _leads(block)]
        if ways:
            along = max(ways, key=lambda way: way.records * way.rest.share)
            step = (HIT + along.rest.hits) / along.rest.share
            possible = along.records * along.rest.share
            if step * min(_USUAL_PAGE, possible) <= once:
                once, each, rows, scans = SEEK, step, possible, step > _MUCH
        once += _BLOCK * max(0, len(many.blocks) - 1)
        self._page(many, Spot(noun.name), path, under, once=once, each=each, rows=rows, scans=scans)

    def _walked(self, many: Many, spot: Spot, path: Steps, under: int) -> None:
        """A page of what lies at the ends of edges, all of which are read and sorted."""
        assert not isinstance(many.source, Noun)
        far = self.effort.far(many.source)
        past = [block.where for block in many.blocks]
        test = self.effort.every(every(many.where, *past), far)
        rows = self.effort.degree(many.source, spot) * test.share
        keys = sum(self.effort.operand(key.operand, far) for key in many.order)
        once = self.effort.walk(many.source, spot, test) + rows * keys
        self._page(many, far, path, under, once=once, rows=rows)

    def _page(  # noqa: PLR0913 - the parts of an item
        self,
        many: Many,
        spot: Spot,
        path: Steps,
        under: int,
        *,
        once: float,
        rows: float,
        each: float = 0.0,
        scans: bool = False,
    ) -> None:
        size = None if many.window is None else many.window.count
        at = (*path, ITEMS)
        self._item(
            at,
            under,
            once,
            many.columns,
            spot,
            rows=rows,
            each=each,
            size=size,
            scans=scans,
            shared=many.shared,
        )

    def _total(self, many: Many, spot: Spot) -> float:
        """Of all records the store knows how many there are; those that may not be seen are looked at."""
        noun = of_all_visible(many)
        if noun is None:
            return self._all(many, spot)[0]
        hidden = 1 - self.effort.predicate(many.where, Spot(noun.name)).share
        count = hidden * self.effort.statistics.count(noun.name)
        return 3 * HIT + count * (HIT + self.effort.entitled(noun.name))

    def _all(self, many: Many, spot: Spot) -> tuple[float, float]:
        """Hits to find all of a connection's records, and how many there are."""
        if isinstance(many.source, Noun):
            if many.where == Every(()):
                return HIT, self.effort.statistics.count(many.source.name)
            if many.granted:
                return self._granted(many.source, many.where)
            found = self._access(many.source, many.where)
            return found.records * (HIT + found.rest.hits), found.records * found.rest.share
        test = self.effort.every(many.where, self.effort.far(many.source))
        found_there = self.effort.degree(many.source, spot) * test.share
        return self.effort.walk(many.source, spot, test), found_there

    def _granted(self, noun: Noun, where: Predicate) -> tuple[float, float]:
        """The same where they begin at what may be seen: what is open, and as much again around the viewer."""
        spot = Spot(noun.name)
        seen = self.effort.predicate(Visible(noun.name), spot)
        found = self.effort.statistics.count(noun.name) * seen.share
        test = self.effort.every(where, spot, Visible(noun.name))
        return found * (HIT + test.hits), found * test.share

    def _group(self, many: Many, group: Group, spot: Spot, path: Steps, under: int) -> None:
        hits, records = self._all(many, spot)
        here, different = Spot(many.noun), 1.0
        given = {each.operand for each in group.known}  # by an index, without a hit of their own
        figures = [Own(each.property) for each in group.values if each.property is not None]
        of_each = sum(HIT for each in figures if each not in given)
        for by in group.by:
            far = Spot(by.hops[-1].far) if by.hops else here
            of_each += sum(EXPAND + 2 * HIT for _ in by.hops)
            if by.operand is not None:
                of_each += 0.0 if by.operand in given else self.effort.operand(by.operand, far)
                different *= _USUAL_PAGE
            else:
                different *= self.effort.statistics.count(far.noun)
        number = len(self.items)
        once = hits + records * of_each
        self.items.append(Item(path, under, once))
        each = sum(
            self.row(by.columns, Spot(by.hops[-1].far, LED), (*path, place), number)
            for place, by in enumerate(group.by)
            if by.hops
        )
        rows = min(records, different)
        # of nothing there is one row whatever the limit, which may not even be a parameter
        size = group.limit if group.by else None
        self.items[number] = Item(path, under, once, each, rows, size, scans=True)

    # ----------------------------------------------------------------------------------------------------------- access
    def _access(self, noun: Noun, where: Predicate, *more: Predicate) -> Access:
        """By a unique value where one is given, else all of them."""
        whole, spot = every(where, *more), Spot(noun.name)
        count = self.effort.statistics.count(noun.name)
        keys = [part for part in conjuncts(whole) if _is_key(part)]
        if not keys:
            return Access(count, self.effort.every(whole, spot))
        best = min(keys, key=lambda part: self.effort.predicate(part, spot).share)
        found = count * self.effort.predicate(best, spot).share
        return Access(found, self.effort.every(whole, spot, best))

    def _sorted(self, many: Many, noun: Noun) -> tuple[Access, float]:
        """All of them, and what reading the sort keys of each takes."""
        past = [block.where for block in many.blocks] if len(many.blocks) == 1 else []
        access = self._access(noun, many.where, *past)
        keys = sum(self.effort.operand(key.operand, Spot(noun.name)) for key in many.order)
        return access, keys

    def _along(self, many: Many, noun: Noun, block: Block) -> Access:
        """In the order of an index: what is asked of its leading properties narrows it, the rest is asked of each record."""
        spot = Spot(noun.name)
        leading = [key.operand for key in block.keys[:2]]
        whole = every(many.where, block.where)
        served = [
            part
            for part in conjuncts(whole)
            if isinstance(part, Compare | Known)
            and part.operand in leading
            and (isinstance(part, Known) or part.operator in _SERVED)
        ]
        count = self.effort.statistics.count(noun.name)
        for part in served:
            count *= self.effort.predicate(part, spot).share
        return Access(count, self.effort.every(whole, spot, *served))

    # ------------------------------------------------------------------------------------------------ roots of their own
    def _root(self, reach: Reach, cases: tuple[Case, ...], path: Steps, under: int) -> None:
        """A root that finds records of any noun by itself."""
        number = len(self.items)
        self.items.append(Item(path, under, reach.once))
        each = reach.each + self._cases(cases, path, number)
        self.items[number] = Item(
            path, under, reach.once, each * reach.records, reach.rows, reach.size, scans=True
        )


def _paged(
    column: Search | Paths | History, statistics: Statistics
) -> tuple[Reach, tuple[Case, ...]]:
    """How far a root of pages reaches, and what it reads of what it finds."""
    match column:
        case Search():
            return searched(column, statistics), column.cases
        case Paths():
            return between(column, statistics), column.cases
        case History():
            return over(column), (*column.cases, *column.people, *column.runs)


_SERVED = frozenset({"eq", "in", "gt", "gte", "lt", "lte", "startsWith"})
_MUCH = 10.0


def _leads(block: Block) -> bool:
    """Whether an index gives the block in order."""
    first = block.keys[0] if block.keys else None
    return first is not None and isinstance(first.operand, Own) and not first.nullable


def _is_key(part: Predicate) -> bool:
    """Whether the index of a unique property finds the records."""
    served = isinstance(part, Compare) and part.operator in {"eq", "in"}
    return (
        (served or (isinstance(part, Known) and part.known))
        and isinstance(part, Compare | Known)
        and isinstance(part.operand, Own)
        and part.operand.property.key
    )


def _has_rows(node: object) -> bool:
    return isinstance(node, Many)
