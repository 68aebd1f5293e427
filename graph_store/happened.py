"""What the audit log tells of: its words, which the model shows (`model/audit_entries.py`) and its entries carry (`audit/`)."""

from __future__ import annotations

from enum import Enum


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
