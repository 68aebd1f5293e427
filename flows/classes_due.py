"""What classes leave to the hub, for the flows that do it: one kind of work each."""

from __future__ import annotations

from functools import partial

from flows.desk import Desk
from flows.due import Due
from graph_store.commands.allocating import (
    ALLOCATE_SEATS,
    PROMOTE_WAITING_LIST,
    SETTLE_REGISTRATIONS,
)
from graph_store.commands.certificates import ISSUE_CERTIFICATES
from graph_store.commands.classes import CLOSE_CLASS
from graph_store.commands.rows import instant_text
from graph_store.due_classes import (
    TO_ALLOCATE,
    TO_CERTIFY,
    TO_CLOSE,
    TO_PROMOTE,
    TO_SETTLE,
    classes,
)


async def _found(statement: str, desk: Desk) -> list[str]:
    return await classes(desk.run, statement, instant_text(desk.now))


CLOSING = Due(partial(_found, TO_CLOSE), CLOSE_CLASS, "截止报名", "classes closed")
ALLOCATING = Due(
    partial(_found, TO_ALLOCATE), ALLOCATE_SEATS, "分配名额", "seats given", again=True
)
PROMOTING = Due(
    partial(_found, TO_PROMOTE), PROMOTE_WAITING_LIST, "核对候补", "waiting lists looked through"
)
SETTLING = Due(
    partial(_found, TO_SETTLE),
    SETTLE_REGISTRATIONS,
    "清理已结束的报名",
    "registrations of ended classes settled",
    again=True,
)
CERTIFYING = Due(
    partial(_found, TO_CERTIFY), ISSUE_CERTIFICATES, "颁发证书", "certificates issued", again=True
)
