"""The plan that is found keeps every rule, and no plan is better: tried against exhaustive search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given

from flows.matching.candidates import candidates
from flows.matching.greedy import greedy
from flows.matching.matched import Matched, matched
from flows.matching.programme import programme
from flows.matching.solver import Limits, Status, solve
from graph_store.matching.situation import Balance, Grant, Period, Post, Served, Situation, Wish
from tests.matching.rules import Placed, best, broken, imbalance, starts
from tests.matching.situations import situations

JANUARY, DECEMBER = date(2027, 1, 1), date(2027, 12, 31)
ALL = Grant("c", JANUARY, None, {each: frozenset({each}) for each in "abcd"})


def placed(found: Matched) -> list[Placed]:
    """What the plan does."""
    return [
        Placed(c.wish.id, c.post.id, c.period.since, c.grant.id, c.party)
        for c in (each.candidate for each in found.proposals)
    ]


def wish(number: int, home: str, **values: object) -> Wish:
    """Somebody who would go for three months in 2027."""
    made = Wish(f"w{number}", f"p{number}", home, JANUARY, DECEMBER, 3, f"2026-01-0{number}")
    return replace(made, **values)  # type: ignore[arg-type] # by keyword


@given(situations())
def test_the_plan_keeps_every_rule_and_none_is_better(situation: Situation) -> None:
    found = matched(situation)
    plan = placed(found)
    assert broken(situation, plan) == []
    assert (len(plan), imbalance(situation, plan)) == best(situation, starts(situation))
    assert found.solved.count.status is found.solved.imbalance.status is Status.OPTIMAL
    assert (found.solved.count.value, found.solved.count.bound) == (len(plan), len(plan))
    assert found.solved.imbalance.value == found.solved.imbalance.bound == imbalance(situation, plan)  # fmt: skip


@given(situations())
def test_what_can_be_done_alone_is_what_the_rules_let(situation: Situation) -> None:
    whole = programme(situation, candidates(situation))
    mine = [
        Placed(c.wish.id, c.post.id, c.period.since, c.grant.id, c.party)
        for number, c in enumerate(whole.columns)
        if whole.allows([number])
    ]
    assert sorted(mine, key=repr) == sorted(starts(situation), key=repr)


@given(situations())
def test_the_same_situation_gives_the_same_plan_in_whatever_order_it_comes(
    situation: Situation,
) -> None:
    turned = replace(situation, wishes=situation.wishes[::-1], posts=situation.posts[::-1])
    assert placed(matched(turned)) == placed(matched(situation))


@given(situations())
def test_first_come_first_served_keeps_the_rules_and_is_never_better(situation: Situation) -> None:
    whole = programme(situation, candidates(situation))
    floor, found = greedy(whole), matched(situation)
    assert whole.allows(floor)
    assert len(floor) <= len(found.proposals)
    assert found.floor.count == len(floor)


def test_a_circle_of_three_is_found_and_told() -> None:
    wants = {"a": "b", "b": "c", "c": "a"}
    wishes = [wish(n, home, places=frozenset({to})) for n, (home, to) in enumerate(wants.items(), 1)]  # fmt: skip
    posts = tuple(Post(f"q{host}", host, 1) for host in "abc")
    found = matched(Situation(JANUARY, tuple(wishes), posts, (ALL,)), {"a": "甲", "b": "乙"})
    assert (found.circles, len(found.proposals)) == (1, 3)
    assert all(each.is_circle and each.figure == 1 for each in found.proposals)
    assert found.solved.imbalance.value == 0
    assert "属于 3 方循环：甲→乙→c→甲" in found.proposals[0].why.zh
    assert "part of a circle of 3: 甲→乙→c→甲" in found.proposals[0].why.en


def test_of_equally_many_exchanges_those_that_pay_back_are_chosen() -> None:
    """One place is left: whoever's home has received more goes."""
    ledger = (Served("a", "b", 6.0),)
    one_place = Grant("c", JANUARY, None, {"ab": frozenset("ab"), "ba": frozenset("ab")}, 1)
    wishes = (wish(1, "a"), wish(2, "b"))
    posts = (Post("qa", "a", 1), Post("qb", "b", 1))
    both = replace(one_place, quota=2, sides={"ab": frozenset("a"), "ba": frozenset("b")})
    found = matched(Situation(JANUARY, wishes, posts, (both,), ledger))
    assert len(found.proposals) == 2
    only = replace(both, used={("ab", None): 2})
    found = matched(Situation(JANUARY, wishes, posts, (only,), ledger))
    assert [each.candidate.wish.home for each in found.proposals] == ["b"]
    assert (found.before, found.solved.imbalance.value) == (12.0, 6.0)
    assert "a +6.00 → +3.00" in found.proposals[0].why.zh


def test_pairs_that_should_come_out_even_are_not_helped_by_a_circle() -> None:
    wants = {"a": "b", "b": "c", "c": "a"}
    wishes = tuple(wish(n, home, places=frozenset({to})) for n, (home, to) in enumerate(wants.items(), 1))  # fmt: skip
    posts = tuple(Post(f"q{host}", host, 1) for host in "abc")
    found = matched(Situation(JANUARY, wishes, posts, (ALL,), balance=Balance.PAIR))
    assert (len(found.proposals), found.solved.imbalance.value) == (3, 9.0)


def test_a_post_is_held_by_one_after_the_other() -> None:
    wishes = (wish(1, "a"), wish(2, "a"), wish(3, "c"))
    taken = (Period(JANUARY, date(2027, 5, 31)),)
    post = Post("q", "b", 1, taken=taken)
    found = matched(Situation(JANUARY, wishes, (post,), (ALL,)))
    days = sorted(each.candidate.period.since for each in found.proposals)
    assert days[0] == date(2027, 6, 1)
    assert len(days) == 1  # three first days are tried for each: June, July, August
    assert broken(Situation(JANUARY, wishes, (post,), (ALL,)), placed(found)) == []


def test_where_nobody_can_go_the_plan_is_empty_and_proved() -> None:
    for situation in (
        Situation(JANUARY),
        Situation(JANUARY, (wish(1, "a"),), (Post("q", "a", 1),), (ALL,)),
        Situation(JANUARY, (wish(1, "a"),), (Post("q", "b", 1),), ()),
        Situation(JANUARY, (wish(1, "a"),), (Post("q", "b", 1),), (replace(ALL, quota=0),)),
    ):
        found = matched(situation)
        assert found.proposals == ()
        assert found.solved.is_optimal
        assert found.solved.count.bound == 0


def test_without_time_the_answer_says_that_it_is_not_proved() -> None:
    wishes = tuple(wish(n, "abcd"[n % 4], asked_at=f"{n:02}") for n in range(1, 9))
    posts = tuple(Post(f"q{n}", "abcd"[n % 4], 1) for n in range(1, 6))
    situation = Situation(JANUARY, wishes, posts, (ALL,))
    whole = programme(situation, candidates(situation))
    found = solve(whole, Limits(seconds=0.0))
    assert whole.allows(found.chosen)
    assert len(found.chosen) >= len(greedy(whole))
    assert found.count.bound >= found.count.value
    assert found.imbalance.bound <= found.imbalance.value
