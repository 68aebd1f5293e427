"""人员 | Mutations on people."""

from __future__ import annotations

from graph_store.commands.people import CREATE_PERSON, EDIT_PERSON, END_PERSON, RULES
from schema.mutations.fields import creates, edits, ends

PEOPLE = (
    creates(CREATE_PERSON, RULES, "PersonCreated", "登记人员 | Create a person"),
    edits(EDIT_PERSON, RULES, "PersonEdited", "编辑人员 | Edit a person"),
    ends(
        END_PERSON,
        RULES,
        "PersonEnded",
        "停用人员，并结束其现任职务 | End a person, and the affiliations that go on",
    ),
)
