"""条款 | Mutations on clauses of agreements."""

from __future__ import annotations

from graph_store.commands.clauses import ADD_CLAUSE, EDIT_CLAUSE, END_CLAUSE, RULES
from schema.mutations.fields import creates, edits, ends

CLAUSES = (
    creates(ADD_CLAUSE, RULES, "ClauseAdded", "增加条款 | Add a clause to an agreement"),
    edits(EDIT_CLAUSE, RULES, "ClauseEdited", "编辑条款 | Edit a clause"),
    ends(END_CLAUSE, RULES, "ClauseEnded", "终止条款 | End a clause"),
)
