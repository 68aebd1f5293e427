"""Starts, finds and stops the managed server; whatever was left behind by a crash is found and taken over."""

import os
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from graph_store.local_server.bolt import answers_bolt, free_port
from graph_store.local_server.configuration import (
    USER,
    configured_port,
    ensure_password,
    home_argument,
    server_command,
    write_configuration,
)
from graph_store.local_server.errors import FolderIsInUse, ServerDidNotStart
from graph_store.local_server.jars import ensure_jars, one_at_a_time
from graph_store.local_server.java import find_java
from graph_store.local_server.process import Process, holder_of
from graph_store.local_server.progress import Progress, silent
from graph_store.local_server.site import Site
from graph_store.local_server.state import State

START_PATIENCE = timedelta(minutes=3)
STOP_PATIENCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A managed server that answers, and how to sign in to it."""

    pid: int
    port: int
    password: str = field(repr=False)

    @property
    def uri(self) -> str:
        """Where the driver finds it."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def user(self) -> str:
        """Whom the password belongs to."""
        return USER


def start(
    site: Site,
    *,
    to_stay: bool,
    progress: Progress = silent,
    patience: timedelta = START_PATIENCE,
) -> Running:
    """The server of this site, started unless it runs already, answering Bolt.

    `to_stay`: it outlives the caller, until `stop`. Otherwise this process keeps it, unless another keeps it
    or it was to stay, and ends it by `stop_if_kept`.
    Raises JavaIsMissing, JarsAreNotThere, FolderIsInUse or ServerDidNotStart.
    """
    java = find_java()
    ensure_jars(site.jars, progress)
    site.home.mkdir(parents=True, exist_ok=True)
    keeper = None if to_stay else Process.of(os.getpid())
    with one_at_a_time(site.lock):
        state = _found(site)
        is_new = state is None
        state = _started(site, java, keeper) if state is None else _taken_over(site, state, keeper)
        password = ensure_password(site, java)
        _wait_for_bolt(site, state, is_new=is_new, patience=patience, progress=progress)
    return Running(pid=state.server.pid, port=state.port, password=password)


def status(site: Site) -> Running | None:
    """The server of this site if it runs, whether or not it answers yet."""
    if not site.password.exists():
        return None
    state = _found(site)
    if state is None:
        return None
    password = site.password.read_text(encoding="ascii")
    return Running(pid=state.server.pid, port=state.port, password=password)


def stop(site: Site, *, patience: timedelta = STOP_PATIENCE) -> bool:
    """Ends the server of this site; False when none ran. Kills it only when patience is over."""
    if not site.home.exists():
        return False
    with one_at_a_time(site.lock):
        state = _found(site)
        if state is not None:
            state.server.end(patience=patience)
        site.state.unlink(missing_ok=True)
    return state is not None


def stop_if_kept(site: Site) -> bool:
    """Ends the server of this site if this process is its keeper: started it, or took it over from a dead hub."""
    state = State.read(site)
    return state is not None and state.keeper == Process.of(os.getpid()) and stop(site)


def _found(site: Site) -> State | None:
    """The server that works on this site now, remembered or not; raises FolderIsInUse for a stranger.

    The databases' own lock tells who really works there, also when the state file was lost, is of a
    former start of the machine, or was never written because the starter was killed.
    """
    state = State.read(site)
    if state is not None and _serves(site, state.server):
        return state
    holder = _holder(site)
    if holder is None:
        return None
    process = Process.of(holder)
    port = configured_port(site)
    if process is None or port is None or home_argument(site) not in process.command():
        raise FolderIsInUse(
            f"The data folder {site.data} is in use by another server (pid {holder or 'unknown'});"
            " stop that one, or give this hub a folder of its own with BASHU_DATA_DIR"
        )
    return State(server=process, port=port, keeper=None)


def _holder(site: Site) -> int | None:
    """Who holds the databases; one that was killed is waited for until it has let go."""
    lock = site.data / "databases" / "store_lock"
    for _ in range(100):
        holder = holder_of(lock)
        if not holder or Process.of(holder) is not None:
            break
        time.sleep(0.1)
    return holder


def _serves(site: Site, process: Process) -> bool:
    """Whether the process lives and is of this site; one just spawned has no command line for a moment."""
    return process.lives and (home_argument(site) in process.command() or not process.command())


def _taken_over(site: Site, state: State, keeper: Process | None) -> State:
    """A server whose hub died gets the new one as its keeper; one that was to stay stays."""
    is_orphan = state.keeper is not None and not state.keeper.lives
    if keeper is None or is_orphan:
        state = replace(state, keeper=keeper)
        state.write(site)
    return state


def _started(site: Site, java: Path, keeper: Process | None) -> State:
    port = free_port(configured_port(site))
    write_configuration(site, port)
    ensure_password(site, java)
    pid = _spawn(server_command(site, java), console=site.logs / "console.log")
    server = Process.of(pid)
    if server is None:
        raise _did_not_start(site, "ended at once")
    state = State(server=server, port=port, keeper=keeper)
    state.write(site)
    return state


def _spawn(command: list[str], *, console: Path) -> int:
    """The pid of a child in a session of its own: Ctrl-C in the terminal is the hub's to answer first."""
    write_anew = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(console), write_anew, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
        # a parent that ignores or blocks signals (a shell's background job) must not pass that on
        setsigmask=[],
    )


def _wait_for_bolt(
    site: Site, state: State, *, is_new: bool, patience: timedelta, progress: Progress
) -> None:
    what = "Starting Neo4j" if is_new else "Waiting for Neo4j"
    began = time.monotonic()
    while not answers_bolt(state.port):
        waited = time.monotonic() - began
        if not _serves(site, state.server):
            _collect(state.server.pid)
            raise _did_not_start(site, "ended while it started")
        if waited > patience.total_seconds():
            state.server.end(patience=STOP_PATIENCE)
            raise _did_not_start(site, f"did not answer within {waited:.0f} seconds")
        progress(what, int(waited), 0)
        time.sleep(0.1)
    progress(what, 1, 1)


def _collect(pid: int) -> None:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def _did_not_start(site: Site, how: str) -> ServerDidNotStart:
    lines = _last_lines(site.logs / "console.log") or _last_lines(site.logs / "neo4j.log")
    return ServerDidNotStart(
        f"Neo4j {how}; its logs are in {site.logs}, and `bashu doctor` checks what it needs. Its last lines:\n"
        + "\n".join(lines)
    )


def _last_lines(log: Path) -> list[str]:
    try:
        return log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
    except FileNotFoundError:
        return []
