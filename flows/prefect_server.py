"""`python -m flows.prefect_server`: the managed Prefect server, in this process alone, until whoever started it is gone."""

from __future__ import annotations

import os
import socket

import uvicorn
from prefect.server.api.server import create_app

from flows.lifelines import hold_on
from flows.prefect_site import LISTENER

STOP_SECONDS = 3


def main() -> None:
    """Serve the API at the inherited socket. Raises KeyError without one."""
    hold_on()
    listener = socket.socket(fileno=int(os.environ[LISTENER]))
    config = uvicorn.Config(
        create_app(), log_level="warning", timeout_graceful_shutdown=STOP_SECONDS, lifespan="on"
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
