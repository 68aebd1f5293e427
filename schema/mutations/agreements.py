"""协议 | Mutations on agreements."""

from __future__ import annotations

from graph_store.commands.agreements import (
    CREATE_AGREEMENT,
    EDIT_AGREEMENT,
    RULES,
    TERMINATE_AGREEMENT,
)
from schema.mutations.fields import creates, edits, ends

AGREEMENTS = (
    creates(CREATE_AGREEMENT, RULES, "AgreementCreated", "登记协议 | Create an agreement"),
    edits(EDIT_AGREEMENT, RULES, "AgreementEdited", "编辑协议 | Edit an agreement"),
    ends(TERMINATE_AGREEMENT, RULES, "AgreementTerminated", "终止协议 | Terminate an agreement"),
)
