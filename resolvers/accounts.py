"""`extensions.cost` of an answer, for who asks for it: the estimate, what was read, and (where allowed) how."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from resolvers.refusals import refusal
from resolvers.shape import Child, Object, Varied

if TYPE_CHECKING:
    from graphql import GraphQLError

    from graph_store.profiles import Step


@dataclass(slots=True)
class Account:
    """What one request is told of its cost: the estimate before, statements and rows after, and how it was done."""

    estimate: float
    budget: float
    statements: int = 0
    explained: tuple[str, Step] | None = None

    def added(self, body: bytes, shape: Object) -> bytes:
        """The answer with `extensions.cost`."""
        answer = orjson.loads(body)
        return orjson.dumps(answer | {"extensions": {"cost": self._shown(answer["data"], shape)}})

    def _shown(self, data: dict[str, Any] | None, shape: Object) -> dict[str, Any]:
        cost: dict[str, Any] = {
            "estimate": round(self.estimate),
            "budget": None if math.isinf(self.budget) else round(self.budget),
            "statements": self.statements,
            "rows": rows(data, shape),
        }
        if self.explained is not None:
            cypher, profile = self.explained
            cost["explain"] = {
                "cypher": cypher,
                "dbHits": profile.all_hits,
                "profile": _shown(profile),
            }
        return cost


def rows(data: dict[str, Any] | None, shape: Object) -> int:
    """How many records and other objects were read: those in lists, and those found one by one at the root."""
    if data is None:
        return 0
    single = (key for key, field in shape.entries if isinstance(field, Child | Varied))
    return _listed(data) + sum(isinstance(data[key], dict) for key in single)


def _listed(value: object) -> int:
    if isinstance(value, dict):
        return sum(_listed(each) for each in value.values())
    if isinstance(value, list):
        return sum(isinstance(each, dict) + _listed(each) for each in value)
    return 0


def explain_is_off() -> GraphQLError:
    """Cypher and profile were asked for where that is not allowed."""
    return refusal(
        "EXPLAIN_IS_OFF",
        "This hub does not show the Cypher and the profile of questions. Leave out `explain`, or ask the administrator to set BASHU_EXPLAIN=on.",
        "本枢纽未开放查询的 Cypher 与执行概况。请去掉 explain，或请管理员设置 BASHU_EXPLAIN=on。",
    )


def _shown(step: Step) -> dict[str, Any]:
    return {
        "operator": step.operator,
        "details": step.details,
        "dbHits": step.hits,
        "rows": step.rows,
        "children": [_shown(each) for each in step.below],
    }
