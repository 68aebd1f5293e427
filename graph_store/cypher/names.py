"""Names in a statement: one parameter a source, one variable a place, the same text for the same tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_store.cypher.ast import Operand, Source


@dataclass(slots=True)
class Names:
    """The parameters met so far, in order, and how many variables each word has given."""

    parameters: dict[Source, str] = field(default_factory=dict)
    _met: dict[str, int] = field(default_factory=dict)

    def parameter(self, source: Source) -> str:
        """`$p3`: the parameter that carries a source."""
        return "$" + self.parameters.setdefault(source, f"p{len(self.parameters)}")

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
    named: Mapping[Operand, str] = field(default_factory=dict)
