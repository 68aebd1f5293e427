"""What commands of training ask of the graph: a class and its taken seats, who waits, what a person is registered for.

Seats are counted where they are taken: `Registration.seat` is "class home" while a seat is, so a class's are one range of an index;
`Registration.rank` is "class priority approvedAt party home" while somebody waits, so the head of a waiting list is one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph_store.commands.readers import Question, Reader, ties_of
from graph_store.commands.rows import State
from graph_store.model import MODEL
from graph_store.model.registrations import REGISTRATION
from graph_store.rights_of import CLAUSE_HOLDS, DEEPEST, IN_FORCE, holding

PAGE = 200
"""How many registrations of a waiting list are read at once; more than a party can have, so each page goes on."""

# " " is what follows a class's id in a rank, "!" the next character: the whole list and nothing else
_OF_CLASS = "r.rank >= key AND r.rank < class + '!' AND r.id IS NOT NULL"


def _count_seats(
    known: dict[str, list[Any]], noun: str, before: State | None, after: State
) -> None:
    """A seat that a command gave or took counts for the next one."""
    if noun != REGISTRATION.name:
        return
    old, new = before and before.properties.get("seat"), after.properties.get("seat")
    if old == new:
        return
    for books in known.values():
        for book in books:
            for seat, change in ((old, -1), (new, 1)):
                if seat and seat.split(" ")[0] == book["class"]:
                    _add(book["taken"], seat, change)


def _add(taken: list[list[Any]], seat: str, change: int) -> None:
    for row in taken:
        if row[0] == seat:
            row[1] += change
            return
    taken.append([seat, change])


TAKEN = """\
CALL (id) {
  MATCH (r:Registration) WHERE r.seat >= id + ' ' AND r.seat < id + '!' AND r.id IS NOT NULL
  WITH r.seat AS seat, count(*) AS number RETURN collect([seat, number]) AS taken }"""

# key: a class's id, held; its clause too, where the clause's quota counts over several classes
BOOK = Reader(
    "book of a class",
    f"""\
UNWIND $b.keys AS key
WITH key, key AS id
{TAKEN}
CALL (key) {{ MATCH (:TrainingClass {{id: key}})-[a:ALLOTS]->(i:Institution)
  RETURN collect([i.id, a.quota, a.priority]) AS allotments }}
RETURN key, {{class: key, allotments: allotments, taken: taken}} AS value""",
    follow=_count_seats,
    joins=True,
)

# key: "clause year"; the classes that follow the clause and begin in that year, in any year where it is empty
SENT = Reader(
    "seats taken under a clause",
    f"""\
UNWIND $b.keys AS key
WITH key, split(key, ' ')[0] AS clause, split(key, ' ')[1] AS year
MATCH (:Clause {{id: clause}})<-[:AUTHORISED_BY]-(class:TrainingClass)
WHERE coalesce(class.startsOn, '') STARTS WITH year AND class.state <> 'cancelled'
WITH key, class.id AS id
{TAKEN}
RETURN key, {{class: id, taken: taken}} AS value""",
    follow=_count_seats,
    joins=True,
)

# key: a clause's id; the homes that take part in it, each with the party that it is of, and how far above it that is
PARTIES = Reader(
    "who takes part in a clause",
    f"""\
UNWIND $b.keys AS key
MATCH (c:Clause {{id: key}})<-[:GRANTS]-(:Agreement)<-[:PARTY_TO]-(party:Institution)
CALL (c, party) {{
  MATCH (party)<-[edges:PART_OF*0..{DEEPEST}]-(home:Institution)
  WHERE {holding("edges").replace("$day", "$b.day")}
    AND (NOT EXISTS {{ (c)-[:BINDS]->(:Institution) }} OR EXISTS {{ (c)-[:BINDS]->(home) }}
      OR EXISTS {{ (c)-[:BINDS]->(party) }})
  RETURN home.id AS home, min(size(edges)) AS steps }}
RETURN key, [home, party.id, steps] AS value""",
    joins=True,
)

# key: a class's id; its organiser and clause, and the sessions' times
ENDS = Reader(
    "ends of a class",
    """\
UNWIND $b.keys AS key
MATCH (:TrainingClass {id: key})-[edge:RUN_BY|AUTHORISED_BY]->(far)
RETURN key, {far: far.id, type: type(edge)} AS value""",
    finds_edges=True,
    joins=True,
)

# key: a class's id; one row where its clause is on training seats and in force for its organiser on the class's first day
COVERS = Reader(
    "clause that covers a class",
    f"""\
UNWIND $b.keys AS key
MATCH (class:TrainingClass {{id: key}})-[:AUTHORISED_BY]->(c:Clause {{kind: 'training_seats'}})<-[:GRANTS]-(a:Agreement)
WITH key, class, c, a, coalesce(class.startsOn, $b.day) AS day
WHERE {CLAUSE_HOLDS.replace("$day", "day")} AND {IN_FORCE.replace("$day", "day")}
  AND EXISTS {{ MATCH (class)-[:RUN_BY]->(:Institution)-[up:PART_OF*0..{DEEPEST}]->(:Institution)-[:PARTY_TO]->(a)
    WHERE {holding("up").replace("$day", "day")} }}
RETURN DISTINCT key, true AS value""",
)

# key: a class's id; when it takes place never changes once people can register
TIMES = Reader(
    "times of a class",
    """\
