"""Work of flows that a crash may cut anywhere: laid out, done, and looked at without ids and times."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.advance_exchanges import advance_exchanges
from flows.close_classes import close_classes
from flows.desk import Desk, Running, under_way
from flows.engine import HubFlow
from flows.issue_certificates import issue_certificates
from graph_store.commands.records import Create
from graph_store.commands.rows import tie
from graph_store.commands.seats import rank_text, seat_text
from graph_store.commands.webhooks import CREATE_WEBHOOK
from tests.flows.running.telling import NUMBERS, new_institution, new_person, tell_person

LONG_AGO = "2026-01-01T00:00:00.000Z"
RECORD = "version: 1, visibility: 'institution', synthetic: false, createdAt: $at, updatedAt: $at"
NOTICES = """MATCH (p:Person {id: $id})<-[:TELLS]-(n:Notice)
RETURN n.kind AS kind, count(*) AS times ORDER BY kind"""


@dataclass(frozen=True, slots=True)
class Around:
    """What is outside the hub: a mail server's port, a program's address."""

    smtp_port: int
    url: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """`lay_out` gives the name of what it made; `flow`: what the clock would run, None: the outbox alone; `state` by that name."""

    lay_out: Callable[[Desk, Around], Awaitable[str]]
    flow: HubFlow | None
    state: Callable[[Desk, str], Awaitable[Any]]


async def rows(desk: Desk, statement: str, **parameters: Any) -> list[Any]:
    """Rows of a statement."""
    found = await desk.outbox.driver.execute_query(
        statement, parameters, database_=desk.outbox.database
    )
    return [record.data() for record in found.records]


async def run_by_the_clock(flow: HubFlow, name: str) -> None:
    """The flow's body, as its worker runs it."""
    with under_way(Running(flow.name.replace("-", "_"), f"{name} {next(NUMBERS)}")):
        await flow.fn()


async def tell_somebody(desk: Desk, around: Around) -> str:
    """A notice for a person with e-mail, about a class whose organiser has a webhook."""
    organiser = await new_institution(desk)
    url = Create(
        {"name": "门户", "url": around.url}, {"institution": (tie("institution", organiser),)}
    )
    await desk.do(CREATE_WEBHOOK, f"webhook {organiser}", url)
    (made,) = await rows(
        desk,
        f"MATCH (i:Institution {{id: $i}}) CREATE (c:TrainingClass:Record {{id: 'cd-training_class-' + randomUUID(), {RECORD}}})"
        "-[:RUN_BY]->(i) RETURN c.id AS id",
        i=organiser,
        at=LONG_AGO,
    )
    address = f"n{next(NUMBERS)}.{organiser.lower()}@sichuan.example"
    await tell_person(desk, await new_person(desk, email=address), made["id"])
    return address


async def delivered(desk: Desk, address: str) -> Any:
    """How the notice went out; a letter may be doubtful where somebody died after sending it."""
    found = await rows(
        desk,
        "MATCH (p:Person {email: $address})<-[:TELLS]-(n:Notice)<-[:DELIVERS]-(d:Delivery)"
        " RETURN d.channel AS channel, d.state AS state ORDER BY channel",
        address=address,
    )
    return [[each["channel"], each["state"]] for each in found]


async def accept_an_exchange(desk: Desk, _around: Around) -> str:
    """An exchange that both sides approved, whose first day has come."""
    ends = {"home": await new_institution(desk), "host": await new_institution(desk)}
    person = await new_person(desk)
    await rows(
        desk,
        "MATCH (p:Person {id: $p}), (a:Institution {id: $home}), (b:Institution {id: $host})"
        f" CREATE (x:CadreExchange:Record {{id: 'cd-cadre_exchange-' + randomUUID(), name: '挂职', state: 'accepted', {RECORD},"
        " since: $since, until: '2099-12-31'})"
        f" CREATE (o:Post:Record {{id: 'cd-post-' + randomUUID(), name: '科普部', {RECORD}, vacancies: 1}})"
        " CREATE (x)-[:EXCHANGES]->(p), (x)-[:SENT_BY]->(a), (x)-[:RECEIVED_BY]->(b), (x)-[:TO_POST]->(o), (o)-[:OFFERED_BY]->(b)",
        p=person,
        since=desk.today,
        at=LONG_AGO,
        **ends,
    )
    return person


