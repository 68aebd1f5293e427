"""The audit log: sign-ons, denials, changes of roles, uses of tokens, reads of personal data; appended to, never changed.

`entries` says what an entry is, `chain` how each holds the one before, `log` appends, `floods` bounds what strangers can make it
write, `reading` reads it in order, `checking` finds where it was tampered with. There is no code that changes or removes an entry.
"""

from __future__ import annotations

from graph_store.audit.entries import Entry, Happened, Note, nobody_notes
from graph_store.audit.log import AuditLog, open_audit

__all__ = ["AuditLog", "Entry", "Happened", "Note", "nobody_notes", "open_audit"]
