"""What an entry tells.

What changes records stands in the change log (`changes.py`); the audit log tells who came, what they were refused, and what they
read that is personal. An entry holds no secret and no personal value: it names the record and the field.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from graph_store.errors import GraphStoreError
from graph_store.happened import Happened


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
