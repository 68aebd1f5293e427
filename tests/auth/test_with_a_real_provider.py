"""Signing on and off with the real OpenID provider (npm `oidc-provider`): two agencies, two workers, real redirects and pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
import pytest_asyncio
from neo4j import AsyncDriver

import app
from graph_store.local_server import server
from tests.auth.hubs import INSTITUTIONS, PAGE, Browser, Hub, hub_over, lay_out
from tests.auth.provider import CHONGQING, SICHUAN, Provider, choose, confirm_sign_off, opened
from tests.auth.test_signing_off import still_let_in
from tests.serving import listening, settings_over

MEMBER, APPROVER = "sichuan-member", "sichuan-approver"


def agencies_file(folder: Path, provider: Provider, address: str) -> Path:
    """Both agencies, each with a client of the hub at that address."""
    tables = []
    for key, institution in zip((SICHUAN, CHONGQING), INSTITUTIONS, strict=True):
        client = provider.register_hub(key, address)
        (folder / f"{key}.secret").write_text(client.secret or "")
        tables.append(f"""
[agencies.{key}]
issuer = "{provider.issuer(key)}"
client_id = "{client.id}"
client_secret_file = "{key}.secret"
speaks_for = ["{institution}"]
name = "{key}"
name_en = "{key}"
demonstration = true
[agencies.{key}.claims]
institution = "institution"
roles = "roles"
[agencies.{key}.roles]
approver = "approver"
institution_admin = "institution_admin"
""")
    place = folder / "agencies.toml"
    place.write_text("".join(tables))
    return place


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A provider that these tests may stop and rotate."""
    with opened(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest_asyncio.fixture(scope="module")
async def real(
    driver: AsyncDriver,
    neo4j_server: server.Running,
    own: Provider,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Hub]:
    """A hub over both agencies."""
    await lay_out(driver)
    folder = tmp_path_factory.mktemp("hub")

    def build(port: int) -> Any:
        agencies = agencies_file(folder, own, f"http://127.0.0.1:{port}")
        return app.build(settings_over(neo4j_server, port, folder, agencies=str(agencies)))

    async with listening(build) as served:
        yield Hub(served, folder)


@pytest_asyncio.fixture(scope="module")
async def second(real: Hub, neo4j_server: server.Running) -> AsyncIterator[Hub]:
    """A second worker of the same hub."""
    place = real.folder / "agencies.toml"
    async with hub_over(neo4j_server, real.folder, place, public_url=real.address) as served:
        yield served


@pytest_asyncio.fixture
async def visitor(real: Hub) -> AsyncIterator[Browser]:
    """A browser without any cookie."""
    browser = Browser(real)
    yield browser
    await browser.client.aclose()


async def sign_on(
    visitor: Browser, subject: str = MEMBER, agency: str = SICHUAN
) -> httpx2.Response:
    """Sign on at the provider's page; the answer of the callback."""
    asked = {"agency": agency, "next": PAGE}
    begun = await visitor.client.get(f"{visitor.hub.address}/auth/login", params=asked)
    page = await visitor.follow(begun)
    back = await choose(visitor.client, page, subject, until=visitor.hub.address)
    assert back.next_request is not None, back.text
    return await visitor.client.send(back.next_request)


async def test_a_person_signs_on_at_the_providers_page_and_is_who_the_provider_says(
    visitor: Browser,
) -> None:
    answer = await sign_on(visitor, APPROVER)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE), answer.text
    who = await visitor.who()
    assert (who["name"], who["agency"]) == ("sichuan的approver", SICHUAN)
    assert {each["role"] for each in who["roles"]} == {"MEMBER", "APPROVER"}


async def test_signing_off_ends_both_sessions_and_leads_back_to_the_hub(
    visitor: Browser, real: Hub, second: Hub
) -> None:
    await sign_on(visitor)
    kept = visitor.secret or ""
    page = await visitor.follow(await visitor.post("/auth/logout"))
    landed = await confirm_sign_off(visitor.client, page, until=f"{real.address}/")
    assert landed.next_request is not None
    assert landed.next_request.url.path == "/"
    visitor.client.cookies.set(real.cookie, kept, "127.0.0.1", "/")
    assert await still_let_in(visitor, real, second) < 1.0
    begun = await visitor.get(f"/auth/login?agency={SICHUAN}&next=/")
    assert (
        'value="sichuan-member"' in (await visitor.follow(begun)).text
    )  # asked anew, not signed on silently


