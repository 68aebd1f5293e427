"""Rights computed: one statement for each person or service and day, never one for each row of an answer.

Roles count on the days from `since` to `until`. An agreement is in force when it is signed, its first day is known and has come, and its
last day, where it has one, has not passed. Each party takes part in a clause with itself and with all that is part of it; where the
clause names institutions (BINDS), a party of which some are named takes part with those alone. Whoever is at home on one party's side is
shared what the other parties' sides hold; where the clause names divisions (WITHIN), only what is held in or below one of them.

A delegation makes its deputy an approver at its institution, whichever of the two deciding roles its principal has there: a deputy
decides and does nothing else, where it is limited to kinds of records on those alone. It counts from its first to its last day, while it was not ended and its principal still has the role.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from graph_store.reads import Run
from graph_store.rights import Rights, Role, RoleHeld

DEEPEST = 8
"""How many steps of PART_OF are followed, up and down; the deepest chain in the registries has five."""

_DEEPEST_DIVISION = 4  # county, city, province, and one more for a street

# edges PART_OF between institutions that hold on the day
_HOLD = (
    "all(e IN {edges} WHERE coalesce(e.since, '') <= $day AND coalesce(e.until, '9999') >= $day)"
)


def holding(edges: str) -> str:
    """The condition that each of these edges holds on `$day`."""
    return _HOLD.format(edges=edges)


# on the day, `n` is between its first and its last day; without a first day a clause has the agreement's
CLAUSE_HOLDS = "coalesce(c.effectiveOn, '') <= $day AND coalesce(c.expiresOn, '9999') >= $day"
IN_FORCE = "a.status = 'signed' AND a.effectiveOn <= $day AND coalesce(a.expiresOn, '9999') >= $day"

# where the clause names divisions, the holder lies in one of them
WITHIN = f"""\
(NOT EXISTS {{ (c)-[:WITHIN]->(:Division) }} OR EXISTS {{
      MATCH (holder)-[:LOCATED_IN]->(:Division)-[:PART_OF*0..{_DEEPEST_DIVISION}]->(:Division)<-[:WITHIN]-(c) }})"""

ROLES = """\
COLLECT {
    MATCH (p:Person {id: $holder})-[h:HOLDS]->(i:Institution)
    WHERE coalesce(p.endedOn, '9999') >= $day
      AND coalesce(h.since, '') <= $day AND coalesce(h.until, '9999') >= $day
    RETURN [h.role, i.id, h.until, null, null]
  } + COLLECT { MATCH (:Token {id: $holder})-[:FOR]->(i:Institution) RETURN ['service', i.id, null, null, null]
  } + COLLECT {
    MATCH (p:Person {id: $holder})<-[:DELEGATED_TO]-(d:Delegation)-[:DELEGATED_BY]->(q:Person)
    WHERE d.endedAt IS NULL AND d.since <= $day AND d.until >= $day
      AND coalesce(p.endedOn, '9999') >= $day AND coalesce(q.endedOn, '9999') >= $day
    MATCH (d)-[:DELEGATED_AT]->(i:Institution) MATCH (q)-[h:HOLDS]->(i)
    WHERE h.role = d.role AND coalesce(h.since, '') <= $day AND coalesce(h.until, '9999') >= $day
    RETURN ['approver', i.id, CASE WHEN h.until < d.until THEN h.until ELSE d.until END, q.id, d.kinds]
  }"""

# whose roles the holder's rights may follow from, as long as nobody ended it
PRINCIPALS = """\
COLLECT { MATCH (:Person {id: $holder})<-[:DELEGATED_TO]-(d:Delegation)-[:DELEGATED_BY]->(q:Person)
    WHERE d.endedAt IS NULL AND d.until >= $day RETURN DISTINCT q.id }"""

HOMES = f"""\
CALL (roles) {{ UNWIND [r IN roles WHERE r[0] IN ['institution_admin', 'approver'] | r[1]] AS id
  MATCH (:Institution {{id: id}})<-[edges:PART_OF*0..{DEEPEST}]-(body:Institution)
  WHERE {holding("edges")}
  RETURN collect(DISTINCT body.id) AS bodies }}
