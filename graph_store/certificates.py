"""A certificate by its number, as far as anybody may know of it who holds the number in hand."""

from __future__ import annotations

from typing import Any

from graph_store.reads import Run

BY_NUMBER = """\
// certificate by its number
RETURN COLLECT { MATCH (c:Certificate {number: $number})
  RETURN c {.number, .issuedOn, .revokedOn, .synthetic,
    holder: COLLECT { MATCH (c)-[:CERTIFIES]->(p:Person) RETURN p.name }[0],
    course: COLLECT { MATCH (c)-[:OF_CLASS]->(t:TrainingClass) RETURN t {.name, .nameEn} }[0],
    issuer: COLLECT { MATCH (c)-[:ISSUED_BY]->(i:Institution) RETURN i {.name, .nameEn} }[0]} } AS found"""


async def certificate_by_number(run: Run, number: str) -> dict[str, Any] | None:
    """{number issuedOn revokedOn synthetic holder course issuer}, whatever its visibility; None where there is none.

    Raises GraphStoreError.
    """
    (found,) = await run(BY_NUMBER, {"number": number})
    return found[0] if found else None
