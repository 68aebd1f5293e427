"""`waitingPosition`: where a registration stands on the waiting list of its class, and why it waits."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import strawberry

from auth.viewer import Viewer
from graph_store.waiting import Place, Why
from resolvers.context import Context

Info = strawberry.Info[Context, None]

_SAID = {
    Why.ALLOCATION: (
        "名额在报名截止后统一分配，按优先级与批准时间排序",
        "Seats are given when registration closes, by priority and time of approval",
    ),
    Why.NO_SEAT: ("该班名额已满", "All seats of the class are taken"),
    Why.QUOTA: (
        "派出机构的名额已用完，或不足以容纳全组",
        "The quota of the institution is used, or too little of it is left for the whole group",
    ),
    Why.PARTY_TOO_LARGE: (
        "剩余名额不足以容纳全组，全组须同时录取",
        "Fewer seats are left than the group needs, which is confirmed whole",
    ),
}


def _enum() -> Any:
    values: dict[str, Any] = {
        each.name: strawberry.enum_value(each, description=" | ".join(said))
        for each, said in _SAID.items()
    }
    made: Any = Enum("WaitingReason", values)  # type: ignore[misc] # made from the values
    return strawberry.enum(made, description="候补的原因 | Why somebody waits")


REASON = _enum()


@strawberry.type(name="WaitingPosition", description="候补名单上的位置 | A place on a waiting list")
class PositionType:
    """Numbers alone: who else waits is not told."""

    position: int = strawberry.field(
        description="第几位，同组为一位 | Which place; a party has one together"
    )
    people_ahead: int = strawberry.field(
        description="前面有多少人 | How many people are before them"
    )
    together: int = strawberry.field(description="同组人数 | How many are in the party")
    reason: Why = strawberry.field(graphql_type=REASON, description="原因 | Why they wait")
    sentence: str = strawberry.field(description="原因（中文） | Why they wait, in Chinese")
    sentence_en: str = strawberry.field(description="原因（英文） | Why they wait, in English")


async def waiting_position(info: Info, registration: Any) -> PositionType | None:
    """The place, for those who may know of the registration."""
    context = info.context
    place = await context.place_of(str(registration))
    if place is None or not _may_know(context.viewer, place):
        return None
    zh, en = _SAID[place.why]
    return PositionType(
        position=place.position,
        people_ahead=place.ahead,
        together=place.together,
        reason=place.why,
        sentence=zh,
        sentence_en=en,
    )


def _may_know(viewer: Viewer, place: Place) -> bool:
    """Whether the registration is the viewer's own, or of an institution where they are at home."""
    is_own = viewer.person is not None and viewer.person == place.person
    return is_own or bool(place.institutions & set(viewer.rights.institutions))


waiting_position.__annotations__ |= {
    "registration": Annotated[
        strawberry.ID, strawberry.argument(description="报名的标识 | The registration's id")
    ],
    "return": PositionType | None,
}

WAITING_POSITION = strawberry.field(
    waiting_position,
    name="waitingPosition",
    description="一项报名在候补名单上的位置及原因；不在候补或无权查看时为空"
    " | Where a registration stands on the waiting list of its class, and why; null where it does not wait or may not be seen",
)
