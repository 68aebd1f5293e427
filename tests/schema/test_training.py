"""A class through GraphQL, by those who do each step: organiser, home, the person; what others see of it."""

from __future__ import annotations

from typing import Any

import pytest
from ulid import ULID

from auth.viewer import ANONYMOUS, Viewer
from tests.network import Network
from tests.schema.conftest import Hub

ORGANISER, HOME = "cd-institution-organiser", "cd-institution-home"
FACT = "... on Fact { messageEn whatNextEn }"


@pytest.fixture(scope="module")
async def network(hub: Hub) -> Network:
    """An organiser and a home, with an administrator each; the home has an approver, people and a program."""
    made = Network()
    for side in ("organiser", "home"):
        made.person(f"admin-{side}", "institution_admin", made.institution(side))
    made.person("approver", "approver", HOME)
    for number in range(4):
        made.person(f"p{number}", "member", HOME)
    await made.write(hub.driver)
    token = "MATCH (i {id: $id}) CREATE (t:Token {id: 'cd-token-home'})-[:FOR]->(i)"
    await hub.driver.execute_query(token, id=HOME)
    return made


SEATS = """query ($id: ID!) { classSeats(trainingClass: $id) { seats taken free waiting waitingParties
  shares { institutionId quota taken waiting } } }"""


class Desk:
    """Mutations by their names."""

    def __init__(self, hub: Hub) -> None:
        self.hub, self.number = hub, 0
        # the tests of this module share a store, which keeps their request keys
        self.id = ULID()

    async def do(self, name: str, by: str | Viewer, answer: str = "", /, **given: Any) -> Any:
        """What the mutation answers: the deed, or a fact."""
        self.number += 1
        title = name[0].upper() + name[1:]
        dry_run = given.pop("dry_run", False)
        text = f"""mutation ($input: {title}Input!, $dry: Boolean!) {{
          {name}(requestKey: "{self.id} {self.number}", input: $input, dryRun: $dry) {{ {FACT} {answer} }} }}"""
        viewer = by if isinstance(by, Viewer) else await self.hub.viewer(by)
        answered = await self.hub.ask(text, viewer, input=given, dry=dry_run)
        assert isinstance(answered, dict), answered
        return answered[name]


ADMIN, HOME_ADMIN, APPROVER = (
    f"cd-person-{each}" for each in ("admin-organiser", "admin-home", "approver")
)
NEW = {
    "name": "数据管理培训班",
    "seats": 2,
    "startsOn": "2027-03-01",
    "endsOn": "2027-03-02",
    "organiser": ORGANISER,
    "allotments": [{"id": HOME, "quota": 2, "priority": 3}],
    "sessions": [
        {
            "startsAt": "2027-03-01T09:00:00+08:00",
            "endsAt": "2027-03-01T11:00:00+08:00",
            "teacher": "李冰",
        }
    ],
}


@pytest.mark.usefixtures("network")
async def test_a_class_from_draft_to_certificates(hub: Hub) -> None:
    desk = Desk(hub)
    fields = "... on ClassCreated { trainingClass { id version state sessions { teacher startsAt } allotments { edges { quota priority } } } }"
    dry = await desk.do("createClass", ADMIN, fields, dry_run=True, **NEW)
    assert dry == {"trainingClass": None}
    made = (await desk.do("createClass", ADMIN, fields, **NEW))["trainingClass"]
    assert made["allotments"]["edges"] == [{"quota": 2, "priority": 3}]
    assert made["sessions"] == [{"teacher": "李冰", "startsAt": "2027-03-01T01:00:00.000Z"}]
    id_ = made["id"]
    denied = await desk.do("publishClass", HOME_ADMIN, id=id_)
    assert "institution_admin" in denied["messageEn"]
    published = await desk.do(
        "publishClass", ADMIN, "... on ClassPublished { trainingClass { state } }", id=id_
    )
    assert published == {"trainingClass": {"state": "OPEN"}}

    group = (
        "... on GroupRegistered { state registrations { id state person { name } home { id } } }"
    )
    first = await desk.do(
        "registerGroup", "cd-token-home", group, trainingClass=id_, home=HOME,
        people=["cd-person-p0", "cd-person-p1"],
    )  # fmt: skip
    assert first["state"] == "CONFIRMED"
    assert [each["person"]["name"] for each in first["registrations"]] == ["p0", "p1"]
    one = "... on PersonRegistered { registration { id state rank } }"
    own = (
        await desk.do(
            "register", "cd-person-p2", one, trainingClass=id_, home=HOME, person="cd-person-p2"
        )
    )["registration"]
    assert own["state"] == "SUBMITTED"
    twice = await desk.do(
        "register", "cd-person-p2", one, trainingClass=id_, home=HOME, person="cd-person-p2"
    )
    assert "registered for this class already" in twice["messageEn"]
    approved = await desk.do(
        "approveRegistration",
        APPROVER,
        "... on RegistrationApproved { registration { state } }",
        id=own["id"],
    )
    assert approved == {"registration": {"state": "WAITLISTED"}}
    waits = "query ($id: ID!) { waitingPosition(registration: $id) { position peopleAhead together reason sentenceEn } }"
    place = await hub.ask(waits, await hub.viewer("cd-person-p2"), id=own["id"])
    assert place["waitingPosition"] == {
        "position": 1, "peopleAhead": 0, "together": 1, "reason": "NO_SEAT",
        "sentenceEn": "All seats of the class are taken",
    }  # fmt: skip
    assert await hub.ask(waits, ANONYMOUS, id=own["id"]) == {"waitingPosition": None}
    counts = {"seats": 2, "taken": 2, "free": 0, "waiting": 1, "waitingParties": 1}
    share = {"institutionId": HOME, "quota": 2, "taken": 2, "waiting": 1}
    for who, shares in ((ADMIN, [share]), ("cd-person-p2", [share]), (None, [])):
        viewer = await hub.viewer(who) if who else ANONYMOUS
        told = (await hub.ask(SEATS, viewer, id=id_))["classSeats"]
        assert told == counts | {"shares": shares}
    leaving = first["registrations"][0]["id"]
    written = await desk.do(
        "cancelRegistration", "cd-person-p0", "... on RegistrationCancelled { version }", id=leaving
    )
    assert written == {"version": 2}
    seen = "{ registration(id: $id) { state trainingClass { name } } }"
    own_state = await hub.ask(
        f"query ($id: ID!) {seen}", await hub.viewer("cd-person-p2"), id=own["id"]
    )
    assert own_state["registration"] == {
        "state": "CONFIRMED",
        "trainingClass": {"name": NEW["name"]},
    }

    for move in ("closeClass", "holdClass"):
        assert await desk.do(move, ADMIN, id=id_) == {}
    here, absent = own["id"], first["registrations"][1]["id"]
    assert (
        await desk.do("markAttendance", ADMIN, trainingClass=id_, attended=[here], absent=[absent])
        == {}
    )
    assert await desk.do("certifyClass", ADMIN, id=id_) == {}
    read = "query ($id: ID!) { registration(id: $id) { state certificates { nodes { id number version issuer { id } } } } }"
    found = (await hub.ask(read, await hub.viewer("cd-person-p2"), id=here))["registration"]
    (certificate,) = found["certificates"]["nodes"]
    assert (found["state"], certificate["issuer"]["id"]) == ("CERTIFIED", ORGANISER)
    revoked = await desk.do(
        "revokeCertificate",
        ADMIN,
        "... on CertificateRevoked { certificate { revokedOn } }",
        id=certificate["id"],
        reason="冒名",
    )
    assert revoked == {"certificate": {"revokedOn": "2026-11-25"}}


