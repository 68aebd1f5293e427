"""What failed while an operation was answered → what the client is told; what only the hub should know goes to the log."""

import structlog

from graph_store.commands.errors import OutcomeUnknown
from graph_store.errors import QueryTookTooLong, StoreIsAway
from web.errors import (
    QUERY_TOOK_TOO_LONG,
    Refusal,
    WebError,
    internal_error,
    outcome_unknown,
    store_is_away,
)
from web.trace import Trace

RETRY_AFTER_SECONDS = 5

log = structlog.get_logger("web.graphql")


def told(error: Exception, trace: Trace) -> Refusal:
    """The refusal; what it does not know is logged as the hub's own failure."""
    match error:
        case WebError():
            return error.refusal
        case StoreIsAway():
            log.warning("store is away", reason=str(error))
            return store_is_away(RETRY_AFTER_SECONDS)
        case OutcomeUnknown():
            log.warning("outcome unknown", reason=str(error))
            return outcome_unknown(RETRY_AFTER_SECONDS)
        case QueryTookTooLong():
            return QUERY_TOOK_TOO_LONG
    log.error("operation failed", operation=trace.operation, exc_info=error)
    return internal_error(trace.request_id)
