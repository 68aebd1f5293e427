"""Names in a statement: one parameter a source, one variable a place, the same text for the same tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_store.cypher.ast import Column, Operand
from graph_store.cypher.sources import Literal, Source, Viewing

VIEWING = Viewing()


@dataclass(slots=True)
class Names:
    """The parameters met so far, in order, and how many variables each word has given.

    `joint`: the statement answers several requests, each a map `member`, and its `viewer` beside it.
    """

    parameters: dict[Source, str] = field(default_factory=dict)
    shared: set[Source] = field(default_factory=set)
    joint: bool = False
    _met: dict[str, int] = field(default_factory=dict)

    def parameter(self, source: Source) -> str:
        """`$p3`: the parameter that carries a source; in a joint statement `member.p3`, unless it is the same for all."""
        name = self.parameters.setdefault(source, f"p{len(self.parameters)}")
        is_shared = isinstance(source, Literal) and not isinstance(source.value, tuple)
        if is_shared:
            self.shared.add(source)
        if is_shared or not self.joint:
            return f"${name}"
        return "viewer" if source == VIEWING else f"member.{name}"

    def limit(self, source: Source) -> str:
        """`$p3`, also in a joint statement: Cypher wants one LIMIT for all rows."""
        self.shared.add(source)
        return "$" + self.parameters.setdefault(source, f"p{len(self.parameters)}")

    def carrying(self, *parts: str) -> str:
        """What a `CALL (…)` imports or a `WITH` keeps: these, and where a joint statement's parameters lie."""
        outer = ["member"] if self.joint else []
        if self.joint and VIEWING in self.parameters:
            outer.append("viewer")
        return ", ".join([*filter(None, parts), *outer])

    def variable(self, word: str) -> str:
        """A variable not used before, named after what it holds."""
        number = self._met.get(word, 0)
        self._met[word] = number + 1
        return f"{word}_{number}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: the record at hand (and its noun), and the edge by which it was reached.

    `named`: values of the record that were read already, under these names.
    """

    names: Names
    record: str
    noun: str
    edge: str = ""
    named: Mapping[Operand | Column, str] = field(default_factory=dict)
