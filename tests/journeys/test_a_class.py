"""The story of a class: groups are confirmed whole or wait whole, who leaves makes room, who attended can prove it to anybody."""

from __future__ import annotations

from typing import Any

import pytest

from auth.viewer import ANONYMOUS
from tests.journeys.conftest import Story

pytestmark = pytest.mark.usefixtures("prefect_in_use")

SC, CQ = "cd-institution-sc", "cd-institution-cq"
GROUP = "... on GroupRegistered { state registrations { id } }"
STATE = "query ($id: ID!) { registration(id: $id) { state } }"
CERTIFICATES = (
    "query ($id: ID!) { registration(id: $id) { state certificates { nodes { number } } } }"
)


async def test_a_class_from_draft_to_verified_certificate_with_groups_and_a_waiting_list(
    story: Story,
) -> None:
    lay = story.network
    lay.person("host", "institution_admin", lay.institution("sc"))
    lay.person("chen", "institution_admin", lay.institution("cq"))
    lay.person("wang", "approver", CQ)
    for number in range(5):
        lay.person(f"p{number}", "member", CQ)
    await story.laid_out()

    made = await story.do(
        "createClass", "host", "... on ClassCreated { id }",
        name="科技管理培训班", organiser=SC, seats=3, startsOn="2027-03-01", endsOn="2027-03-02",
        registrationClosesAt="2027-02-01T00:00:00+08:00",
        sessions=[{"startsAt": "2027-03-01T09:00:00+08:00", "endsAt": "2027-03-01T17:00:00+08:00"}],
    )  # fmt: skip
    class_ = made["id"]
    await story.do("publishClass", "host", id=class_)

    first = await _group(story, class_, "p0", "p1")
    assert await _states(story, first) == ["CONFIRMED", "CONFIRMED"]
    second = await _group(story, class_, "p2", "p3")
    assert await _states(story, second) == ["WAITLISTED", "WAITLISTED"]  # one seat is left: no half
    alone = await story.do(
        "register", "p4", "... on PersonRegistered { registration { id } }",
        trainingClass=class_, home=CQ, person="cd-person-p4",
    )  # fmt: skip
    single = alone["registration"]["id"]
    await story.do("approveRegistration", "wang", id=single)
    assert await _states(story, [single]) == ["CONFIRMED"]
    await story.do("cancelRegistration", "p4", id=single)
    assert await _states(story, second) == ["WAITLISTED", "WAITLISTED"]
    await story.do("cancelRegistration", "p0", id=first[0])
    assert await _states(story, second) == ["CONFIRMED", "CONFIRMED"]

    story.passes_to("2027-02-02")
    await story.flow("close_classes")
    seen = await story.see("query ($id: ID!) { trainingClass(id: $id) { state } }", "host", id=class_)  # fmt: skip
    assert seen["trainingClass"]["state"] == "CLOSED"
    story.passes_to("2027-03-03")
    await story.do("holdClass", "host", id=class_)
    await story.do(
        "markAttendance", "host", trainingClass=class_, attended=second, absent=[first[1]]
    )
    await story.do("certifyClass", "host", id=class_)
    await story.settled()

    assert await _states(story, first) == ["CANCELLED", "NO_SHOW"]
    certified = (await story.see(CERTIFICATES, "p2", id=second[0]))["registration"]
    (certificate,) = certified["certificates"]["nodes"]
    assert certified["state"] == "CERTIFIED"
    verify = "query ($number: String!) { verifyCertificate(number: $number) { __typename } }"
    for told, is_real in ((certificate["number"], True), ("BS-AAAA-AAAA-AAAA-AAAA", False)):
        found = await story.hub.ask(verify, ANONYMOUS, number=told)
        assert (found["verifyCertificate"] is not None) is is_real


async def _group(story: Story, class_: str, *people: str) -> list[Any]:
    """Ids of a group's registrations, approved at home."""
    ids = [f"cd-person-{each}" for each in people]
    done = await story.do("registerGroup", "chen", GROUP, trainingClass=class_, home=CQ, people=ids)
    registrations = [each["id"] for each in done["registrations"]]
    await story.do("approveRegistration", "wang", id=registrations[0])
    return registrations


async def _states(story: Story, registrations: list[Any]) -> list[str]:
    found = [await story.see(STATE, "chen", id=each) for each in registrations]
    return [each["registration"]["state"] for each in found]
