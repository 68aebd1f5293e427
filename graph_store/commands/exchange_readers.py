"""What the rules of cadre exchange ask of the graph, and how it stands once the commands before in the same unit are counted in.

A reader answers as of the moment when the locks were held. Other commands of the unit may have moved exchanges since: their records
in the working copy take the place of what was read (`now`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_store.commands.drafts import WorkingCopy
from graph_store.commands.readers import Question, Reader, ties_of
from graph_store.model import MODEL
from graph_store.model.exchanges import EXCHANGE
from graph_store.rights_of import DEEPEST, WITHIN

EVER = ("0000-00-00", "9999-99-99")
NO_YEAR = "agreement"

COUNTED = ("home_approved", "accepted", "active", "completed")
"""States that take a place of the quota, from home's approval on."""

PRESENT = ("home_approved", "accepted", "active")
"""States that take a vacancy of the post."""

UNDER_WAY = ("submitted", *PRESENT)
"""States in which nothing else of the person's may take the same days."""

Row = Mapping[str, Any]


def _states(states: Iterable[str]) -> str:
    return "[" + ", ".join(f"'{each}'" for each in states) + "]"


def _of(end: str, states: Iterable[str]) -> str:
    return (
        f"UNWIND $b.keys AS key MATCH {end}-(x:CadreExchange) WHERE x.state IN {_states(states)}"
        " RETURN key, x {.id, .state, .since, .until} AS value"
    )


TO_POST = Reader("exchanges to posts", _of("(:Post {id: key})<-[:TO_POST]", PRESENT))
"""Key a post's id, value an exchange that takes a vacancy of it."""

OF_PERSON = Reader("exchanges of people", _of("(:Person {id: key})<-[:EXCHANGES]", UNDER_WAY))
"""Key a person's id, value an exchange of theirs that is under way."""

# of whatever the post requires: how well it must be known, and how well the person knows it
REQUIRED = Reader(
    "requirements of posts",
    """\
UNWIND $b.keys AS key WITH key, split(key, ' ') AS ends
MATCH (:Post {id: ends[0]})-[asked:REQUIRES]->(t:Topic)
OPTIONAL MATCH (t)<-[known:SKILLED_IN]-(:Person {id: ends[1]})
RETURN key, {name: t.name, asked: asked.level, is_known: known IS NOT NULL, known: known.level} AS value
ORDER BY t.id""",
)

_HOLDS = "all(e IN {} WHERE coalesce(e.since, '') <= since AND coalesce(e.until, '9999') >= until)"
_UNLESS_NAMED = (
    "({body} IN named OR NOT EXISTS {{ MATCH ({party})<-[of:PART_OF*0.."
    + str(DEEPEST)
    + "]-(b:Institution) WHERE b IN named AND "
    + _HOLDS.format("of").replace("{", "{{").replace("}", "}}")
    + " }})"
)

# Who takes part in a clause is `rights_of`'s rule, asked for all days of the exchange; the host is the holder of what is shared.
CLAUSES = Reader(
    "clauses on exchange",
    f"""\
UNWIND $b.keys AS key WITH key, split(key, ' ') AS ends
WITH key, ends[0] AS sender, ends[1] AS receiver, ends[2] AS since, ends[3] AS until
MATCH (holder:Institution {{id: receiver}})-[down:PART_OF*0..{DEEPEST}]->(other:Institution)-[:PARTY_TO]->(a:Agreement)
WHERE {_HOLDS.format("down")}
MATCH (home:Institution {{id: sender}})-[up:PART_OF*0..{DEEPEST}]->(own:Institution)-[:PARTY_TO]->(a)
WHERE own <> other AND {_HOLDS.format("up")}
MATCH (a)-[:GRANTS]->(c:Clause {{kind: 'exchange_cadres'}})
WHERE size(coalesce(c.scopeKinds, [])) = 0
  OR any(kind IN c.scopeKinds WHERE toLower(kind) IN ['institution', 'post', holder.kind])
WITH *, COLLECT {{ MATCH (c)-[:BINDS]->(b:Institution) RETURN b }} AS named
WHERE {_UNLESS_NAMED.format(body="home", party="own")}
  AND {_UNLESS_NAMED.format(body="holder", party="other")}
  AND {WITHIN}
WITH key, since, c, a, own, other, min(size(up) + size(down)) AS steps
CALL (c, own, since) {{ WITH c, own, since WHERE c.quota IS NOT NULL
  MATCH (c)<-[:AUTHORISED_BY]-(x:CadreExchange)-[:SENT_FOR]->(own)
  WHERE x.state IN {_states(COUNTED)} AND (coalesce(c.per, '') <> 'year' OR left(x.since, 4) = left(since, 4))
  RETURN collect(x {{.id, .state, .since, .until}}) AS counted }}
UNWIND [{{far: c.id, clause: c {{.*}}, agreement: a {{.*}}, party: own.id, counterparty: other.id,
  steps: steps, counted: counted}}, {{far: own.id}}, {{far: other.id}}] AS value
RETURN key, value""",
    finds_edges=True,
)
"""Key home, host, first and last day; value a clause that binds both in whatever state its agreement is, and each party, held too."""


