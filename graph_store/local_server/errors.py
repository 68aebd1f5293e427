"""Why the managed Neo4j could not be had; each sentence ends with what mends it.

LocalServerError
├── JavaIsMissing           no Java 17 or newer
├── JarsAreNotThere         Maven is missing or failed, or what came is not what was pinned
├── FolderIsInUse           another server works on this data folder
└── ServerDidNotStart       it ended or did not answer in time; its last log lines follow
"""

from graph_store.errors import GraphStoreError


class LocalServerError(GraphStoreError):
    """The base of the family."""


class JavaIsMissing(LocalServerError):
    """There is no Java, or only one older than 17."""


class JarsAreNotThere(LocalServerError):
    """The jars could not be fetched, or are not the pinned ones."""


class FolderIsInUse(LocalServerError):
    """Another server than ours holds the data folder."""


class ServerDidNotStart(LocalServerError):
    """The server ended while starting, or did not answer in time."""
