"""What is put into the audit log, one function for each thing that happened: whoever lets it happen calls it in one line.

Two manners. What was *let* (a sign-on, a token, a role, personal data, an export) is noted before it is given away: these functions
raise GraphStoreError, and then it must not be given. What was *refused* stays refused whether or not it can be noted: those
functions never raise. Nothing here takes a secret: a session and a token are named by their public ids, a person by the
record's id; a value that was read is never named at all.

From where the request came is set once, at the edge (`came_from`).
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from contextvars import ContextVar
from typing import NamedTuple

import structlog

from auth.viewer import Viewer
from graph_store.audit import Entry, Happened, Note
from graph_store.errors import GraphStoreError

IDS_AN_ENTRY = 100

log = structlog.get_logger("auth.noting")

_ID = re.compile(r"[a-z]{2}-[a-z_]{1,40}-[0-9A-Za-z_.-]{1,100}")


class Came(NamedTuple):
    """The request in whose course something happened, and the address it came from."""

    request_id: str | None = None
    address: str | None = None


class NewToken(NamedTuple):
    """A hub's token: its id, what it may be used for, its end, and the person or institution it acts for."""

    id: str
    scopes: Collection[str]
    until: str | None = None
    owner: str | None = None


class RoleAt(NamedTuple):
    """A role of a person at an institution."""

    person: str
    role: str
    institution: str


_CAME: ContextVar[Came] = ContextVar("came", default=Came())  # noqa: B039 - immutable


def came_from(request_id: str, address: str | None) -> None:
    """Tell, for the rest of this request, where it came from."""
    _CAME.set(Came(request_id, address))


def request_id() -> str | None:
    """The request in whose course this happens, if there is one."""
    return _CAME.get().request_id


# what was let: noted before it is given


async def signed_on(
    note: Note, person: str, session: str, agency: str, ignored: Collection[str] = ()
) -> None:
    """A session begins. Raises GraphStoreError.

    `session`: its id, never the value of a cookie. `ignored`: institutions that the provider named and may not speak for.
    """
    known = [each if _ID.fullmatch(each) else "?" for each in ignored]
    detail = {"ignored": known} if known else None
    entry = _entry(Happened.SIGNED_ON, actor=person, agency=agency, subject=session, detail=detail)
    await note(entry)


async def signed_off(note: Note, person: str, session: str, agency: str | None = None) -> None:
    """Somebody ended the session they came with. Raises GraphStoreError."""
    await note(_entry(Happened.SIGNED_OFF, actor=person, agency=agency, subject=session))


async def sessions_ended(
    note: Note, sessions: Collection[str], reason: str, actor: str | None, agency: str | None = None
) -> None:
    """Sessions were ended from elsewhere. `reason`: BACKCHANNEL_LOGOUT, ENDED_BY_PERSON …; `actor`: who, None for a provider.

    Raises GraphStoreError.
    """
    ended = Happened.SESSION_ENDED
    await _together(
        note,
        [_entry(ended, actor=actor, agency=agency, subject=id_, reason=reason) for id_ in sessions],
    )


async def token_made(note: Note, actor: str, token: NewToken) -> None:
    """A token of the hub was made. Raises GraphStoreError."""
    detail: dict[str, str | int | list[str]] = {"scopes": sorted(token.scopes)}
    if token.until is not None:
        detail["until"] = token.until
    if token.owner is not None:
        detail["owner"] = token.owner
    await note(_entry(Happened.TOKEN_MADE, actor=actor, subject=token.id, detail=detail))


async def token_used(
    note: Note, holder: str, token: str, day: str, agency: str | None = None
) -> None:
    """A token is used for the first time on this day; called again it does nothing, on whichever worker. Raises GraphStoreError.

    `holder`: the person or token that acts; `token`: the id of a hub's token, or something that stands for a provider's.
    """
    used = Happened.TOKEN_USED
    await note(
        _entry(used, actor=holder, agency=agency, subject=token, once=f"{used.value} {token} {day}")
    )


async def token_revoked(note: Note, actor: str, token: str) -> None:
    """A token of the hub was taken back. Raises GraphStoreError."""
    await note(_entry(Happened.TOKEN_REVOKED, actor=actor, subject=token))


async def role_granted(note: Note, actor: str, given: RoleAt, request_key: str) -> None:
    """A role was given; noted again for the same request it does nothing, so a repeated command may note again.

    Raises GraphStoreError.
    """
    await note(_role(Happened.ROLE_GRANTED, actor, given, request_key))


