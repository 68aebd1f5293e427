"""The process that serves: uvicorn as the hub wants it."""

import gc
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from web.bodies import BODY_LIMIT_BYTES

GRACE_SECONDS = 10
IDLE_SECONDS = 75  # longer than clients keep a connection: one that is closed as they send again loses their request
MOST_YOUNG_OBJECTS = 50_000


class HubServer(uvicorn.Server):
    """Uvicorn that settles its memory before it listens, and tells when it truly does."""

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        port: int,
        listens: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                lifespan="on",
                ws_max_size=BODY_LIMIT_BYTES,
                ws_per_message_deflate=False,  # events are small, and each connection would hold a window
                timeout_graceful_shutdown=GRACE_SECONDS,
                timeout_keep_alive=IDLE_SECONDS,
            )
        )
        self._listens = listens

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the hub, then tell."""
        await super().startup(sockets)
        settle_memory()
        if self.started:
            self._listens()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell those who hold a stream first: they would be waited for."""
        await self.lifespan.state["streams"].close()
        await super().shutdown(sockets)


def settle_memory() -> None:
    """Keep the garbage collector away from what lives as long as the process, and from each thousand rows.

    The schema and the libraries are half a million objects that are never garbage; a page of a thousand rows is a few thousand
    that are garbage only after it was sent. Without this a third to a half of a large answer's time is looking for cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(MOST_YOUNG_OBJECTS, 20, 50)
