"""Against a real Keycloak 26.7, through the hub's own routes: signing on, silently at the second base, off, and off from behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from tests.auth import provider as browsers
from tests.keycloak.conftest import AGENCY, Hubs
from tests.keycloak.server import PASSWORD, PERSON, Keycloak, login_form

pytestmark = pytest.mark.keycloak

WHO = "{ viewer { isSignedOn name agency person { id email } roles { role } } }"
SECONDS = 20.0  # the machine may be busy


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[httpx2.AsyncClient]:
    """A browser without any cookie."""
    async with browsers.browser() as opened:
        yield opened


async def sign_on(browser: httpx2.AsyncClient, hub: str) -> httpx2.Response:
    """From the hub's page to Keycloak's form, and back."""
    page = await open_page(browser, f"{hub}/auth/login?agency={AGENCY}&next=/")
    form = {"username": PERSON, "password": PASSWORD}
    return await browsers.travel(browser, await browser.post(login_form(page), data=form))


async def open_page(browser: httpx2.AsyncClient, address: str) -> httpx2.Response:
    return await browsers.travel(browser, await browser.get(address))


async def who(browser: httpx2.AsyncClient, hub: str) -> dict[str, Any]:
    headers = {"origin": hub, "sec-fetch-site": "same-origin"}
    answer = await browser.post(f"{hub}/graphql", json={"query": WHO}, headers=headers)
    assert answer.status_code == httpx2.codes.OK, answer.text
    viewer: dict[str, Any] = answer.json()["data"]["viewer"]
    return viewer


async def is_signed_on(browser: httpx2.AsyncClient, hub: str) -> bool:
    return bool((await who(browser, hub))["isSignedOn"])


async def until_signed_off(browser: httpx2.AsyncClient, hub: str) -> None:
    async with asyncio.timeout(SECONDS):
        while True:
            if not await is_signed_on(browser, hub):
                return
            await asyncio.sleep(0.05)


async def test_a_person_signs_on_by_password_and_is_back_on_the_page_with_the_role_keycloak_suggests(
    browser: httpx2.AsyncClient, hubs: Hubs
) -> None:
    page = await sign_on(browser, hubs.one)
    assert str(page.url) == f"{hubs.one}/"
    viewer = await who(browser, hubs.one)
    assert (viewer["isSignedOn"], viewer["name"], viewer["agency"]) == (True, "Ming Li", AGENCY)
    assert {"INSTITUTION_ADMIN", "MEMBER"} == {each["role"] for each in viewer["roles"]}


async def test_the_second_base_signs_on_silently_and_knows_the_same_person(
    browser: httpx2.AsyncClient, hubs: Hubs
) -> None:
    await sign_on(browser, hubs.one)
    assert not await is_signed_on(browser, hubs.two)
    page = await open_page(browser, f"{hubs.two}/auth/login?agency={AGENCY}&silent=1&next=/")
    assert str(page.url) == f"{hubs.two}/"
    one, two = await who(browser, hubs.one), await who(browser, hubs.two)
    assert two["isSignedOn"]
    assert two["person"]["id"] == one["person"]["id"]


async def test_a_silent_sign_on_of_nobody_goes_back_to_the_page_signed_out(
    browser: httpx2.AsyncClient, hubs: Hubs
) -> None:
    page = await open_page(browser, f"{hubs.two}/auth/login?agency={AGENCY}&silent=1&next=/")
    assert (page.status_code, str(page.url)) == (httpx2.codes.OK, f"{hubs.two}/")
    assert not await is_signed_on(browser, hubs.two)


async def test_signing_off_at_one_base_ends_keycloaks_session_and_the_other_bases(
    browser: httpx2.AsyncClient, hubs: Hubs
) -> None:
    await sign_on(browser, hubs.one)
    await open_page(browser, f"{hubs.two}/auth/login?agency={AGENCY}&silent=1&next=/")
    headers = {"origin": hubs.one, "sec-fetch-site": "same-origin"}
    left = await browser.post(f"{hubs.one}/auth/logout", headers=headers)
    page = await browsers.travel(browser, left)
    assert str(page.url).startswith(f"{hubs.one}/"), page.url
    assert not await is_signed_on(browser, hubs.one)
    await until_signed_off(browser, hubs.two)
    page = await open_page(browser, f"{hubs.one}/auth/login?agency={AGENCY}")
    assert login_form(page)


async def test_an_administrator_of_keycloak_ends_a_session_and_both_bases_hear_of_it(
    browser: httpx2.AsyncClient, hubs: Hubs, keycloak: Keycloak
) -> None:
    await sign_on(browser, hubs.one)
    await open_page(browser, f"{hubs.two}/auth/login?agency={AGENCY}&silent=1&next=/")
    assert await is_signed_on(browser, hubs.two)
    await asyncio.to_thread(keycloak.sign_off_everywhere)  # it calls the hubs, which run here
    await until_signed_off(browser, hubs.one)
    await until_signed_off(browser, hubs.two)


async def test_keycloaks_access_token_opens_the_api_for_the_person_it_names(
    browser: httpx2.AsyncClient, hubs: Hubs, keycloak: Keycloak
) -> None:
    await sign_on(browser, hubs.one)
    person = (await who(browser, hubs.one))["person"]["id"]
    keycloak.register_script("script", hubs.one)
    tokens = keycloak.token("script")
    answer = await asked_with(hubs.one, tokens["access_token"])
    assert answer.status_code == httpx2.codes.OK, answer.text
    assert answer.json()["data"]["viewer"]["person"]["id"] == person
    for refused in (tokens["id_token"], tokens["access_token"][:-8]):
        assert (await asked_with(hubs.one, refused)).status_code == httpx2.codes.UNAUTHORIZED
    assert (
        await asked_with(hubs.two, tokens["access_token"])
    ).status_code == httpx2.codes.UNAUTHORIZED


async def asked_with(hub: str, token: str) -> httpx2.Response:
    async with browsers.browser() as client:
        headers = {"authorization": f"Bearer {token}"}
        return await client.post(f"{hub}/graphql", json={"query": WHO}, headers=headers)
