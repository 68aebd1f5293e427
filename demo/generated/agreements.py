"""Generated agreements between one institution of each side, in every state, with one to four clauses."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from demo.facts import agreements as origin
from demo.facts import institutions as who
from demo.facts.divisions import division_id
from demo.generated.days import day, later
from demo.records import CHENGDU, Properties, Record, Tie, invented
from demo.world import World

_STATUSES = ("signed", "draft", "suspended", "terminated")
_STATUS_WEIGHTS = (82, 8, 5, 5)
_SUBJECTS = ("仪器设备共享", "人才交流", "联合培训", "科学数据共享", "协同创新", "创新券互认", "科普资源共享")  # fmt: skip
_SIGNED_YEARS = (2020, 2025)
# short ones are over today, long ones in force for years to come; without a last day they go on
_TERMS = (730, 1_095, 3_650, 5_475, None)
_FOR_BOTH_REGIONS = 0.25


@dataclass(frozen=True, slots=True)
class _Signed:
    """An agreement by its id, and its parties."""

    id: str
    parties: tuple[str, str]


def records(world: World) -> Iterator[Record]:
    """Each agreement, followed by its clauses."""
    yield from _between_universities(world)
    chance = world.chance("agreements")
    numbered = len(_BETWEEN_UNIVERSITIES)
    for index in range(1, world.figures.agreements):
        own = world.id(CHENGDU, "agreement", index)
        signed = _Signed(own, (chance.choice(world.sichuan), chance.choice(world.leaders).id))
        properties = _properties(own, index, chance)
        yield Record("Agreement", properties, tuple(_ties(signed, chance)))
        kinds = chance.sample(_CLAUSES, chance.randint(1, 4))
        for kind in kinds:
            clause = world.id(CHENGDU, "clause", numbered)
            terms = {"kind": kind, **_terms(kind, chance)}
            yield _drawn(_clause(signed, clause, numbered, terms), chance)
            numbered += 1


# what the sample people of both universities see and may do depends on it; the seven subjects of others are drawn
_BETWEEN_UNIVERSITIES: tuple[Properties, ...] = (
    {"kind": "share_data", "scopeKinds": ["dataset"]},
    {"kind": "share_instruments", "scopeKinds": ["instrument"]},
    {"kind": "exchange_cadres", "quota": 4, "per": "year"},
    {"kind": "preferential_price", "percent": 15.0},
)


def _between_universities(world: World) -> Iterator[Record]:
    """The one agreement that every demonstration has: in force, without a last day, between a university of each side."""
    own = world.id(CHENGDU, "agreement", 0)
    signed = _Signed(own, (who.SICHUAN_UNIVERSITY, who.CHONGQING_UNIVERSITY))
    properties = invented(
        own,
        "四川大学与重庆大学科技资源共享合作协议（演示）",
        0,
        nameEn="Agreement of Sichuan University and Chongqing University on sharing resources (demonstration)",
        kind="bilateral",
        status="signed",
        place="成都",
        summary="双方互相开放仪器设备与科学数据，互派干部，优惠收费。",
        signedOn="2024-03-01",
        effectiveOn="2024-03-01",
    )
    ties = [Tie("PARTY_TO", party, own, {"role": "party"}) for party in signed.parties]
    yield Record("Agreement", properties, (*ties, Tie("UNDER", own, origin.SHARING)))
    for number, terms in enumerate(_BETWEEN_UNIVERSITIES):
        clause = world.id(CHENGDU, "clause", number)
        yield _clause(signed, clause, number, terms)


def _properties(own: str, index: int, chance: Random) -> Properties:
    status = chance.choices(_STATUSES, _STATUS_WEIGHTS)[0]
    signed = day(chance, *_SIGNED_YEARS)
    days = chance.choice(_TERMS)
    begins = later(signed, chance.choice((0, 0, 15, 30)))
    subject = chance.choice(_SUBJECTS)
    dates: Properties = {}
    if status != "draft":
        ends = None if days is None else later(begins, days - 1)
        dates = {"signedOn": signed, "effectiveOn": begins, "expiresOn": ends}
    return invented(
        own,
        f"川渝机构{subject}合作协议（{signed[:4]}-{index + 1:03d}）",
        index,
        kind="bilateral",
        status=status,
        place=chance.choice(("成都", "重庆", "绵阳", "泸州", "达州")),
        summary=f"双方在{subject}方面开展合作。",
        **dates,
    )


def _ties(signed: _Signed, chance: Random) -> Iterator[Tie]:
    roles = chance.choice((("lead", "party"), ("party", "party"), ("party", "supporter")))
    for party, role in zip(signed.parties, roles, strict=True):
        yield Tie("PARTY_TO", party, signed.id, {"role": role})
    if chance.random() < 0.5:
        yield Tie("UNDER", signed.id, chance.choice((origin.FRAMEWORK, origin.SHARING)))


_CLAUSES = ("share_instruments", "share_data", "accept_vouchers", "exchange_cadres", "training_seats", "preferential_price")  # fmt: skip


def _clause(signed: _Signed, own: str, index: int, terms: Properties) -> Record:
    properties = invented(own, origin.clause_name(terms["kind"]), index, **terms)
    parties = [Tie("BINDS", own, party) for party in signed.parties]
    return Record("Clause", properties, (Tie("GRANTS", signed.id, own), *parties))


def _drawn(clause: Record, chance: Random) -> Record:
    """The clause, now and then for both regions only."""
    if chance.random() >= _FOR_BOTH_REGIONS:
        return clause
    within = (Tie("WITHIN", clause.id, division_id(code)) for code in ("510000", "500000"))
    return clause._replace(ties=(*clause.ties, *within))


def _terms(kind: str, chance: Random) -> Properties:
    match kind:
        case "exchange_cadres":
            return {"quota": chance.randint(1, 6), "per": chance.choice(("year", "agreement"))}
        case "training_seats":
            return {"quota": chance.randint(2, 30), "per": chance.choice(("class", "year"))}
        case "preferential_price":
            return {"percent": float(chance.choice((5, 10, 15, 20, 30)))}
        case "share_instruments":
            return {"scopeKinds": ["instrument"]}
        case "share_data":
            return {"scopeKinds": ["dataset"]}
        case _:
            return {}
