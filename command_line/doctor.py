"""`bashu doctor`: what this machine lacks for the hub, and the exact command that mends it."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from command_line.documents import looked_through
from command_line.output import print_line, print_object
from command_line.ports import PortIsTaken, described, holder_of_port, listening
from command_line.store import driver_of, managed_site, pointing_at
from graph_store.driver import ping
from graph_store.errors import GraphStoreError
from graph_store.local_server import server
from graph_store.local_server.errors import JavaIsMissing
from graph_store.local_server.java import MENDED_BY as JAVA_MENDED_BY
from graph_store.local_server.java import find_java, java_version
from settings import Settings, SettingsError, read_settings
from web.documents.fonts import MENDED_BY, Fonts

NEEDED_BYTES = 2_000_000_000

OWN_CLI = Path(__file__).resolve().parent.parent / "cli.py"

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    found: str
    mend: str = ""
    """The command that mends it; empty when it is well."""

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.mend


def doctor(*, as_json: AsJson = False) -> None:
    """Look at everything the hub needs; ends with 2 when something is missing."""
    findings = []
    for finding in examine():
        findings.append(finding)
        if not as_json:
            print_line(_line(finding))
    is_well = all(finding.is_well for finding in findings)
    if as_json:
        print_object({"isWell": is_well, "findings": [asdict(finding) for finding in findings]})
    if not is_well:
        raise typer.Exit(2)


def examine() -> Iterator[Finding]:
    """Every finding, as soon as it is made."""
    yield python()
    yield java()
    yield tool("mvn", "maven", asks="--version")
    yield tool("node", "nodejs", asks="--version", oldest=20)
    yield tool("make", "make", asks="--version")
    yield tool("git", "git", asks="--version")
    try:
        settings = read_settings()
    except SettingsError as error:
        yield Finding("settings", str(error), "set it as docs/settings.md says")
        return
    yield Finding("settings", "can be used")
    yield port(settings)
    yield folder(settings.data_dir)
    yield disk(settings.data_dir)
    yield font(Fonts())
    if settings.trusted_documents:
        yield from documents(Path(settings.trusted_documents))
    yield neo4j(settings)


def python() -> Finding:
    """The Python that runs this."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036 - another Python than the one set up may run this
        return Finding(
            "python",
            f"{version}, 3.11 or newer is needed",
            "apt-get install -y python3.11 python3.11-venv",
        )
    return Finding("python", version)


def java() -> Finding:
    """The Java that Neo4j runs on."""
    try:
        found = find_java()
    except JavaIsMissing as error:
        return Finding("java", str(error).partition(";")[0], JAVA_MENDED_BY)
    return Finding("java", f"{java_version(found)} at {found}")


def tool(command: str, package: str, *, asks: str, oldest: int = 0) -> Finding:
    """A program on PATH, and its version where one is asked for."""
    path = shutil.which(command)
    mend = f"apt-get install -y {package}"
    if path is None:
        return Finding(command, "not found", mend)
    said = subprocess.run([path, asks], capture_output=True, text=True, check=False)  # noqa: S603 - found on PATH
    version = re.search(r"\d+(\.\d+)+", said.stdout)
    if version is None or int(version[0].partition(".")[0]) < oldest:
        return Finding(
            command, f"{version[0] if version else 'no version'}, {oldest} or newer is needed", mend
        )
    return Finding(command, version[0])


def port(settings: Settings) -> Finding:
    """The hub's own port; a hub of this checkout that serves there already is no fault."""
    try:
        with listening(settings.host, settings.port):
            return Finding("port", f"{settings.port} is free")
    except PortIsTaken as error:
        holder = holder_of_port(settings.port)
        if holder and {str(OWN_CLI), "serve"} <= set(_resolved(holder.command())):
            return Finding("port", f"{settings.port} is this hub's own: {described(holder)} serves")
        return Finding(
            "port", str(error).partition(";")[0], f"BASHU_PORT={settings.port + 1} make run"
        )


def _resolved(words: tuple[str, ...]) -> list[str]:
    """The words of a command line, with the path of a program's file written in one way."""
    return [str(Path(word).resolve()) if word.endswith("cli.py") else word for word in words]


def folder(data: Path) -> Finding:
    """Whether the data folder can be written, or made."""
    nearest = _nearest_existing(data)
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return Finding("data folder", f"{data.absolute()} can be written")
    return Finding(
        "data folder", f"{data.absolute()} cannot be written", f'sudo chown "$USER" {nearest}'
    )


def disk(data: Path) -> Finding:
    """Room for Neo4j, its data and logs."""
    free = shutil.disk_usage(_nearest_existing(data)).free
    found = f"{free / 1e9:.1f} GB free"
    if free < NEEDED_BYTES:
        return Finding(
            "disk",
            f"{found}, {NEEDED_BYTES / 1e9:.0f} GB are needed",
            "BASHU_DATA_DIR=/a/larger/disk make run",
        )
    return Finding("disk", found)


def font(fonts: Fonts) -> Finding:
    """The Chinese font of certificates."""
    if fonts.is_there:
        return Finding("font", f"certificates can be drawn with {fonts.regular.name}")
    return Finding("font", "certificates cannot be drawn without their font", MENDED_BY)


def documents(place: Path) -> Iterator[Finding]:
    """The trusted documents; only a registry is worth the second that the GraphQL libraries take."""
    texts, faults = looked_through(place)
    yield Finding("documents", f"{len(texts)} trusted in {place}")
    for fault in faults:
        found = f"{fault.place} {fault.reason}"
        yield Finding(
            "documents", found, "remove it, or build the client anew against bashu schema"
        )


def neo4j(settings: Settings) -> Finding:
    """Whether Neo4j answers and is new enough; the managed one may also not be started yet."""
    try:
        if not settings.neo4j_uri:
            running = server.status(managed_site(settings))
            if running is None:
                return Finding("neo4j", "the managed one is not started; `bashu serve` starts it")
            settings = pointing_at(settings, running)
        return Finding("neo4j", f"{asyncio.run(_asked(settings))} at {settings.neo4j_uri}")
    except GraphStoreError as error:
        return Finding("neo4j", str(error), _mend_of_store(settings))


async def _asked(settings: Settings) -> str:
    async with driver_of(settings) as driver:
        return await ping(driver, database=settings.neo4j_database)


def _mend_of_store(settings: Settings) -> str:
    if settings.neo4j_uri:
        return "set BASHU_NEO4J_URI, BASHU_NEO4J_USER, BASHU_NEO4J_PASSWORD, BASHU_NEO4J_DATABASE to a Neo4j 5.26 or newer that runs"
    return ".venv/bin/bashu neo4j stop && .venv/bin/bashu neo4j start"


def _nearest_existing(path: Path) -> Path:
    absolute = path.absolute()
    return next(place for place in (absolute, *absolute.parents) if place.exists())


def _line(finding: Finding) -> str:
    if finding.is_well:
        return f"ok       {finding.name:<12} {finding.found}"
    return f"MISSING  {finding.name:<12} {finding.found}\n         {'':<12} → {finding.mend}"
