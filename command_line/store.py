"""Which Neo4j a command talks to: the one in the settings, else the managed one, for as long as it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from graph_store.local_server import server
from graph_store.local_server.progress import Progress
from graph_store.local_server.site import Site
from settings import Settings


def managed_site(settings: Settings) -> Site:
    """Where the managed server of these settings lives."""
    return Site.under(settings.data_dir, heap=settings.neo4j_heap, pagecache=settings.neo4j_pagecache)


@contextmanager
def store_in_use(settings: Settings, progress: Progress) -> Iterator[Settings]:
    """The settings, completed by the address and sign-in of a Neo4j that answers.

    The managed server is started when none is configured, and stopped at the end if this process keeps it,
    also when the start itself was interrupted. Raises LocalServerError.
    """
    if settings.neo4j_uri:
        yield settings
        return
    site = managed_site(settings)
    try:
        yield pointing_at(settings, server.start(site, to_stay=False, progress=progress))
    finally:
        server.stop_if_kept(site)


def pointing_at(settings: Settings, running: server.Running) -> Settings:
    """The same settings with the address and sign-in of a running managed server."""
    sign_in = {"neo4j_uri": running.uri, "neo4j_user": running.user, "neo4j_password": SecretStr(running.password)}
    return settings.model_copy(update=sign_in)
