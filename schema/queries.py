"""Written questions: root fields that are resolved by functions beside the compiled ones, to be grafted onto the derived `Query`.

Each has a file of its own. Its resolver finds the request in `info.context` (`resolvers/context.py`), may be async, and may hold
derived records: a `Record` under a placeholder is read by the compiler as the client selected it, as mutations do.
"""

from __future__ import annotations

from strawberry.tools import create_type

from schema.access_query import EXPLAIN_ACCESS
from schema.flows_query import FLOWS
from schema.inbox_query import INBOX
from schema.ledger_query import EXCHANGE_LEDGER
from schema.seats_query import CLASS_SEATS
from schema.verify_query import VERIFY_CERTIFICATE
from schema.viewer_query import VIEWER
from schema.waiting_query import WAITING_POSITION

Query = create_type(
    "Query",
    [
        VIEWER,
        EXPLAIN_ACCESS,
        INBOX,
        EXCHANGE_LEDGER,
        WAITING_POSITION,
        CLASS_SEATS,
        FLOWS,
        VERIFY_CERTIFICATE,
    ],
    description="全部查询 | All questions",
)

__all__ = ["Query"]
