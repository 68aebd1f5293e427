"""Work of flows that a crash may cut anywhere: laid out, done, and looked at without ids and times."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import orjson

from flows.advance_exchanges import advance_exchanges
from flows.allocate_seats import allocate_seats
from flows.close_classes import close_classes
from flows.desk import Desk, Running, at_desk, under_way
from flows.engine import HubFlow
from flows.escalate_overdue_tasks import escalate_overdue_tasks
from flows.forget_request_keys import forget_request_keys
from flows.issue_certificates import issue_certificates
from flows.promote_waiting_lists import promote_waiting_lists
from flows.reconcile import reconcile
from flows.remind import remind
from flows.settle_registrations import settle_registrations
from flows.sources.batches import Purpose
from flows.sources.imports import import_file, look_through
from flows.sources.reports import report_at
from flows.sources.shelf import Shelf
from graph_store.commands.actors import Actor
from graph_store.commands.exchange_plans import PROPOSE_EXCHANGES, Asking
from graph_store.commands.import_runs import RETRY_IMPORT, Retry
from graph_store.commands.records import Create
from graph_store.commands.rows import instant_text, tie
from graph_store.commands.seats import rank_text, seat_text
from graph_store.commands.webhooks import CREATE_WEBHOOK
from graph_store.identifiers import ROR
from graph_store.local_server.progress import silent
from tests.flows.running.telling import NUMBERS, new_institution, new_person, tell_person
from tests.graph import write
from tests.matching.network import Matchmaking

FAR = "2099-01-01T00:00:00.000Z"
PLATFORM = Actor("cd-person-platform", "cd-person-platform")
LONG_AGO = "2026-01-01T00:00:00.000Z"
RECORD = "version: 1, visibility: 'institution', synthetic: false, createdAt: $at, updatedAt: $at"
NOTICES = """MATCH (p:Person {id: $id})<-[:TELLS]-(n:Notice)
RETURN n.kind AS kind, count(*) AS times ORDER BY kind"""


@dataclass(frozen=True, slots=True)
class Around:
    """What is outside the hub: a mail server's port, a program's address."""

    smtp_port: int
    url: str


LayOut = Callable[[Desk, Around], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """`lay_out` gives the name of what it made; `flow`: what the clock would run, None: the outbox alone; `state` by that name.

    `by_the_clock_alone`: what a crash left is made good by the flow's own next run, not by `reconcile`.
    """

    lay_out: LayOut
    flow: HubFlow | None
    state: Callable[[Desk, str], Awaitable[Any]]
    by_the_clock_alone: bool = False


async def rows(desk: Desk, statement: str, **parameters: Any) -> list[Any]:
    """Rows of a statement."""
    found = await desk.outbox.driver.execute_query(
        statement, parameters, database_=desk.outbox.database
    )
    return [record.data() for record in found.records]


async def run_by_the_clock(flow: HubFlow, name: str) -> None:
    """The flow's body, as its worker runs it."""
    with under_way(Running(flow.name.replace("-", "_"), f"{name} by {at_desk().worker}")):
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


def a_class(state: str, allocation: str, *states: str, **values: Any) -> LayOut:
    """A class of two seats with registrations in these states, numbered from 0 in the order of their approval."""

    async def lay_out(desk: Desk, _around: Around) -> str:
        at = await new_institution(desk)
        given = {"name": "培训", "state": state, "allocation": allocation, "seats": 2}
        given |= {"registrationClosesAt": LONG_AGO, **values}
        (made,) = await rows(
            desk,
            f"MATCH (i:Institution {{id: $i}}) CREATE (c:TrainingClass:Record {{id: 'cd-training_class-' + randomUUID(), {RECORD}}})"
            "-[:RUN_BY]->(i) SET c += $given RETURN c.id AS id",
            i=at,
            at=LONG_AGO,
            given=given,
        )
        for number, each in enumerate(states):
            await _register(desk, made["id"], at, each, number)
        return str(made["id"])

    return lay_out


async def _register(desk: Desk, class_: str, at: str, state: str, number: int) -> None:
    party, approved_at = f"party-{number}-of-{class_}", f"2025-12-0{number + 1}T00:00:00.000Z"
    waits, sits = state in {"approved", "waitlisted"}, state in {"confirmed", "attended"}
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
        rank=rank_text(class_, 0, approved_at, party, at) if waits else None,
        seat=seat_text(class_, at) if sits else None,
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