CALL (roles, bodies) {{ UNWIND [r IN roles | r[1]] + bodies AS id RETURN collect(DISTINCT id) AS homes }}"""

STATEMENT = f"""\
// rights of a holder
WITH {ROLES} AS roles
{HOMES}
CALL (homes) {{ UNWIND homes AS id
  MATCH (home:Institution {{id: id}})-[up:PART_OF*0..{DEEPEST}]->(own:Institution)-[:PARTY_TO]->(a:Agreement)
  WHERE {IN_FORCE} AND {holding("up")}
  WITH a, own, collect(DISTINCT home) AS here
  MATCH (a)-[:GRANTS]->(c:Clause) WHERE {CLAUSE_HOLDS}
  WITH a, own, here, c, COLLECT {{ MATCH (c)-[:BINDS]->(b:Institution) RETURN b }} AS named
  WHERE any(home IN here WHERE home IN named) OR NOT EXISTS {{
    MATCH (own)<-[down:PART_OF*0..{DEEPEST}]-(b:Institution) WHERE b IN named AND {holding("down")} }}
  MATCH (a)<-[:PARTY_TO]-(other:Institution) WHERE other <> own
  WITH DISTINCT c, named, other
  WITH other, collect({{clause: c, named: named}}) AS grants
  CALL (other, grants) {{
    MATCH (other)<-[down:PART_OF*0..{DEEPEST}]-(body:Institution) WHERE {holding("down")}
    WITH grants, collect(DISTINCT body) AS side
    UNWIND grants AS grant
    WITH side, grant.clause AS c, [body IN side WHERE body IN grant.named] AS picked
    CALL (c, side, picked) {{ UNWIND CASE WHEN size(picked) > 0 THEN picked ELSE side END AS holder
      WITH c, holder WHERE {WITHIN}
      RETURN collect(holder.id) AS holders }}
    RETURN collect([c.kind, c.scopeKinds, holders]) AS shares }}
  RETURN collect(shares) AS shared }}
RETURN roles, homes, shared, {PRINCIPALS} AS principals"""

_KNOWN = frozenset(role.value for role in Role)

# a clause that is limited to the very kind of record it is about is not limited
_WHOLE = {"share_instruments": "instrument", "share_data": "dataset"}


async def rights_of(run: Run, holder: str, day: str) -> Rights:
    """The rights of a person, or of a service's token, on a day. Raises GraphStoreError."""
    roles, homes, shared, principals = await run(STATEMENT, {"holder": holder, "day": day})
    if not roles:
        return Rights(holder, _person(holder), principals=frozenset(principals))
    held = (
        RoleHeld(Role(role), at, until, principal, tuple(kinds or ()))
        for role, at, until, principal, kinds in roles
        if role in _KNOWN
    )
    return Rights(
        holder=holder,
        person=_person(holder),
        roles=tuple(
            sorted(
                held, key=lambda each: (each.institution, each.role.value, each.deputy_for or "")
            )
        ),
        institutions=tuple(sorted(homes)),
        shared=MappingProxyType(_by_kind([row for shares in shared for row in shares])),
        principals=frozenset(principals),
    )


def _person(holder: str) -> str | None:
    return holder if holder.split("-", 2)[1:2] == ["person"] else None


def _by_kind(rows: list[list[Any]]) -> dict[str, tuple[str, ...]]:
    """[clause kind, kinds it is limited to, holders] → by clause kind `id`, or `id/kind` where nothing shares the whole.

    >>> _by_kind([["share_instruments", ["analytical"], ["a", "b"]], ["share_instruments", [], ["b"]]])
    {'share_instruments': ('a/analytical', 'b')}
    """
    found: dict[str, set[tuple[str, str]]] = {}
    for clause, kinds, holders in rows:
        words = {kind.lower() for kind in kinds or ()} or {""}
        scope = {""} if _WHOLE.get(clause) in words else words
        pairs = {(holder, kind) for holder in holders for kind in scope}
        found.setdefault(clause, set()).update(pairs)
    return {
        clause: tuple(
            f"{holder}/{kind}" if kind else holder
            for holder, kind in sorted(pairs)
            if not kind or (holder, "") not in pairs
        )
        for clause, pairs in sorted(found.items())
    }