UNWIND $b.keys AS key
MATCH (class:TrainingClass {id: key})
RETURN key, {since: class.startsOn, until: class.endsOn,
  sessions: COLLECT { MATCH (class)-[:HAS_SESSION]->(s:ClassSession) RETURN [s.startsAt, s.endsAt] }} AS value""",
    joins=True,
)


def _registered(known: dict[str, list[Any]], noun: str, before: State | None, after: State) -> None:
    """A registration that was made, ended or went on within the unit."""
    if noun != REGISTRATION.name:
        return
    id_, state = after.properties["id"], after.properties["state"]
    if before is None:
        ends = {each.name: each.far for each in after.ties}
        rows = known.get(ends["person"], [])
        rows.append({"id": id_, "state": state, "class": ends["trainingClass"]})
        return
    for row in (row for rows in known.values() for row in rows if row["id"] == id_):
        row["state"] = state


# key: a person's id, held; what they are registered for
REGISTERED = Reader(
    "what a person is registered for",
    """\
UNWIND $b.keys AS key
MATCH (:Person {id: key})<-[:REGISTERS]-(r:Registration)-[:FOR_CLASS]->(class:TrainingClass)
WHERE NOT r.state IN ['cancelled', 'rejected', 'no_show']
RETURN key, {id: r.id, state: r.state, class: class.id} AS value""",
    follow=_registered,
    joins=True,
)

_NOW = "coalesce(e.since, '') <= $b.day AND coalesce(e.until, '9999') >= $b.day"

# key: "person home"; `here`: whether they belong to the home, or to a body that is part of it; `signsOn`: whether they ever did
BELONGS = Reader(
    "who belongs to an institution",
    f"""\
UNWIND $b.keys AS key
WITH key, split(key, ' ') AS parts
MATCH (p:Person {{id: parts[0]}})
MATCH (home:Institution {{id: parts[1]}})
RETURN key, {{here: EXISTS {{ MATCH (p)-[e:AFFILIATED_WITH|HOLDS]->(home) WHERE {_NOW} }} OR EXISTS {{
  MATCH (p)-[e:AFFILIATED_WITH|HOLDS]->(:Institution)-[up:PART_OF*1..{DEEPEST}]->(home)
  WHERE {_NOW} AND {holding("up").replace("$day", "$b.day")} }},
  signsOn: EXISTS {{ (:Identity)-[:IDENTIFIES]->(p) }} }} AS value""",
    joins=True,
)

# key: a registration's id; the class never changes
CLASS_OF = Reader(
    "class of a registration",
    """\
UNWIND $b.keys AS key
MATCH (:Registration {id: key})-[:FOR_CLASS]->(class:TrainingClass)
RETURN key, {far: class.id} AS value""",
    finds_edges=True,
)

# key: a registration's id, whose class is held; all who registered together with it
PARTY = Reader(
    "party of a registration",
    """\
UNWIND $b.keys AS key
MATCH (one:Registration {id: key}) MATCH (r:Registration {party: one.party}) WHERE r.id IS NOT NULL
RETURN key, {far: r.id} AS value""",
    finds_edges=True,
)

# the hint: by the index of states all who wait would be read and sorted, for each page
_WAITING = f"""\
UNWIND $b.keys AS key
WITH key, split(key, ' ')[0] AS class
CALL (key, class) {{
  MATCH (r:Registration) USING INDEX r:Registration(rank, id) WHERE {_OF_CLASS} AND r.state = '<state>'
  WITH r ORDER BY r.rank LIMIT {PAGE}
  MATCH (r)-[:REGISTERS]->(p:Person) RETURN r, p }}
UNWIND [{{far: r.id, rank: r.rank, person: p.id}}, {{far: p.id}}] AS value
RETURN key, value"""

# key: where a page of a class's waiting list begins: "class ", or the last rank of the page before
WAITING = Reader(
    "who waits for a seat", _WAITING.replace("<state>", "waitlisted"), finds_edges=True
)
APPROVED = Reader(
    "who waits for the allocation", _WAITING.replace("<state>", "approved"), finds_edges=True
)

# key: a registration's id; itself and whom it is about, once its class is held
ONE = Reader(
    "registration of a class that is held",
    """\
UNWIND $b.keys AS key
MATCH (class:TrainingClass)<-[:FOR_CLASS]-(r:Registration {id: key})-[:REGISTERS]->(p:Person)
UNWIND [{far: r.id, person: p.id, class: class.id}, {far: p.id}] AS value
RETURN key, value""",
    finds_edges=True,
)

# key: "class state,state"; registrations of it in these states, as many as one transaction takes, and whom they are about
MOST_AT_ONCE = 300
IN_STATES = Reader(
    "registrations of a class in these states",
    f"""\
UNWIND $b.keys AS key
WITH key, split(key, ' ')[0] AS class, split(split(key, ' ')[1], ',') AS states
CALL (class, states) {{
  MATCH (:TrainingClass {{id: class}})<-[:FOR_CLASS]-(r:Registration) WHERE r.state IN states
  WITH r LIMIT {MOST_AT_ONCE} MATCH (r)-[:REGISTERS]->(p:Person) MATCH (r)-[:REGISTERED_BY]->(h:Institution)
  RETURN r, p, h }}
UNWIND [{{far: r.id, person: p.id}}, {{far: p.id}}, {{far: h.id}}] AS value
RETURN key, value""",
    finds_edges=True,
)

_OF_REGISTRATION = ("person", "home", "organiser", "tasks")


def of_class(id_: str) -> frozenset[Question]:
    """Its organiser and clause, which are held."""
    return frozenset({Question(ENDS, id_)})


def far_of(rows: Iterable[Mapping[str, Any]], type_: str) -> str | None:
    """The end of that kind among those that ENDS found."""
    return next((row["far"] for row in rows if row["type"] == type_), None)


def ties_of_registration(id_: str) -> frozenset[Question]:
    """Whom it is about, who answers for it, what is owed about it; all held."""
    return frozenset(
        Question(ties_of(MODEL, REGISTRATION.name, hop), id_) for hop in _OF_REGISTRATION
    )
