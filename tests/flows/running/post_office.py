"""A real mail server, and a program that is called over HTTP; both on this machine, both remember what they were given."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import uvicorn
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.auth.provider import free_port


@dataclass(slots=True)
class PostOffice:
    """`answers`: what it says to the next letters, in order; "250 OK" afterwards, "drop" hangs up once it has the text."""

    port: int
    received: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's word
        """A letter is handed in."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        assert isinstance(envelope.content, bytes)
        if not answer.startswith(("4", "5")):
            letter = message_from_bytes(envelope.content, policy=default)
            assert isinstance(letter, EmailMessage)
            self.received.append(letter)
        if answer == "drop":
            assert server.transport
            server.transport.close()
        return answer


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open."""
    office = PostOffice(free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


@dataclass(slots=True)
class Program:
    """`answers`: status codes of the next calls, in order; 204 afterwards."""

    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    url: str = ""

    async def called(self, request: Request) -> Response:
        """A call."""
        self.received.append((dict(request.headers), await request.body()))
        status = self.answers.pop(0) if self.answers else 204
        return Response(status_code=status, headers={"location": f"{self.url}/elsewhere"})


class _Server(uvicorn.Server):
    """A server that leaves the signals of the test run alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@asynccontextmanager
async def program() -> AsyncIterator[Program]:
    """It listens."""
    called = Program()
    asgi = Starlette(routes=[Route("/hook", called.called, methods=["POST"])])
    listener = socket.create_server(("127.0.0.1", 0))
    called.url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
    server = _Server(uvicorn.Config(asgi, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield called
    finally:
        server.should_exit = True
        await serving
