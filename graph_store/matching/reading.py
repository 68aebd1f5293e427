"""Reads the situation that a plan is to be made for: the plan, then wishes and posts, then clauses and ledger; four statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph_store.commands.exchange_readers import COUNTED, PRESENT, UNDER_WAY
from graph_store.matching.situation import (
    LEVELS,
    Balance,
    Grant,
    Period,
    Post,
    Served,
    Situation,
    Wish,
)
from graph_store.person_months import HUNDREDTHS, hundredths
from graph_store.reads import Run
from graph_store.rights_of import DEEPEST, holding

Row = Mapping[str, Any]

# submitted ones are planned by nobody yet; those that are under way or were are on the ledger
SERVED = ("accepted", "active", "completed", "recalled")

_DIVISIONS = "COLLECT { MATCH (%s)-[:LOCATED_IN]->(:Division)-[:PART_OF*0..4]->(d:Division) RETURN DISTINCT d.id }"


def _states(states: Iterable[str]) -> str:
    return "[" + ", ".join(f"'{each}'" for each in states) + "]"


PLAN = """\
// plan to be matched
RETURN COLLECT { MATCH (p:ExchangePlan {id: $id}) RETURN p {.*,
  scope: COLLECT { MATCH (p)-[:PLANNED_OVER]->(i:Institution) RETURN i.id },
  agreement: head(COLLECT { MATCH (p)-[:PLANNED_UNDER]->(a:Agreement) RETURN a.id })} } AS plans"""

PEOPLE = f"""\
// wishes to be matched
RETURN COLLECT {{ MATCH (w:ExchangeWish)-[:WISHED_FROM]->(home:Institution) WHERE w.status = 'open' AND w.until >= $day
    AND (size($scope) = 0 OR EXISTS {{ MATCH (home)-[:PART_OF*0..{DEEPEST}]->(s:Institution) WHERE s.id IN $scope }})
  MATCH (w)-[:WISHED_BY]->(p:Person) WHERE coalesce(p.endedOn, '9999') >= $day
  RETURN w {{.id, .since, .until, .months, .createdAt, person: p.id, name: p.name, home: [home.id, home.name],
    skills: COLLECT {{ MATCH (p)-[s:SKILLED_IN]->(t:Topic) RETURN [t.id, s.level] }},
    divisions: COLLECT {{ MATCH (w)-[:WISHED_IN]->(d:Division) RETURN d.id }},
    institutions: COLLECT {{ MATCH (w)-[:WISHED_AT]->(i:Institution) RETURN i.id }},
    busy: COLLECT {{ MATCH (p)<-[:EXCHANGES]-(x:CadreExchange) WHERE x.state IN {_states(UNDER_WAY)}
      RETURN [x.since, x.until] }} }} ORDER BY w.id }} AS wishes,
COLLECT {{ MATCH (q:Post)-[:OFFERED_BY]->(host:Institution) WHERE q.status = 'open' AND coalesce(q.until, '9999') >= $day
    AND NOT q.visibility IN ['institution', 'self']
  RETURN q {{.id, .name, .since, .until, .vacancies, host: [host.id, host.name, host.kind],
    requires: COLLECT {{ MATCH (q)-[r:REQUIRES]->(t:Topic) RETURN [t.id, t.name, r.level] }},
    taken: COLLECT {{ MATCH (q)<-[:TO_POST]-(x:CadreExchange) WHERE x.state IN {_states(PRESENT)}
      RETURN [x.since, x.until] }},
    divisions: {_DIVISIONS % "host"} }} ORDER BY q.id }} AS posts"""

GRANTS = f"""\
// clauses on exchange to be matched by
RETURN COLLECT {{ MATCH (a:Agreement)-[:GRANTS]->(c:Clause) WHERE c.kind = 'exchange_cadres' AND a.status = 'signed'
    AND a.effectiveOn IS NOT NULL AND coalesce(a.expiresOn, '9999') >= $day AND coalesce(c.expiresOn, '9999') >= $day
    AND ($agreement IS NULL OR a.id = $agreement)
  WITH a, c, COLLECT {{ MATCH (c)-[:BINDS]->(b:Institution) RETURN b.id }} AS named
  RETURN c {{.id, .quota, .per, .scopeKinds, .effectiveOn, .expiresOn, begins: a.effectiveOn, ends: a.expiresOn, named: named,
    divisions: COLLECT {{ MATCH (c)-[:WITHIN]->(d:Division) RETURN d.id }},
    parties: COLLECT {{ MATCH (a)<-[:PARTY_TO]-(party:Institution) RETURN [party.id, EXISTS {{
      MATCH (party)<-[of:PART_OF*0..{DEEPEST}]-(b:Institution) WHERE b.id IN named AND {holding("of")} }}] }},
    bodies: COLLECT {{ UNWIND $places AS id
      MATCH (b:Institution {{id: id}})-[up:PART_OF*0..{DEEPEST}]->(party:Institution)-[:PARTY_TO]->(a)
      WHERE {holding("up")} RETURN DISTINCT [party.id, b.id] }},
    used: COLLECT {{ MATCH (c)<-[:AUTHORISED_BY]-(x:CadreExchange)-[:SENT_FOR]->(own:Institution)
      WHERE x.state IN {_states(COUNTED)} RETURN [own.id, left(x.since, 4)] }} }} ORDER BY c.id }} AS clauses"""

LEDGER = f"""\
// ledger to be kept even
RETURN COLLECT {{ MATCH (home:Institution)<-[:SENT_BY]-(x:CadreExchange)-[:RECEIVED_BY]->(host:Institution)
  WHERE x.state IN {_states(SERVED)}
  RETURN [home.id, host.id, x.since, coalesce(x.endedOn, x.until)] ORDER BY x.id }} AS served"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a plan is made of: the situation, names of ids, how long the solver may take; `people` by wish."""

    situation: Situation
    names: Mapping[str, str]
    people: Mapping[str, str]
    limit_seconds: int


