"""Shape → generated Python: one function a selection set, a dict display behind one guard.

Strict: each leaf is checked as graphql-core would serialise it; anything else raises `NotAsDeclared`, and the answer is made
again from the same record by the loose decoder and graphql-core, which says what is wrong and where. Loose: no checks, enums
as stored, the type's name under "" for interfaces. Both are called `(row, pages)`.

Personal data lies in a cell of its own (`personal.py`); full values are remembered in the last of the pages.
A record that rows share lies in a cell (`plans.py`), where what each function makes of it is kept for the next row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graph_store.model.words import Kind, Property
from resolvers.pages import BoundPage
from resolvers.personal import PersonalReads, told
from resolvers.representations import Arranged
from resolvers.shape import (
    Child,
    Constant,
    Cursor,
    Field,
    Groups,
    Listing,
    Nested,
    Nodes,
    Null,
    Object,
    Page,
    PageInfo,
    Placed,
    Rows,
    Same,
    Total,
    Value,
    Varied,
    VariedNodes,
)

Bound = BoundPage | Arranged | PersonalReads
Decoder = Callable[[list[Any], list[Bound]], dict[str, Any]]

_CHECKS = {
    Kind.ID: "type({v}) is str",
    Kind.TEXT: "type({v}) is str",
    Kind.DAY: "type({v}) is str and len({v}) == 10",
    Kind.INSTANT: "type({v}) is str and len({v}) > 10",
    Kind.INTEGER: "type({v}) is int and -2147483649 < {v} < 2147483648",
    Kind.NUMBER: "type({v}) is float and {v} - {v} == 0.0",
    Kind.FLAG: "type({v}) is bool",
    Kind.TEXTS: "type({v}) is list and all(type(each) is str for each in {v})",
}
_PAGE_INFO = {
    "__typename": "'PageInfo'",
    "hasNextPage": "p.has_next(o[0])",
    "hasPreviousPage": "p.has_previous(o[0])",
    "startCursor": "p.start(rows)",
    "endCursor": "p.end(rows)",
}


class NotAsDeclared(Exception):
    """A value in the store is not what the model declares."""


def decoder(shape: Object, *, strict: bool) -> Decoder:
    """Generate and load the decoder of a whole answer."""
    writer = _Writer(strict)
    top = writer.function(shape, ["o", "c"])
    scope: dict[str, Any] = {"NotAsDeclared": NotAsDeclared, "told": told, **writer.constants}
    exec(compile("\n".join(writer.lines), "<decoder>", "exec"), scope)  # noqa: S102 - our own text: names and values are bound, or quoted by repr
    decode: Decoder = scope[top]
    return decode


@dataclass(slots=True)
class _Writer:
    """Lines of generated functions, and the objects they name."""

    strict: bool
    lines: list[str] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)
    _count: int = 0

    def function(
        self, shape: Object, parameters: list[str], *before: str, typed: bool = False
    ) -> str:
        """Write the function of a selection set and give its name."""
        guards: list[str] = []
        display = ", ".join(f"{key!r}: {self.value(value, guards)}" for key, value in shape.entries)
        if typed and not self.strict:
            display = f"'': {shape.type!r}, {display}"
        self._count += 1
        name = f"f{self._count}"
        body = [*before]
        if guards and self.strict:
            body.append(f"if not ({' and '.join(guards)}): raise NotAsDeclared")
        self.lines += [
            f"def {name}({', '.join(parameters)}):",
            *(f"    {line}" for line in body),
            f"    return {{{display}}}",
        ]
        return name

    def value(self, asked: Field, guards: list[str]) -> str:  # noqa: C901, PLR0912 - one line a kind of field
        """The expression of a field."""
        match asked:
            case Constant(value):
                return repr(value)
            case Null():
                return "None"
            case Value():
                return self._leaf(asked, guards)
            case Child():
                return self._child(asked)
            case Rows(index, shape):
                name = self.function(shape, ["o", "c"])
                return f"[{name}(r, c) for r in o[{index}][0]]"
            case Varied(index, cases, many):
                return self._varied(index, cases, many=many)
            case Placed():
                return self._placed(asked)
            case Same(shape) | Nested(shape):
                return self._inline(shape, guards)
            case Page(index, number, shape):
                return f"{self._page(number, shape)}(o[{index}], c)"
            case Total():
                return "o[1]"
            case Cursor():
                return "p.cursor(o)"
            case Nodes(shape):
                return f"[{self.function(shape, ['o', 'c', 'p'])}(r, c, p) for r in rows]"
            case PageInfo(entries):
                return (
                    "{" + ", ".join(f"{key!r}: {_PAGE_INFO[name]}" for key, name in entries) + "}"
                )
            case Groups(index, shape, alone):
                if alone:
                    return f"[{self.function(shape, ['o', 'c'])}(o, c)]"
                return f"[{self.function(shape, ['o', 'c'])}(r, c) for r in o[{2 + index}]]"
            case VariedNodes(cases):
                return f"[{self._of_any(cases).format('r[0]')} for r in rows]"
            case Listing():
                return self._listing(asked)

    def _child(self, asked: Child) -> str:
        row, name = f"o[{asked.index}]", self.function(asked.shape, ["o", "c"])
        if not asked.shared:
            return f"None if {row} is None else {name}({row}, c)"
        # an answer that failed strictly is made again loosely, from the same cells
        key = repr(f"{name} {'strict' if self.strict else 'loose'}")
        return f"None if {row} is None else {row}.get({key}) or {row}.setdefault({key}, {name}({row}[''], c))"

    def _inline(self, shape: Object, guards: list[str]) -> str:
        return (
            "{"
            + ", ".join(f"{key!r}: {self.value(value, guards)}" for key, value in shape.entries)
            + "}"
        )

    def _page(self, number: int, shape: Object) -> str:
        reads_rows = any(
            isinstance(value, Nodes | PageInfo | VariedNodes) for _, value in shape.entries
        )
        before = (f"p = c[{number}]", "rows = p.rows(o[0])") if reads_rows else ()
        return self.function(shape, ["o", "c"], *before)

    def _varied(self, index: int, cases: tuple[Object, ...], *, many: bool) -> str:
        one = self._of_any(cases)
        return f"[{one.format('r')} for r in o[{index}]]" if many else one.format(f"o[{index}]")

    def _placed(self, asked: Placed) -> str:
        """Each batch is decoded by itself; then the records are put in their places."""
        batches = [
            f"[None if r is None else {self.function(case, ['o', 'c'], typed=True)}(r, c) for r in o[{asked.index}][{number}]]"
            for number, case in enumerate(asked.cases)
        ]
        return f"c[{asked.number}].placed([{', '.join(batches)}])"

    def _of_any(self, cases: tuple[Object, ...]) -> str:
        """A template: the record of any noun in the row that is put into it."""
        shifted = [self.function(case, ["o", "c"], "o = o[1:]", typed=True) for case in cases]
        table = f"t{len(self.constants)}_{self._count}"
        self.lines.append(f"{table} = ({''.join(f'{name}, ' for name in shifted)})")
        return f"None if {{0}} is None else {table}[{{0}}[0]]({{0}}, c)"

    def _listing(self, asked: Listing) -> str:
        name = self.function(asked.shape, ["o", "c"])
        rows = "o" if asked.index is None else f"o[{asked.index}]"
        if asked.made is not None:
            made = f"m{len(self.constants)}"
            self.constants[made] = asked.made
            rows = f"{made}({rows})"
        return f"[{name}(r, c) for r in {rows}]"

    def _leaf(self, asked: Value, guards: list[str]) -> str:
        value, declared = f"o[{asked.index}]", asked.declared
        if asked.of is not None:
            check = _CHECKS[declared.kind].format(v=f"{value}[0]")
            guards.append(f"({value} is None or {check})")
            return f"told({value}, c[-1], {asked.of!r}, {declared.name!r})"
        if declared.kind is Kind.CHOICE:
            return self._choice(asked, value, guards)
        check = _CHECKS[declared.kind].format(v=value)
        guards.append(check if asked.required else f"({value} is None or {check})")
        return value

    def _choice(self, asked: Value, value: str, guards: list[str]) -> str:
        if not self.strict:
            return value
        table = self._shown(asked.declared, nullable=not asked.required)
        guards.append(f"{value} in {table}")
        return f"{table}[{value}]"

    def _shown(self, declared: Property, *, nullable: bool) -> str:
        assert declared.options is not None
        name = f"e_{declared.options.name}_{nullable}"
        shown: dict[str | None, str | None] = {
            option.value: option.shown for option in declared.options.options
        }
        self.constants[name] = shown | ({None: None} if nullable else {})
        return name
