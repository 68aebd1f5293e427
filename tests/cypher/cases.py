"""Compiler cases: text files of an operation, its variables, the Cypher expected and where its parameters come from.

    # what the case is about
    { instruments { nodes { id } } }
    --- variables
    {"first": 3}
    --- cypher
    RETURN […] AS r0
    --- parameters
    p0 = OneMore(source=Literal(value=20, type='Int'))

`BASHU_UPDATE_CASES=1` writes the last two parts anew; their diff is the review of a change in the compiler. Cypher is broken
into lines before its clauses, for reading only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from graph_store.cypher.render import Statement

FOLDER = Path(__file__).parent / "cases"
_CLAUSES = re.compile(r" (?=(?:MATCH|OPTIONAL MATCH|WHERE|WITH|RETURN|UNION ALL|CALL) )")


@dataclass(frozen=True, slots=True)
class Case:
    """One file."""

    path: Path
    operation: str
    variables: dict[str, Any]
    cypher: str
    parameters: str

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.stem


def read(path: Path) -> Case:
    """The case in a file; parts that are missing are empty."""
    operation, *rest = re.split(r"^--- (\w+)\n", path.read_text(), flags=re.MULTILINE)
    parts = dict(zip(rest[::2], rest[1::2], strict=True))
    variables = orjson.loads(parts["variables"]) if "variables" in parts else {}
    return Case(
        path,
        operation,
        variables,
        parts.get("cypher", "").strip(),
        parts.get("parameters", "").strip(),
    )


def write(case: Case, statement: Statement) -> None:
    """Put the statement as compiled into the case's file."""
    variables = (
        f"--- variables\n{orjson.dumps(case.variables).decode()}\n" if case.variables else ""
    )
    body = f"--- cypher\n{shown(statement)}\n--- parameters\n{sources(statement)}\n"
    case.path.write_text(case.operation + variables + body)


def shown(statement: Statement) -> str:
    """The statement in lines."""
    return _CLAUSES.sub("\n", statement.text)


def sources(statement: Statement) -> str:
    """Each parameter with its source."""
    return "\n".join(
        f"{name.removeprefix('$')} = {_brief(source)}" for source, name in statement.parameters
    )


def _brief(source: object) -> str:
    # a scheme is known by its name; its functions have addresses, which differ from run to run
    return re.sub(r"Scheme\(name='([^']*)'.*?\)\)", r"\1)", re.sub(r"<[^>]*>", "…", repr(source)))


def every() -> list[Case]:
    """All cases in order of their names."""
    return [read(path) for path in sorted(FOLDER.glob("*.case"))]
