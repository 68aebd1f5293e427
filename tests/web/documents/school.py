"""An institution that holds classes, two that send people, and everybody's addresses: what the documents are made of."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import httpx2

from graph_store.commands.certificate_numbers import new_number
from tests.auth.whom import ADMIN, HOME, ZHANG, Base, Hub
from tests.network import STAMP, Network

SCHOOL, THIRD = "cd-institution-school", "cd-institution-third"
DEAN, STRANGER, LI, WANG, CHEN, ZHAO = (
    f"cd-person-{word}" for word in ("dean", "stranger", "li", "wang", "chen", "zhao")
)
CLASS, DRAFT, OFF, PLAIN, LATER, GROUPS = (
    f"cd-training_class-{word}" for word in ("digital", "draft", "off", "plain", "later", "groups")
)


def number_of(word: str) -> str:
    """A certificate's number that these signs make, again and again."""
    signs = cycle(word)
    return new_number(lambda _: next(signs))


VALID, REVOKED, FREE = map(number_of, ("7K3M9QXW", "0123A", "ZYX"))
"""Of two certificates, and of none."""
PHONES = {CHEN: "13700000000", ZHANG: "13812345678", LI: "138 1111 2222", WANG: "13900000000"}
ORCIDS = {ZHANG: "0000-0002-1825-0097", LI: "0000-0002-1694-233X", ZHAO: "0000-0001-5109-3700"}
NAMES = {ZHANG: "张三", LI: "李四", WANG: "王五", DEAN: "院长", CHEN: "陈六", ZHAO: "赵七"}


async def lay_out(base: Base) -> None:
    """Put it beside what `whom` has laid out."""
    network = Network()
    network.institution("school", name="四川省科技干部学院", nameEn="Sichuan Science Cadre School")
    network.institution("third", name="第三研究所")
    network.person("dean", "institution_admin", SCHOOL, name="院长")
    network.person("stranger", "member", THIRD)
    network.person("li", "member", HOME)
    network.person("wang", "member", THIRD)
    network.person("chen", "member", HOME)
    network.person("zhao", "member", HOME)
    await network.write(base.driver)
    people = [
        {"id": id_, "name": NAMES[id_], "phone": PHONES.get(id_), "orcid": ORCIDS.get(id_),
         "email": f"{id_.removeprefix('cd-person-')}@example.cn"}
        for id_ in NAMES
    ]  # fmt: skip
    await base.run("UNWIND $rows AS row MATCH (p:Person {id: row.id}) SET p += row", rows=people)
    identities = [[id_, id_] for id_ in (DEAN, STRANGER, LI, WANG)]
    await base.run(
        "UNWIND $rows AS row MATCH (p:Person {id: row[1]})"
        " CREATE (:Identity {issuer: $issuer, subject: row[0], agency: 'sichuan'})-[:IDENTIFIES]->(p)",
        rows=identities, issuer=base.issuer.address,
    )  # fmt: skip
    await _classes(base)
    await _registrations(base)
    await _certificates(base)


async def _classes(base: Base) -> None:
    usual = {"state": "open", "seats": 2, "allocation": "at_approval", "startsOn": "2027-03-01",
             "endsOn": "2027-03-02", "place": "成都"}  # fmt: skip
    closes = {"registrationClosesAt": "2027-02-01T00:00:00.000Z"}
    rows = [
        _record(CLASS, "数字化培训班", **usual, **closes, nameEn="Digital skills"),
        _record(DRAFT, "草拟班", **usual | {"state": "draft"}),
        _record(OFF, "取消班", **usual | {"state": "cancelled"}),
        _record(PLAIN, "无课次班", **usual, **closes),
        *(
            _record(id_, name, **usual | {"startsOn": day, "endsOn": day}, **closes)
            for id_, name, day in (
                (LATER, "六月班", "2027-06-01"),
                (GROUPS, "七月班", "2027-07-01"),
            )
        ),
    ]
    await base.run(
        "MATCH (i:Institution {id: $school}) UNWIND $rows AS row"
        " CREATE (c:TrainingClass:Record)-[:RUN_BY]->(i) SET c = row",
        rows=rows, school=SCHOOL,
    )  # fmt: skip
    sessions = [
        _record(f"cd-class_session-{day}", f"第{day}课", startsAt=f"2027-03-0{day}T01:00:00.000Z",
                endsAt=f"2027-03-0{day}T04:00:00.000Z", teacher="=1+1")
        for day in (1, 2)
    ]  # fmt: skip
    await base.run(
        "MATCH (c:TrainingClass {id: $class}) UNWIND $rows AS row"
        " CREATE (c)-[:HAS_SESSION]->(s:ClassSession:Record) SET s = row",
        rows=sessions, **{"class": CLASS},
    )  # fmt: skip


