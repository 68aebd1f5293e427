"""The hub's flows by name, as the worker runs them; `graph_store/flow_names.py` tells what each does and when."""

from __future__ import annotations

from collections.abc import Mapping

from flows.advance_exchanges import advance_exchanges
from flows.allocate_seats import allocate_seats
from flows.close_classes import close_classes
from flows.deliver_notices import deliver_notices
from flows.engine import HubFlow
from flows.escalate_overdue_tasks import escalate_overdue_tasks
from flows.forget_request_keys import forget_request_keys
from flows.issue_certificates import issue_certificates
from flows.promote_waiting_lists import promote_waiting_lists
from flows.propose_exchanges import propose_exchanges
from flows.reconcile import reconcile
from flows.remind import remind
from flows.retry_import import retry_import
from flows.send_deliveries import send_deliveries
from flows.settle_registrations import settle_registrations

FLOWS: Mapping[str, HubFlow] = {
    "deliver_notices": deliver_notices,
    "send_deliveries": send_deliveries,
    "advance_exchanges": advance_exchanges,
    "close_classes": close_classes,
    "allocate_seats": allocate_seats,
    "promote_waiting_lists": promote_waiting_lists,
    "settle_registrations": settle_registrations,
    "escalate_overdue_tasks": escalate_overdue_tasks,
    "remind": remind,
    "issue_certificates": issue_certificates,
    "propose_exchanges": propose_exchanges,
    "retry_import": retry_import,
    "reconcile": reconcile,
    "forget_request_keys": forget_request_keys,
}
