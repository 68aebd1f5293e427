"""The books of an import: what became of the records of a file, each in one place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flows.sources.batches import Loaded
from flows.sources.portions import Portion


@dataclass(slots=True)
class Books:
    """What became of the records of a file; `balanced` is asserted at the end.

    `passed_over`: rows that are no records of this kind. `companions`: records that others mention and that were made
    by the way. `unresolved`: links to records that are not in the graph.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    passed_over: int = 0
    companions: int = 0
    links: int = 0
    unresolved: int = 0
    seconds: float = 0.0
    still: set[str] = field(default_factory=set, repr=False)

    @property
    def balanced(self) -> bool:
        """Whether every record that was read has met one fate."""
        return self.read == self.new + self.changed + self.unchanged + self.rejected

    @property
    def counts(self) -> dict[str, int]:
        """The sums by the names under which they are told and kept."""
        return {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "passedOver": self.passed_over,
            "companions": self.companions,
            "links": self.links,
            "unresolved": self.unresolved,
        }

    def enter(self, portion: Portion, loaded: Loaded) -> None:
        """Book a portion that was written."""
        self.read += len(portion.records) + portion.rejected
        self.rejected += portion.rejected + len(loaded.rejections)
        self.passed_over += portion.passed_over
        self.new += len(loaded.new)
        self.changed += len(loaded.changed)
        self.unchanged += len(loaded.unchanged)
        self.companions += len(loaded.companions)
        self.still |= loaded.unchanged
        self._link(loaded)

    def enter_links(self, loaded: Loaded) -> None:
        """Book late links: a record that had stayed as it was and now has another edge has changed."""
        woken = loaded.changed & self.still
        self.still -= woken
        self.changed += len(woken)
        self.unchanged -= len(woken)
        self._link(loaded)

    def after(self, portion: Portion, loaded: Loaded) -> Books:
        """The books once a portion is booked; these stay as they are."""
        books = replace(self, still=set())
        books.enter(portion, loaded)
        return books

    def after_links(self, loaded: Loaded) -> Books:
        """The same of late links."""
        books = replace(self, still=self.still & loaded.changed)
        books.enter_links(loaded)
        return books

    def _link(self, loaded: Loaded) -> None:
        self.links += loaded.links
        self.unresolved += len(loaded.unresolved)
