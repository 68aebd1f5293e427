"""Sources → parameter values, for one request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graph_store.cypher.lucene import query
from graph_store.cypher.sources import (
    CursorKey,
    KeysOf,
    Listed,
    Literal,
    Named,
    Normal,
    OneMore,
    Padded,
    Recognised,
    Source,
    Today,
    Typed,
    Variable,
    Viewing,
)
from resolvers.build.building import PagePlan
from resolvers.pages import BoundPage, CursorMint, digest
from resolvers.refusals import bad_argument, bad_cursor
from resolvers.representations import Arranged, Representations
from resolvers.variables import ABSENT, value_at

_AT_LEAST = 2  # a list of two shares the plan of lists up to ten (`compiler.md` §5)
_NOTHING = "\0"  # is in no record: the edge refuses it and every reader drops it; the empty text may be in one


@dataclass(slots=True)
class Binding:
    """What one request brings: coerced variables, the viewer's map, the day, keys of cursors and of representations.

    `record`: the id of the one that is read after a deed.
    """

    variables: dict[str, Any]
    viewer: dict[str, Any]
    today: str
    record: str | None = None
    cursors: dict[Source, list[Any]] = field(default_factory=dict)
    arranged: dict[Source, Arranged] = field(default_factory=dict)


Getter = Callable[[Binding], Any]


def getter(source: Source) -> Getter:  # noqa: C901, PLR0912 - one line a source
    """How to find a source's value."""
    match source:
        case Literal(value, _):
            plain = list(value) if isinstance(value, tuple) else value
            return lambda _binding: plain
        case Variable(path):
            return lambda binding: _present(value_at(binding.variables, path))
        case Listed(sources):
            parts = [getter(each) for each in sources]
            return lambda binding: [part(binding) for part in parts]
        case Normal(inner, scheme):
            find, normal = getter(inner), scheme.normalise
            return lambda binding: _each(normal, find(binding))
        case Recognised(inner, scheme):
            find, fault, normal = getter(inner), scheme.problem, scheme.normalise
            return lambda binding: None if fault(find(binding)) else normal(find(binding))
        case Typed(inner):
            find = getter(inner)
            return lambda binding: query(find(binding))
        case Padded(inner):
            find = getter(inner)
            return lambda binding: _padded(find(binding))
        case OneMore(inner):
            find = getter(inner)
            return lambda binding: find(binding) + 1
        case CursorKey(cursor, index):
            return lambda binding: binding.cursors[cursor][index]
        case KeysOf(representations, noun, key):
            return lambda binding: binding.arranged[representations].keys[noun, key]
        case Viewing():
            return lambda binding: binding.viewer
        case Named():
            return lambda binding: binding.record
        case Today():
            return lambda binding: binding.today


def _present(value: Any) -> Any:
    return None if value is ABSENT else value


def _each(change: Callable[[str], str], value: Any) -> Any:
    return [change(each) for each in value] if isinstance(value, list) else change(value)


def _padded(values: list[Any]) -> list[Any]:
    return values if len(values) >= _AT_LEAST else (values * 2 or [_NOTHING, _NOTHING])


@dataclass(frozen=True, slots=True)
class PageBinder:
    """Binds one connection's page."""

    plan: PagePlan
    count: Getter
    cursor: Getter | None
    values: tuple[Getter, ...]

    @classmethod
    def of(cls, plan: PagePlan) -> PageBinder:
        """The binder of a page as planned."""
        cursor = None if plan.cursor is None else getter(plan.cursor)
        return cls(plan, getter(plan.count), cursor, tuple(getter(each) for each in plan.values))

    def bind(self, binding: Binding, mint: CursorMint, most: int) -> BoundPage:
        """Check the size and the cursor. Raises GraphQLError."""
        plan, limit = self.plan, self.count(binding)
        if not 0 <= limit <= most:
            name = plan.node.name.value
            message = f"{name}: a page holds 0 to {most} records, not {limit}. Ask for fewer and follow the cursor."
            raise bad_argument(
                message,
                f"{name}：每页 0 至 {most} 条，不能是 {limit}。请减少条数并用游标翻页。",
                plan.node,
            )
        needed = plan.keys or self.cursor
        made_for = digest(plan.text, [value(binding) for value in self.values]) if needed else ""
        if self.cursor is not None and plan.cursor is not None:
            found, *keys = mint.read(self.cursor(binding))
            if found != made_for:
                raise bad_cursor()
            binding.cursors[plan.cursor] = keys
        return BoundPage(
            mint, made_for, limit, plan.backward, self.cursor is not None, plan.width, plan.keys
        )


@dataclass(frozen=True, slots=True)
class EntitiesBinder:
    """Binds the representations of one `_entities` field."""

    representations: Representations

    def bind(self, binding: Binding, *_: object) -> Arranged:
        """Lay their keys out for the parameters. Raises GraphQLError."""
        asked = self.representations
        arranged = binding.arranged[asked.source] = asked.arranged(binding.variables)
        return arranged


def binder(page: PagePlan | Representations) -> PageBinder | EntitiesBinder:
    """The binder of what was planned."""
    return EntitiesBinder(page) if isinstance(page, Representations) else PageBinder.of(page)
