"""What a run did, in both languages, as its record tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

LINES_MOST = 40


@dataclass(slots=True)
class Report:
    """`effects` counts what was changed; `undone` says, by errand, why one could not be done yet."""

    effects: int = 0
    served: list[str] = field(default_factory=list)
    undone: dict[str, str] = field(default_factory=dict)
    _lines: Counter[tuple[str, str]] = field(default_factory=Counter)

    def did(self, zh: str, en: str, *served: str, effects: int = 1) -> None:
        """Something was changed."""
        self.effects += effects
        self.note(zh, en, *served)

    def note(self, zh: str, en: str, *served: str) -> None:
        """Something is to be known; the same line twice is one line with a number."""
        self._lines[zh, en] += 1
        self.served.extend(served)

    def leave(self, errand: str, why: str) -> None:
        """The errand could not be done; it is due again."""
        self.undone[errand] = why

    def take(self, other: Report) -> None:
        """All that another report says."""
        self.effects += other.effects
        self.served.extend(other.served)
        self.undone.update(other.undone)
        self._lines.update(other._lines)

    @property
    def said(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self._lines)

    @property
    def zh(self) -> str:
        """The report in Chinese."""
        return _told(
            ((zh, times) for (zh, _), times in self._lines.items()), "没有需要处理的事项。"
        )

    @property
    def en(self) -> str:
        """The report in English."""
        return _told(((en, times) for (_, en), times in self._lines.items()), "Nothing was due.")

    @property
    def failure(self) -> str | None:
        """Why something was left, once for each reason."""
        return "; ".join(sorted(set(self.undone.values())))[:500] or None


def _told(lines: Iterable[tuple[str, int]], nothing: str) -> str:
    told = [line if times == 1 else f"{line} ×{times}" for line, times in lines]
    shown = told[:LINES_MOST]
    if len(told) > LINES_MOST:
        shown.append(f"… +{len(told) - LINES_MOST}")
    return "\n".join(shown) or nothing
