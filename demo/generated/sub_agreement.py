"""One generated sub-agreement of the framework agreement, by which people of agencies and universities of both sides go and learn."""

from __future__ import annotations

from collections.abc import Iterator

from demo.facts import agreements as origin
from demo.generated.cast import PARTIES
from demo.records import CHENGDU, CHONGQING, Record, Tie, invented
from demo.world import World

SEATS_OF_ONE = 6
"""Of one party in one class."""
_PLACE = 9_000_000
"""Beyond all numbers of drawn agreements and clauses."""


def quota(world: World) -> int:
    """How many each party may send in a year."""
    return max(12, round(100 * world.figures.scale))


def exchange_clause(world: World) -> str:
    """The id of the clause on exchange."""
    return world.id(CHENGDU, "clause", _PLACE)


def seats_clause(world: World) -> str:
    """The id of the clause on training seats."""
    return world.id(CHENGDU, "clause", _PLACE + 1)


def records(world: World) -> Iterator[Record]:
    """The agreement, which says that it is for the demonstration, and its clauses."""
    own = world.id(CHENGDU, "agreement", _PLACE)
    properties = invented(
        own,
        "川渝科技机构干部交流与联合培训合作协议（演示）",
        1,
        nameEn="Agreement on cadre exchange and joint training (demonstration)",
        kind="sub_agreement",
        status="signed",
        place="成都",
        summary="框架协议的子协议：各方互派干部挂职，联合举办培训班并互留名额。",
        signedOn="2024-11-15",
        effectiveOn="2025-01-01",
    )
    parties = (*PARTIES[CHENGDU], *PARTIES[CHONGQING])
    ties = [Tie("PARTY_TO", party, own, {"role": "party"}) for party in parties]
    yield Record("Agreement", properties, (*ties, Tie("UNDER", own, origin.FRAMEWORK)))
    terms = (
        (exchange_clause(world), "exchange_cadres", quota(world), "year"),
        (seats_clause(world), "training_seats", SEATS_OF_ONE, "class"),
    )
    for number, (clause, kind, most, per) in enumerate(terms):
        given = invented(clause, origin.clause_name(kind), number, kind=kind, quota=most, per=per)
        yield Record("Clause", given, (Tie("GRANTS", own, clause),))
