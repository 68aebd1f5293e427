"""机构 | Mutations on institutions."""

from __future__ import annotations

from graph_store.commands.institutions import (
    CREATE_INSTITUTION,
    EDIT_INSTITUTION,
    END_INSTITUTION,
    RULES,
)
from schema.mutations.fields import creates, edits, ends

INSTITUTIONS = (
    creates(CREATE_INSTITUTION, RULES, "InstitutionCreated", "登记机构 | Create an institution"),
    edits(EDIT_INSTITUTION, RULES, "InstitutionEdited", "编辑机构 | Edit an institution"),
    ends(END_INSTITUTION, RULES, "InstitutionEnded", "停用机构 | Make an institution inactive"),
)
