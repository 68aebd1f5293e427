"""What operands and predicates cost at one record, in dbHits, and which share of the records passes a predicate.

The figures are those of PROFILE on Neo4j 5.26: a property, a label or an index entry is one hit, an edge one hit and each
walk along edges about four more. Shares are guesses where statistics know nothing; they err towards many.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import singledispatchmethod

from graph_store.cypher.ast import (
    Beyond,
    Compare,
    EdgeNumber,
    Either,
    Every,
    Followed,
    Guarded,
    Known,
    OnEdge,
    Operand,
    Own,
    Predicate,
    Quantified,
    ReadBy,
    Related,
    Total,
    Unless,
    Visible,
)
from graph_store.cypher.passes.settle import conjuncts
from graph_store.cypher.rewriting import mentions
from graph_store.cypher.sources import Literal
from graph_store.model import Hop, Model
from graph_store.model.words import ITSELF, Property
from graph_store.statistics import Degree, Statistics, Values

HIT = 1.0
EXPAND = 4.0
"""What it takes to begin walking along a record's edges, beside one hit an edge."""

DEGREE = 3.0
"""Edges counted by the store, when nothing is asked of the records at their ends."""

SEEK = 2.0

LED = 0.75
"""Of a record that edges lead to, or that somebody names: it has more edges than most."""

