"""Days drawn at random, as ISO 8601 text."""

from datetime import date, timedelta
from random import Random


def day(chance: Random, first: int, last: int) -> str:
    """A day from the first of `first` to the last of `last`, both years."""
    start = date(first, 1, 1).toordinal()
    return date.fromordinal(chance.randrange(start, date(last + 1, 1, 1).toordinal())).isoformat()


def later(start: str, days: int) -> str:
    """The day that many days after another."""
    return (date.fromisoformat(start) + timedelta(days=days)).isoformat()
