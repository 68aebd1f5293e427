"""Strangers cannot fill the disk, and nobody can hide another's refusal in a flood of their own."""

from graph_store.audit.entries import Entry, Happened
from graph_store.audit.floods import Bounds, Floods

BOUNDS = Bounds(of_a_kind=5, of_strangers=12, summaries=10)


def refused(address: str = "192.0.2.7", reason: str = "NO", actor: str | None = None) -> Entry:
    """A refusal of sign-on."""
    return Entry(Happened.SIGN_ON_REFUSED, address=address, reason=reason, actor=actor)


def test_one_address_is_written_a_few_times_for_each_reason() -> None:
    floods = Floods(BOUNDS)
    assert [floods.takes(refused()) for _ in range(8)] == [True] * 5 + [False] * 3
    assert floods.takes(refused(reason="OTHER"))
    assert floods.takes(refused(address="192.0.2.8"))


def test_all_addresses_together_are_bounded_and_counted_whole() -> None:
    floods = Floods(BOUNDS)
    written = sum(floods.takes(refused(f"2001:db8:{n:x}::1")) for n in range(10_000))
    summaries = floods.end_window()
    assert written == 12
    assert len(summaries) <= BOUNDS.summaries + 1
    assert sum(int(str(each.detail["count"])) for each in summaries) == 10_000 - 12


def test_the_addresses_of_one_household_are_one() -> None:
    floods = Floods(BOUNDS)
    assert sum(floods.takes(refused(f"2001:db8:1:2::{n:x}")) for n in range(100)) == 5


def test_a_flood_of_strangers_hides_nobody_who_is_known() -> None:
    floods = Floods(BOUNDS)
    for number in range(100):
        floods.takes(refused(f"192.0.2.{number}"))
    assert floods.takes(refused(actor="cd-person-1"))


def test_one_person_does_not_hide_another_at_the_same_address() -> None:
    floods = Floods(BOUNDS)
    for _ in range(100):
        floods.takes(refused(actor="cd-person-1"))
    assert floods.takes(refused(actor="cd-person-2"))


def test_a_known_person_is_counted_together_from_wherever_they_come() -> None:
    floods = Floods(BOUNDS)
    written = sum(floods.takes(refused(f"192.0.2.{n}", actor="cd-person-1")) for n in range(100))
    assert written == 5
    [summary] = floods.end_window()
    assert (summary.actor, summary.detail["count"]) == ("cd-person-1", 95)


def test_the_next_window_begins_anew() -> None:
    floods = Floods(BOUNDS)
    for _ in range(8):
        floods.takes(refused())
    assert len(floods.end_window()) == 1
    assert floods.end_window() == []
    assert floods.takes(refused())
