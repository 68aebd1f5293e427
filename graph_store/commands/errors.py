"""What can go wrong technically on the write side; what a client may do wrong is a fact (`facts.py`).

GraphStoreError
├── StoreIsAway             nothing was written; try again later
└── CommandsError
    ├── OutcomeUnknown      the connection was lost while committing: send the same request key again
    ├── BrokenDecision      a bug: the decision raised, or changed something and then answered with a fact
    ├── BrokenBatch         a bug: the batch names records or edges that are not there; nothing was written
    └── NotReadFarEnough    others of the same unit used up what a command had read: it is decided again, alone
"""

from graph_store.errors import GraphStoreError


class CommandsError(GraphStoreError):
    """The base of the family."""


class OutcomeUnknown(CommandsError):
    """Whether it was written is not known; the same request key finds out, and never does it twice."""

    may_be_retried = True


class BrokenDecision(CommandsError):
    """A command failed in a way that it does not name; nothing of it was written."""


class BrokenBatch(CommandsError):
    """Rows that match nothing in the graph; raised before the commit."""


class NotReadFarEnough(CommandsError):
    """What was read for a command does not suffice after others of its unit; alone it does."""