def a_task(due_in: timedelta) -> LayOut:
    """A decision that an approver owes, with an administrator who could be asked; its name is its id."""

    async def lay_out(desk: Desk, around: Around) -> str:
        class_ = await a_class("open", "at_approval", "submitted", registrationClosesAt=FAR)(
            desk, around
        )
        due_at = instant_text(desk.now + due_in)
        (made,) = await rows(
            desk,
            "MATCH (i:Institution)<-[:REGISTERED_BY]-(r:Registration)-[:FOR_CLASS]->({id: $class})"
            f" CREATE (t:Task:Record {{id: 'cd-task-' + randomUUID(), name: '审批', {RECORD}, state: 'open', move: 'approve',"
            " role: 'approver', priority: 0, dueAt: $due, place: i.id + $place})"
            " CREATE (t)-[:OWED_BY]->(i), (t)-[:ABOUT_RECORD]->(r) RETURN t.id AS id, i.id AS at",
            **{"class": class_, "at": LONG_AGO, "due": due_at, "place": f" 9 {due_at}"},
        )
        for role in ("approver", "institution_admin"):
            await rows(
                desk,
                "MATCH (p:Person {id: $p}), (i:Institution {id: $i}) CREATE (p)-[:HOLDS {role: $role}]->(i)",
                p=await new_person(desk),
                i=made["at"],
                role=role,
            )
        return str(made["id"])

    return lay_out


async def of_task(desk: Desk, task: str) -> Any:
    """How far it was passed on, whether anybody was reminded, what each role and whom it is about was told."""
    return await rows(
        desk,
        "MATCH (t:Task {id: $id})-[:OWED_BY]->(i) OPTIONAL MATCH (i)<-[h:HOLDS]-(:Person)<-[:TELLS]-(n:Notice)"
        " WITH t, h.role AS role, n.kind AS kind, count(n) AS times ORDER BY role, kind"
        " RETURN t.escalations AS escalations, t.remindedAt IS NOT NULL AS isReminded, t.version AS version,"
        " collect([role, kind, times]) AS told,"
        " COUNT { (t)-[:ABOUT_RECORD]->()-[:REGISTERS]->()<-[:TELLS]-() } AS toldOfIt",
        id=task,
    )


async def ask_for_a_plan(desk: Desk, _around: Around) -> str:
    """A plan that the platform's administrator asked for; the flow looks at the real day, so people are willing for years."""
    if not await rows(desk, "MATCH (p:Person {id: $id}) RETURN 1", id=PLATFORM.id):
        network = Matchmaking().lay_out()
        for wish in network.graph.records["ExchangeWish"]:
            wish["until"] = "2030-12-01"
        await write(desk.outbox.driver, network.graph)
    asking = Asking("cd-institution-sc", asker=PLATFORM.id)
    key = f"ask {next(NUMBERS)} {desk.worker}"
    outcome = (await desk.lane.do(PROPOSE_EXCHANGES.by(PLATFORM, key, asking))).outcome
    return str(outcome.id)


async def of_plan(desk: Desk, plan: str) -> Any:
    """What the plan says, and how often its asker was told."""
    return await rows(
        desk,
        "MATCH (p:ExchangePlan {id: $id}) RETURN p.state AS state, p.proof AS proof, p.evenness AS evenness, p.proposed AS proposed,"
        " COUNT { (p)<-[:PROPOSED_IN]-(:ProposedExchange {state: 'open'}) } AS open, COUNT { MATCH (n:Notice) WHERE n.about = p.id } AS told",
        id=plan,
    )


async def import_of(
    desk: Desk,
    path: Path,
    shelf: Shelf | Literal["the desk's"] | None = "the desk's",
    **how: Any,
) -> str:
    """The id of the import of a file, as `bashu import` does it on the desk's machine; empty for a dry run."""
    kind, mapping = how.get("kind", "ror"), how.get("mapping")
    shelf = desk.shelf if shelf == "the desk's" else shelf
    dry_run = how.get("dry_run", False)
    purpose = Purpose("cd", "tester", f"import {kind}", desk.clock, dry_run, shelf=shelf)
    with report_at(path.parent / "report.csv") as report:
        readable = look_through(kind, path, mapping)
        await import_file(readable, desk.imports, purpose, report, silent)
    found = await rows(
        desk, "MATCH (i:Import {state: 'finished'}) RETURN i.id AS id ORDER BY i.id DESC LIMIT 1"
    )
    return "" if dry_run else str(found[0]["id"])


