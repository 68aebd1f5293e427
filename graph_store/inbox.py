"""The inbox read: the open decisions that somebody owes, by where they lie in the inboxes of the institutions for which they decide.

A page costs what is on it, however many are open: each institution's part is read by the index of `place` from the cursor on, never
further than the page. Whatever is about whoever asks is left out. The indexes are named: on a graph that has just grown the store's own
guess was a scan of the whole change log for every row.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph_store.commands.drafts import day_of
from graph_store.commands.rows import instant_text
from graph_store.commands.tasks import ABOUT
from graph_store.model import MODEL
from graph_store.reads import Run
from graph_store.rights import Rights, Role
from graph_store.rights_of import DEEPEST, holding

MOST_CHANGES = 50
"""Of a record's history as the inbox tells it, the latest."""

DECIDING = frozenset({Role.APPROVER, Role.INSTITUTION_ADMIN})


def _subject_edges() -> str:
    found = (MODEL.subject(noun) for noun in ABOUT)
    return "|".join(sorted(hop.edge.type for hop in found if hop is not None))


# a place is `institution urgency due`; a colon comes after every digit. What comes after a cursor is said within CASE, into which the
# planner does not look: of an alternative it may read both halves whole, each by its own seek, and sort
_WITHIN = "t.place >= body + ' ' + $rank AND t.place < body + ' :' AND t.id IS NOT NULL"


def _below(given: str, returned: str, further: str = "") -> str:
    """Of the institutions of the list (`each.at`) with all that is part of them today (`body`), what is returned."""
    return f"""\
CALL () {{ UNWIND {given} AS each
  MATCH (:Institution {{id: each.at}})<-[edges:PART_OF*0..{DEEPEST}]-(body:Institution)
  WHERE {holding("edges")}{further}
  RETURN {returned} }}"""


_LIMITED = (
    "collect(DISTINCT body.id) AS limited, collect(DISTINCT body.id + ' ' + each.noun) AS limits"
)
_ASKED = " AND ($institution IS NULL OR body.id = $institution)"
# toString: of a sum of lists the planner does not know that it holds texts
_BODIES = f"""\
{_below("$at", "collect(DISTINCT body.id) AS whole", _ASKED)}
{_below("$limited", _LIMITED, _ASKED)}
{_below("$administered", "collect(DISTINCT body.id) AS administered")}
WITH whole, limits, administered,
  [body IN whole + [body IN limited WHERE NOT body IN whole] | toString(body)] AS bodies, COLLECT {{
    MATCH (:Person {{id: $person}})<-[:{_subject_edges()}]-()<-[:ABOUT_RECORD]-(t:Task)
    WHERE t.state = 'open' RETURN t.id }} AS own"""
# what only an administrator decides is owed by no approver, unless it was passed on from them
_THEIRS = "(t.role <> 'institution_admin' OR t.escalations > 0 OR body IN administered)"
# where one decides as a deputy for some kinds of records alone, what is about one of those
_REACHED = """\
(body IN whole OR EXISTS { MATCH (t)-[:ABOUT_RECORD]->(r) WHERE any(label IN labels(r) WHERE body + ' ' + label IN limits) })"""
_WANTED = """\
NOT t.id IN own AND ($task IS NULL OR t.id = $task) AND ($overdue IS NULL OR (t.dueAt < $now) = $overdue)
      AND ($noun IS NULL OR EXISTS { MATCH (t)-[:ABOUT_RECORD]->(r) WHERE $noun IN labels(r) })"""
_RANK = "right(t.place, size($now) + 2)"  # the urgency's digit, a space and the instant
_ASSIGNED = """\
MATCH (:Person {id: $person})<-[:ASSIGNED_TO]-(t:Task)
    WHERE t.place IS NOT NULL AND ($institution IS NULL OR EXISTS { (t)-[:OWED_BY]->(:Institution {id: $institution}) })"""

