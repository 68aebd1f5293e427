"""What is read for delivering: by which ways a notice goes, what a delivery says to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph_store.model import MODEL
from graph_store.reads import Run

_HOLDERS = "|".join(
    sorted(
        {
            hop.edge.type
            for noun in MODEL
            for hop in MODEL.holders(noun.name)
            if hop.forward and hop.far == "Institution"
        }
    )
)

# a webhook hears of the records that its institution answers for
WAYS = f"""\
// ways of notices
RETURN COLLECT {{ UNWIND $ids AS id MATCH (n:Notice {{id: id}})-[:TELLS]->(p:Person)
  RETURN {{notice: id, email: CASE WHEN EXISTS {{ (p)<-[:PREFERRED_BY]-(:NoticePreference {{byEmail: false}}) }}
      THEN null ELSE p.email END,
    institutions: COLLECT {{ MATCH (p)-[a:AFFILIATED_WITH]->(i:Institution)
      WHERE coalesce(a.until, $day) >= $day RETURN DISTINCT i.id ORDER BY i.id }},
    webhooks: COLLECT {{ MATCH (about:Record {{id: n.about}})-[:{_HOLDERS}]->(i:Institution)<-[:CALLED_FOR]-(w:Webhook)
      WHERE w.status = 'active' RETURN DISTINCT [w.id, i.id] AS pair ORDER BY pair }}}} }} AS found"""

LETTERS = """\
// what deliveries say
RETURN COLLECT { UNWIND $ids AS id MATCH (d:Delivery {id: id})
  OPTIONAL MATCH (d)-[:DELIVERS]->(n:Notice)-[:TELLS]->(p:Person)
  OPTIONAL MATCH (d)-[:DELIVERED_TO]->(w:Webhook)
  RETURN {id: id, channel: d.channel, state: d.state, attempts: d.attempts,
    notice: n.id, kind: n.kind, about: n.about, at: coalesce(n.createdAt, d.createdAt),
    title: n.name, titleEn: n.nameEn, body: n.body, bodyEn: n.bodyEn,
    person: p.id, personName: p.name, email: p.email,
    language: COLLECT { MATCH (p)<-[:PREFERRED_BY]-(x:NoticePreference) RETURN x.language }[0],
    webhook: w.id, url: w.url, isActive: w.status = 'active'} } AS found"""


@dataclass(frozen=True, slots=True)
class Way:
    """How a notice may go: to an address, and to webhooks, each with its institution."""

    notice: str
    email: str | None
    institutions: tuple[str, ...]
    webhooks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A delivery and what it says; what belongs to the other channel, or to no test, is None."""

    id: str
    channel: str
    state: str
    attempts: int
    at: str
    notice: str | None
    kind: str | None
    about: str | None
    title: str | None
    title_en: str | None
    body: str | None
    body_en: str | None
    person: str | None
    person_name: str | None
    email: str | None
    language: str | None
    webhook: str | None
    url: str | None
    is_active: bool | None


async def ways(run: Run, notices: Iterable[str], day: str) -> list[Way]:
    """The ways of these notices on the day. Raises GraphStoreError."""
    (found,) = await run(WAYS, {"ids": list(notices), "day": day})
    return [
        Way(
            row["notice"],
            row["email"],
            tuple(row["institutions"]),
            tuple((webhook, at) for webhook, at in row["webhooks"]),
        )
        for row in found
    ]


async def letters(run: Run, deliveries: Iterable[str]) -> list[Told]:
    """What these deliveries say. Raises GraphStoreError."""
    (found,) = await run(LETTERS, {"ids": list(deliveries)})
    return [_told(row) for row in found]


def _told(row: dict[str, Any]) -> Told:
    renamed = {
        "title_en": row.pop("titleEn"),
        "body_en": row.pop("bodyEn"),
        "person_name": row.pop("personName"),
        "is_active": row.pop("isActive"),
    }
    return Told(**row, **renamed)
