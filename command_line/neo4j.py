"""`bashu neo4j start|stop|status`: the managed Neo4j beyond the life of one hub."""

from typing import Annotated

import typer

from command_line.errors import CommandLineError
from command_line.output import print_line, print_object, progress_shown
from command_line.store import managed_site
from graph_store.local_server import server
from graph_store.local_server.bolt import answers_bolt
from graph_store.local_server.site import Site
from settings import read_settings

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

commands = typer.Typer(no_args_is_help=True, help="The Neo4j that the hub manages on this machine.")


@commands.command()
def start(*, as_json: AsJson = False) -> None:
    """Start it, fetched first where it is not there yet; it stays until `bashu neo4j stop`."""
    site = _site()
    with progress_shown() as progress:
        running = server.start(site, to_stay=True, progress=progress)
    _print(site, running, as_json=as_json)


@commands.command()
def stop(*, as_json: AsJson = False) -> None:
    """Stop it, whoever started it."""
    was_running = server.stop(_site())
    if as_json:
        print_object({"stopped": was_running})
    else:
        print_line("Neo4j is stopped" if was_running else "Neo4j was not running")


@commands.command()
def status(*, as_json: AsJson = False) -> None:
    """Say whether it runs, where it answers and where its password is."""
    site = _site()
    _print(site, server.status(site), as_json=as_json)


def _site() -> Site:
    settings = read_settings()
    if settings.neo4j_uri:
        raise CommandLineError(
            "BASHU_NEO4J_URI names a Neo4j that the hub does not manage; without it these commands apply."
        )
    return managed_site(settings)


def _print(site: Site, running: server.Running | None, *, as_json: bool) -> None:
    if as_json:
        print_object(_facts(site, running))
    elif running is None:
        print_line("Neo4j is not running")
    else:
        manner = "answers" if answers_bolt(running.port) else "does not answer yet"
        print_line(
            f"Neo4j {manner} at {running.uri} (pid {running.pid}, user {running.user}, password in {site.password})"
        )


def _facts(site: Site, running: server.Running | None) -> dict[str, object]:
    if running is None:
        return {"running": False, "home": site.home}
    return {
        "running": True,
        "answers": answers_bolt(running.port),
        "uri": running.uri,
        "pid": running.pid,
        "user": running.user,
        "passwordFile": site.password,
        "home": site.home,
    }