PAGE = f"""\
// inbox
{_BODIES}
CALL (bodies, whole, limits, administered, own) {{
  UNWIND CASE WHEN $assigned THEN [] ELSE bodies END AS body
  CALL (body, whole, limits, administered, own) {{
    MATCH (t:Task) USING INDEX t:Task(place, id) WHERE {_WITHIN} AND CASE WHEN t.place = body + ' ' + $rank THEN t.id > $id ELSE true END
      AND {_THEIRS} AND {_REACHED} AND {_WANTED}
    RETURN t ORDER BY t.place, t.id LIMIT $limit }}
  RETURN t
  UNION
  {_ASSIGNED}
    AND ({_RANK} > $rank OR ({_RANK} = $rank AND t.id > $id))
    AND {_WANTED}
  RETURN t }}
WITH t, {_RANK} AS rank ORDER BY rank, t.id LIMIT $limit
MATCH (t)-[:ABOUT_RECORD]->(r)
WITH t, rank, r ORDER BY rank, t.id
RETURN collect({{id: t.id, rank: rank, move: t.move, dueAt: t.dueAt, priority: t.priority,
  noun: head([label IN labels(r) WHERE label <> 'Record']), record: r.id, state: r.state,
  changes: COLLECT {{ MATCH (c:Change) USING INDEX c:Change(nodeId, seq)
    WHERE c.nodeId = r.id AND c.seq > 0 RETURN [c.at, c.actor, c.actingFor, c.command, c.before, c.after]
    ORDER BY c.seq DESC LIMIT {MOST_CHANGES} }} }}) AS rows"""

# `rank` is empty here: counted from the beginning, by the index alone
COUNTS = f"""\
// inbox counted
{_BODIES}
CALL (bodies, whole, limits, administered, own) {{
  UNWIND bodies AS body
  MATCH (t:Task) USING INDEX t:Task(place, id) WHERE {_WITHIN} AND NOT t.id IN own AND {_THEIRS} AND {_REACHED}
  RETURN t.id AS id, right(t.place, size($now)) < $now AS late
  UNION
  {_ASSIGNED} AND NOT t.id IN own
  RETURN t.id AS id, right(t.place, size($now)) < $now AS late }}
RETURN count(id) AS open, count(CASE WHEN late THEN 1 END) AS overdue"""

UNREAD = """\
// unread notices
RETURN COUNT { MATCH (:Person {id: $person})<-[:TELLS]-(n:Notice) WHERE n.readAt IS NULL } AS unread"""

ABOUT_TASK = """\
// what a task is about
RETURN COLLECT { MATCH (:Task {id: $id})-[:ABOUT_RECORD]->(r)
  RETURN [head([label IN labels(r) WHERE label <> 'Record']), r.id] } AS found"""

CONCERNED = f"""\
// whom tasks concern
{_below("$at", "collect(DISTINCT body.id) AS whole")}
{_below("$limited", _LIMITED)}
RETURN COLLECT {{ UNWIND $ids AS id MATCH (t:Task {{id: id}})
  WHERE NOT EXISTS {{ (t)-[:ABOUT_RECORD]->()-[:{_subject_edges()}]->(:Person {{id: $person}}) }}
    AND (EXISTS {{ MATCH (t)-[:OWED_BY]->(i:Institution) WHERE i.id IN whole
        OR EXISTS {{ MATCH (t)-[:ABOUT_RECORD]->(r) WHERE any(label IN labels(r) WHERE i.id + ' ' + label IN limits) }} }}
      OR EXISTS {{ (t)-[:ASSIGNED_TO|COPIED_TO]->(:Person {{id: $person}}) }})
  RETURN t.id }} AS ids"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the open decisions.

    `overdue` None: both; `noun`: of what they are about; `assigned`: only those asked of oneself; `task`: that one alone.
    """

    overdue: bool | None = None
    noun: str | None = None
    institution: str | None = None
    assigned: bool = False
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """One entry of a record's history: who did what when, in whose place, and from which state to which."""

    at: str
    actor: str
    acting_for: str | None
    command: str
    before: str | None
    after: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """An open decision: its place (`rank`, `id`), what it is about as it stands, and what was done with that, the first first."""

    id: str
    rank: str
    move: str
    due_at: str
    priority: int
    noun: str
    record: str
    state: str
    history: tuple[Done, ...]


