"""The Prefect that the hub manages on this machine: where it lives, what it is told, how its process is started.

Nothing of Prefect is imported here: what starts the process must not wait for that.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from graph_store.kept_secret import kept_secret

CHECKOUT = Path(__file__).parent.parent
RUNS_KEPT_SECONDS = 3 * 86_400
EVENTS_KEPT = "P1D"
BEHIND = ("nice", "-n", "10")
"""How a process is begun that people's requests, and the start of the hub, go before."""
LISTENER = "BASHU_PREFECT_LISTENER"
"""The inherited descriptor of the socket that the server listens on."""

# nothing of this machine is told to anybody, and nothing but the API is served
_SILENT: Mapping[str, str] = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
}


@dataclass(frozen=True, slots=True)
class Prefect:
    """A Prefect server and how to sign in to it: `auth` is "user:password", or empty."""

    api_url: str
    auth: str = field(repr=False)

    def answers(self, *, patience_seconds: float = 2.0) -> bool:
        """Whether it is there and takes the sign-in."""
        request = Request(f"{self.api_url}/version")  # noqa: S310 - an address of the settings, http or https
        if self.auth:
            basic = b64encode(self.auth.encode()).decode()
            request.add_header("Authorization", f"Basic {basic}")
        try:
            with urlopen(request, timeout=patience_seconds) as answer:  # noqa: S310 - see above
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def client_environment(prefect: Prefect, home: Path) -> dict[str, str]:
    """What a process that runs flows is told by its environment, before Prefect is imported."""
    return {
        **_SILENT,
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": prefect.api_url,
        "PREFECT_API_AUTH_STRING": prefect.auth,
        # without a server nothing runs: a second one of Prefect's own making would run it unseen
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    }


@dataclass(frozen=True, slots=True)
class PrefectSite:
    """The place of the managed server: its database, its log, its password."""

    folder: Path

    @classmethod
    def under(cls, data_folder: Path) -> PrefectSite:
        """Within the hub's data folder."""
        return cls(data_folder.resolve() / "prefect")

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "server.log"

    @property
    def auth(self) -> str:
        """Its sign-in, made once."""
        return f"hub:{kept_secret(self.folder / 'password')}"

    def reserved(self) -> Reserved:
        """An address for it, held from now on: nobody else can take the port before it listens."""
        listener = socket.create_server(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        return Reserved(self, Prefect(address, self.auth), listener)

    def environment(self, auth: str) -> dict[str, str]:
        """What the server is told."""
        database = self.folder / "prefect.db"
        return {
            **_SILENT,
            "PREFECT_HOME": str(self.folder),
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}",
            "PREFECT_SERVER_API_AUTH_STRING": auth,
            # some 30 KB a run, 1,200 runs a day; what is to be remembered stands in the graph
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(RUNS_KEPT_SECONDS),
            "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": EVENTS_KEPT,
            "PREFECT_API_AUTH_STRING": auth,
        }


@dataclass(frozen=True, slots=True)
class Reserved:
    """The address of a server that is to be, and the socket at which it will listen, also after it was started anew."""

    site: PrefectSite
    prefect: Prefect
    listener: socket.socket

    def start(self) -> subprocess.Popen[bytes]:
        """The process; its standard input is its lifeline: it ends when whoever holds the other end is gone."""
        self.site.folder.mkdir(parents=True, exist_ok=True)
        descriptor = self.listener.fileno()
        told = self.site.environment(self.prefect.auth) | {LISTENER: str(descriptor)}
        with self.site.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own module
                [*BEHIND, sys.executable, "-m", "flows.prefect_server"],
                cwd=CHECKOUT,
                env=os.environ | told,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(descriptor,),
                start_new_session=True,  # Ctrl-C reaches the hub, which ends it
            )


def wait_until_it_answers(prefect: Prefect, patience_seconds: float) -> bool:
    """Whether the server answered within that time."""
    until = time.monotonic() + patience_seconds
    while time.monotonic() < until:
        if prefect.answers():
            return True
        time.sleep(0.2)
    return False