async def test_a_logout_at_the_provider_ends_the_session_on_two_workers_within_a_second(
    visitor: Browser, real: Hub, second: Hub, own: Provider
) -> None:
    await sign_on(visitor)
    assert await visitor.is_signed_on(second)
    page = await visitor.get(f"{own.issuer(SICHUAN)}/session/end")
    await confirm_sign_off(visitor.client, page)
    assert await still_let_in(visitor, real, second) < 1.0


async def test_a_second_sign_on_of_the_browser_needs_no_page_when_asked_for_silently(
    visitor: Browser, real: Hub
) -> None:
    await sign_on(visitor)
    visitor.client.cookies.delete(real.cookie)
    silent = f"/auth/login?agency={SICHUAN}&next=/graphiql&silent=1"
    landed = await visitor.follow(await visitor.get(silent), until="/graphiql")
    assert landed.headers["location"] == "/graphiql"
    assert await visitor.is_signed_on()


async def test_a_silent_sign_on_of_a_browser_that_is_nobody_leads_to_the_page_signed_off(
    visitor: Browser,
) -> None:
    silent = f"/auth/login?agency={SICHUAN}&next=/graphiql&silent=1"
    landed = await visitor.follow(await visitor.get(silent), until="/graphiql")
    assert landed.headers["location"] == "/graphiql"
    assert not await visitor.is_signed_on()


@pytest.mark.parametrize("same_kid", [False, True])
async def test_keys_that_the_provider_changes_are_fetched_at_the_first_sign_on(
    visitor: Browser, real: Hub, own: Provider, *, same_kid: bool
) -> None:
    keys = real.listening.server.lifespan.state["sign_on"].providers[SICHUAN]._keys
    keys._forced = float("-inf")
    own.rotate(SICHUAN, same_kid=same_kid)
    assert (await sign_on(visitor)).status_code == 303


async def test_a_code_is_exchanged_once(visitor: Browser, own: Provider) -> None:
    begun = await visitor.get(f"/auth/login?agency={SICHUAN}&next=/")
    page = await visitor.follow(begun)
    back = await choose(visitor.client, page, MEMBER, until=visitor.hub.address)
    assert back.next_request is not None
    kept = httpx2.Cookies(visitor.client.cookies)
    assert (await visitor.client.send(back.next_request)).status_code == 303
    visitor.client.cookies = kept
    answer = await visitor.get(str(back.next_request.url))
    assert (answer.status_code, "PROOF_IS_REFUSED" in answer.text) == (403, True)


async def test_the_provider_is_asked_with_a_challenge_a_nonce_and_a_state(visitor: Browser) -> None:
    answer = await visitor.get(f"/auth/login?agency={SICHUAN}&next=/")
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[each][0]) >= 20 for each in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == [f"{visitor.hub.address}/auth/{SICHUAN}/callback"]


async def test_sessions_go_on_while_the_provider_is_down_and_a_sign_on_says_so(
    visitor: Browser, real: Hub, own: Provider
) -> None:
    await sign_on(visitor)
    other = Browser(real)
    begun = await other.get(f"/auth/login?agency={CHONGQING}&next=/")
    assert begun.status_code == 303
    own.stop()
    try:
        assert await visitor.is_signed_on()
        provider = real.listening.server.lifespan.state["sign_on"].providers[SICHUAN]
        provider._read_at = float("-inf")  # a second and more has passed
        answer = await other.get(f"/auth/login?agency={SICHUAN}&next=/")
        assert (answer.status_code, "PROVIDER_IS_AWAY" in answer.text) == (503, True)
        assert answer.headers["retry-after"] == "60"
        silent = await other.get(f"/auth/login?agency={SICHUAN}&next=/graphiql&silent=1")
        assert (silent.status_code, silent.headers["location"]) == (303, "/graphiql")
        off = await visitor.post("/auth/logout")
        assert (off.status_code, off.headers["location"]) == (303, "/")
        assert not await visitor.is_signed_on()
    finally:
        own.start()
        await other.client.aclose()