async def page(  # noqa: PLR0913 - what a page depends on
    run: Run, rights: Rights, wanted: Wanted, now: datetime, *, after: tuple[str, str], limit: int
) -> list[Row]:
    """The decisions owed after that place (rank, id), in order. Raises GraphStoreError."""
    given = parameters_of(rights, wanted, now, after=after, limit=limit)
    (rows,) = await run(PAGE, given)
    return [_row(each) for each in rows]


async def counts(
    run: Run, rights: Rights, now: datetime, institution: str | None = None
) -> tuple[int, int]:
    """How many are open, and how many of them overdue. Raises GraphStoreError."""
    given = parameters_of(rights, Wanted(institution=institution), now)
    number, late = await run(COUNTS, given)
    return int(number), int(late)


async def unread(run: Run, person: str) -> int:
    """How many notices the person has not read. Raises GraphStoreError."""
    (found,) = await run(UNREAD, {"person": person})
    return int(found)


async def about_task(run: Run, task: str) -> tuple[str, str]:
    """Noun and id of what the task is about, which never changes; empty where there is no such task. Raises GraphStoreError."""
    (found,) = await run(ABOUT_TASK, {"id": task})
    return (str(found[0][0]), str(found[0][1])) if found else ("", "")


async def concerned(run: Run, rights: Rights, ids: tuple[str, ...], day: str) -> frozenset[str]:
    """Which of the tasks concern the holder: owed where they decide, asked of them, or copied to them. Raises GraphStoreError."""
    given = {"person": rights.person or "", "day": day, "ids": list(ids)}
    (found,) = await run(CONCERNED, given | _where(rights))
    return frozenset(found)


def _held_at(rights: Rights, roles: Collection[Role]) -> list[dict[str, str]]:
    found = {each.institution for each in rights.roles if each.role in roles and not each.kinds}
    return [{"at": each} for each in sorted(found)]


def _where(rights: Rights) -> dict[str, Any]:
    """Where they decide on everything, and where on some kinds of records alone."""
    nouns = {MODEL[noun].word: noun for noun in ABOUT}
    limited = {
        (each.institution, nouns[kind])
        for each in rights.roles
        if each.role in DECIDING
        for kind in each.kinds
        if kind in nouns
    }
    return {
        "at": _held_at(rights, DECIDING),
        "limited": [{"at": at, "noun": noun} for at, noun in sorted(limited)],
    }


def parameters_of(
    rights: Rights,
    wanted: Wanted,
    now: datetime,
    *,
    after: tuple[str, str] = ("", ""),
    limit: int = 0,
) -> dict[str, Any]:
    """What the statements of the inbox are given."""
    return _where(rights) | {
        "administered": _held_at(rights, {Role.INSTITUTION_ADMIN}),
        "person": rights.person or "",
        "institution": wanted.institution,
        "overdue": wanted.overdue,
        "noun": wanted.noun,
        "assigned": wanted.assigned,
        "task": wanted.task,
        "now": instant_text(now),
        "day": day_of(now),
        "rank": after[0],
        "id": after[1],
        "limit": limit,
    }


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        id=row["id"],
        rank=row["rank"],
        move=row["move"],
        due_at=row["dueAt"],
        priority=row["priority"] or 0,
        noun=row["noun"],
        record=row["record"],
        state=row["state"] or "",
        history=tuple(_done(each) for each in reversed(row["changes"])),
    )


def _done(change: list[Any]) -> Done:
    at, actor, acting_for, command, before, after = change
    old, new = orjson.loads(before or "{}"), orjson.loads(after or "{}")
    return Done(
        at, actor, acting_for, command, old.get("state"), new.get("state"), new.get("reason")
    )
