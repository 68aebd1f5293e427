"""Who the provider's subjects are in the graph: `(:Identity {issuer, subject, agency})-[:IDENTIFIES]->(:Person)`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from neo4j import AsyncDriver, RoutingControl

from demo import graph
from demo.sample_people import Sample, samples
from demo.sign_on.agencies import Named
from demo.world import build

_NAMES = (
    """MATCH (p:Person) WHERE p.id IN $ids RETURN p.id AS id, p.name AS name, p.nameEn AS nameEn"""
)

# the provider may stand at another port than last time, and a subject may have come before its person was loaded
_FORGET = """UNWIND $rows AS row MATCH (i:Identity {subject: row.subject, agency: row.agency}) WHERE i.issuer <> row.issuer
DETACH DELETE i"""
_LINK = """UNWIND $rows AS row MATCH (p:Person {id: row.person})
MERGE (i:Identity {issuer: row.issuer, subject: row.subject}) SET i.agency = row.agency
WITH i, p
CALL (i, p) { MATCH (i)-[of:IDENTIFIES]->(other:Person) WHERE other <> p DELETE of }
MERGE (i)-[:IDENTIFIES]->(p)"""


async def samples_in(driver: AsyncDriver, database: str) -> list[Sample]:
    """The sample people of the demonstration in the graph; none where there is no whole one."""
    marker = await graph.marker(driver, database)
    if marker is None or not marker.finished:
        return []
    return list(samples(build(marker.scale, marker.seed)).values())


async def names_in(
    driver: AsyncDriver, database: str, people: Iterable[Sample]
) -> dict[str, Named]:
    """What those of them are called that the graph has, by id."""
    found = await driver.execute_query(
        _NAMES,
        ids=[each.id for each in people],
        database_=database,
        routing_=RoutingControl.READ,
    )
    return {row["id"]: Named(row["name"], row["nameEn"] or row["name"]) for row in found.records}


async def link(
    driver: AsyncDriver, database: str, people: Iterable[Sample], issuers: Mapping[str, str]
) -> None:
    """Have the issuers' subjects be the sample people, by agency; as often as one likes."""
    rows = [
        {
            "issuer": issuers[each.side.key],
            "agency": each.side.key,
            "subject": each.subject,
            "person": each.id,
        }
        for each in people
        if each.side.key in issuers
    ]
    for statement in (_FORGET, _LINK):
        await driver.execute_query(statement, rows=rows, database_=database)