_SHARES = {"gt": 1 / 3, "gte": 1 / 3, "lt": 1 / 3, "lte": 1 / 3, "contains": 0.1, "startsWith": 0.1}
_HALF, _MOST_ARE_SEEN, _FEW = 0.5, 0.9, 0.001
_SOME_ITEMS = 3.0
_LEAST = 1e-6
_SEVERAL = 10.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A record of a noun; `led` tells how it was found: 0 in a list, up to 1 by what leads to records with many edges.

    `crowd`: so much more often than others are those met that people ask for, where edges lead here.
    """

    noun: str
    led: float = 0.0
    crowd: float = 1.0


@dataclass(frozen=True, slots=True)
class Test:
    """A predicate at one record: hits to decide it, and the share of records that pass."""

    hits: float
    share: float


class Effort:
    """Operands and predicates over one model and the graph's statistics."""

    def __init__(self, model: Model, statistics: Statistics) -> None:
        self.model, self.statistics = model, statistics

    def degree(self, hop: Hop, near: Spot) -> float:
        """How many edges of the hop the record is likely to have."""
        found = self.statistics.degree(hop)
        mean, met = max(found.mean, _LEAST), max(found.met, _LEAST)
        return float(mean ** (1 - near.led) * met**near.led)

    def far(self, hop: Hop) -> Spot:
        """The record at the far end of a hop."""
        back = self._back(hop)
        crowd = 1.0 if back is None else back.met / max(back.mean, _LEAST)
        return Spot(hop.far, LED, max(1.0, crowd))

    def ends(self, hop: Hop) -> float:
        """At how many different records the edges of a to-one hop end, when a few have most of them."""
        statistics, back = self.statistics, self._back(hop)
        edges = statistics.count(hop.near) * statistics.degree(hop).mean
        return statistics.count(hop.far) if back is None else max(1.0, edges / max(back.met, 1.0))

    def _back(self, hop: Hop) -> Degree | None:
        return self.statistics.degrees.get((hop.far, hop.edge.type, not hop.forward))

    def walk(self, hop: Hop, near: Spot, tests: Test, *, until: float = math.inf) -> float:
        """Walking along a hop's edges, at most so many, with what is asked at each far record."""
        edges = min(self.degree(hop, near), until)
        return EXPAND + edges * (HIT + HIT * hop.labelled + tests.hits)

    # -------------------------------------------------------------------------------------------------------- operands
    @singledispatchmethod
    def operand(self, node: Operand, spot: Spot) -> float:  # noqa: ARG002 - the registered ones use it
        """Hits to read a value."""
        message = f"no price for the operand {type(node).__name__}"
        raise TypeError(message)

    @operand.register
    def _(self, node: Own, _spot: Spot) -> float:
        return HIT if node.property.dated is None else 2 * HIT

    @operand.register
    def _(self, node: OnEdge, _spot: Spot) -> float:
        return HIT if node.property.dated is None else 2 * HIT

    @operand.register
    def _(self, _node: EdgeNumber, _spot: Spot) -> float:
        return 0.0

    @operand.register
    def _(self, node: Related, spot: Spot) -> float:
        far = self.far(node.hop)
        test = self.every(node.where, far)
        return self.walk(node.hop, spot, test, until=1.0) + self.operand(node.operand, far)

    @operand.register
    def _(self, node: Total, spot: Spot) -> float:
        if node.property is None and node.where is None and not node.hop.labelled:
            return DEGREE
        test = self.every(node.where, self.far(node.hop))
        value = 0.0 if node.property is None else self.operand(Own(node.property), spot)
        return self.walk(node.hop, spot, Test(test.hits + test.share * value, test.share))

    @operand.register
    def _(self, node: Guarded, spot: Spot) -> float:
        return self.entitled(node.noun) + self.operand(node.operand, spot)

    def entitled(self, noun: str) -> float:
        """Whether the viewer has a right to a record that not everybody has: a walk to its holder, one to its subject."""
        model = self.model
        walks = [*model.holders(noun), model.subject(noun)]
        own = model[noun].holders == ITSELF or model[noun].subject == "id"
        return sum((EXPAND + 2 * HIT for each in walks if each is not None), HIT * own)

    # ------------------------------------------------------------------------------------------------------ predicates
    def every(self, where: Predicate | None, spot: Spot, *without: Predicate) -> Test:
        """All parts of a predicate but those, one after the other: the planner begins with walks, then the cheap ones."""
        parts = [] if where is None else [part for part in conjuncts(where) if part not in without]
        walks = [self.predicate(part, spot) for part in parts if mentions(part, _walks)]
        others = [self.predicate(part, spot) for part in parts if not mentions(part, _walks)]
        hits, share = 0.0, 1.0
        for test in [*sorted(walks, key=_cheap), *sorted(others, key=_cheap)]:
            hits += share * test.hits
            share *= test.share
        return Test(hits, max(share, _LEAST))

    @singledispatchmethod
    def predicate(self, node: Predicate, spot: Spot) -> Test:  # noqa: ARG002 - the registered ones use it
        """What it takes to decide a predicate, and how often it holds."""
        message = f"no price for the predicate {type(node).__name__}"
        raise TypeError(message)

    @predicate.register
    def _(self, node: Compare, spot: Spot) -> Test:
        return Test(self.operand(node.operand, spot), self._compared(node, spot))

    @predicate.register
    def _(self, node: Known, spot: Spot) -> Test:
        known = self._values(node.operand, spot).known
        return Test(self.operand(node.operand, spot), known if node.known else 1 - known)

    @predicate.register
    def _(self, node: Every, spot: Spot) -> Test:
        return self.every(node, spot)

    @predicate.register
    def _(self, node: Either, spot: Spot) -> Test:
        hits, none = 0.0, 1.0
        for test in sorted((self.predicate(part, spot) for part in node.parts), key=_cheap):
            hits += none * test.hits
            none *= 1 - test.share
        return Test(hits, 1 - none)

    @predicate.register
    def _(self, node: Unless, spot: Spot) -> Test:
        test = self.predicate(node.part, spot)
        return Test(test.hits, 1 - test.share)

    @predicate.register
    def _(self, node: Quantified, spot: Spot) -> Test:
        far = self.far(node.hop)
        where = Unless(node.where) if node.quantifier == "all" else node.where
        test = self.every(Every((node.visible, where)), far)
        if node.quantifier == "single":
            return Test(self.walk(node.hop, spot, test), _HALF)
        some = -math.expm1(self.degree(node.hop, spot) * math.log1p(-min(test.share, 1 - _LEAST)))
        hits = self.walk(node.hop, spot, test, until=1 / max(test.share, _LEAST))
        return Test(hits, some if node.quantifier == "some" else 1 - some)

    @predicate.register
    def _(self, node: Visible, _spot: Spot) -> Test:
        declared = self.model.properties(node.noun).get("visibility")
        if declared and self.statistics.values_of(node.noun, declared).distinct <= 1:
            return Test(HIT, 1.0)
        share = max(self.statistics.open.get(node.noun, _MOST_ARE_SEEN), _FEW)
        return Test(HIT + (1 - share) * self.entitled(node.noun), share)

    @predicate.register
    def _(self, _node: Followed | ReadBy, _spot: Spot) -> Test:
        return Test(0.0, 1.0)  # known without a look; who has the right pays for all

    @predicate.register
    def _(self, node: Beyond, spot: Spot) -> Test:
        return Test(sum(self.operand(key.operand, spot) for key in node.keys), _HALF)

    # ---------------------------------------------------------------------------------------------------------- shares
    def _compared(self, node: Compare, spot: Spot) -> float:
        if node.operator in _SHARES:
            return _SHARES[node.operator]
        values, source = self._values(node.operand, spot), node.source
        asked = 1.0
        if node.operator == "in":
            asked = _SOME_ITEMS
            if isinstance(source, Literal) and isinstance(source.value, tuple):
                asked = float(len(source.value))
        share = asked * values.known / values.distinct
        return max(min(share, 1.0), min(share * spot.crowd, _HALF))

    def _values(self, operand: Operand, spot: Spot) -> Values:
        match operand:
            case Own(declared):
                return self.statistics.values_of(spot.noun, declared)
            case Guarded(inner):
                return self._values(inner, spot)
            case Related(hop, inner):
                return self._values(inner, self.far(hop))
            case OnEdge(declared):
                return Values(1.0, _kinds(declared))
        return Values(1.0, _SEVERAL)


def _kinds(declared: Property) -> float:
    return _SEVERAL if declared.options is None else float(len(declared.options.options))


def _walks(node: object) -> bool:
    return isinstance(node, Quantified | Related | Total)


def _cheap(test: Test) -> float:
    """Cheap for what it keeps away."""
    return test.hits / max(1 - test.share, 0.01)
