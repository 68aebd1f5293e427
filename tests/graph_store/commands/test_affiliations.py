"""A person begins, moves and leaves: affiliations never overlap in one role, and end with the person."""

from collections.abc import Awaitable, Callable
from typing import Any

from graph_store.commands.affiliations import (
    EDIT_AFFILIATION,
    END_AFFILIATION,
    START_AFFILIATION,
    Edit,
    End,
    Start,
    Which,
)
from graph_store.commands.facts import (
    AffiliationHasEnded,
    AffiliationNotFound,
    DatesOutOfOrder,
    PeriodsOverlap,
    RecordHasChanged,
    RecordHasEnded,
    RecordNotFound,
)
from graph_store.commands.lanes import Lane
from graph_store.commands.people import END_PERSON
from graph_store.commands.records import End as EndRecord
from tests.graph_store.commands.conftest import command, written

Ask = Callable[..., Awaitable[list[Any]]]
New = Callable[..., Awaitable[str]]

EDGES = "MATCH (:Record {id: $id})-[e:AFFILIATED_WITH]->() RETURN properties(e) ORDER BY e.since"


async def _do(lane: Lane, decision: Any, given: Any) -> Any:
    return (await lane.do(command(decision, given))).outcome


async def test_it_starts_changes_and_ends(
    lane: Lane, new_person: New, new_institution: New, ask: Ask
) -> None:
    person, institution = await new_person(), await new_institution()
    start = Start(person, institution, {"role": "researcher", "since": "2020-01-01"})
    assert written(await _do(lane, START_AFFILIATION, start)).version == 2
    which = Which(institution, "researcher", "2020-01-01")
    edit = Edit(person, 2, which, {"title": "教授", "since": "2020-02-01"})
    assert written(await _do(lane, EDIT_AFFILIATION, edit)).version == 3
    end = End(person, 3, Which(institution, "researcher", "2020-02-01"))
    assert written(await _do(lane, END_AFFILIATION, end)).version == 4
    assert await ask(EDGES, id=person) == [
        {"role": "researcher", "title": "教授", "since": "2020-02-01", "until": "2026-11-25"}
    ]


async def test_the_same_role_at_the_same_place_never_overlaps(
    lane: Lane, new_person: New, new_institution: New
) -> None:
    person, institution = await new_person(), await new_institution()
    first = {"role": "cadre", "since": "2020-01-01", "until": "2020-12-31"}
    written(await _do(lane, START_AFFILIATION, Start(person, institution, first)))
    shared_day = Start(person, institution, {"role": "cadre", "since": "2020-12-31"})
    assert await _do(lane, START_AFFILIATION, shared_day) == PeriodsOverlap(
        institution, "2020-01-01", "2020-12-31"
    )
    next_day = Start(person, institution, {"role": "cadre", "since": "2021-01-01"})
    written(await _do(lane, START_AFFILIATION, next_day))
    other_role = Start(person, institution, {"role": "expert", "since": "2020-06-01"})
    written(await _do(lane, START_AFFILIATION, other_role))


async def test_what_is_not_there_or_has_changed_is_said(
    lane: Lane, new_person: New, new_institution: New
) -> None:
    person, institution = await new_person(), await new_institution()
    nobody = Start("cd-person-none", institution, {})
    assert await _do(lane, START_AFFILIATION, nobody) == RecordNotFound("cd-person-none", "Person")
    nowhere = Start(person, person, {})
    assert await _do(lane, START_AFFILIATION, nowhere) == RecordNotFound(person, "Institution")
    none = End(person, 1, Which(institution, "cadre"))
    assert await _do(lane, END_AFFILIATION, none) == AffiliationNotFound(person, institution)
    stale = End(person, 7, Which(institution, "cadre"))
    assert await _do(lane, END_AFFILIATION, stale) == RecordHasChanged(person, 1)


async def test_it_never_ends_before_it_began_nor_twice(
    lane: Lane, new_person: New, new_institution: New
) -> None:
    person, institution = await new_person(), await new_institution()
    start = Start(person, institution, {"role": "cadre", "since": "2021-05-01"})
    await _do(lane, START_AFFILIATION, start)
    which = Which(institution, "cadre", "2021-05-01")
    early = await _do(lane, END_AFFILIATION, End(person, 2, which, "2021-04-30"))
    assert early == DatesOutOfOrder("since", "2021-05-01", "until", "2021-04-30")
    written(await _do(lane, END_AFFILIATION, End(person, 2, which, "2022-04-30")))
    again = await _do(lane, END_AFFILIATION, End(person, 3, which, "2023-04-30"))
    assert again == AffiliationHasEnded(person, institution, "2022-04-30")


async def test_all_that_goes_on_ends_with_the_person(
    lane: Lane, new_person: New, new_institution: New, ask: Ask
) -> None:
    person, institution = await new_person(), await new_institution()
    past = {"role": "student", "since": "2001-09-01", "until": "2005-06-30"}
    now = {"role": "researcher", "since": "2005-07-01"}
    for values in (past, now):
        written(await _do(lane, START_AFFILIATION, Start(person, institution, values)))
    written(await _do(lane, END_PERSON, EndRecord(person, 3, "2026-06-30")))
    assert await ask(EDGES, id=person) == [past, {**now, "until": "2026-06-30"}]
    late = Start(person, institution, {"role": "expert"})
    assert await _do(lane, START_AFFILIATION, late) == RecordHasEnded(person)
