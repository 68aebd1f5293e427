"""How a noun's records end: by a status that they take, or by a last day."""

from __future__ import annotations

from dataclasses import dataclass

from graph_store.commands.drafts import Held


@dataclass(frozen=True, slots=True)
class ByStatus:
    """Ended is a status."""

    value: str

    def is_ended(self, record: Held, _on: str) -> bool:
        """Whether it was ended before."""
        return bool(record["status"] == self.value)

    def values(self, _on: str) -> dict[str, str]:
        """What ending sets."""
        return {"status": self.value}


@dataclass(frozen=True, slots=True)
class ByDay:
    """Ended is a last day in the past."""

    property: str

    def is_ended(self, record: Held, on: str) -> bool:
        """Whether its last day was that day or before."""
        return record[self.property] is not None and record[self.property] <= on

    def values(self, on: str) -> dict[str, str]:
        """What ending sets."""
        return {self.property: on}
