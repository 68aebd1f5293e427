"""Whom one can be in the demonstration: somebody of each role at each agency, without one person more than the origin counts."""

from itertools import islice

import pytest

from demo.generated import agreements, results
from demo.generated import people as generated
from demo.records import Record
from demo.sample_people import SEATS, SIDES, samples
from demo.world import World, build
from graph_store.rights import Role

SEED = 7


@pytest.fixture(scope="module")
def world() -> World:
    """What `make run` loads."""
    return build(0.05, SEED)


@pytest.fixture(scope="module")
def people(world: World) -> dict[str, Record]:
    """Everybody, by id."""
    return {each.id: each for each in generated.records(world)}


def test_each_agency_has_somebody_for_each_role(world: World, people: dict[str, Record]) -> None:
    held = {
        (sample.side.key, people[id_].ties[-1].properties["role"])
        for id_, sample in samples(world).items()
    }
    roles = {role.value for role in Role} - {Role.SERVICE.value}
    assert held == {(side.key, role) for side in SIDES for role in roles}


def test_nobody_else_holds_a_role_or_has_a_telephone(
    world: World, people: dict[str, Record]
) -> None:
    known = samples(world)
    assert {
        each.id for each in people.values() for tie in each.ties if tie.type == "HOLDS"
    } == known.keys()
    assert {each.id for each in people.values() if "phone" in each.properties} == known.keys()


def test_a_role_is_held_where_the_person_works(world: World, people: dict[str, Record]) -> None:
    for id_, sample in samples(world).items():
        affiliations = {tie.end for tie in people[id_].ties if tie.type == "AFFILIATED_WITH"}
        assert sample.tie.end in affiliations
        assert sample.institution in sample.side.speaks_for


def test_sample_people_are_marked_as_synthetic(world: World, people: dict[str, Record]) -> None:
    assert all(people[id_].properties["synthetic"] for id_ in samples(world))


@pytest.mark.parametrize("scale", [0.001, 0.02, 0.05, 1])
def test_the_same_subjects_are_at_every_scale_but_where_nobody_works_there(scale: float) -> None:
    subjects = [each.subject for each in samples(build(scale, SEED)).values()]
    everybody = [f"{side.key}-{seat.word}" for side in SIDES for seat in SEATS]
    missing = ["sichuan-university-admin"] if scale == 0.001 else []
    assert subjects == [each for each in everybody if each not in missing]


def test_an_agreement_in_force_shares_data_between_the_universities_of_the_sample_people(
    world: World,
) -> None:
    own, *clauses = islice(agreements.records(world), 5)
    parties = {tie.start for tie in own.ties if tie.type == "PARTY_TO"}
    researchers = {s.institution for s in samples(world).values() if s.seat.word == "researcher"}
    assert parties == researchers
    assert own.properties["status"] == "signed"
    assert "expiresOn" not in own.properties
    assert {"share_data", "share_instruments"} <= {each.properties["kind"] for each in clauses}


@pytest.mark.parametrize("scale", [0.001, 0.05])
def test_the_university_keeps_datasets_of_each_level_so_that_signing_on_shows_more(
    scale: float,
) -> None:
    kept = {
        each.properties["visibility"]
        for each in results.datasets(build(scale, SEED))
        for tie in each.ties
        if (tie.type, tie.end) == ("KEPT_BY", SIDES[1].university)
    }
    assert {"network", "agreement", "institution"} <= kept
