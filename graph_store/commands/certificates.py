"""证书 | Certificates: issued for those who attended, by number verifiable by anyone, revoked with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph_store.commands.actors import EDIT, HUB
from graph_store.commands.allocating import ISSUE
from graph_store.commands.authority import concealed
from graph_store.commands.certificate_numbers import new_number
from graph_store.commands.classes import MACHINE as CLASS_MACHINE
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import (
    Fact,
    NotNow,
    NotYours,
    RecordHasChanged,
    RecordNotFound,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.machines import Step
from graph_store.commands.move_facts import NotOnYourself, OnlyTheHub
from graph_store.commands.moving import USUAL, moved, needs_of, permitted
from graph_store.commands.notices import Wording, tell
from graph_store.commands.readers import Question, ties_of
from graph_store.commands.records import unchanged
from graph_store.commands.registration_moves import class_of, moved_to
from graph_store.commands.registrations import ATTENDED, CERTIFIED
from graph_store.commands.registrations import MACHINE as REGISTRATION_MACHINE
from graph_store.commands.rows import tie
from graph_store.commands.seats import home_of
from graph_store.commands.training_facts import CertificateIsRevoked, ClassIsClosed
from graph_store.commands.training_readers import (
    CLASS_OF,
    ENDS,
    IN_STATES,
    MOST_AT_ONCE,
    ONE,
    far_of,
    ties_of_registration,
)
from graph_store.model import MODEL
from graph_store.model.classes import TRAINING_CLASS
from graph_store.model.registrations import CERTIFICATE, REGISTRATION

WAS_HELD = frozenset({"held", "certified"})
_HOPS = ("issuer", "person", "registration")


def _certify(given: Step, seen: Seen, draft: Draft) -> Written | Fact:
    """The class certified, with certificates for all who attended; what one transaction does not take, the hub issues after it."""
    outcome = moved(CLASS_MACHINE, CLASS_MACHINE.named("certify"), given, seen, draft)
    class_ = draft.held(given.id, TRAINING_CLASS)
    if isinstance(outcome, Written) and class_ is not None and _issue_all(class_, seen, draft):
        draft.tell(f"{ISSUE}/{class_.id}/{outcome.version}", ISSUE, class_.id, seen.now)
    return outcome


def _go_on(given: Step, seen: Seen, draft: Draft) -> Written | Fact:
    class_ = draft.held(given.id, TRAINING_CLASS)
    if class_ is None:
        return RecordNotFound(given.id, TRAINING_CLASS.name)
    if seen.actor != HUB:
        return OnlyTheHub("issueCertificates")
    if class_["state"] != "certified":
        return NotNow(class_.id, "issueCertificates", class_["state"])
    _issue_all(class_, seen, draft)
    return draft.written(class_)


def _issue_one(given: Step, seen: Seen, draft: Draft) -> Written | Fact:
    moves = REGISTRATION_MACHINE.named("certify")
    found = permitted(REGISTRATION_MACHINE, moves, given, seen, draft)
    if isinstance(found, Fact):
        return found
    record, _ = found
    class_ = class_of(record, seen, draft)
    if class_["state"] not in WAS_HELD:
        return ClassIsClosed(class_.id, class_["state"])
    (person,) = (each.far for each in seen.ties(record, "person"))
    if person == seen.actor.person:
        return NotOnYourself(record.id)
    return draft.written(_issue(record, person, class_, seen, draft))


def _issue_all(class_: Held, seen: Seen, draft: Draft) -> bool:
    """Certificates for those who attended, as far as they were read; whether there may be more."""
    rows = [row for row in seen.copy.answer(IN_STATES, _attended(class_.id)) if "person" in row]
    for row in rows:
        record = draft.held(row["far"])
        if record is not None and record["state"] == ATTENDED:
            _issue(record, row["person"], class_, seen, draft)
    return len(rows) == MOST_AT_ONCE


def _issue(record: Held, person: str, class_: Held, seen: Seen, draft: Draft) -> Held:
    issuer = far_of(seen.copy.answer(ENDS, class_.id), "RUN_BY")
    assert issuer is not None
    assert CERTIFICATE.visible is not None
    values = {
        "name": record["name"],
        "nameEn": record["nameEn"],
        "number": new_number(),
        "issuedOn": seen.today,
        "visibility": CERTIFICATE.visible.value,
    }
    ties = (
        tie("person", person),
        tie("registration", record.id),
        tie("trainingClass", class_.id),
        tie("issuer", issuer),
        tie("home", home_of(record)),
    )
    moved_to(record, {"state": CERTIFIED}, person, seen, draft)
    return draft.create(CERTIFICATE, values, ties)


def _revoke(
    given: Step, seen: Seen, draft: Draft
) -> (
    Written
    | RecordNotFound
    | NotYours
    | NotOnYourself
    | RecordHasChanged
    | ValueIsInvalid
    | CertificateIsRevoked
):
    """The certificate revoked, which whoever verifies it is told; its registration stands as attended again."""
    record = draft.held(given.id, CERTIFICATE)
    if record is None:
        return RecordNotFound(given.id, CERTIFICATE.name)
    if fact := concealed(seen.lacks(EDIT, at=_ends(record, "issuer", seen)), record, seen):
        return fact
    changed = unchanged(record, record.version if given.version is None else given.version)
    if isinstance(changed, RecordHasChanged):
        return changed
    if record["revokedOn"]:
        return CertificateIsRevoked(record["number"], record["revokedOn"])
    if not (given.reason or "").strip():
        return ValueIsInvalid("reason", "请说明原因", "a reason must be given")
    persons = _ends(record, "person", seen)
    if seen.actor.person in persons:
        return NotOnYourself(record.id)
    draft.set(record, {"revokedOn": seen.today, "reason": given.reason})
    for id_ in _ends(record, "registration", seen):
        registration = draft.held(id_, REGISTRATION)
        if registration is not None and registration["state"] == CERTIFIED:
            draft.set(registration, {"state": ATTENDED})
    for person in persons:
        tell(_revoked(record, str(given.reason)), person, record, seen, draft)
    return draft.written(record)


def _revoked(record: Held, reason: str) -> Wording:
    return Wording(
        kind="certificate_revoked",
        title="证书已撤销",
        title_en="Certificate revoked",
        body=f"{record['name']}（{record['number']}）：已撤销。原因：{reason}",
        body_en=f"{record['nameEn'] or record['name']} ({record['number']}) was revoked. Why: {reason}",
    )


def _ends(record: Held, hop: str, seen: Seen) -> frozenset[str]:
    return frozenset(each.far for each in seen.ties(record, hop))


def _attended(class_: str) -> str:
    return f"{class_} {ATTENDED}"


def _of_class(id_: str) -> frozenset[Question]:
    return frozenset({Question(ENDS, id_), Question(IN_STATES, _attended(id_))})


def _needs_to_certify(given: Step) -> Needs:
    needs = needs_of(CLASS_MACHINE, given)

    def further(copy: WorkingCopy) -> frozenset[Question]:
        return _of_class(given.id) if copy.held(given.id) else frozenset()

    return Needs(needs.locks, needs.questions, further)


def _needs_to_go_on(given: Step) -> Needs:
    return Needs(frozenset({given.id}), _of_class(given.id))


def _needs_to_issue(given: Step) -> Needs:
    def further(copy: WorkingCopy) -> frozenset[Question]:
        rows: Iterable[Any] = copy.answers.get(CLASS_OF, {}).get(given.id, ())
        asked = {Question(ENDS, row["far"]) for row in rows}
        if asked:
            asked |= {Question(ONE, given.id)} | ties_of_registration(given.id)
        return frozenset(asked)

    return Needs(frozenset(), frozenset({Question(CLASS_OF, given.id)}), further)


def _needs_to_revoke(given: Step) -> Needs:
    asked = {Question(ties_of(MODEL, CERTIFICATE.name, hop), given.id) for hop in _HOPS}
    return Needs(frozenset({given.id}), frozenset(asked))


CERTIFY_CLASS = Decision("certifyClass", _needs_to_certify, _certify, USUAL)
ISSUE_CERTIFICATES = Decision(
    "issueCertificates", _needs_to_go_on, _go_on, (Written, RecordNotFound, OnlyTheHub, NotNow)
)
"""The hub's: again until a class that is certified has nobody left who attended and has no certificate."""
ISSUE_CERTIFICATE = Decision(
    "issueCertificate", _needs_to_issue, _issue_one, (*USUAL, ClassIsClosed)
)
REVOKE_CERTIFICATE = Decision(
    "revokeCertificate",
    _needs_to_revoke,
    _revoke,
    (
        Written,
        RecordNotFound,
        NotYours,
        NotOnYourself,
        RecordHasChanged,
        ValueIsInvalid,
        CertificateIsRevoked,
    ),
)
