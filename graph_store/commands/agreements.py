"""协议 | Commands on agreements: drafted by its parties, then signed, suspended, resumed and ended by all of them together.

Each party's administrator consents for their side, on the party's edge; the last consent does the deed. While an agreement is a draft its
content may change, which withdraws every consent; once it is signed its content stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial

from graph_store.commands.actors import AGREE
from graph_store.commands.authority import Authority, Ties, concealed
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen
from graph_store.commands.ends import ByStatus
from graph_store.commands.facts import (
    Fact,
    NotADraft,
    NotNow,
    NotYours,
    RecordHasChanged,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import Rules, creating, editing, outcomes_of, unchanged
from graph_store.commands.rows import Tie, tie
from graph_store.model import MODEL
from graph_store.model.agreements import AGREEMENT

DRAFT, SIGNED, SUSPENDED, TERMINATED = "draft", "signed", "suspended", "terminated"
PARTIES = "parties"
LEAST_PARTIES = 2
_CONSENT = frozenset({"consentTo", "consentOn", "consentBy"})


class Act(Enum):
    """What the parties do with an agreement, together."""

    SIGN = "sign"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"


@dataclass(frozen=True, slots=True)
class Move:
    """From which statuses an act leads to which."""

    sources: frozenset[str]
    target: str


MOVES: Mapping[Act, Move] = {
    Act.SIGN: Move(frozenset({DRAFT}), SIGNED),
    Act.SUSPEND: Move(frozenset({SIGNED}), SUSPENDED),
    Act.RESUME: Move(frozenset({SUSPENDED}), SIGNED),
    Act.END: Move(frozenset({DRAFT, SIGNED, SUSPENDED}), TERMINATED),
}


@dataclass(frozen=True, slots=True)
class Consent:
    """One side consents to what it read at `version`; `institution` is the party, needed by whoever acts for several."""

    id: str
    version: int
    institution: str | None = None


def consent(
    act: Act, given: Consent, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | RecordHasChanged | NotNow | ValueIsInvalid:
    """The side's consent to the act; with the last one it is done."""
    agreement, side = _side(given, seen, draft)
    if isinstance(side, Fact):
        return side
    move, parties = MOVES[act], seen.ties(agreement, PARTIES)
    if agreement["status"] not in move.sources:
        return NotNow(agreement.id, act.value, agreement["status"])
    if act is Act.SIGN and len(parties) < LEAST_PARTIES:
        return ValueIsInvalid(PARTIES, "至少须有两方", "an agreement has at least two of them")
    _replace(agreement, side, _consented(side, act, seen), draft)
    if all(each["consentTo"] == act.value for each in parties - {side}):
        draft.set(agreement, {"status": move.target, **_begun(agreement, act, seen)})
    return draft.written(agreement)


def withdraw(
    given: Consent, seen: Seen, draft: Draft
) -> Written | NotYours | RecordNotFound | RecordHasChanged | ValueIsInvalid:
    """The side takes back what it consented to and the others have not yet."""
    agreement, side = _side(given, seen, draft)
    if isinstance(side, Fact):
        return side
    _replace(agreement, side, _bare(side), draft)
    return draft.written(agreement)


def not_a_draft(agreement: Held) -> NotADraft | None:
    """Refuses where its content stands."""
    status = agreement["status"]
    return None if status == DRAFT else NotADraft(agreement.id, status)


def withdraw_consents(agreement: Held, seen: Seen, draft: Draft) -> None:
    """Nobody has consented to what is new in a draft."""
    for each in seen.ties(agreement, PARTIES):
        _replace(agreement, each, _bare(each), draft)


def _side(
    given: Consent, seen: Seen, draft: Draft
) -> tuple[Held, Tie | NotYours | RecordNotFound | RecordHasChanged | ValueIsInvalid]:
    """The agreement, and the party that the actor acts for."""
    agreement = draft.held(given.id, AGREEMENT)
    if agreement is None:
        nothing = Held(AGREEMENT, {})
        return nothing, RecordNotFound(given.id, AGREEMENT.name)
    parties = {each.far: each for each in seen.ties(agreement, PARTIES)}
    mine = [each for each in parties if seen.may(AGREE, at={each})]
    asked = {given.institution} if given.institution in parties else parties
    if not mine or (given.institution in parties and given.institution not in mine):
        fact = seen.lacks(AGREE, at=(each for each in asked if each))
        told = concealed(fact, agreement, seen)
        return agreement, told or RecordNotFound(given.id, AGREEMENT.name)
    changed = unchanged(agreement, given.version)
    if isinstance(changed, RecordHasChanged):
        return agreement, changed
    which = given.institution or (mine[0] if len(mine) == 1 else "")
    if which not in parties:
        return agreement, _WHICH
    return agreement, parties[which]


_WHICH = ValueIsInvalid(
    "institution",
    "请指明代表哪一个签约机构",
    "say for which of the parties you act",
)


def _consented(side: Tie, act: Act, seen: Seen) -> Tie:
    by = seen.actor.person or seen.actor.id
    values = {"consentTo": act.value, "consentOn": seen.today, "consentBy": by}
    return tie(PARTIES, side.far, {**dict(side.properties), **values})


def _bare(side: Tie) -> Tie:
    known = {name: each for name, each in side.properties if name not in _CONSENT}
    return tie(PARTIES, side.far, known)


def _begun(agreement: Held, act: Act, seen: Seen) -> dict[str, str]:
    """Signing gives the days that the draft left open: without a first day an agreement would never be in force."""
    if act is not Act.SIGN:
        return {}
    return {name: agreement[name] or seen.today for name in ("signedOn", "effectiveOn")}


def _replace(agreement: Held, old: Tie, new: Tie, draft: Draft) -> None:
    if old != new:
        draft.end(agreement, [old])
        draft.link(agreement, [new])


def _is_a_draft(
    agreement: Held | None, _given: Ties, _seen: Seen, _draft: Draft
) -> NotADraft | None:
    return not_a_draft(agreement) if agreement else None


def _after(agreement: Held, given: Ties, seen: Seen, draft: Draft) -> None:
    if draft.held(agreement.id) and PARTIES not in given:
        withdraw_consents(agreement, seen, draft)


RULES = Rules(
    AGREEMENT,
    ByStatus(TERMINATED),
    Authority(AGREE, begins_at=PARTIES),
    ties=(PARTIES, "under"),
    needed=(PARTIES,),
    periods=(("effectiveOn", "expiresOn"),),
    reads=(PARTIES, "clauses"),
    defaults={"status": DRAFT},
    guard=_is_a_draft,
    after=_after,
    kept=("status",),
)


def _needs(given: Consent) -> Needs:
    hops = (PARTIES, "clauses")
    questions = (Question(ties_of(MODEL, AGREEMENT.name, each), given.id) for each in hops)
    return Needs(frozenset({given.id}), frozenset(questions))


def _acting(name: str, act: Act) -> Decision[Consent, object]:
    return Decision(name, _needs, partial(consent, act), outcomes_of(consent))


CREATE_AGREEMENT = creating("createAgreement", RULES)
EDIT_AGREEMENT = editing("editAgreement", RULES)
SIGN_AGREEMENT = _acting("signAgreement", Act.SIGN)
SUSPEND_AGREEMENT = _acting("suspendAgreement", Act.SUSPEND)
RESUME_AGREEMENT = _acting("resumeAgreement", Act.RESUME)
END_AGREEMENT = _acting("endAgreement", Act.END)
WITHDRAW_CONSENT = Decision("withdrawConsent", _needs, withdraw, outcomes_of(withdraw))
