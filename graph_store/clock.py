"""The clock, handed to whoever needs the time: instants are UTC, days are Asia/Shanghai's (`contract.md`, Time)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def instant(moment: datetime) -> str:
    """ISO 8601 text in UTC, to the millisecond.

    >>> instant(datetime(2026, 11, 25, 3, 5, tzinfo=UTC))
    '2026-11-25T03:05:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day(moment: datetime) -> str:
    """The day in Shanghai.

    >>> day(datetime(2026, 11, 25, 17, 0, tzinfo=UTC))
    '2026-11-26'
    """
    return moment.astimezone(SHANGHAI).date().isoformat()
