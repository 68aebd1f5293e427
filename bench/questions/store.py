"""The bench's own Neo4j: the hub's pinned jars and APOC core, without sign-in, since the peer's driver has none."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph_store.local_server.bolt import answers_bolt, free_port
from graph_store.local_server.configuration import server_command, write_configuration
from graph_store.local_server.jars import ensure_jars
from graph_store.local_server.java import find_java
from graph_store.local_server.site import Site

HERE = Path(__file__).parent
START_PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Store:
    """An empty server that answers; without APOC the peer cannot select instants."""

    uri: str
    pid: int
    with_apoc: bool


@contextmanager
def store(data_folder: Path, folder: Path) -> Iterator[Store]:
    """A server at a free port, empty at first, stopped and wiped at the end.

    `data_folder`: where the hub keeps its jars; `folder`: the bench's own.
    """
    home = folder / "server"
    shutil.rmtree(home, ignore_errors=True)
    with kept_store(data_folder, home, apoc(folder)) as running:
        yield running
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def kept_store(data_folder: Path, home: Path, plugins: Path) -> Iterator[Store]:
    """A server at a free port over what its home holds, stopped at the end."""
    site = Site(jars=Site.under(data_folder).jars, home=home)
    ensure_jars(site.jars)
    port = free_port()
    write_configuration(site, port)
    _without_sign_in(site, plugins)
    command = server_command(site, find_java())
    command[command.index("-cp") + 1] += (
        f":{plugins}/*"  # Neo4j's own versions of shared jars come first
    )
    with (
        (site.logs / "console.log").open("w") as console,
        subprocess.Popen(  # noqa: S603 - the pinned jars with our own arguments
            command, stdin=subprocess.DEVNULL, stdout=console, stderr=console
        ) as server,
    ):
        try:
            _wait(server, port, site)
            yield Store(f"bolt://127.0.0.1:{port}", server.pid, plugins.exists())
        finally:
            server.terminate()


def apoc(folder: Path) -> Path:
    """The folder of APOC core and what it needs, by Maven; absent when Maven could not have them."""
    plugins = folder / "apoc"
    if not plugins.exists():
        part = folder / "apoc.part"
        shutil.rmtree(part, ignore_errors=True)
        command = ["mvn", "--quiet", "--batch-mode", "--file", str(HERE / "pom.xml")]
        command += [
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            f"-DoutputDirectory={part}",
        ]
        if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0:  # noqa: S603 - our own arguments
            part.rename(plugins)
    return plugins


def _without_sign_in(site: Site, plugins: Path) -> None:
    file = site.configuration / "neo4j.conf"
    text = file.read_text(encoding="utf-8").replace("auth_enabled=true", "auth_enabled=false")
    file.write_text(f"{text}server.directories.plugins={plugins}\n", encoding="utf-8")


def _wait(server: subprocess.Popen[bytes], port: int, site: Site) -> None:
    end = time.monotonic() + START_PATIENCE_SECONDS
    while not answers_bolt(port):
        if server.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"The bench's Neo4j did not start; see {site.logs}")
        time.sleep(0.2)
