"""协议 | Commands on agreements; whatever changes one holds its clauses, whose force hangs on it."""

from __future__ import annotations

from graph_store.commands.records import ByStatus, Rules, creating, editing, ending
from graph_store.model.agreements import AGREEMENT

RULES = Rules(
    AGREEMENT,
    ByStatus("terminated"),
    ties=("parties", "under"),
    periods=(("effectiveOn", "expiresOn"),),
    reads=("clauses",),
    defaults={"status": "draft"},
)

CREATE_AGREEMENT = creating("createAgreement", RULES)
EDIT_AGREEMENT = editing("editAgreement", RULES)
TERMINATE_AGREEMENT = ending("terminateAgreement", RULES)
