"""`exchangeLedger`: who has sent and received whom, in person-months, with the list behind each figure.

The list gives ids and no records: `nodes` reads as many as are wanted in one statement, where each record here would take one.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, Any

import strawberry

from graph_store.exchange_ledger import Entry, Level, Pair, Wanted
from graph_store.model import MODEL
from graph_store.person_months import HUNDREDTHS
from resolvers.context import Context
from resolvers.records import Record
from schema.placeholders import leaf, placeholder

Info = strawberry.Info[Context, None]
STATE = leaf(MODEL.property("CadreExchange", "state"))

_LEVELS: dict[str, Any] = {
    Level.INSTITUTION.name: strawberry.enum_value(
        Level.INSTITUTION,
        description="按派出、接收机构 | By the institutions that send and receive",
    ),
    Level.PARTY.name: strawberry.enum_value(
        Level.PARTY,
        description="按各自代表的签约方 | By the parties of agreements for which they act",
    ),
}
_LEVEL: Any = Enum("ExchangeLedgerLevel", _LEVELS)  # type: ignore[misc] # made from the values
LEVEL = strawberry.enum(_LEVEL, description="账目在谁之间 | Between whom the ledger is kept")


@strawberry.type(
    name="ExchangeLedgerEntry", description="账目中的一项交流 | One exchange in the ledger"
)
class EntryType:
    """An exchange with its months."""

    id: strawberry.ID = strawberry.field(
        description="干部交流的标识，以 nodes 读取 | The exchange's id, for `nodes`"
    )
    name: str = strawberry.field(description="名称 | Its name")
    state: str = strawberry.field(graphql_type=STATE, description="状态 | Where it stands")
    since: str = strawberry.field(graphql_type=date, description="起始日 | First day")
    until: str = strawberry.field(
        graphql_type=date,
        description="实际结束日，未结束时为计划截止日 | The day it ended, or shall end",
    )
    months: float = strawberry.field(
        description="已履行人月，按日历月天数折算到 0.01 | Person-months served, by days of calendar months, to 0.01"
    )
    planned_months: float = strawberry.field(
        description="尚未履行的人月：已接收的，和交流中今天之后的 | Person-months ahead: of what is accepted, and after today of what goes on"
    )
    person_id: strawberry.ID = strawberry.field(
        description="交流人员的标识 | Id of whoever is exchanged"
    )


@strawberry.type(
    name="ExchangeLedgerPair",
    description="两个机构之间的往来 | What passed between two institutions",
)
class PairType:
    """A pair, seen from its one side."""

    one: Record | None = strawberry.field(
        graphql_type=placeholder("Institution") | None,
        description="本方，无权查看时为空 | From whose side it is told; null where it may not be seen",
    )
    one_id: strawberry.ID = strawberry.field(description="本方的标识 | Id of that side")
    other: Record | None = strawberry.field(
        graphql_type=placeholder("Institution") | None,
        description="对方，无权查看时为空 | The other side; null where it may not be seen",
    )
    other_id: strawberry.ID = strawberry.field(description="对方的标识 | Id of the other side")
    months_sent: float = strawberry.field(description="派出人月 | Person-months sent")
    months_received: float = strawberry.field(description="接收人月 | Person-months received")
    balance: float = strawberry.field(
        description="差额：派出减接收 | Person-months sent less those received"
    )
    planned_sent: float = strawberry.field(description="计划派出人月 | Person-months to be sent")
    planned_received: float = strawberry.field(
        description="计划接收人月 | Person-months to be received"
    )
    sent: list[EntryType] = strawberry.field(
        description="派出的各项交流 | The exchanges behind what is sent"
    )
    received: list[EntryType] = strawberry.field(
        description="接收的各项交流 | The exchanges behind what is received"
    )


@strawberry.type(name="ExchangeLedger", description="干部交流账目 | The ledger of cadre exchange")
class LedgerType:
    """All pairs that the viewer may see."""

    as_of: str = strawberry.field(
        graphql_type=date,
        description="截至哪一天：此日之前为已履行 | The day up to which an exchange that goes on is served",
    )
    pairs: list[PairType] = strawberry.field(description="各对机构 | The pairs")


async def exchange_ledger(
    info: Info,
    institution: Any = None,
    year: Any = None,
    level: Any = None,
) -> LedgerType:
    """The ledger of what the viewer may see; nothing for who is signed out."""
    reader = info.context.ledger
    assert reader is not None  # the hub itself always has one
    kept = Level.INSTITUTION if level is None else Level(_plain(level))
    wanted = Wanted(kept, institution, year)
    pairs = await reader.of(info.context.viewer, wanted)
    return LedgerType(as_of=reader.today(), pairs=[_pair(each) for each in pairs])


def _plain(level: Any) -> Any:
    value = getattr(level, "value", level)
    return getattr(value, "value", value)


def _described(text: str) -> Any:
    return strawberry.argument(description=text)


exchange_ledger.__annotations__ |= {
    "institution": Annotated[
        strawberry.ID | None,
        _described("只要此机构（或签约方）的 | Only that of this institution, or party"),
    ],
    "year": Annotated[
        int | None,
        _described("只计此年的天数，默认全部年份 | Only days of this year; all years unless given"),
    ],
    "level": Annotated[
        LEVEL | None,
        _described(
            "按派出、接收机构（默认），或按各自代表的签约方 | By the institutions themselves, which is the default, or by the parties of"
            " agreements for which they act"
        ),
    ],
    "return": LedgerType,
}

EXCHANGE_LEDGER = strawberry.field(
    exchange_ledger,
    name="exchangeLedger",
    description="干部交流账目：各对机构派出与接收的人月、差额及其明细，只含可查看的交流"
    " | The ledger of cadre exchange: for each pair of institutions person-months sent and received, their balance and the list"
    " behind each figure, of the exchanges that you may see",
)


def _pair(pair: Pair) -> PairType:
    return PairType(
        one=Record("Institution", pair.one),
        one_id=strawberry.ID(pair.one),
        other=Record("Institution", pair.other),
        other_id=strawberry.ID(pair.other),
        months_sent=_months(each.served for each in pair.sent),
        months_received=_months(each.served for each in pair.received),
        balance=pair.balance / HUNDREDTHS,
        planned_sent=_months(each.planned for each in pair.sent),
        planned_received=_months(each.planned for each in pair.received),
        sent=[_entry(each) for each in pair.sent],
        received=[_entry(each) for each in pair.received],
    )


def _months(several: Any) -> float:
    return float(sum(several) / HUNDREDTHS)


def _entry(entry: Entry) -> EntryType:
    return EntryType(
        id=strawberry.ID(entry.exchange),
        name=entry.name,
        state=entry.state,
        since=entry.since,
        until=entry.until,
        months=entry.served / HUNDREDTHS,
        planned_months=entry.planned / HUNDREDTHS,
        person_id=strawberry.ID(entry.person),
    )
