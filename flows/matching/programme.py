"""What rules several exchanges together, as rows over the candidates: a person once, vacancies over time, quotas; and accounts.

x[c] ∈ {0, 1} for each candidate c
person      Σ x[c] ≤ 1                                    over the candidates of one person
post, day   Σ x[c] ≤ vacancies − taken on that day         over the candidates of a post that go on on a day on which one begins
quota       Σ x[c] ≤ quota − used                          over the candidates a party sends by a clause (in a year of starting)
account a   balance after = before + Σ ±months · x[c]      what an institution (or pair) sent less what it received
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flows.matching.candidates import Candidate
from graph_store.matching.situation import Balance, Post, Served, Situation


@dataclass(frozen=True, slots=True)
class Row:
    """At most so many of these columns."""

    columns: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Account:
    """Person-months sent less received, before; and what each column adds."""

    before: float
    adds: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Programme:
    """The columns, what rules them together, the accounts that should come out even, and how well each column fits."""

    columns: tuple[Candidate, ...]
    rows: tuple[Row, ...]
    accounts: Mapping[tuple[str, ...], Account]
    scores: tuple[int, ...]

    def allows(self, chosen: Iterable[int]) -> bool:
        """Whether no row is broken."""
        taken = set(chosen)
        return all(len(taken.intersection(row.columns)) <= row.most for row in self.rows)

    def imbalance(self, chosen: Iterable[int]) -> float:
        """Σ |balance| over the accounts, in person-months to 0.01."""
        taken = set(chosen)
        after = (
            each.before + sum(months for column, months in each.adds.items() if column in taken)
            for each in self.accounts.values()
        )
        return round(sum(map(abs, after)), 2)


def programme(situation: Situation, columns: tuple[Candidate, ...]) -> Programme:
    """The situation over its candidates."""
    rows = {(row.columns, row.most) for row in _rows(columns) if len(row.columns) > row.most}
    ordered = tuple(Row(*row) for row in sorted(rows))
    return Programme(columns, ordered, _accounts(situation, columns), _scores(columns))


def _rows(columns: tuple[Candidate, ...]) -> Iterator[Row]:
    yield from (Row(each, 1) for each in grouped(columns, lambda c: c.wish.person))
    for each in grouped(columns, lambda c: c.post.id):
        yield from _vacancies(columns, each)
    for each in grouped(columns, _quota_key):
        grant, party = columns[each[0]].grant, columns[each[0]].party
        if grant.quota is not None:
            used = grant.used.get((party, _year(columns[each[0]])), 0)
            yield Row(each, max(0, grant.quota - used))


def grouped(
    columns: tuple[Candidate, ...], by: Callable[[Candidate], Hashable]
) -> Iterator[tuple[int, ...]]:
    """The columns of each that a candidate has in common with others, in order."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number, each in enumerate(columns):
        groups[by(each)].append(number)
    yield from (tuple(each) for each in groups.values())


def _vacancies(columns: tuple[Candidate, ...], of_post: tuple[int, ...]) -> Iterator[Row]:
    """A row for each day on which a candidate or somebody who is there already begins: the fullest days are among them."""
    post = columns[of_post[0]].post
    days = {columns[each].period.since for each in of_post} | {each.since for each in post.taken}
    rows = [
        Row(
            tuple(each for each in of_post if _goes_on(columns[each], day)),
            max(0, post.vacancies - _taken(post, day)),
        )
        for day in sorted(days)
    ]
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if (
            following is None
            or row.most < following.most
            or set(row.columns) - {*following.columns}
        ):
            yield row  # the others say less than the one that follows


def _goes_on(candidate: Candidate, day: date) -> bool:
    return candidate.period.since <= day <= candidate.period.until


def _taken(post: Post, day: date) -> int:
    return sum(each.since <= day <= each.until for each in post.taken)


def _year(candidate: Candidate) -> int | None:
    return candidate.period.since.year if candidate.grant.yearly else None


def _quota_key(candidate: Candidate) -> tuple[str, str, int | None]:
    return candidate.grant.id, candidate.party, _year(candidate)


def accounts_of(balance: Balance, home: str, host: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Which accounts a month from one place at another moves, and which way.

    >>> accounts_of(Balance.PAIR, "b", "a")
    ((('a', 'b'), -1),)
    """
    if balance is Balance.INSTITUTION:
        return ((home,), 1), ((host,), -1)
    return ((tuple(sorted((home, host))), 1 if home < host else -1),)


def balances(balance: Balance, ledger: Iterable[Served]) -> dict[tuple[str, ...], float]:
    """Person-months sent less received by account, to 0.01."""
    found: dict[tuple[str, ...], float] = defaultdict(float)
    for served in ledger:
        for account, sign in accounts_of(balance, served.home, served.host):
            found[account] += sign * served.months
    return {account: round(each, 2) for account, each in sorted(found.items())}


def _accounts(
    situation: Situation, columns: tuple[Candidate, ...]
) -> dict[tuple[str, ...], Account]:
    before = balances(situation.balance, situation.ledger)
    adds: dict[tuple[str, ...], dict[int, int]] = {account: {} for account in before}
    for number, each in enumerate(columns):
        for account, sign in accounts_of(situation.balance, *each.edge):
            adds.setdefault(account, {})[number] = sign * each.wish.months
    return {
        account: Account(before.get(account, 0.0), moved) for account, moved in sorted(adds.items())
    }


_NAMED, _SURPLUS, _SURPLUS_MOST, _AT_ONCE, _EARLY_MOST = 4, 2, 3, 1, 3


def _scores(columns: tuple[Candidate, ...]) -> tuple[int, ...]:
    """How well each fits: skills beyond what is required, a host asked for by name, no waiting, an earlier wish."""
    asked = sorted({(each.wish.asked_at, each.wish.id) for each in columns})
    early = {
        wish: _EARLY_MOST - _EARLY_MOST * rank // max(1, len(asked))
        for rank, (_, wish) in enumerate(asked)
    }
    return tuple(_score(each) + early[each.wish.id] for each in columns)


def _score(each: Candidate) -> int:
    wish, required = each.wish, each.post.requires
    surplus = sum(wish.skills[topic] > level for topic, level in required.items())
    met = min(_SURPLUS_MOST, len(required) + surplus)
    named = _NAMED if each.post.host in wish.named else 0
    return named + _SURPLUS * met + (_AT_ONCE if each.period.since == wish.since else 0)
