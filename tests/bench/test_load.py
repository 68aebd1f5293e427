"""The load generator counts what it sends, and refuses answers that are none."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.load import Load, LoadError, answer, cpu_ms, encoded, measured


@contextmanager
def server(says: bytes, status: int = 200) -> Iterator[tuple[int, list[bytes]]]:
    """A server that always says the same; its port and the bodies it was sent."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(status)
            self.send_header("Content-Length", str(len(says)))
            self.end_headers()
            self.wfile.write(says)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads, running.block_on_close = True, False
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running.server_address[1], bodies
        running.shutdown()


def test_every_request_that_is_sent_is_answered_and_counted() -> None:
    with server(b'{"data":{}}') as (port, bodies):
        requests = [encoded(port, "/", str(number).encode()) for number in range(7)]
        cell = measured(Load(port, requests, 3, 0.2, begin=5), os.getpid(), os.getpid())
    assert len(cell.took) == len(bodies) > 7
    assert list(cell.took) == sorted(cell.took)
    assert {*bodies} == {str(number).encode() for number in range(7)}
    assert bodies[0] in {b"5", b"6", b"0"}


@pytest.mark.parametrize(("says", "status"), [(b'{"errors":[]}', 200), (b'{"data":1}', 500)])
def test_an_answer_with_errors_ends_the_load(says: bytes, status: int) -> None:
    with server(says, status) as (port, _), pytest.raises(LoadError):
        measured(Load(port, [encoded(port, "/", b"")], 2, 0.2), os.getpid(), os.getpid())


def test_a_large_answer_comes_whole() -> None:
    says = b'{"data":"' + b"x" * 3_000_000 + b'"}'
    with server(says) as (port, bodies):
        assert answer(port, encoded(port, "/", b"asked")) == says
    assert bodies == [b"asked"]


def test_the_time_of_a_process_is_that_of_all_its_threads() -> None:
    before = cpu_ms(os.getpid())
    worker = threading.Thread(target=lambda: sum(range(5_000_000)))
    worker.start()
    worker.join()
    assert cpu_ms(os.getpid()) > before
