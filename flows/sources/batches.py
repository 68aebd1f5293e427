"""What goes into the graph at once, what became of it, and for whom it is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.sources.drafts import Draft
from flows.sources.rows import Rejection
from graph_store.commands.rows import Clock

BATCH_ROWS = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft whose values are in their normal form, and the row it came from."""

    row: int
    draft: Draft


@dataclass(slots=True)
class Loaded:
    """What became of a batch.

    `new`, `changed` and `unchanged` are ids of the drafts' own records, which together with `rejections` are all of
    them; `rows` says which row each came from. `companions`: records made by the way. `links` were made, `unresolved` lead nowhere.
    """

    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    rejections: list[Rejection] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    companions: int = 0
    links: int = 0
    unresolved: int = 0


@dataclass(frozen=True, slots=True)
class Purpose:
    """For whom and how an import writes: `base` begins new ids, `command` is what the change log says."""

    base: str
    actor: str
    command: str
    clock: Clock
    dry_run: bool = False
