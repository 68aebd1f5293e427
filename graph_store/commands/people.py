"""人员 | Commands on people."""

from __future__ import annotations

from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.records import ByDay, Rules, creating, editing, ending
from graph_store.commands.rows import tie
from graph_store.model.people import PERSON


def close_affiliations(person: Held, on: str, seen: Seen, draft: Draft) -> None:
    """Affiliations that would go on end with the person; those that have not begun are left as they stand."""
    for each in seen.ties(person, "affiliations"):
        goes_on = each["until"] is None or each["until"] > on
        if goes_on and (each["since"] or on) <= on:
            draft.end(person, [each])
            draft.link(person, [tie(each.name, each.far, {**dict(each.properties), "until": on})])


RULES = Rules(
    PERSON,
    ByDay("endedOn"),
    ties=("topics",),
    reads=("affiliations",),
    at_end=close_affiliations,
)

CREATE_PERSON = creating("createPerson", RULES)
EDIT_PERSON = editing("editPerson", RULES)
END_PERSON = ending("endPerson", RULES)
