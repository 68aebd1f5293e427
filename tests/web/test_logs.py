"""One line a request, which tells enough and nothing that is the client's."""

import asyncio
import json
import logging
from collections.abc import Iterator
from io import StringIO

import httpx2
import pytest
import structlog

from tests.web.small_hub import HOST, FailingAnswerer, served, small_site
from web.access import FLUSH_SECONDS
from web.logs import set_up_logs


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """Logs as JSON, to the stream given; as they were afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    uvicorn = logging.getLogger("uvicorn")
    heard, uvicorn.propagate = (
        uvicorn.propagate,
        True,
    )  # Prefect, where it was loaded, keeps its lines back
    stream = StringIO()
    set_up_logs("json", "INFO", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    uvicorn.propagate = heard


async def written() -> None:
    """Long enough for the lines of requests to be written."""
    await asyncio.sleep(FLUSH_SECONDS * 2)


def lines(logged: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in logged.getvalue().splitlines()]


async def test_a_request_is_one_line(logged: StringIO, client: httpx2.AsyncClient) -> None:
    asked = {"query": "query Q { language }", "operationName": "Q"}
    response = await client.post("/graphql", json=asked)
    await written()
    (line,) = [line for line in lines(logged) if line["logger"] == "web"]
    assert line.pop("duration_ms")
    assert line.pop("timestamp")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "web",
        "request_id": response.headers["x-request-id"],
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "operation": "Q",
    }


async def test_neither_variables_nor_secrets_nor_made_up_names_are_logged(
    logged: StringIO, client: httpx2.AsyncClient
) -> None:
    asked = {
        "query": "query ($w: Where) { thing(where: $w) { name } }",
        "variables": {"w": {"name": "hunter2"}},
    }
    await client.post("/graphql", json=asked, headers={"authorization": "Bearer hunter3"})
    await client.get("/graphql", params={"query": '{ thing(where: {name: "hunter4"}) { name } }'})
    await client.post(
        "/graphql", json={"query": "{ language }", "operationName": "hunter5\nfaked line"}
    )
    await written()
    text = logged.getvalue()
    assert text.count('"event":"request"') == 3
    assert "hunter" not in text


async def test_a_failure_is_logged_under_the_request_id_the_client_was_given(
    logged: StringIO,
) -> None:
    async with served(small_site(FailingAnswerer(RuntimeError("the reason")))) as app:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            asked = {"query": "query ($s: String) { language }", "variables": {"s": "hunter2"}}
            response = await client.post("/graphql", json=asked)
        await written()
    failed, request = (line for line in lines(logged) if str(line["logger"]).startswith("web"))
    assert "the reason" in str(failed["exception"])
    assert "hunter2" not in str(failed)
    assert failed["request_id"] == request["request_id"] == response.headers["x-request-id"]


def test_lines_of_other_libraries_have_the_same_form(logged: StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("hello %s", "there")
    (line,) = lines(logged)
    assert (line["event"], line["level"], line["logger"]) == (
        "hello there",
        "warning",
        "uvicorn.error",
    )


@pytest.mark.parametrize("library", ["authlib.integrations.base_client", "httpx2", "httpcore2"])
def test_what_proves_a_sign_on_is_not_logged_by_libraries_even_in_debugging(
    logged: StringIO, library: str
) -> None:
    set_up_logs("json", "DEBUG", logged)
    logging.getLogger(library).debug("Using code_verifier: %r", "hunter2")
    assert "hunter2" not in logged.getvalue()


def test_the_console_shows_a_traceback_without_local_variables(logged: StringIO) -> None:
    set_up_logs("console", "INFO", logged)
    try:
        secret = "hunter" + "2"
        int(secret[:0])
    except ValueError:
        structlog.get_logger("web").exception("failed", path="/x")
    text = logged.getvalue()
    assert "ValueError" in text
    assert "hunter2" not in text


async def test_the_secret_in_a_calendars_address_is_not_in_the_log(
    logged: StringIO, client: httpx2.AsyncClient
) -> None:
    await client.get("/calendar/feeds/bashu_cal_hunter2.ics")
    await written()
    assert "hunter2" not in logged.getvalue()
    assert "/calendar/feeds/…" in {line.get("path") for line in lines(logged)}
