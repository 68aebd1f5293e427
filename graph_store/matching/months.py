"""Person-months of a period: days by the length of their calendar month, to 0.01 (`contract.md`, clauses)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from graph_store.matching.situation import Period


def person_months(period: Period) -> float:
    """How many months somebody works from the first day to the last.

    >>> person_months(Period(date(2027, 1, 1), date(2027, 3, 31))), person_months(Period(date(2027, 1, 17), date(2027, 2, 14)))
    (3.0, 0.98)
    """
    months, day = 0.0, date.fromordinal(period.since.toordinal())
    while day <= period.until:
        length = monthrange(day.year, day.month)[1]
        last = min(period.until, day.replace(day=length))
        months += ((last - day).days + 1) / length
        day = last + timedelta(days=1)
    return round(months, 2)