async def read_situation(run: Run, plan: str, today: date) -> Reading | None:
    """The situation of a plan that is being computed; None where there is none. Raises GraphStoreError."""
    (plans,) = await run(PLAN, {"id": plan})
    if not plans or plans[0]["state"] != "computing":
        return None
    asked, day = plans[0], today.isoformat()
    wishes, posts = await run(PEOPLE, {"day": day, "scope": asked["scope"]})
    places = sorted({each["home"][0] for each in wishes} | {each["host"][0] for each in posts})
    given = {"day": day, "agreement": asked["agreement"], "places": places}
    (clauses,) = await run(GRANTS, given)
    (served,) = await run(LEDGER, {})
    tomorrow = today + timedelta(days=1)  # it is submitted before its first day
    situation = Situation(
        since=max(tomorrow, _day(asked.get("since")) or tomorrow),
        wishes=tuple(_wish(each, posts) for each in wishes),
        posts=tuple(map(_post, posts)),
        grants=tuple(_grant(each, posts) for each in clauses),
        ledger=tuple(map(_served, served)),
        until=_day(asked.get("until")),
        balance=Balance(asked["balance"]),
    )
    people = {each["id"]: each["name"] for each in wishes}
    return Reading(situation, _names(wishes, posts), people, asked["limitSeconds"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _periods(rows: Iterable[tuple[str, str]]) -> tuple[Period, ...]:
    days = sorted((date.fromisoformat(since), date.fromisoformat(until)) for since, until in rows)
    return tuple(Period(*each) for each in days)


def _wish(row: Row, posts: Iterable[Row]) -> Wish:
    named, divisions = frozenset(row["institutions"]), frozenset(row["divisions"])
    lying = {each["host"][0] for each in posts if divisions & {*each["divisions"]}}
    return Wish(
        id=row["id"],
        person=row["person"],
        home=row["home"][0],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]),
        months=row["months"],
        asked_at=row["createdAt"],
        skills={topic: LEVELS.get(level, 1) for topic, level in row["skills"]},
        places=named | lying if named or divisions else None,
        named=named,
        busy=_periods(row["busy"]),
    )


def _post(row: Row) -> Post:
    return Post(
        id=row["id"],
        host=row["host"][0],
        vacancies=row["vacancies"],
        since=_day(row["since"]),
        until=_day(row["until"]),
        requires={topic: LEVELS.get(level, 1) for topic, _, level in row["requires"]},
        taken=_periods(row["taken"]),
    )


def _grant(row: Row, posts: Iterable[Row]) -> Grant:
    yearly, named = row["per"] == "year", {*row["named"]}
    limited = {party for party, is_named in row["parties"] if is_named}
    sides: dict[str, set[str]] = {party: set() for party, _ in row["parties"]}
    for party, body in row["bodies"]:
        if party not in limited or body in named:
            sides[party].add(body)
    ends = [each for each in (row["ends"], row["expiresOn"]) if each]
    used = Counter((party, int(year) if yearly else None) for party, year in row["used"])
    return Grant(
        id=row["id"],
        since=date.fromisoformat(max(row["begins"], row["effectiveOn"] or "")),
        until=_day(min(ends, default=None)),
        sides={party: frozenset(bodies) for party, bodies in sides.items()},
        quota=row["quota"],
        yearly=yearly,
        used=used,
        receivers=_receivers(row, posts),
    )


def _receivers(row: Row, posts: Iterable[Row]) -> frozenset[str] | None:
    """Hosts within the clause's kinds and divisions, where it names any."""
    kinds, divisions = {each.lower() for each in row["scopeKinds"] or ()}, {*row["divisions"]}
    if not kinds and not divisions:
        return None
    return frozenset(
        each["host"][0]
        for each in posts
        if (not kinds or kinds & {"institution", "post", each["host"][2]})
        and (not divisions or divisions & {*each["divisions"]})
    )


def _served(row: tuple[str, str, str, str]) -> Served:
    home, host, since, until = row
    return Served(home, host, hundredths(since, until) / HUNDREDTHS)


def _names(wishes: Iterable[Row], posts: Iterable[Row]) -> dict[str, str]:
    names = {each["home"][0]: each["home"][1] for each in wishes}
    for each in posts:
        names[each["host"][0]] = each["host"][1]
        names[each["id"]] = each["name"]
        names |= {topic: name for topic, name, _ in each["requires"]}
    return names