async def on_exchange(desk: Desk, person: str) -> Any:
    """Where the exchange stands, where the person works, what they were told."""
    found = await rows(
        desk,
        "MATCH (p:Person {id: $id})<-[:EXCHANGES]-(x) OPTIONAL MATCH (p)-[a:AFFILIATED_WITH]->()"
        " RETURN x.state AS state, collect(a.role) AS roles, x.version AS version",
        id=person,
    )
    return [found, await rows(desk, NOTICES, id=person)]


async def approve_three(desk: Desk, _around: Around) -> str:
    """An open class of two seats whose time has come, given at close; three are approved, in the order 0, 1, 2."""
    at = await new_institution(desk)
    (made,) = await rows(
        desk,
        f"MATCH (i:Institution {{id: $i}}) CREATE (c:TrainingClass:Record {{id: 'cd-training_class-' + randomUUID(), {RECORD},"
        " name: '培训', state: 'open', seats: 2, allocation: 'at_close', registrationClosesAt: $at})-[:RUN_BY]->(i) RETURN c.id AS id",
        i=at,
        at=LONG_AGO,
    )
    for number in range(3):
        await _register(desk, made["id"], at, "approved", number)
    return str(made["id"])


async def hold_a_class(desk: Desk, _around: Around) -> str:
    """A certified class of which two attended and have no certificate yet."""
    at = await new_institution(desk)
    (made,) = await rows(
        desk,
        f"MATCH (i:Institution {{id: $i}}) CREATE (c:TrainingClass:Record {{id: 'cd-training_class-' + randomUUID(), {RECORD},"
        " name: '培训', state: 'certified', seats: 2, allocation: 'at_approval', registrationClosesAt: $at, endsOn: '2026-02-01'})"
        "-[:RUN_BY]->(i) RETURN c.id AS id",
        i=at,
        at=LONG_AGO,
    )
    for number in range(2):
        await _register(desk, made["id"], at, "attended", number)
    return str(made["id"])


async def _register(desk: Desk, class_: str, at: str, state: str, number: int) -> None:
    party, approved_at = f"party-{number}-of-{class_}", f"2025-12-0{number + 1}T00:00:00.000Z"
    rank = rank_text(class_, 0, approved_at, party, at) if state == "approved" else None
    seat = seat_text(class_, at) if state == "attended" else None
    await rows(
        desk,
        "MATCH (p:Person {id: $p}), (c:TrainingClass {id: $c}), (i:Institution {id: $i})"
        f" CREATE (r:Registration:Record {{id: 'cd-registration-' + randomUUID(), name: '报名', {RECORD}, state: $state,"
        " party: $party, partySize: 1, priority: 0, approvedAt: $approved, number: $number})"
        " SET r.rank = $rank, r.seat = $seat"
        " CREATE (r)-[:REGISTERS]->(p), (r)-[:FOR_CLASS]->(c), (r)-[:REGISTERED_BY]->(i), (r)-[:REGISTERED_WITH]->(i)",
        p=await new_person(desk),
        c=class_,
        i=at,
        at=LONG_AGO,
        state=state,
        party=party,
        approved=approved_at,
        rank=rank,
        seat=seat,
        number=number,
    )


async def of_class(desk: Desk, class_: str) -> Any:
    """Where the class and its registrations stand, what its people were told, how many certificates there are."""
    return await rows(
        desk,
        "MATCH (c:TrainingClass {id: $id})<-[:FOR_CLASS]-(r)-[:REGISTERS]->(p) RETURN c.state AS class, r.number AS number,"
        " r.state AS state, r.rank IS NULL AS waitsNot, COUNT { (p)<-[:TELLS]-() } AS told, COUNT { (r)<-[:ISSUED_FOR]-() } AS certificates"
        " ORDER BY number",
        id=class_,
    )


SCENARIOS: Mapping[str, Scenario] = {
    "deliver": Scenario(tell_somebody, None, delivered),
    "advance": Scenario(accept_an_exchange, advance_exchanges, on_exchange),
    "allocate": Scenario(approve_three, close_classes, of_class),
    "certify": Scenario(hold_a_class, issue_certificates, of_class),
}
