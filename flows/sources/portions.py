"""A file in portions: rows mapped and checked, up to 500 records at a time, ready to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from flows.sources.batches import BATCH_ROWS, Checked
from flows.sources.checks import checked
from flows.sources.drafts import Connector, Draft, LinkOfRow, PassedOver
from flows.sources.opening import Inspected
from flows.sources.rows import Note, Reading, Rejection, Row, rejected
from graph_store.identifiers import Problem


@dataclass(slots=True)
class Portion:
    """Up to 500 records, with what was rejected and noted on the way to them, and links for the end with their rows."""

    records: list[Checked] = field(default_factory=list)
    told: list[Rejection | Note] = field(default_factory=list)
    late: list[LinkOfRow] = field(default_factory=list)
    passed_over: int = 0

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        return max(len(self.records), len(self.told)) >= BATCH_ROWS

    @property
    def rejected(self) -> int:
        """How many rows were read and not taken."""
        return sum(isinstance(each, Rejection) for each in self.told)


def portions(connector: Connector, reading: Reading) -> Iterator[Portion]:
    """What is read of a file in portions; holds one of them. Raises SourceError."""
    portion = Portion()
    for each in reading:
        _take(connector, each, portion)
        if portion.full:
            yield portion
            portion = Portion()
    yield portion


def read_through(connector: Connector, file: Inspected) -> None:
    """Read to the end and forget: a file whose syntax breaks is refused before anything is written."""
    for _ in connector.read(file):
        pass


def _take(connector: Connector, each: Row | Rejection | Note, portion: Portion) -> None:
    if not isinstance(each, Row):
        portion.told.append(each)
        return
    match mapped(connector, each):
        case Draft() as draft:
            portion.records.append(Checked(each.number, draft))
            portion.late += [
                (each.number, link)
                for made in (draft, *draft.companions)
                for link in made.links
                if link.late
            ]
        case Rejection() as rejection:
            portion.told.append(rejection)
        case PassedOver():
            portion.passed_over += 1


def mapped(connector: Connector, row: Row) -> Draft | Rejection | PassedOver:
    """What the row means, checked."""
    try:
        made = connector.map(row)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # the connector reads as if the row had the right shape: what it stumbles over says that it has not
        return rejected(row.number, "", str(error), _misshapen(connector.kind))
    if not isinstance(made, Draft):
        return made
    faults = (checked(each, row.number) for each in (made, *made.companions))
    return next((fault for fault in faults if fault), made)


def _misshapen(kind: str) -> Problem:
    return Problem(f"不是 {kind} 记录的结构", f"this is not the shape of a record of {kind}")
