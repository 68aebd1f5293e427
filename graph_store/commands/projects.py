"""项目 | Commands on projects."""

from __future__ import annotations

from graph_store.commands.authority import Authority
from graph_store.commands.ends import ByDay
from graph_store.commands.records import Rules, creating, editing, ending
from graph_store.model.projects import PROJECT

RULES = Rules(
    PROJECT,
    ByDay("endedOn"),
    Authority(begins_at="institutions"),
    ties=("institutions", "people", "topics", "achievements", "datasets", "instruments"),
    periods=(("startedOn", "endedOn"),),
)

CREATE_PROJECT = creating("createProject", RULES)
EDIT_PROJECT = editing("editProject", RULES)
END_PROJECT = ending("endProject", RULES)
