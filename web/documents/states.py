"""The states of registrations as files say them, in both languages."""

from __future__ import annotations

from graph_store.model import MODEL

_STATE = MODEL.property("Registration", "state").options
assert _STATE is not None
LABELS = {each.value: each for each in _STATE.options}


def said(state: str) -> str:
    """A stored state in words.

    >>> said("waitlisted")
    '候补 Waitlisted'
    """
    return f"{LABELS[state].zh} {LABELS[state].label}"
