"""The ledger of exchange over a graph that a test laid out: what counts as served, between whom, for whom, in one statement."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_store.exchange_ledger import Level, Pair, Wanted, ledger
from graph_store.reads import Reader, reader
from graph_store.rights import Rights
from tests.graph import DATABASE, empty
from tests.network import Network

TODAY = "2026-11-25"


class Books:
    """Three institutions, two of them bodies of a party, and exchanges between them."""

    def __init__(self, driver: AsyncDriver) -> None:
        self.driver, self.lay, self._number = driver, Network(), 0
        self.reader: Reader = reader(driver, DATABASE, 30)
        self.party, self.a, self.b, self.c = (self.lay.institution(each) for each in ("p", "a", "b", "c"))  # fmt: skip

    def add(self, home: str, host: str, state: str, since: str, until: str, **more: Any) -> str:
        """An exchange of a new person."""
        self._number += 1
        id_ = self.lay._record("CadreExchange", f"{self._number}", state=state, since=since,
                               until=until, **{"visibility": "institution", **more})  # fmt: skip
        person = self.lay.person(f"person-{self._number}")
        party = self.party if home in {self.a, self.b} else home
        counterparty = self.party if host in {self.a, self.b} else host
        for type_, far in (("EXCHANGES", person), ("SENT_BY", home), ("RECEIVED_BY", host),
                           ("SENT_FOR", party), ("RECEIVED_FOR", counterparty)):  # fmt: skip
            self.lay.tie(type_, id_, far)
        return id_

    async def of(self, *homes: str, person: str | None = None, **wanted: Any) -> list[Pair]:
        """The ledger of somebody at home there."""
        if self.lay.graph.records:
            await self.lay.write(self.driver)
            self.lay.graph.records.clear()
            self.lay.graph.ties.clear()
        rights = Rights("somebody", person, institutions=homes)
        return await ledger(self.reader, rights, Wanted(**wanted), TODAY)


@pytest.fixture
async def books(driver: AsyncDriver) -> Books:
    """Nothing exchanged yet."""
    await empty(driver)
    return Books(driver)


@pytest.mark.parametrize(
    ("state", "ended", "served", "planned"),
    [
        ("accepted", None, 0, 300),
        ("active", None, 183, 117),
        ("completed", "2026-12-31", 300, 0),
        ("recalled", "2026-10-31", 100, 0),
        ("submitted", None, None, None),
        ("home_approved", None, None, None),
        ("withdrawn", None, None, None),
        ("rejected", None, None, None),
        ("expired", None, None, None),
        ("draft", None, None, None),
    ],
)
async def test_what_is_served_and_what_is_planned_follows_from_the_state(
    books: Books, state: str, ended: str | None, served: int | None, planned: int | None
) -> None:
    more = {"endedOn": ended} if ended else {}
    books.add(books.a, books.c, state, "2026-10-01", "2026-12-31", **more)
    pairs = await books.of(books.a)
    found = [(each.served, each.planned) for pair in pairs for each in pair.sent]
    assert found == ([] if served is None else [(served, planned)])


async def test_a_balance_is_what_was_sent_less_what_was_received_and_the_list_adds_up(
    books: Books,
) -> None:
    books.add(books.a, books.c, "completed", "2026-01-01", "2026-02-14")
    books.add(books.a, books.c, "completed", "2026-03-03", "2026-03-05")
    books.add(books.c, books.a, "completed", "2026-01-01", "2026-03-31")
    (pair,) = await books.of(books.a)
    assert [each.served for each in pair.sent] == [150, 10]
    assert [each.served for each in pair.received] == [300]
    assert pair.balance == -140
    (turned,) = await books.of(books.c)
    assert (turned.one, turned.other, turned.balance) == (books.c, books.a, 140)


async def test_a_year_counts_its_own_days_alone(books: Books) -> None:
    books.add(books.a, books.c, "completed", "2024-12-01", "2026-01-31")
    found = {}
    for year in (2023, 2024, 2025, 2026, 2027):
        pairs = await books.of(books.a, year=year)
        found[year] = [each.served for pair in pairs for each in pair.sent]
    assert found == {2023: [], 2024: [100], 2025: [1200], 2026: [100], 2027: []}


async def test_parties_are_told_of_together(books: Books) -> None:
    for home in (books.a, books.b):
        books.add(home, books.c, "completed", "2026-01-01", "2026-01-31")
    homes = (books.a, books.b)
    assert [(p.one, p.other, p.balance) for p in await books.of(*homes)] == [
        (books.a, books.c, 100),
        (books.b, books.c, 100),
    ]
    told = await books.of(*homes, level=Level.PARTY, institution=books.party)
    assert [(p.one, p.other, p.balance) for p in told] == [(books.party, books.c, 200)]


async def test_somebody_sees_what_is_sent_and_received_where_they_are_at_home_and_their_own(
    books: Books,
) -> None:
    one = books.add(books.a, books.c, "completed", "2026-01-01", "2026-01-31")
    other = books.add(books.b, books.c, "completed", "2026-01-01", "2026-01-31")
    private = books.add(
        books.a, books.c, "completed", "2026-01-01", "2026-01-31", visibility="self"
    )
    seen = {
        (books.a,): {one},
        (books.c,): {one, other},
        (books.a, books.b): {one, other},
        (books.party,): set(),
        (): set(),
    }
    for homes, expected in seen.items():
        pairs = await books.of(*homes)
        assert {e.exchange for p in pairs for e in (*p.sent, *p.received)} == expected
    (pair,) = await books.of(person="cd-person-person-3")
    assert [each.exchange for each in pair.sent] == [private]


async def test_a_ledger_is_one_statement_however_many_exchanges_there_are(books: Books) -> None:
    for _ in range(30):
        books.add(books.a, books.c, "completed", "2026-01-01", "2026-01-31")
        books.add(books.b, books.c, "completed", "2026-01-01", "2026-01-31")
    (pair,) = await books.of(books.a)
    assert (len(pair.sent), pair.balance, books.reader.asked) == (30, 3000, 1)
