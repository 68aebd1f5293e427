"""The demonstration's provider does what an agency's would: the tests of sign-on stand on it."""

import base64
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from demo.sign_on import process
from demo.sign_on.plan import Client, Plan
from tests.auth import provider as providers
from tests.auth.provider import AGENCIES, CHONGQING, NOBODY_LISTENS, SICHUAN, Asking, Provider

HUB = "http://127.0.0.1:8000"
API = f"{HUB}/graphql"
MEMBER = "sichuan-member"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Provider]:
    """A provider that the test may break."""
    with providers.opened(tmp_path) as running:
        yield running


def client(**more: Any) -> Client:
    return Client(
        id="test", secret="s" * 40, redirect_uris=(NOBODY_LISTENS,), resources=(API,), **more
    )


async def metadata(provider: Provider, agency: str) -> dict[str, Any]:
    async with providers.browser() as browser:
        answer = await browser.get(f"{provider.issuer(agency)}/.well-known/openid-configuration")
        told: dict[str, Any] = answer.json()
        return told


async def published(provider: Provider, agency: str) -> KeySet:
    async with providers.browser() as browser:
        answer = await browser.get(f"{provider.issuer(agency)}/jwks")
        return KeySet.import_key_set(answer.json())


def headers_of(token: str) -> dict[str, Any]:
    part = token.split(".", maxsplit=1)[0]
    told: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return told


async def test_each_agency_has_its_own_issuer_and_its_own_keys(provider: Provider) -> None:
    kids = set()
    for agency in (SICHUAN, CHONGQING):
        told = await metadata(provider, agency)
        assert told["issuer"] == provider.issuer(agency)
        assert told["token_endpoint"].startswith(f"{provider.issuer(agency)}/")
        assert told["authorization_response_iss_parameter_supported"] is True
        kids |= {key.kid for key in (await published(provider, agency)).keys}
    assert len(kids) == len(AGENCIES)


async def test_a_person_signs_in_with_one_click_and_the_id_token_says_who(own: Provider) -> None:
    asking = Asking(own, SICHUAN, own.register(SICHUAN, client()))
    tokens = await asking.tokens(MEMBER)
    claims = jwt.decode(tokens["id_token"], await published(own, SICHUAN), ["RS256"]).claims
    assert claims["iss"] == own.issuer(SICHUAN)
    assert claims["aud"] == "test"
    assert (claims["sub"], claims["email"]) == (MEMBER, "member@sichuan.example")
    assert (claims["institution"], claims["roles"]) == ("cd-institution-scast", ["member"])


async def test_an_access_token_for_the_api_is_signed_short_lived_and_meant_for_it(
    own: Provider,
) -> None:
    token = await providers.access_token(own, CHONGQING, "chongqing-auditor", API, "graph:read")
    decoded = jwt.decode(token, await published(own, CHONGQING), ["RS256"])
    assert decoded.header["typ"] == "at+jwt"
    assert decoded.claims["aud"] == API
    assert decoded.claims["scope"] == "graph:read"
    assert decoded.claims["sub"] == "chongqing-auditor"
    assert 0 < decoded.claims["exp"] - decoded.claims["iat"] <= 300


async def test_a_token_for_another_api_is_refused(own: Provider) -> None:
    asking = Asking(
        own, SICHUAN, own.register(SICHUAN, client()), resource="http://127.0.0.1:1/other"
    )
    async with providers.browser() as browser:
        answer = await browser.get(asking.address("v" * 43))
    assert answer.next_request is not None
    assert parse_qs(urlsplit(str(answer.next_request.url)).query)["error"] == ["invalid_target"]


async def test_who_is_signed_in_needs_no_page_and_who_is_not_is_told_so(own: Provider) -> None:
    asking = Asking(own, SICHUAN, own.register(SICHUAN, client()))
    silent = asking.address("v" * 43, prompt="none")
    async with providers.browser() as browser:
        assert await outcome(browser, silent) == "login_required"
        await providers.sign_in(browser, asking.address("v" * 43), MEMBER, until=NOBODY_LISTENS)
        assert await outcome(browser, silent) == "code"


async def outcome(browser: httpx2.AsyncClient, address: str) -> str:
    answer = await providers.travel(browser, await browser.get(address), until=NOBODY_LISTENS)
    assert answer.next_request is not None
    told = parse_qs(urlsplit(str(answer.next_request.url)).query)
    return told["error"][0] if "error" in told else "code"


async def test_being_signed_in_at_one_agency_is_nothing_to_the_other(own: Provider) -> None:
    here = Asking(own, SICHUAN, own.register(SICHUAN, client()))
    there = Asking(own, CHONGQING, own.register(CHONGQING, client()))
    async with providers.browser() as browser:
        await providers.sign_in(browser, here.address("v" * 43), MEMBER, until=NOBODY_LISTENS)
        assert await outcome(browser, there.address("v" * 43, prompt="none")) == "login_required"
        names = {cookie.name for cookie in browser.cookies.jar}
    assert "bashu_demo_sichuan_session" in names
    assert not any(name.startswith("bashu_demo_chongqing_session") for name in names)


async def test_cancelling_tells_the_client_that_nobody_was_chosen(own: Provider) -> None:
    asking = Asking(own, SICHUAN, own.register(SICHUAN, client()))
    async with providers.browser() as browser:
        page = await providers.travel(browser, await browser.get(asking.address("v" * 43)))
        answer = await browser.post(page.url, data={})
        answer = await providers.travel(browser, answer, until=NOBODY_LISTENS)
    assert answer.next_request is not None
    assert "error=access_denied" in str(answer.next_request.url)


