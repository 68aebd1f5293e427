"""条款 | Commands on clauses; a clause stays in the agreement it was added to."""

from __future__ import annotations

from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.facts import RecordHasEnded
from graph_store.commands.records import ByDay, Rules, Ties, creating, editing, ending
from graph_store.model.clauses import CLAUSE


def agreement_goes_on(
    clause: Held | None, given: Ties, seen: Seen, draft: Draft
) -> RecordHasEnded | None:
    """Refuses where the agreement is terminated."""
    ties = seen.ties(clause, "agreement") if clause else given["agreement"]
    agreements = [draft.held(each.far) for each in ties]
    ended = [each for each in agreements if each and each["status"] == "terminated"]
    return RecordHasEnded(ended[0].id) if ended else None


RULES = Rules(
    CLAUSE,
    ByDay("expiresOn"),
    ties=("agreement", "divisions", "institutions"),
    fixed=("agreement",),
    periods=(("effectiveOn", "expiresOn"),),
    reads=("agreement",),
    guard=agreement_goes_on,
    names_after="kind",
)

ADD_CLAUSE = creating("addClause", RULES)
EDIT_CLAUSE = editing("editClause", RULES)
END_CLAUSE = ending("endClause", RULES)
