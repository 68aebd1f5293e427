"""Walks the chain and says where it was tampered with.

Found: a changed entry, one that was removed, put in or moved, an end that was cut off while the sequence still knows of it, entries
that stand outside the chain. A log that was forged whole, or cut off together with its sequence, is a sound shorter chain; only
an end that somebody wrote down earlier (`expected`) tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from graph_store.audit.chain import Head, Row, digest_of
from graph_store.audit.reading import PAGE, AuditReader

Progress = Callable[[str, int, int], None]
BREAKS_TOLD = 100


class Tampering(Enum):
    """What was done to the log."""

    CHANGED = "changed"
    MISSING = "missing"
    OUT_OF_PLACE = "out of place"
    CUT_OFF = "cut off"
    OUTSIDE = "outside"
    NOT_AS_EXPECTED = "not as expected"


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain breaks: at which entry, and what seems to have been done."""

    seq: int
    tampering: Tampering
    text: str


@dataclass(slots=True)
class Verdict:
    """What was found: the end of the log, how many entries were walked, and where it breaks (the first 100)."""

    head: Head
    walked: int = 0
    breaks: list[Break] = field(default_factory=list)
    found: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.found

    def add(self, seq: int, tampering: Tampering, text: str) -> None:
        """One more break."""
        self.found += 1
        if len(self.breaks) < BREAKS_TOLD:
            self.breaks.append(Break(seq, tampering, text))


async def verified(
    reader: AuditReader, progress: Progress, expected: Head | None = None
) -> Verdict:
    """The whole log walked; `expected`: number and digest of an entry as they were written down earlier. Raises GraphStoreError."""
    standing = await reader.standing()
    verdict = Verdict(standing.head)
    last, last_seq = Head(), standing.head.seq
    while page := await reader.page(last.seq, last_seq, PAGE):
        for row in page:
            last = _step(verdict, last, row, expected)
        verdict.walked += len(page)
        progress("Checking the audit log", verdict.walked, standing.entries)
    _end(verdict, last, standing.entries)
    if expected is not None and expected.seq > last_seq:
        verdict.add(expected.seq, *_not_expected(expected, "there is no such entry any more"))
    return verdict


def _step(verdict: Verdict, before: Head, row: Row, expected: Head | None) -> Head:
    seq, digest = row["seq"], row.get("digest", "")
    for tampering, text in _faults(before, row):
        verdict.add(seq, tampering, text)
    if expected is not None and expected.seq == seq and expected.digest != digest:
        verdict.add(seq, *_not_expected(expected, f"it is {digest} now"))
    return Head(seq, digest, row.get("at", ""))


def _faults(before: Head, row: Row) -> Iterator[tuple[Tampering, str]]:
    seq, wanted = row["seq"], before.seq + 1
    if digest_of(row) != row.get("digest"):
        yield Tampering.CHANGED, f"Entry {seq} is not as it was written: its digest is another."
    if seq > wanted:
        gone = f"Entry {wanted} is" if seq == wanted + 1 else f"Entries {wanted} to {seq - 1} are"
        yield Tampering.MISSING, f"{gone} missing."
    elif row.get("previous") != before.digest:
        yield (
            Tampering.OUT_OF_PLACE,
            f"Entry {seq} does not follow from entry {before.seq}: one of them was put in, moved, or changed with its digest.",
        )


def _end(verdict: Verdict, last: Head, entries: int) -> None:
    head = verdict.head
    if last.seq < head.seq:
        verdict.add(
            last.seq + 1,
            Tampering.CUT_OFF,
            f"The log ends at entry {last.seq}, but it has been as far as {head.seq}: its end was cut off.",
        )
    elif last.digest != head.digest:
        text = "The log ends in another digest than its sequence has: its end was written anew."
        verdict.add(last.seq, Tampering.OUT_OF_PLACE, text)
    if entries > verdict.walked:
        text = f"{entries - verdict.walked:,} entries stand outside the chain: they were put in, or their numbers were changed."
        verdict.add(head.seq, Tampering.OUTSIDE, text)


def _not_expected(expected: Head, what: str) -> tuple[Tampering, str]:
    text = f"Entry {expected.seq} was noted with the digest {expected.digest}; {what}."
    return Tampering.NOT_AS_EXPECTED, text
