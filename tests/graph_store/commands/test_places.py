"""Where a task lies in its institution's inbox sorts as people expect, whatever its urgency and time."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from graph_store.commands.rows import instant_text
from graph_store.commands.tasks import MOST_URGENT, place

INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is the next argument
TASKS = st.lists(st.tuples(st.integers(0, MOST_URGENT), INSTANTS.map(instant_text)), max_size=30)


@given(TASKS)
def test_places_sort_by_urgency_and_then_by_time(tasks: list[tuple[int, str]]) -> None:
    by_place = sorted(tasks, key=lambda task: place("cd-institution-1", *task))
    assert by_place == sorted(tasks, key=lambda task: (-task[0], task[1]))


@given(st.integers(), INSTANTS.map(instant_text))
def test_a_place_lies_within_its_own_institution(priority: int, due: str) -> None:
    ours, theirs = "cd-institution-1", "cd-institution-10"
    lies = place(ours, priority, due)
    assert f"{ours} " <= lies < f"{ours} :"
    assert not f"{theirs} " <= lies < f"{theirs} :"
    assert len(lies.removeprefix(ours)) == len(" 0 ") + len(due)
