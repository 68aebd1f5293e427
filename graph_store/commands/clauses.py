"""条款 | Commands on clauses; a clause stays in the agreement it was added to, and changes only while that is a draft."""

from __future__ import annotations

from graph_store.commands.actors import AGREE
from graph_store.commands.agreements import not_a_draft, withdraw_consents
from graph_store.commands.authority import Authority, Ties
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.ends import ByDay
from graph_store.commands.facts import NotADraft
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import Rules, creating, editing, ending
from graph_store.model import MODEL
from graph_store.model.agreements import AGREEMENT
from graph_store.model.clauses import CLAUSE


def _parties_of(id_: str | None, given: Ties, copy: WorkingCopy) -> frozenset[Question]:
    """Who are the parties of the agreement, once it is known which one holds the clause."""
    ties = given.get("agreement", ()) if id_ is None else copy.ties(CLAUSE, id_, ("agreement",))
    reader = ties_of(MODEL, AGREEMENT.name, "parties")
    return frozenset(Question(reader, each.far) for each in ties)


def _agreements(clause: Held | None, given: Ties, seen: Seen, draft: Draft) -> list[Held]:
    ties = seen.ties(clause, "agreement") if clause else given.get("agreement", ())
    found = (draft.held(each.far, AGREEMENT) for each in ties)
    return [each for each in found if each]


def _answering(clause: Held | None, given: Ties, seen: Seen, draft: Draft) -> frozenset[str]:
    agreements = _agreements(clause, given, seen, draft)
    return frozenset(at for each in agreements for at in seen.answering(each))


def _agreement_is_a_draft(
    clause: Held | None, given: Ties, seen: Seen, draft: Draft
) -> NotADraft | None:
    facts = (not_a_draft(each) for each in _agreements(clause, given, seen, draft))
    return next((each for each in facts if each), None)


def _withdraw_consents(clause: Held, given: Ties, seen: Seen, draft: Draft) -> None:
    held = draft.held(clause.id)  # None: it is new, and the ties are those given
    for each in _agreements(held, given, seen, draft):
        withdraw_consents(each, seen, draft)


RULES = Rules(
    CLAUSE,
    ByDay("expiresOn"),
    Authority(AGREE, answering=_answering),
    ties=("agreement", "divisions", "institutions"),
    fixed=("agreement",),
    periods=(("effectiveOn", "expiresOn"),),
    reads=("agreement",),
    further=_parties_of,
    guard=_agreement_is_a_draft,
    after=_withdraw_consents,
    names_after="kind",
)

ADD_CLAUSE = creating("addClause", RULES)
EDIT_CLAUSE = editing("editClause", RULES)
END_CLAUSE = ending("endClause", RULES)
