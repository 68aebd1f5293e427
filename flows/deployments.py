"""The hub's flows by name, as the worker runs them; `graph_store/flow_names.py` tells what each does and when."""

from __future__ import annotations

from collections.abc import Mapping

from flows.advance_exchanges import advance_exchanges
from flows.deliver_notices import deliver_notices
from flows.engine import HubFlow
from flows.forget_request_keys import forget_request_keys
from flows.reconcile import reconcile
from flows.send_deliveries import send_deliveries

FLOWS: Mapping[str, HubFlow] = {
    "deliver_notices": deliver_notices,
    "send_deliveries": send_deliveries,
    "advance_exchanges": advance_exchanges,
    "reconcile": reconcile,
    "forget_request_keys": forget_request_keys,
}