async def ask_for_a_retry(desk: Desk, _around: Around) -> str:
    """An import with a row that was torn, one without sense and a link that led nowhere; both are mended, and it is to be tried again."""
    number = next(NUMBERS) + 32 * (os.getpid() % 32)
    torn, child, parent = (
        f"https://ror.org/{ROR.complete(f'0{each}{number // 32 % 32:02d}{number % 32:02d}0')}"
        for each in "123"
    )
    kinds = {"types": ["Facility"], "status": "active"}
    told = [
        {"id": torn, "name": torn, **kinds},
        {"id": child, "name": child, **kinds, "relationships": [{"type": "Parent", "id": parent}]},
    ]
    key = torn.rpartition("/")[2]
    await rows(
        desk,
        "UNWIND [{originKey: 'ror:' + $key}, {ror: $key}] AS given"
        f" CREATE (i:Institution:Record {{id: 'cd-institution-' + randomUUID(), name: '机构', aliases: [], {RECORD}}}) SET i += given",
        key=key,
        at=LONG_AGO,
    )
    with TemporaryDirectory() as folder:
        path = Path(folder, "ror.jsonl")
        path.write_text("".join(orjson.dumps(each).decode() + "\n" for each in told) + "x\n")
        former = await import_of(desk, path)
        path.write_bytes(orjson.dumps({"id": parent, "name": parent, **kinds}) + b"\n")
        await import_of(desk, path)
    await rows(
        desk,
        "MATCH (i:Institution) WHERE i.originKey = 'ror:' + $key REMOVE i.originKey",
        key=key,
    )
    again = await desk.do(RETRY_IMPORT, f"retry {former}", Retry(former))
    return str(again.id)


async def of_retry(desk: Desk, id_: str) -> Any:
    """What the import says; what was in before a crash is unchanged after it, so that what was taken is one number."""
    return await rows(
        desk,
        "MATCH (i:Import {id: $id})-[:RETRIES]->(f:Import) OPTIONAL MATCH (i)-[:READ_FROM]->(s) RETURN i.state AS state, i.read AS read,"
        " i.new + i.changed + i.unchanged AS taken, i.rejected AS rejected, count(s) AS sources, f.rejected AS before,"
        " COUNT { MATCH (r:ImportRow {run: i.id}) WHERE r.fate <> 'companion' } AS lines,"
        " COUNT { MATCH (r:ImportRow {run: f.id}) MATCH (:Institution {id: r.recordId})-[:PART_OF]->() } AS linked",
        id=id_,
    )


async def keep_old_keys(desk: Desk, _around: Around) -> str:
    """Answers and rows of the outbox of years ago."""
    name = f"old {next(NUMBERS)} of {desk.worker}"
    await rows(
        desk,
        "UNWIND range(1, 3) AS n CREATE (:Request {id: $name + ' ' + n, digest: '', answer: '', at: $at})"
        " CREATE (:Outbox {id: $name + ' ' + n, doneAt: $at})",
        name=name,
        at="2020-01-01T00:00:00.000Z",
    )
    return name


async def of_keys(desk: Desk, name: str) -> Any:
    """What is left of them."""
    return await rows(
        desk, "MATCH (n:Request|Outbox) WHERE n.id STARTS WITH $name RETURN n.id AS id", name=name
    )


SCENARIOS: Mapping[str, Scenario] = {
    "deliver_notices": Scenario(tell_somebody, None, delivered),
    "advance_exchanges": Scenario(accept_an_exchange, advance_exchanges, on_exchange),
    "close_classes": Scenario(
        a_class("open", "at_close", *["approved"] * 3), close_classes, of_class
    ),
    "allocate_seats": Scenario(
        a_class("closed", "at_close", *["approved"] * 3), allocate_seats, of_class
    ),
    "promote_waiting_lists": Scenario(
        a_class(
            "open",
            "at_approval",
            *["confirmed", "waitlisted", "waitlisted"],
            registrationClosesAt=FAR,
        ),
        promote_waiting_lists,
        of_class,
    ),
    "settle_registrations": Scenario(
        a_class("cancelled", "at_approval", "confirmed", "waitlisted", "submitted"),
        settle_registrations,
        of_class,
    ),
    "issue_certificates": Scenario(
        a_class("certified", "at_approval", *["attended"] * 2, endsOn="2026-02-01"),
        issue_certificates,
        of_class,
    ),
    "escalate_overdue_tasks": Scenario(a_task(-timedelta(days=1)), escalate_overdue_tasks, of_task),
    "remind": Scenario(a_task(timedelta(hours=12)), remind, of_task, by_the_clock_alone=True),
    "propose_exchanges": Scenario(ask_for_a_plan, None, of_plan),
    "retry_import": Scenario(ask_for_a_retry, None, of_retry),
    "forget_request_keys": Scenario(
        keep_old_keys, forget_request_keys, of_keys, by_the_clock_alone=True
    ),
    "reconcile": Scenario(a_class("open", "at_close", *["approved"] * 3), reconcile, of_class),
}
"""By the flow's name; `send_deliveries` is what `deliver_notices` leads to."""
