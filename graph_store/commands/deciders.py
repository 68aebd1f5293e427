"""Who may decide at an institution: asked by whatever hands a decision on, or tells people of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph_store.commands.drafts import Seen
from graph_store.commands.readers import Question, Reader
from graph_store.rights import Role, reaches
from graph_store.rights_of import DEEPEST

# key: an institution and a role; value: the people who hold it there, or decide in the place of who does
DECIDERS = Reader(
    "deciders at institutions",
    """\
UNWIND $b.keys AS key
CALL (key) { WITH split(key, ' ') AS parts WITH parts[0] AS at, parts[1] AS role
  MATCH (i:Institution {id: at})
  CALL (i, role) {
    MATCH (p:Person)-[h:HOLDS]->(i) WHERE h.role = role
    RETURN p, h.since AS since, h.until AS until, null AS kinds
    UNION ALL
    MATCH (i)<-[:DELEGATED_AT]-(d:Delegation)-[:DELEGATED_BY]->(:Person)-[h:HOLDS]->(i)
    WHERE d.endedAt IS NULL AND d.role = role AND h.role = role
    MATCH (d)-[:DELEGATED_TO]->(p:Person) RETURN p, d.since AS since, d.until AS until, d.kinds AS kinds }
  RETURN p, since, until, kinds }
RETURN key, {far: p.id, since: since, until: until, endedOn: p.endedOn, kinds: kinds} AS value""",
    finds_edges=True,
)

# key: an institution; value: who administers what it is part of, and from when to when it is
ADMINS_ABOVE = Reader(
    "administrators above institutions",
    """\
UNWIND $b.keys AS key
MATCH (:Institution {id: key})-[e:PART_OF]->(up:Institution)<-[h:HOLDS {role: 'institution_admin'}]-(p:Person)
RETURN key, {far: p.id, at: up.id, since: h.since, until: h.until, endedOn: p.endedOn,
  days: [[e.since, e.until]]} AS value""",
    finds_edges=True,
)

# key: an institution and a person; value: a role there or above by which they decide, from when to when
MAY_DECIDE = Reader(
    "who may decide",
    f"""\
UNWIND $b.keys AS key
CALL (key) {{ WITH split(key, ' ') AS parts WITH parts[0] AS at, parts[1] AS person
  MATCH (p:Person {{id: person}}) MATCH (i:Institution {{id: at}})
  CALL (p) {{
    MATCH (p)-[h:HOLDS]->(own:Institution) WHERE h.role IN ['approver', 'institution_admin']
    RETURN own, h.since AS since, h.until AS until, null AS kinds
    UNION ALL
    MATCH (p)<-[:DELEGATED_TO]-(d:Delegation)-[:DELEGATED_BY]->(:Person)-[h:HOLDS]->(own:Institution)
    WHERE d.endedAt IS NULL AND h.role = d.role AND (d)-[:DELEGATED_AT]->(own)
    RETURN own, d.since AS since, d.until AS until, d.kinds AS kinds }}
  MATCH (i)-[edges:PART_OF*0..{DEEPEST}]->(own)
  RETURN p, since, until, kinds, [e IN edges | [e.since, e.until]] AS days }}
RETURN key, {{since: since, until: until, endedOn: p.endedOn, days: days, kinds: kinds}} AS value""",
)

# key: an institution and a person; value: that they hold a role there or are affiliated, from when to when
COLLEAGUES = Reader(
    "colleagues",
    """\
UNWIND $b.keys AS key
CALL (key) { WITH split(key, ' ') AS parts WITH parts[0] AS at, parts[1] AS person
  MATCH (p:Person {id: person})-[e:HOLDS|AFFILIATED_WITH]->(:Institution {id: at}) RETURN p, e }
RETURN key, {how: type(e), since: e.since, until: e.until, endedOn: p.endedOn} AS value""",
)

PLATFORM = Reader(
    "administrators of the platform who are told",
    """\
UNWIND $b.keys AS key MATCH (p:Person)-[h:HOLDS {role: key}]->(:Institution)
RETURN key, {far: p.id, since: h.since, until: h.until, endedOn: p.endedOn} AS value""",
    finds_edges=True,
)
PLATFORM_ADMINS = Question(PLATFORM, Role.PLATFORM_ADMIN.value)

DECIDING = (Role.APPROVER, Role.INSTITUTION_ADMIN)
"""The roles in which people owe decisions at an institution."""


def at_institution(institution: str, role: Role) -> Question:
    """Who decides in the role at the institution itself."""
    return Question(DECIDERS, f"{institution} {role.value}")


def deciders_at(institution: str) -> frozenset[Question]:
    """All who decide at the institution, by their roles: what `who_owes` needs."""
    return frozenset(at_institution(institution, role) for role in DECIDING)


def who_owes(institution: str, role: Role, about: str | None, seen: Seen) -> frozenset[str]:
    """Who has the role there, else who decides there at all, for records of the kind."""
    by_role = {each: found(seen, at_institution(institution, each), about) for each in DECIDING}
    return by_role.get(role, frozenset()) or frozenset().union(*by_role.values())


def found(seen: Seen, question: Question, about: str | None = None) -> frozenset[str]:
    """The people whom the question finds, as far as it holds today, for records of the kind."""
    rows = seen.copy.answer(question.reader, question.key)
    return frozenset(
        each["far"]
        for each in rows
        if holds_today(each, seen) and reaches(each.get("kinds"), about)
    )


def is_any(
    seen: Seen, question: Question, how: Iterable[str] = (), about: str | None = None
) -> bool:
    """Whether anything the question finds holds today, for records of the kind; `how`: found in these ways alone."""
    ways = frozenset(how)
    rows = seen.copy.answer(question.reader, question.key)
    return any(
        holds_today(each, seen) and reaches(each.get("kinds"), about)
        for each in rows
        if not ways or each["how"] in ways
    )


def holds_today(row: dict[str, Any], seen: Seen) -> bool:
    """Whether the row's days, and those of whatever lies between, hold today, for somebody who still takes part."""
    spans = [(row["since"], row["until"]), (None, row["endedOn"]), *row.get("days", ())]
    return all((since or "") <= seen.today <= (until or "9999") for since, until in spans)
