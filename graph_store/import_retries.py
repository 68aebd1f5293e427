"""What is read of an import that waits to try again what a former one did not take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph_store.commands.import_runs import REJECTED
from graph_store.reads import Run

RETRY = """\
// an import that reads rows again
RETURN COLLECT { MATCH (i:Import {id: $id})-[:RETRIES]->(f:Import)
  RETURN i {.*, former: f.id, counted: f {.rejected, .unresolved},
    lines: COLLECT { MATCH (r:ImportRow) WHERE r.run = f.id AND r.fate IN ['rejected', 'unresolved'] AND r.row IS NOT NULL
      RETURN [r.fate, r.row] }} } AS found"""


@dataclass(frozen=True, slots=True)
class KnownRetry:
    """The record that waits, by the names of its properties; `rows`: what is kept of the former import's, by fate.

    `counted`: how many there were of each of these fates.
    """

    values: dict[str, Any]
    former: str
    counted: dict[str, int]
    rows: dict[str, list[int]]

    @property
    def chosen(self) -> frozenset[int] | None:
        """The rows that are to be read again; None: all of the file, since not every one that matters was kept by itself."""
        fates = self.values["fates"]
        if any(len(self.rows[each]) < (self.counted[each] or 0) for each in {REJECTED, *fates}):
            return None
        return frozenset(row for each in fates for row in self.rows[each])

    @property
    def refused(self) -> frozenset[int]:
        """The rows that the former import did not take."""
        return frozenset(self.rows[REJECTED])


async def retry_asked_for(run: Run, id_: str) -> KnownRetry | None:
    """The import of this id that tries another again. Raises GraphStoreError."""
    (found,) = await run(RETRY, {"id": id_})
    if not found:
        return None
    values = dict(found[0])
    former, counted, lines = (values.pop(name) for name in ("former", "counted", "lines"))
    rows = {fate: [row for known, row in lines if known == fate] for fate in counted}
    return KnownRetry(values, former, counted, rows)
