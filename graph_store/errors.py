"""What can go wrong between the hub and its graph.

GraphStoreError
├── StoreIsAway             nothing answers at the address, or it stopped answering; try again later
├── StoreRefusedSignIn      it answers, but not to this user and password
├── StoreIsTooOld           it answers, but is older than the hub can use
├── QueryTookTooLong        the statement was ended by its time limit
├── OutOfMemory             the statement asked for more memory than one may have; never tried again
├── FellBehind              a follower of the change log took its changes too slowly and was dropped
├── LogBeganAnew            the change log is not the one that was followed so far
└── LocalServerError        the Neo4j that the hub manages on this machine (`local_server/errors.py`)

All are technical failures: what a caller may do wrong is a fact, a value that a command returns.
"""


class GraphStoreError(Exception):
    """The base of the family; its text is one sentence for a person."""

    may_be_retried = False


class StoreIsAway(GraphStoreError):
    """Nothing answers at the address, or it stopped answering in the middle."""

    may_be_retried = True


class StoreRefusedSignIn(GraphStoreError):
    """The server answers, but does not know this user and password."""


class StoreIsTooOld(GraphStoreError):
    """The server is older than 5.26, the oldest whose Cypher the compiler writes."""


class QueryTookTooLong(GraphStoreError):
    """The statement was ended by its time limit; the connection lives on."""


class OutOfMemory(GraphStoreError):
    """The statement hit the memory limit of one transaction.

    The driver calls it retryable; trying the same hog again would only harm the others.
    """


class FellBehind(GraphStoreError):
    """A follower of the change log left more waiting than is kept for it."""


class LogBeganAnew(GraphStoreError):
    """Another change log stands where the one was that was followed: the graph was loaded anew."""
