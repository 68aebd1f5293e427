"""Real PostgreSQL and Redis of Debian's packages, and a Prefect on them, each with a port and a folder of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.prefect_site import Prefect, PrefectSite, wait_until_it_answers
from tests.auth.provider import free_port
from tests.conftest import CHECKOUT

PACKAGES = ("postgresql", "redis-server")
START_SECONDS = 240.0  # the machine may be busy
STOP_SECONDS = 20.0
POSTGRES = "postgres"


def ensure_packages() -> None:
    """Install what is missing, as root; otherwise say what it is. Raises AssertionError."""
    missing = [
        package
        for package, is_there in zip(
            PACKAGES, (_initdb(), shutil.which("redis-server")), strict=True
        )
        if not is_there
    ]
    if not missing:
        return
    assert os.geteuid() == 0, f"missing, install as root: apt-get install -y {' '.join(missing)}"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        subprocess.run(["apt-get", "-qq", *words], env=environment, check=True)  # noqa: S607 - Debian's own


def _initdb() -> Path | None:
    """The newest of Debian's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server that answers on this machine alone."""

    port: int
    password: str

    @property
    def url(self) -> str:
        """As Prefect takes it."""
        return f"postgresql+asyncpg://hub:{self.password}@127.0.0.1:{self.port}/postgres"


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """It runs as Debian's user where root starts it, since it refuses to be root."""
    initdb, word = _initdb(), secrets.token_hex(16)
    assert initdb
    running = Postgres(free_port(), word)
    as_user = ["runuser", "-u", POSTGRES, "--"] if os.geteuid() == 0 else []
    (folder / "word").write_text(word)
    data = folder / "data"
    data.mkdir()
    if as_user:
        for place in (folder, data, folder / "word"):
            shutil.chown(place, POSTGRES)
    _run(
        [
            *as_user,
            str(initdb),
            "-D",
            str(data),
            "-U",
            "hub",
            "-A",
            "scram-sha-256",
            "--pwfile",
            str(folder / "word"),
        ]
    )
    server = [
        *as_user, str(initdb.with_name("postgres")), "-D", str(data), "-p", str(running.port), "-k", str(folder),
        "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=60",
    ]  # fmt: skip
    with kept(server, folder / "postgres.log"):
        _until(["runuser", "-u", POSTGRES, "--", str(initdb.with_name("pg_isready"))] if as_user else [str(initdb.with_name("pg_isready"))],
               "-h", "127.0.0.1", "-p", str(running.port))  # fmt: skip
        yield running


@contextmanager
def redis(folder: Path) -> Iterator[int]:
    """Its port."""
    port = free_port()
    with kept(
        [
            "redis-server",
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            str(folder),
            "--save",
            "",
        ],
        folder / "redis.log",
    ):
        _until(["redis-cli"], "-p", str(port), "ping")
        yield port


@contextmanager
def prefect_on(database: Postgres, redis_port: int, folder: Path) -> Iterator[Prefect]:
    """The API and, as a process of their own, its services: as for several of each behind a balancer."""
    auth, port = f"hub:{secrets.token_hex(16)}", free_port()
    told = PrefectSite(folder).environment(auth) | {
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database.url,
        "PREFECT_SERVER_EVENTS_MESSAGING_BROKER": "prefect_redis.messaging",
        "PREFECT_SERVER_EVENTS_MESSAGING_CACHE": "prefect_redis.messaging",
        "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "prefect_redis.ordering",
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect_redis.lease_storage",
        "PREFECT_SERVER_DOCKET_URL": f"redis://127.0.0.1:{redis_port}/1",
        "PREFECT_REDIS_MESSAGING_HOST": "127.0.0.1",
        "PREFECT_REDIS_MESSAGING_PORT": str(redis_port),
    }
    prefect = Prefect(f"http://127.0.0.1:{port}/api", auth)
    command = [str(Path(sys.executable).with_name("prefect")), "server"]
    with ExitStack() as stack:
        serve = [*command, "start", "--host", "127.0.0.1", "--port", str(port), "--no-services"]
        stack.enter_context(kept(serve, folder / "api.log", told))
        assert wait_until_it_answers(prefect, START_SECONDS), (folder / "api.log").read_text()
        stack.enter_context(kept([*command, "services", "start"], folder / "services.log", told))
        yield prefect


@contextmanager
def kept(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=os.environ | (environment or {}), stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr


def _until(program: Sequence[str], *words: str) -> None:
    """It answers."""
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run([*program, *words], capture_output=True, check=False, cwd="/").returncode:
        assert time.monotonic() < deadline, f"{program} does not answer"
        time.sleep(0.2)
