"""The books after a run: what the graph holds, beside what the clients were told."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from neo4j import AsyncDriver

from bench.registrations.clients import Told
from bench.registrations.ground import DATABASE, SEATS, Course

ROWS = """\
MATCH (r:Registration)-[:FOR_CLASS]->(:TrainingClass {id: $id}) MATCH (r)-[:REGISTERED_BY]->(h) MATCH (r)-[:REGISTERS]->(p)
RETURN {state: r.state, party: r.party, home: h.id, person: p.id, priority: r.priority, at: r.approvedAt, rank: r.rank} AS row"""


async def rows(driver: AsyncDriver, course: Course) -> list[dict[str, Any]]:
    """All registrations of the class."""
    found = await driver.execute_query(ROWS, id=course.id, database_=DATABASE)
    return [record["row"] for record in found.records]


def told_of(course: Course, told: Told, found: list[dict[str, Any]]) -> dict[str, int]:
    """The figures that must be what they must be."""
    states = Counter(row["state"] for row in found)
    people = Counter(row["person"] for row in found if row["state"] != "cancelled")
    asked = [party for party in course.parties if party.number in told.states]
    missing = {person for party in asked for person in party.people} - people.keys()
    unanswered = len(course.parties) - len(asked)
    parties = _parties(found)
    taken = Counter(row["home"] for row in found if row["state"] == "confirmed")
    breaches = sum(max(0, taken[home] - quota) for home, quota in course.quotas.items())
    return {
        "confirmed": states["confirmed"],
        "waitlisted": states["waitlisted"],
        "lost": len(missing) + unanswered + _contradicted(course, told, found),
        "doubled": sum(number - 1 for number in people.values()),
        "splitGroups": sum(len({row["state"] for row in each}) > 1 for each in parties.values()),
        "quotaBreaches": breaches + max(0, states["confirmed"] - SEATS),
        "misordered": _misordered(course, found, taken),
    }


def _contradicted(course: Course, told: Told, found: list[dict[str, Any]]) -> int:
    """Parties who were told another state than the graph holds; nobody cancels, so none changes."""
    state_of = {row["person"]: row["state"] for row in found}
    return sum(
        str(state_of.get(party.people[0], "")).upper() != told.states.get(party.number, "")
        for party in course.parties
        if party.number in told.states and party.people[0] in state_of
    )


def _misordered(course: Course, found: list[dict[str, Any]], taken: Counter[str]) -> int:
    """Places on the list that are not by priority, approval time and id; and parties that wait and would fit."""
    waiting = [each[0] for each in _parties(found).values() if each[0]["state"] == "waitlisted"]
    sizes: dict[str, int] = {party: len(each) for party, each in _parties(found).items()}
    by_rank = sorted(waiting, key=lambda row: row["rank"])
    by_rule = sorted(waiting, key=lambda row: (-row["priority"], row["at"], row["party"]))
    wrong: int = sum(
        one["party"] != other["party"] for one, other in zip(by_rank, by_rule, strict=True)
    )
    left = SEATS - taken.total()
    fitting: int = sum(
        bool(sizes[row["party"]] <= min(left, course.quotas[row["home"]] - taken[row["home"]]))
        for row in waiting
    )
    return wrong + fitting


def _parties(found: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    parties: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        if row["state"] != "cancelled":
            parties[row["party"]].append(row)
    return parties
