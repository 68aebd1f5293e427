"""A mapping file: how a CSV of instruments is read, as data (`mappings/*.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from flows.sources.cells import value_of
from flows.sources.drafts import Draft, Link, Mapped, Origin, Target
from flows.sources.rows import Row, refused, rejected
from graph_store.identifiers import ROR, Problem
from graph_store.model import MODEL

NOUN: Final = "Instrument"
FOLDER = Path(__file__).parent / "mappings"

_REQUIRED = Problem("此项必填", "a value is required")


@dataclass(frozen=True, slots=True)
class FileMapping:
    """Columns to properties of an instrument.

    `key`: the column that tells records apart. `names`: columns of which the first that is filled gives the name.
    `part`: the column with the keys of what it is a component of, of which the first counts. `values`: what a cell
    stands for, by property; a cell that is not listed is read as the model says.
    """

    origin: Origin
    key: str
    columns: Mapping[str, str]
    constants: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    part: str | None = None
    owner: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> frozenset[str]:
        """Every column that the mapping speaks of."""
        return frozenset(
            {*self.columns, *self.ignored, *self.names, self.key, self.part or self.key}
        )

    @property
    def required(self) -> frozenset[str]:
        """The columns without which the file is another one."""
        named = {column for column, name in self.columns.items() if name == "name"} - set(
            self.names
        )
        return frozenset({self.key, *named})

    def draft(self, row: Row) -> Mapped:
        """The instrument of one row."""
        cells: dict[str, str] = row.values
        if not (own := cells.get(self.key)):
            return rejected(row.number, self.key, None, _REQUIRED)
        properties = {
            **self.constants,
            **{name: self._read(name, cells.get(each, "")) for each, name in self.columns.items()},
        }
        if self.names:
            properties["name"] = next((cells[each] for each in self.names if cells.get(each)), None)
        draft = Draft(NOUN, self.origin.key(own), properties)
        if part := cells.get(self.part or "", "").split(",")[0].strip():
            draft.links.append(
                Link(draft.target, "componentOf", self.origin.target(NOUN, part), late=True)
            )
        self._own(draft)
        return draft

    def _read(self, name: str, cell: str) -> Any:
        listed = self.values.get(name, {})
        return listed[cell] if cell in listed else value_of(NOUN, name, cell)

    def _own(self, draft: Draft) -> None:
        if self.owner:
            ror = ROR.parse(self.owner["ror"])
            told = {"status": "active", **self.owner, "ror": ror}
            draft.companions.append(Draft("Institution", f"ror:{ror}", told))
            draft.links.append(Link(draft.target, "owner", Target("Institution", "ror", ror)))


def read_mapping(path: Path) -> FileMapping:
    """The mapping in a TOML file; raises SourceError where it is none, or speaks of what the model does not have."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        mapping = _made(told)
    except (
        OSError,
        UnicodeDecodeError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ) as error:
        raise refused(
            f"映射文件有误：{error}", f"the mapping file cannot be used: {error}"
        ) from error
    names = {*mapping.columns.values(), *mapping.constants, *mapping.values}
    if strange := sorted(names.difference(MODEL.properties(NOUN))):
        listed = ", ".join(strange)
        raise refused(
            f"映射文件中的属性不存在：{listed}",
            f"the mapping speaks of unknown properties: {listed}",
        )
    return mapping


def _made(told: dict[str, Any]) -> FileMapping:
    origin = told["origin"]
    return FileMapping(
        Origin(origin["code"], origin["name"], origin["nameEn"], origin["url"], origin["licence"]),
        told["key"],
        dict(told["columns"]),
        dict(told.get("constants", {})),
        dict(told.get("values", {})),
        tuple(told.get("ignored", ())),
        tuple(told.get("name", ())),
        told.get("part"),
        dict(told.get("owner", {})),
    )