async def role_revoked(note: Note, actor: str, taken: RoleAt, request_key: str) -> None:
    """A role was taken, as `role_granted`. Raises GraphStoreError."""
    await note(_role(Happened.ROLE_REVOKED, actor, taken, request_key))


async def personal_read(
    note: Note,
    viewer: Viewer,
    reads: Mapping[str, Collection[str]],
    sought_by: Collection[str] = (),
) -> None:
    """Personal fields are about to be shown: `reads` gives the fields by the id of the record. Awaited before the answer leaves.

    `sought_by`: fields by whose values records were sought. One entry for each set of fields, of at most 100 records; one of a
    single record has it as subject. Raises GraphStoreError.
    """
    by_fields: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_, fields in reads.items():
        by_fields[tuple(sorted(fields))].append(id_)
    await _together(
        note,
        [
            _read(viewer, fields, ids[start : start + IDS_AN_ENTRY])
            for fields, ids in by_fields.items()
            for start in range(0, len(ids), IDS_AN_ENTRY)
        ]
        + ([_sought(viewer, sought_by)] if sought_by else []),
    )


async def audit_exported(note: Note, actor: str, since: str, until: str, form: str) -> None:
    """The audit log is about to be handed out. Raises GraphStoreError."""
    detail = {"from": since, "to": until, "form": form}
    await note(_entry(Happened.AUDIT_EXPORTED, actor=actor, detail=detail))


# what was refused: refused whether or not it can be noted


async def sign_on_refused(note: Note, reason: str, agency: str | None = None) -> None:
    """Somebody did not get in. `reason`: a code of ours."""
    await _refused(note, _entry(Happened.SIGN_ON_REFUSED, agency=agency, reason=reason))


async def token_refused(
    note: Note, reason: str, agency: str | None = None, token: str | None = None
) -> None:
    """A bearer token was not accepted. `token`: the id of a hub's token that was known, so expired or revoked; else None."""
    await _refused(
        note, _entry(Happened.TOKEN_REFUSED, agency=agency, subject=token, reason=reason)
    )


async def denied(
    note: Note, viewer: Viewer, what: str, reason: str, subject: str | None = None
) -> None:
    """Somebody was refused a command or a place. `what`: its name; `subject`: the record's id as it was sent, kept if it can be one."""
    known = subject if subject is not None and _ID.fullmatch(subject) else None
    entry = _entry(
        Happened.ACCESS_DENIED,
        actor=viewer.rights.holder,
        agency=viewer.agency,
        subject=known,
        reason=reason,
        detail={"what": what},
    )
    await _refused(note, entry)


def _entry(  # noqa: PLR0913 - the fields of an entry, by keyword
    happened: Happened,
    *,
    actor: str | None = None,
    agency: str | None = None,
    subject: str | None = None,
    reason: str | None = None,
    detail: Mapping[str, str | int | list[str]] | None = None,
    once: str | None = None,
) -> Entry:
    request_id, address = _CAME.get()
    return Entry(
        happened, actor, agency, subject, reason, request_id, address, detail or {}, once=once
    )


def _role(happened: Happened, actor: str, held: RoleAt, request_key: str) -> Entry:
    once = f"{happened.value} {actor} {request_key} {held.person}"
    detail = {"role": held.role, "institution": held.institution}
    return _entry(happened, actor=actor, subject=held.person, detail=detail, once=once)


def _read(viewer: Viewer, fields: tuple[str, ...], ids: list[str]) -> Entry:
    return _entry(
        Happened.PERSONAL_DATA_READ,
        actor=viewer.rights.holder,
        agency=viewer.agency,
        subject=ids[0] if len(ids) == 1 else None,
        detail={"fields": list(fields), "records": ids},
    )


def _sought(viewer: Viewer, fields: Collection[str]) -> Entry:
    return _entry(
        Happened.PERSONAL_DATA_READ,
        actor=viewer.rights.holder,
        agency=viewer.agency,
        detail={"soughtBy": sorted(fields)},
    )


async def _together(note: Note, entries: list[Entry]) -> None:
    """Note them all, in as few transactions as it takes; the first failure is raised when all are settled."""
    outcomes = await asyncio.gather(*map(note, entries), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome


async def _refused(note: Note, entry: Entry) -> None:
    try:
        await note(entry)
    except GraphStoreError as error:
        log.warning(
            "a refusal was not noted",
            happened=entry.happened.value,
            reason=entry.reason,
            because=str(error),
        )