async def _registrations(base: Base) -> None:
    states = (
        ("zhang", ZHANG, HOME, "confirmed"),
        ("li", LI, HOME, "waitlisted"),
        ("wang", WANG, THIRD, "confirmed"),
        ("stranger", STRANGER, THIRD, "cancelled"),
    )
    rows = [
        {"record": _record(f"cd-registration-{word}", word, state=state, party=word, partySize=1,
                           submittedAt="2026-11-02T00:00:00.000Z", approvedAt="2026-11-03T00:00:00.000Z")
         | {"visibility": "institution"}, "person": person, "home": home}
        for word, person, home, state in states
    ]  # fmt: skip
    await base.run(
        "MATCH (c:TrainingClass {id: $class})-[:RUN_BY]->(i) UNWIND $rows AS row"
        " MATCH (p:Person {id: row.person}) MATCH (h:Institution {id: row.home})"
        " CREATE (r:Registration:Record) SET r = row.record CREATE (r)-[:REGISTERS]->(p)"
        " CREATE (r)-[:FOR_CLASS]->(c) CREATE (r)-[:REGISTERED_BY]->(h) CREATE (r)-[:REGISTERED_WITH]->(i)",
        rows=rows, **{"class": CLASS},
    )  # fmt: skip


async def _certificates(base: Base) -> None:
    for word, number, person, home, revoked in (
        ("valid", VALID, ZHANG, HOME, None),
        ("revoked", REVOKED, WANG, THIRD, "2027-05-01"),
    ):
        record = _record(f"cd-certificate-{word}", word, number=number, issuedOn="2027-03-10",
                         revokedOn=revoked, reason=revoked and "内部原因")  # fmt: skip
        await base.run(
            "MATCH (c:TrainingClass {id: $class})-[:RUN_BY]->(i) MATCH (p:Person {id: $person})"
            " MATCH (h:Institution {id: $home}) CREATE (n:Certificate:Record) SET n = $record"
            " CREATE (n)-[:CERTIFIES]->(p) CREATE (n)-[:HELD_AT]->(h)"
            " CREATE (n)-[:OF_CLASS]->(c) CREATE (n)-[:ISSUED_BY]->(i)",
            record=record | {"visibility": "institution"}, person=person, home=home, **{"class": CLASS},
        )  # fmt: skip


def _record(id_: str, name: str, **values: Any) -> dict[str, Any]:
    known = {"id": id_, "name": name, "visibility": "public", **values}
    return STAMP | {key: value for key, value in known.items() if value is not None}


async def got(hub: Hub, path: str, person: str | None = None, **headers: str) -> httpx2.Response:
    """What a person, or nobody, is given at an address."""
    sent = {"authorization": f"Bearer {hub.access_token(person)}"} if person else {}
    return await hub.client.get(path, headers=sent | headers)


def code(answer: httpx2.Response) -> tuple[int, str]:
    """Status and code of a refusal, which has both languages and is not kept."""
    (error,) = answer.json()["errors"]
    assert error["message"]
    assert error["extensions"]["messageZh"]
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, error["extensions"]["code"]


__all__ = ["ADMIN", "HOME", "ZHANG"]
