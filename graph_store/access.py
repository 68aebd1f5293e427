"""What an explanation of access is made of, read from the graph: who answers for a record, by which agreement something is shared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from graph_store.model import Hop, Model
from graph_store.model.words import ITSELF, Noun
from graph_store.reads import Run
from graph_store.rights_of import (
    CLAUSE_HOLDS,
    DEEPEST,
    IN_FORCE,
    WITHIN,
    holding,
)

MOST_GRANTERS = 20


@dataclass(frozen=True, slots=True)
class About:
    """A record as far as rights ask.

    `kind`: by what its clauses are limited. `holders`: who answers for it on the day, `above`: all that these are part of. `serves_all`: it is a person who holds a role of the whole platform.
    """

    noun: Noun
    id: str
    visibility: str
    kind: str | None
    status: str | None
    subject: str | None
    holders: tuple[str, ...]
    above: frozenset[str]
    serves_all: bool


@dataclass(frozen=True, slots=True)
class Way:
    """How an agreement leads from where somebody is at home to a holder, until its last day."""

    home: str
    own: str
    agreement: str
    clause: str
    other: str
    holder: str
    until: str | None


async def about(run: Run, model: Model, id_: str, day: str) -> About | None:
    """The record of this id; None where there is none. Raises GraphStoreError."""
    parts = id_.split("-", 2)
    noun = model.by_word.get(parts[1]) if len(parts) == 3 else None
    if noun is None:
        return None
    (found,) = await run(_about(model, noun.name), {"id": id_, "day": day})
    if not found:
        return None
    ((visibility, kind, status, subject, holders, above, serves_all),) = found
    return About(
        noun=noun,
        id=id_,
        visibility=visibility or "public",
        kind=kind,
        status=status,
        subject=subject,
        holders=tuple(holders),
        above=frozenset(above),
        serves_all=serves_all,
    )


_SERVES_ALL = """\
EXISTS { MATCH (n)-[e:HOLDS]->(:Institution)
      WHERE e.role IN ['platform_admin', 'auditor'] AND e.until IS NULL }"""


@cache
def _about(model: Model, name: str) -> str:
    noun = model[name]
    kind = f"n.{noun.shared_by.kinds}" if noun.shared_by and noun.shared_by.kinds else "null"
    status = "n.status" if "status" in model.properties(name) else "null"
    subject = model.subject(name)
    who = "n.id" if noun.subject == "id" else "null"
    if subject is not None:
        who = f"COLLECT {{ MATCH {_across('n', subject, 's')} RETURN s.id LIMIT 1 }}[0]"
    return f"""\
