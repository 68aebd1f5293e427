"""Which Neo4j a command talks to: the one in the settings, else the managed one, for as long as it is needed."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager

from neo4j import AsyncDriver
from pydantic import SecretStr

from command_line.output import progress_shown
from graph_store.driver import open_driver
from graph_store.local_server import server
from graph_store.local_server.site import Site
from settings import Settings


def managed_site(settings: Settings) -> Site:
    """Where the managed server of these settings lives."""
    return Site.under(
        settings.data_dir, heap=settings.neo4j_heap, pagecache=settings.neo4j_pagecache
    )


@contextmanager
def store_in_use(settings: Settings) -> Iterator[Settings]:
    """The settings, completed by the address and sign-in of a Neo4j that answers.

    The managed server is started when none is configured, and stopped at the end if this process keeps it,
    also when the start itself was interrupted. Raises LocalServerError.
    """
    if settings.neo4j_uri:
        yield settings
        return
    site = managed_site(settings)
    try:
        with progress_shown() as progress:
            running = server.start(site, to_stay=False, progress=progress)
        yield pointing_at(settings, running)
    finally:
        server.stop_if_kept(site)


def driver_of(settings: Settings) -> AbstractAsyncContextManager[AsyncDriver]:
    """The driver to the Neo4j that the settings name; raises as `open_driver` does."""
    return open_driver(
        settings.neo4j_uri,
        settings.neo4j_user,
        settings.neo4j_password.get_secret_value() or None,
        database=settings.neo4j_database,
    )


def pointing_at(settings: Settings, running: server.Running) -> Settings:
    """The same settings with the address and sign-in of a running managed server."""
    sign_in = {
        "neo4j_uri": running.uri,
        "neo4j_user": running.user,
        "neo4j_password": SecretStr(running.password),
    }
    return settings.model_copy(update=sign_in)