async def test_signing_off_ends_the_session_and_tells_the_hub_behind_the_browsers_back(
    own: Provider,
) -> None:
    with hub_that_is_told() as (address, told):
        asking = Asking(own, SICHUAN, own.register(SICHUAN, client(backchannel_logout_uri=address)))
        async with providers.browser() as browser:
            await providers.sign_in(browser, asking.address("v" * 43), MEMBER, until=NOBODY_LISTENS)
            page = await browser.get(f"{own.issuer(SICHUAN)}/session/end?client_id=test")
            await providers.confirm_sign_off(browser, page)
            assert (
                await outcome(browser, asking.address("v" * 43, prompt="none")) == "login_required"
            )
    token = jwt.decode(told[0], await published(own, SICHUAN), ["RS256"])
    assert token.header["typ"] == "logout+jwt"
    assert token.claims["aud"] == "test"
    assert token.claims["sid"]


@contextmanager
def hub_that_is_told() -> Iterator[tuple[str, list[str]]]:
    """An address that takes logout tokens, and those it took."""
    told: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            told.append(parse_qs(body)["logout_token"][0])
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        listening = Thread(target=server.serve_forever)
        listening.start()
        yield f"http://127.0.0.1:{server.server_port}/ended", told
        server.shutdown()
        listening.join()


async def test_keys_change_under_a_new_id_or_the_same_one_and_nobody_is_signed_off(
    own: Provider,
) -> None:
    asking = Asking(own, SICHUAN, own.register(SICHUAN, client()))
    async with providers.browser() as browser:
        await providers.sign_in(browser, asking.address("v" * 43), MEMBER, until=NOBODY_LISTENS)
        first = own.keys(SICHUAN)[0]
        own.rotate(SICHUAN, same_kid=True)
        second = own.keys(SICHUAN)[0]
        assert (second["kid"], second["n"] == first["n"]) == (first["kid"], False)
        own.rotate(SICHUAN, keep_old=True)
        assert [key.kid for key in (await published(own, SICHUAN)).keys] == [
            own.keys(SICHUAN)[0]["kid"],
            first["kid"],
        ]
        assert await outcome(browser, asking.address("v" * 43, prompt="none")) == "code"
    tokens = await asking.tokens(MEMBER)
    assert headers_of(tokens["id_token"])["kid"] == own.keys(SICHUAN)[0]["kid"] != first["kid"]


async def test_it_is_away_when_stopped_and_back_at_the_same_address_with_the_same_keys(
    own: Provider,
) -> None:
    keys = own.keys(SICHUAN)
    own.stop()
    with pytest.raises(httpx2.ConnectError):
        await metadata(own, SICHUAN)
    own.start()
    assert (await metadata(own, SICHUAN))["issuer"] == own.issuer(SICHUAN)
    assert own.keys(SICHUAN) == keys


def test_plan_keys_and_nothing_else_are_kept_and_only_their_owner_reads_them(own: Provider) -> None:
    files = {file.name: file.stat().st_mode & 0o777 for file in own.plan.folder.iterdir()}
    log = files.pop("provider.log")
    assert files == {"plan.json": 0o600, "sichuan.keys.json": 0o600, "chongqing.keys.json": 0o600}
    assert log & 0o022 == 0


def test_its_command_line_and_its_log_hold_no_secret(own: Provider) -> None:
    own.register(SICHUAN, client())
    command = Path(f"/proc/{own.process.popen.pid}/cmdline").read_bytes()
    assert b"s" * 40 not in command
    assert "s" * 40 not in own.process.log.read_text(encoding="utf-8") + repr(own.plan)


async def test_a_foreign_host_header_is_refused(provider: Provider) -> None:
    async with providers.browser() as browser:
        answer = await browser.get(
            f"{provider.issuer(SICHUAN)}/jwks", headers={"host": "evil.example"}
        )
    assert answer.status_code == httpx2.codes.MISDIRECTED_REQUEST


def test_it_listens_on_this_machine_only(tmp_path: Path) -> None:
    plan = Plan(providers.free_port(), tmp_path, AGENCIES)
    plan.write()
    told = json.loads(plan.file.read_text(encoding="utf-8")) | {"host": "0.0.0.0"}  # noqa: S104 - refused, as the test says
    plan.file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(process.SignOnFailed, match=r"listens on 127\.0\.0\.1 only"):
        process.start(plan.file, tmp_path / "log")


def test_a_port_that_is_taken_is_named(own: Provider, tmp_path: Path) -> None:
    with pytest.raises(process.SignOnFailed, match=str(own.plan.port)):
        process.start(own.plan.file, tmp_path / "second.log")


def test_it_ends_when_whoever_started_it_is_killed(tmp_path: Path) -> None:
    plan = Plan(providers.free_port(), tmp_path, AGENCIES)
    plan.write()
    script = f"""
import pathlib, time
from demo.sign_on import process
started = process.start(pathlib.Path({str(plan.file)!r}), pathlib.Path({str(tmp_path / "log")!r}))
print(started.popen.pid, flush=True)
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        provider = os.pidfd_open(pid)
        starter.send_signal(signal.SIGKILL)
    try:
        assert ended(provider), "the provider outlived whoever started it"
    finally:
        os.close(provider)


def ended(process_: int) -> bool:
    return bool(select.select([process_], [], [], 10)[0])
