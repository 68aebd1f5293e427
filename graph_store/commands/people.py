"""人员 | Commands on people."""

from __future__ import annotations

from graph_store.commands.authority import Authority, Ties
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.ends import ByDay
from graph_store.commands.records import Rules, creating, editing, ending
from graph_store.commands.rows import tie
from graph_store.model.people import PERSON
from graph_store.rights import Role

_OF_THE_PLATFORM = {Role.PLATFORM_ADMIN.value, Role.AUDITOR.value}


def close_affiliations(person: Held, on: str, seen: Seen, draft: Draft) -> None:
    """Affiliations that would go on end with the person; those that have not begun are left as they stand."""
    for each in seen.ties(person, "affiliations"):
        goes_on = each["until"] is None or each["until"] > on
        if goes_on and (each["since"] or on) <= on:
            draft.end(person, [each])
            draft.link(person, [tie(each.name, each.far, {**dict(each.properties), "until": on})])


def _answering(person: Held | None, _given: Ties, seen: Seen, _draft: Draft) -> frozenset[str]:
    """Any institution for somebody new; none for whoever serves the whole platform, lest one institution dismiss them."""
    if person is None:
        return frozenset(at for _, at in seen.standing.pairs)
    roles = seen.ties(person, "roles")
    if any(each["role"] in _OF_THE_PLATFORM and not each["until"] for each in roles):
        return frozenset()
    return seen.answering(person)


RULES = Rules(
    PERSON,
    ByDay("endedOn"),
    Authority(answering=_answering),
    ties=("topics",),
    reads=("affiliations", "roles"),
    at_end=close_affiliations,
)

CREATE_PERSON = creating("createPerson", RULES)
EDIT_PERSON = editing("editPerson", RULES)
END_PERSON = ending("endPerson", RULES)
