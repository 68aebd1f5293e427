"""The log is read in its order, for a time, a page at a time."""

from datetime import UTC, datetime, timedelta

import pytest

from graph_store.audit import Entry, Happened, open_audit
from graph_store.audit.log import Ledger
from graph_store.audit.reading import AuditReader, NoSuchTime, Span, span

NOON = datetime(2026, 11, 29, 4, tzinfo=UTC)  # in Shanghai


@pytest.fixture
async def _hourly(ledger: Ledger) -> None:
    """Twenty entries, one an hour from noon on."""
    hours = iter(NOON + timedelta(hours=number) for number in range(20))
    at_hours = Ledger(ledger.driver, ledger.database, ledger.base, lambda: next(hours))
    async with open_audit(at_hours) as audit:
        for _ in range(20):
            await audit.note(Entry(Happened.SIGNED_ON))


@pytest.mark.usefixtures("_hourly")
@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        (None, None, range(1, 21)),
        ("2026-11-29", "2026-11-29", range(1, 13)),
        ("2026-11-30", None, range(13, 21)),
        ("2026-11-29T06:00:00Z", "2026-11-29T08:00:00Z", range(3, 5)),
        ("2026-11-29T14:00:00+08:00", "2026-11-29T16:00:00+08:00", range(3, 5)),
        ("2027-01-01", None, range(0)),
        (None, "2020-01-01", range(0)),
        ("2026-11-30", "2026-11-29", range(0)),
    ],
)
async def test_a_time_is_read_exactly(
    reader: AuditReader, first: str | None, last: str | None, numbers: range
) -> None:
    pages = [page async for page in reader.pages(span(first, last), size=4)]
    assert [row["seq"] for page in pages for row in page] == [*numbers]
    assert all(len(page) <= 4 for page in pages)


@pytest.mark.usefixtures("ledger")
async def test_an_empty_log_has_no_pages(reader: AuditReader) -> None:
    assert [page async for page in reader.pages(Span())] == []


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-11-29T10:00:00", "0001-01-01"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(NoSuchTime):
        span(text, None)
