"""Person-months: days in proportion to the length of their calendar months, to 0.01 (`contract.md`, Clauses).

They are integers of hundredths here: each exchange is rounded once, half up, and sums of what was rounded are exact, so that a list
adds up to its figure.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

HUNDREDTHS = 100


def hundredths(first: str, last: str) -> int:
    """The hundredths of person-months from a day to another, both counted; 0 where the last lies before the first.

    >>> hundredths("2027-01-01", "2027-03-31"), hundredths("2027-02-01", "2027-02-14")
    (300, 50)
    >>> hundredths("2027-01-31", "2027-02-01"), hundredths("2027-02-01", "2027-01-31")
    (7, 0)
    """
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    months = sum((share for share in _shares(begin, end)), Fraction())
    return int(months * HUNDREDTHS + Fraction(1, 2))


def _shares(begin: date, end: date) -> Iterator[Fraction]:
    while begin <= end:
        length = monthrange(begin.year, begin.month)[1]
        month_ends = begin.replace(day=length)
        yield Fraction((min(end, month_ends) - begin).days + 1, length)
        begin = month_ends + timedelta(days=1)
