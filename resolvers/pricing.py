"""What a question may cost: its price before it is asked, the refusal of what is too dear, and what was paid after."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph_store.cypher.bills import bill
from graph_store.cypher.cost import Bill, Item
from graph_store.statistics import UNKNOWN, Statistics
from resolvers.places import response_path
from resolvers.refusals import refusal
from resolvers.tariffs import Tariff

if TYPE_CHECKING:
    from graphql import GraphQLError

    from graph_store.profiles import Profiled
    from resolvers.plans import Plan

_SMALLER = (2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Pricing:
    """Prices plans by `statistics()`, up to `budget` dbHits; `profiled` asks with PROFILE, where that is allowed."""

    statistics: Callable[[], Statistics] = lambda: UNKNOWN
    budget: float = math.inf
    profiled: Profiled | None = None

    def price(self, plan: Plan, parameters: dict[str, Any]) -> float:
        """What the plan is likely to cost, in dbHits. Raises GraphQLError when that is beyond the budget."""
        tariff = self._tariff(plan)
        price = tariff.fixed
        if price is None:
            price = tariff.bill.hits(_sizes(tariff, parameters))
        if price > self.budget:
            raise self._too_costly(plan, tariff, _sizes(tariff, parameters), price)
        return price

    def _tariff(self, plan: Plan) -> Tariff:
        tariff, statistics = plan.tariff, self.statistics()
        if tariff.statistics is not statistics:
            made = bill(plan.question, plan.model, statistics)
            names = {source: name.removeprefix("$") for source, name in plan.statement.parameters}
            tariff.bill, tariff.names = made, tuple(names[source] for source in made.sizes)
            tariff.fixed = None if made.sizes else made.hits(())
            tariff.statistics = statistics
        return tariff

    def _too_costly(
        self, plan: Plan, tariff: Tariff, sizes: list[float], price: float
    ) -> GraphQLError:
        item = tariff.bill.costliest(sizes)
        path = response_path(plan.shape, item.path)
        smaller = self._smaller(tariff.bill, sizes)
        advice, advice_zh = _advice(item, smaller)
        estimate, budget, place = round(price), round(self.budget), ".".join(path)
        error = refusal(
            "TOO_COSTLY",
            f"The question would cost about {estimate:,} dbHits, more than the {budget:,} that one question may; most of it at {place}. {advice}",
            f"该查询预计需要约 {estimate:,} 次数据库访问（dbHits），超过单个查询的上限 {budget:,}，主要在 {place}。{advice_zh}",
        )
        assert error.extensions is not None
        error.extensions |= {"path": list(path), "estimate": estimate, "budget": budget}
        return error

    def _smaller(self, made: Bill, sizes: list[float]) -> int | None:
        """By how much all pages and lists would have to be smaller; None where that does not help."""
        return next(
            (by for by in _SMALLER if made.hits([each / by for each in sizes]) <= self.budget), None
        )


def _sizes(tariff: Tariff, parameters: dict[str, Any]) -> list[float]:
    values = [parameters[name] for name in tariff.names]
    return [len(value) if isinstance(value, list) else value for value in values]


def _advice(item: Item, smaller: int | None) -> tuple[str, str]:
    """A cheaper form, by where the price lies."""
    last = item.path[-1]
    if last == "total":
        advice = "Leave out totalCount there, or narrow its `where` by an identifier."
        advice_zh = "请去掉该处的 totalCount，或在 where 中用标识符缩小范围。"
    elif str(last).startswith("groups"):
        advice = "Narrow the `where` of what is grouped, by an identifier or a related record."
        advice_zh = "请用标识符或关联记录收紧分组对象的 where。"
    elif item.scans:
        advice = "Look for fewer records there: filter by an identifier, sort by the property that is filtered, or limit kinds and depth."
        advice_zh = "请在该处缩小查找范围：用标识符筛选、按被筛选的属性排序，或减少种类与层数。"
    else:
        advice = "Ask for fewer rows there and above: a smaller `first`, or fewer nested lists."
        advice_zh = "请减少该处及其上层的行数：减小 first，或减少嵌套列表。"
    if smaller is not None:
        advice += f" Pages {smaller} times smaller would do."
        advice_zh += f"页长缩小到 1/{smaller} 即可。"
    return advice, advice_zh
