"""The origin's agreements of April 2020 with their parties, signatures and clauses (`domain.md`, rows 1 to 3).

The reports name no last day, so none is given and the agreements stay in force. What the two main agreements allow
is told, but no quota or percentage, and of the sub-agreements no more than the parties: clauses that say more than
the reports do are marked as synthetic.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from demo.facts import institutions as who
from demo.facts.divisions import division_id
from demo.facts.sources import ORIGIN, from_source
from demo.records import Properties, Record, Tie, fact

FRAMEWORK = "cd-agreement-framework-2020"
SHARING = "cd-agreement-sharing-2020"


@dataclass(frozen=True, slots=True)
class Signed:
    """One agreement: its parties as (institution, who signed for it), and its clauses as properties."""

    id: str
    name: str
    english: str
    kind: str
    on: str
    place: str | None
    summary: str
    parties: tuple[tuple[str, str | None], tuple[str, str | None]]
    clauses: tuple[Properties, ...]
    under: str | None = None


_EXCHANGE = {"kind": "exchange_cadres", "quota": 12, "per": "year"}
_SEATS = {"kind": "training_seats", "quota": 20, "per": "class"}
_PRICE = {"kind": "preferential_price", "percent": 20.0, "scopeKinds": ["instrument", "service"]}


def _signed() -> tuple[Signed, ...]:
    return (
        Signed(FRAMEWORK, "川渝科协战略合作框架协议", "Framework agreement on strategic cooperation of the two associations", "framework", "2020-04-15", "成都",
            "顶层设计、智慧服务平台、创新驱动、全域科普、决策咨询、人才交流六个领域的合作",
            ((who.SCAST, "经戈"), (who.CQAST, "陈昌明")), (_EXCHANGE, _SEATS)),
        Signed(SHARING, "川渝科技资源共享合作协议", "Agreement on sharing science and technology resources", "resource_sharing", "2020-04-14", None,
            "科学仪器、科学数据共享，创新券通用通兑，一平台两基地，单点登录、全网服务",
            ((who.SICHUAN_DEPARTMENT, None), (who.CHONGQING_BUREAU, None)),
            ({"kind": "share_instruments", "scopeKinds": ["instrument"]}, {"kind": "share_data", "scopeKinds": ["dataset"]}, {"kind": "accept_vouchers"}, _PRICE)),
        Signed("cd-agreement-innovation-2020", "四川省科协创新促进会与重庆市产学研合作促进会合作协议", "Agreement of the two promotion associations", "sub_agreement", "2020-04-15", "成都",
            "框架协议的子协议", ((who.SICHUAN_PROMOTION, None), (who.CHONGQING_PROMOTION, None)), ({"kind": "training_seats", "quota": 8, "per": "class"},), FRAMEWORK),
        Signed("cd-agreement-museums-2020", "四川科技馆与重庆科技馆合作协议", "Agreement of the two science museums", "sub_agreement", "2020-04-15", "成都",
            "框架协议的子协议", ((who.SICHUAN_MUSEUM, None), (who.CHONGQING_MUSEUM, None)), ({"kind": "exchange_cadres", "quota": 2, "per": "year"},), FRAMEWORK),
        Signed("cd-agreement-press-2020", "四川科技报社与重庆科技报社有限公司合作协议", "Agreement of the two science newspapers", "sub_agreement", "2020-04-15", "成都",
            "框架协议的子协议", ((who.SICHUAN_PRESS, None), (who.CHONGQING_PRESS, None)), ({"kind": "share_data", "scopeKinds": ["media"]},), FRAMEWORK),
    )  # fmt: skip


def records() -> Iterator[Record]:
    """Each agreement after the one it carries out, and followed by its clauses."""
    for each in _signed():
        yield Record("Agreement", _properties(each), tuple(_ties(each)))
        for number, clause in enumerate(each.clauses, start=1):
            yield _clause(each, number, clause)


def _properties(each: Signed) -> Properties:
    return fact(
        each.id,
        each.name,
        nameEn=each.english,
        kind=each.kind,
        status="signed",
        visibility="public",
        signedOn=each.on,
        effectiveOn=each.on,
        place=each.place,
        summary=each.summary,
    )


def _ties(each: Signed) -> Iterator[Tie]:
    yield from_source(each.id, ORIGIN)
    if each.under:
        yield Tie("UNDER", each.id, each.under)
    for institution, signer in each.parties:
        signature = {"role": "party"} if signer is None else {"role": "party", "signedBy": signer}
        yield Tie("PARTY_TO", institution, each.id, signature)


def _clause(each: Signed, number: int, clause: Properties) -> Record:
    own = f"{each.id.replace('-agreement-', '-clause-')}-{number}"
    is_told = each.under is None and not {"quota", "percent"} & clause.keys()
    properties = fact(own, _CLAUSE_NAMES[clause["kind"]], visibility="public", **clause)
    ties = [Tie("GRANTS", each.id, own)]
    ties += [Tie("BINDS", own, institution) for institution, _ in each.parties]
    if clause["kind"] == "accept_vouchers":
        ties += [Tie("WITHIN", own, division_id(code)) for code in ("510000", "500000")]
    return Record("Clause", properties | {"synthetic": not is_told}, tuple(ties))


_CLAUSE_NAMES = {
    "share_instruments": "仪器设备共享",
    "share_data": "科学数据共享",
    "accept_vouchers": "创新券通用通兑",
    "exchange_cadres": "干部双向交流",
    "training_seats": "培训名额",
    "preferential_price": "优惠价格",
}


def clause_name(kind: str) -> str:
    """What a clause of that kind is called."""
    return _CLAUSE_NAMES[kind]
