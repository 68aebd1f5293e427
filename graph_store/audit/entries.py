"""What an entry tells.

What changes records stands in the change log (`changes.py`); the audit log tells who came, what they were refused, and what they
read that is personal. An entry holds no secret and no personal value: it names the record and the field.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from graph_store.errors import GraphStoreError


class Outcome(Enum):
    """How it went."""

    DONE = "done"
    REFUSED = "refused"


class Happened(Enum):
    """What happened."""

    SIGNED_ON = "signed_on"
    SIGN_ON_REFUSED = "sign_on_refused"
    SIGNED_OFF = "signed_off"
    SESSION_ENDED = "session_ended"
    TOKEN_MADE = "token_made"  # noqa: S105 - no password, a word
    TOKEN_USED = "token_used"  # noqa: S105 - no password, a word
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - no password, a word
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - no password, a word
    ACCESS_DENIED = "access_denied"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    PERSONAL_DATA_READ = "personal_data_read"
    AUDIT_EXPORTED = "audit_exported"

    @property
    def outcome(self) -> Outcome:
        """Whether it was let or refused."""
        return Outcome.REFUSED if self in REFUSALS else Outcome.DONE


REFUSALS = frozenset({Happened.SIGN_ON_REFUSED, Happened.TOKEN_REFUSED, Happened.ACCESS_DENIED})
"""What strangers can cause as often as they like: bounded (`floods.py`). Whatever succeeded is written each time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened.

    `actor`: id of a person or a token, None for nobody known. `subject`: id of the record, session or token concerned.
    `reason`: a code of ours where something was refused. `detail`: few short values that are no secret and nothing personal.
    `once`: a text that names the happening; a second entry of the same text is not written.
    """

    happened: Happened
    actor: str | None = None
    agency: str | None = None
    subject: str | None = None
    reason: str | None = None
    request_id: str | None = None
    address: str | None = None
    detail: Mapping[str, str | int | list[str]] = field(default_factory=dict)
    once: str | None = None


Note = Callable[[Entry], Awaitable[None]]
"""Returns once the entry is committed. Raises GraphStoreError: what must be noted and cannot be is not done."""


async def nobody_notes(_entry: Entry) -> None:
    """Refuse: where no log is wired, nothing that must be noted is done. Raises GraphStoreError."""
    raise GraphStoreError("nothing was wired that would note what happens")