def clauses_key(home: str, host: str, since: str, until: str) -> str:
    """What CLAUSES is asked."""
    return f"{home} {host} {since} {until}"


@dataclass(frozen=True, slots=True)
class Cover:
    """A clause on exchange that binds home and host, as it stands now; `used`: places of the quota that others take."""

    clause: str
    agreement: str
    party: str
    counterparty: str
    status: str
    first: str | None
    last: str
    quota: int | None
    used: int
    period: str
    steps: int

    def holds(self, since: str, until: str) -> bool:
        """Whether it is in force on each of these days."""
        return (
            self.status == "signed"
            and self.first is not None
            and self.first <= since
            and until <= self.last
        )

    @property
    def left(self) -> float:
        """Places that are left; without a quota there is no end of them."""
        return float("inf") if self.quota is None else self.quota - self.used


def covers(copy: WorkingCopy, home: str, host: str, exchange: Row) -> list[Cover]:
    """All clauses between home and host, the best first: in force, most places left, longest, shortest way, id."""
    since, until = exchange["since"], exchange["until"]
    rows = copy.answer(CLAUSES, clauses_key(home, host, since, until))
    found = [_cover(copy, row, exchange) for row in rows if "clause" in row]
    found.sort(key=lambda each: (each.steps, each.clause, each.party))
    found.sort(key=lambda each: (each.holds(since, until), each.left, each.last), reverse=True)
    return found


def _cover(copy: WorkingCopy, row: Row, exchange: Row) -> Cover:
    clause: Row = copy.records.get(row["clause"]["id"]) or row["clause"]
    agreement: Row = copy.records.get(row["agreement"]["id"]) or row["agreement"]
    is_yearly, year = clause.get("per") == "year", exchange["since"][:4]
    ties = {"clause": clause["id"], "party": row["party"]}
    counted = [
        each
        for each in now(copy, row["counted"], COUNTED, ties)
        if each["id"] != exchange["id"] and (not is_yearly or each["since"][:4] == year)
    ]
    first = agreement.get("effectiveOn")
    return Cover(
        clause=clause["id"],
        agreement=agreement["id"],
        party=row["party"],
        counterparty=row["counterparty"],
        status=agreement["status"],
        first=first and max(first, clause.get("effectiveOn") or EVER[0]),
        last=min(agreement.get("expiresOn") or EVER[1], clause.get("expiresOn") or EVER[1]),
        quota=clause.get("quota"),
        used=len(counted),
        period=year if is_yearly else NO_YEAR,
        steps=row["steps"],
    )


def now(
    copy: WorkingCopy, read: Iterable[Row], states: Iterable[str], ties: Mapping[str, str]
) -> list[Row]:
    """The exchanges in one of the states that are tied so (hop → far end), commands of the unit counted in."""
    known, wanted = {row["id"]: row for row in read}, frozenset(states)
    answers = [copy.answers.get(ties_of(MODEL, EXCHANGE.name, hop), {}) for hop in ties]
    for id_ in set(answers[0]).intersection(*answers[1:]) & set(copy.records):
        known.pop(id_, None)
        far = [{each["far"] for each in answer[id_]} for answer in answers]
        if all(one in several for one, several in zip(ties.values(), far, strict=True)):
            known[id_] = copy.records[id_]
    return sorted(
        (each for each in known.values() if each["state"] in wanted), key=lambda each: each["id"]
    )


def overlapping(periods: Iterable[Row], since: str, until: str) -> list[Row]:
    """Those that share a day with the period."""
    return [each for each in periods if each["since"] <= until and since <= each["until"]]


def most_at_once(periods: Iterable[Row], since: str, until: str) -> int:
    """How many of them, at most, share one day of the period."""
    within = overlapping(periods, since, until)
    days = {max(each["since"], since) for each in within}
    return max((len(overlapping(within, day, day)) for day in days), default=0)


def further(id_: str, copy: WorkingCopy) -> frozenset[Question]:
    """What an exchange's rules ask once its own ties are known."""
    far = _far(copy, id_)
    affiliations = Question(ties_of(MODEL, "Person", "affiliations"), far["person"], holds=False)
    return questions_of_rules(far, copy.records[id_]) | {affiliations}


def questions_of_rules(ends: Mapping[str, str], exchange: Row) -> frozenset[Question]:
    """What the rules ask of an exchange, or of one to be: `ends` are home, host, person and post, `exchange` has its days."""
    key = clauses_key(ends["home"], ends["host"], exchange["since"], exchange["until"])
    return frozenset(
        {
            Question(CLAUSES, key),
            Question(OF_PERSON, ends["person"]),
            Question(TO_POST, ends["post"]),
            Question(REQUIRED, f"{ends['post']} {ends['person']}"),
        }
    )


def _far(copy: WorkingCopy, id_: str) -> dict[str, str]:
    ends = ("home", "host", "person", "post")
    return {each.name: each.far for each in copy.ties(EXCHANGE, id_, ends)}
