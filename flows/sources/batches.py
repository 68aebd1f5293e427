"""What goes into the graph at once, what became of it, and for whom it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flows.sources.drafts import Draft, Link, Target
from flows.sources.rows import Rejection
from flows.sources.shelf import Shelf
from graph_store.commands.rows import Clock, new_id
from graph_store.model.words import Noun

BATCH_ROWS = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft whose values are in their normal form, and the row it came from."""

    row: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class Astray:
    """A link of a row that leads nowhere; `known`: the id of that of its ends which is in the graph."""

    row: int
    link: Link
    known: str | None

    @property
    def sought(self) -> Target:
        """The end that was not found."""
        return self.link.end if self.known else self.link.start


@dataclass(slots=True)
class Loaded:
    """What became of a batch.

    `new`, `changed` and `unchanged` are ids of the drafts' own records, which together with `rejections` are all of
    them; `rows` says which row each came from. `companions`: ids of records made by the way, with the row that first
    mentions each. `links` were made, `unresolved` lead nowhere.
    """

    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    rejections: list[Rejection] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    companions: dict[str, int] = field(default_factory=dict)
    links: int = 0
    unresolved: list[Astray] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Purpose:
    """For whom and how an import writes: `base` begins new ids, `command` is what the change log says.

    `synthetic` and `ids` are a demonstration's, whose records say so and are the same each time. `shelf`: where the file is
    kept, None: it is not.
    """

    base: str
    actor: str
    command: str
    clock: Clock
    dry_run: bool = False
    synthetic: bool = False
    ids: Callable[[str, Noun], str] = new_id
    shelf: Shelf | None = None
