"""`classSeats`: how the seats of a class stand, in numbers; whose they are is told to those whose own they are."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from auth.access import Action
from auth.viewer import Viewer
from graph_store.seat_counts import SeatCounts, Share
from resolvers.context import Context

Info = strawberry.Info[Context, None]


@strawberry.type(
    name="ClassSeatsShare",
    description="一个机构在一个培训班的名额 | What an institution has of a class",
)
class ShareType:
    """An institution's seats."""

    institution_id: strawberry.ID = strawberry.field(
        description="派出机构的标识，以 nodes 读取 | Id of the institution, for `nodes`"
    )
    quota: int | None = strawberry.field(
        description="至多名额，不限时为空 | Most seats it may have; null without limit"
    )
    taken: int = strawberry.field(description="已占名额 | Seats it has")
    waiting: int = strawberry.field(description="候补人数 | How many of its people wait")


@strawberry.type(name="ClassSeats", description="培训班的名额 | Seats of a class")
class SeatsType:
    """seats = taken + free; who waits is no part of it."""

    seats: int = strawberry.field(description="名额总数 | All seats")
    taken: int = strawberry.field(description="已占名额 | Seats that somebody has")
    free: int = strawberry.field(description="空余名额 | Seats that nobody has")
    waiting: int = strawberry.field(
        description="候补人数，含等待统一分配者 | How many people wait, also for seats that are given at close"
    )
    waiting_parties: int = strawberry.field(
        description="候补组数，单人为一组 | In how many parties they wait; a person alone is one"
    )
    shares: list[ShareType] = strawberry.field(
        description="各派出机构：主办机构可见全部，派出机构可见本机构，其余为空 | By institution: the organiser sees all,"
        " an institution its own, others none"
    )


async def class_seats(info: Info, training_class: Any) -> SeatsType | None:
    """The counts, for those who may see the class."""
    context, id_ = info.context, str(training_class)
    if not (await context.explain(context.viewer, id_, Action.SEE)).allowed:
        return None
    counts = await context.seats_of(id_)
    return None if counts is None else _told(counts, context.viewer)


def _told(counts: SeatCounts, viewer: Viewer) -> SeatsType:
    return SeatsType(
        seats=counts.seats,
        taken=counts.taken,
        free=counts.seats - counts.taken,
        waiting=counts.waiting,
        waiting_parties=counts.parties,
        shares=[
            ShareType(
                institution_id=strawberry.ID(each.institution),
                quota=each.quota,
                taken=each.taken,
                waiting=each.waiting,
            )
            for each in counts.shares
            if _may_know(viewer, each, counts)
        ],
    )


def _may_know(viewer: Viewer, share: Share, counts: SeatCounts) -> bool:
    """Whether the viewer is at home at the institution itself, or at the one that holds the class."""
    return bool({share.institution, counts.organiser} & set(viewer.rights.institutions))


class_seats.__annotations__ |= {
    "training_class": Annotated[
        strawberry.ID,
        strawberry.argument(description="培训班的标识 | The class's id"),
    ],
    "return": SeatsType | None,
}

CLASS_SEATS = strawberry.field(
    class_seats,
    name="classSeats",
    description="培训班的名额、已占、空余与候补人数；没有该班或无权查看时为空"
    " | Seats of a class, taken, free, and how many wait; null where there is no such class or it may not be seen",
)
