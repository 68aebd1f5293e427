"""机构 | Commands on institutions."""

from __future__ import annotations

from graph_store.commands.authority import Authority
from graph_store.commands.ends import ByStatus
from graph_store.commands.records import Rules, creating, editing, ending
from graph_store.model.institutions import INSTITUTION

RULES = Rules(
    INSTITUTION,
    ByStatus("inactive"),
    Authority(begins_at="parents", claims=("parents",)),
    ties=("division", "parents", "predecessors", "platforms"),
    defaults={"status": "active"},
)

CREATE_INSTITUTION = creating("createInstitution", RULES)
EDIT_INSTITUTION = editing("editInstitution", RULES)
END_INSTITUTION = ending("endInstitution", RULES)