// about a record
RETURN COLLECT {{ MATCH (n:{name} {{id: $id}})
  WITH n, COLLECT {{ MATCH {_holders(model, noun)} RETURN DISTINCT h }} AS holders
  RETURN [{"n.visibility" if noun.visible else "null"}, {kind}, {status}, {who},
    [h IN holders | h.id],
    COLLECT {{ UNWIND holders AS h MATCH (h)-[up:PART_OF*0..{DEEPEST}]->(top:Institution)
      WHERE {holding("up")} RETURN DISTINCT top.id }},
    {_SERVES_ALL if name == "Person" else "false"}] }} AS found"""


def _holders(model: Model, noun: Noun) -> str:
    if noun.name == "Clause":  # its agreement's parties answer for it
        return "(n)<-[:GRANTS]-(:Agreement)<-[:PARTY_TO]-(h:Institution)"
    if noun.holders == ITSELF:
        return "(h:Institution {id: n.id})"
    ways = (_led(hop) for hop in model.holders(noun.name))
    return " RETURN h UNION MATCH ".join(ways) or "(h:Institution) WHERE false"


def _led(hop: Hop) -> str:
    """The way to who answers for a record on the day."""
    ends = any(each.name == "until" for each in hop.edge.properties)
    return _across("n", hop, "h") + (" WHERE coalesce(edge.until >= $day, true)" if ends else "")


def _across(near: str, hop: Hop, far: str) -> str:
    left, right = ("", ">") if hop.forward else ("<", "")
    return f"({near}){left}-[edge:{hop.edge.type}]-{right}({far}:{hop.far})"


_SIDES = f"""\
MATCH (holder:Institution)-[down:PART_OF*0..{DEEPEST}]->(other:Institution)-[:PARTY_TO]->(a:Agreement)
  WHERE holder.id IN $holders AND {holding("down")}
  MATCH (a)<-[:PARTY_TO]-(own:Institution) WHERE own <> other
  MATCH (own)<-[up:PART_OF*0..{DEEPEST}]-(home:Institution) WHERE home.id IN $homes AND {holding("up")}"""

# the conditions of `rights_of`, from the holder's end; the way that lasts longest is told
WAY = f"""\
// way of an agreement
RETURN COLLECT {{ {_SIDES}
  AND {IN_FORCE}
  MATCH (a)-[:GRANTS]->(c:Clause {{kind: $clause}})
  WHERE {CLAUSE_HOLDS} AND (size(coalesce(c.scopeKinds, [])) = 0
    OR any(kind IN c.scopeKinds WHERE toLower(kind) IN $kinds))
  WITH *, COLLECT {{ MATCH (c)-[:BINDS]->(b:Institution) RETURN b }} AS named
  WHERE (home IN named OR NOT EXISTS {{
      MATCH (own)<-[of:PART_OF*0..{DEEPEST}]-(b:Institution) WHERE b IN named AND {holding("of")} }})
    AND (holder IN named OR NOT EXISTS {{
      MATCH (other)<-[of:PART_OF*0..{DEEPEST}]-(b:Institution) WHERE b IN named AND {holding("of")} }})
    AND {WITHIN}
  WITH *, coalesce(a.expiresOn, '9999') AS ends, coalesce(c.expiresOn, '9999') AS stops
  WITH *, CASE WHEN ends < stops THEN ends ELSE stops END AS until
  ORDER BY until DESC, size(up) + size(down), a.id, c.id LIMIT 1
  RETURN [home.id, own.id, a.id, c.id, other.id, holder.id, until] }} AS found"""

# agreements between the same sides that do not do now: which they are, and how they stand
MISSES = f"""\
// agreements that do not do
RETURN COLLECT {{ {_SIDES}
  WITH DISTINCT a ORDER BY a.id LIMIT 5
  RETURN [a.id, a.status, a.effectiveOn, a.expiresOn,
    EXISTS {{ (a)-[:GRANTS]->(:Clause {{kind: $clause}}) }}] }} AS found"""

GRANTERS = f"""\
// who could grant
RETURN COLLECT {{ MATCH (i:Institution) WHERE i.id IN $at
  RETURN [i.id, COLLECT {{
    MATCH (i)-[up:PART_OF*0..{DEEPEST}]->(:Institution)<-[h:HOLDS {{role: $role}}]-(p:Person)
    WHERE {holding("up")} AND coalesce(h.since, '') <= $day AND coalesce(h.until, '9999') >= $day
      AND coalesce(p.endedOn, '9999') >= $day
    RETURN DISTINCT p.id LIMIT {MOST_GRANTERS} }}] ORDER BY i.id LIMIT {MOST_GRANTERS} }} AS found"""

NAMES = """\
// names of an explanation
RETURN COLLECT { MATCH (n:Record) WHERE n.id IN $ids
  RETURN [n.id, n.name, coalesce(n.nameEn, n.name), coalesce(n.visibility, 'public')] } AS found"""


async def way(  # noqa: PLR0913 - the ends of the way, by keyword
    run: Run,
    *,
    homes: tuple[str, ...],
    holders: tuple[str, ...],
    clause: str,
    kinds: tuple[str, ...],
    day: str,
) -> Way | None:
    """The agreement in force by which something is shared. Raises GraphStoreError."""
    given = {"homes": list(homes), "holders": list(holders), "clause": clause, "day": day}
    (found,) = await run(WAY, given | {"kinds": list(kinds)})
    if not found:
        return None
    home, own, agreement, clause_id, other, holder, until = found[0]
    ends = None if until == "9999" else until
    return Way(home, own, agreement, clause_id, other, holder, ends)


async def misses(
    run: Run, homes: tuple[str, ...], holders: tuple[str, ...], clause: str, day: str
) -> list[list[Any]]:
    """[agreement, status, first day, last day, whether it has such a clause]. Raises GraphStoreError."""
    given = {"homes": list(homes), "holders": list(holders), "clause": clause, "day": day}
    (found,) = await run(MISSES, given)
    return list(found)


async def granters(
    run: Run, at: tuple[str, ...], role: str, day: str
) -> list[tuple[str, list[str]]]:
    """Institutions with the people who hold the role there or above. Raises GraphStoreError."""
    (found,) = await run(GRANTERS, {"at": list(at), "role": role, "day": day})
    return [(institution, people) for institution, people in found]


async def names(run: Run, ids: tuple[str, ...]) -> dict[str, tuple[str, str, str]]:
    """By id: Chinese name, English name, visibility. Raises GraphStoreError."""
    (found,) = await run(NAMES, {"ids": list(ids)})
    return {id_: (zh, en, visibility) for id_, zh, en, visibility in found}
