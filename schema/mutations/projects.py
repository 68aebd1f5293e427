"""项目 | Mutations on projects."""

from __future__ import annotations

from graph_store.commands.projects import CREATE_PROJECT, EDIT_PROJECT, END_PROJECT, RULES
from schema.mutations.fields import creates, edits, ends

PROJECTS = (
    creates(CREATE_PROJECT, RULES, "ProjectCreated", "登记项目 | Create a project"),
    edits(EDIT_PROJECT, RULES, "ProjectEdited", "编辑项目 | Edit a project"),
    ends(END_PROJECT, RULES, "ProjectEnded", "结束项目 | End a project"),
)