@pytest.mark.usefixtures("network")
async def test_a_dry_run_tells_the_state_that_a_registration_would_have(hub: Hub) -> None:
    desk = Desk(hub)
    new = NEW | {"startsOn": "2027-08-01", "endsOn": None, "seats": 1, "sessions": []}
    class_ = (await desk.do("createClass", ADMIN, "... on ClassCreated { id }", **new))["id"]
    await desk.do("publishClass", ADMIN, id=class_)
    answer = "... on PersonRegistered { state registration { state } }"
    for who, state in (("cd-token-home", "CONFIRMED"), ("cd-person-p2", "SUBMITTED")):
        wish = {"trainingClass": class_, "home": HOME, "person": "cd-person-p2"}
        tried = await desk.do("register", who, answer, dry_run=True, **wish)
        assert tried == {"state": state, "registration": None}
    wish = {"trainingClass": class_, "home": HOME, "person": "cd-person-p3"}
    done = await desk.do("register", "cd-token-home", answer, **wish)
    assert done == {"state": "CONFIRMED", "registration": {"state": "CONFIRMED"}}
    wish = {"trainingClass": class_, "home": HOME, "person": "cd-person-p2"}
    tried = await desk.do("register", "cd-token-home", answer, dry_run=True, **wish)
    assert tried == {"state": "WAITLISTED", "registration": None}


@pytest.mark.usefixtures("network")
async def test_registrations_are_seen_at_home_by_the_organiser_and_by_the_person_alone(
    hub: Hub,
) -> None:
    desk = Desk(hub)
    made = await desk.do(
        "createClass",
        ADMIN,
        "... on ClassCreated { id }",
        **NEW | {"startsOn": "2027-05-01", "endsOn": None, "sessions": []},
    )
    await desk.do("publishClass", ADMIN, id=made["id"])
    done = await desk.do(
        "register",
        "cd-token-home",
        "... on PersonRegistered { id }",
        trainingClass=made["id"],
        home=HOME,
        person="cd-person-p3",
    )
    read = "query ($id: ID!) { registration(id: $id) { id } }"
    for who, sees in ((ADMIN, True), (HOME_ADMIN, True), ("cd-person-p3", True)):
        found = await hub.ask(read, await hub.viewer(who), id=done["id"])
        assert bool(found["registration"]) == sees
    assert (await hub.ask(read, ANONYMOUS, id=done["id"])) == {"registration": None}
    everybody = "query ($id: ID!) { trainingClass(id: $id) { name registrations { totalCount } } }"
    assert await hub.ask(everybody, ANONYMOUS, id=made["id"]) == {
        "trainingClass": {"name": NEW["name"], "registrations": {"totalCount": 0}}
    }
    nothing = {"classSeats": None}
    assert await hub.ask(SEATS, ANONYMOUS, id="cd-training_class-NONE") == nothing
    hide = "MATCH (c:TrainingClass {id: $id}) SET c.visibility = 'institution'"
    await hub.driver.execute_query(hide, id=made["id"])
    assert await hub.ask(SEATS, ANONYMOUS, id=made["id"]) == nothing
    seen = (await hub.ask(SEATS, await hub.viewer(ADMIN), id=made["id"]))["classSeats"]
    assert (seen["free"], seen["taken"]) == (1, 1)
