"""The manners of the contract, asked of the whole hub: every address, with and without somebody behind it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.auth.whom import ASKED, ZHANG, Base, Hub, base, hub

__all__ = ["base", "hub"]

PAGES = ("/", "/api", "/instruments", "/auth/agencies", "/auth/logout")
ADDRESSES = (
    *PAGES,
    "/graphql?query=%7B__typename%7D",
    "/healthz",
    "/readyz",
    "/metrics",
    "/favicon.svg",
    "/auth/login",
    "/auth/sichuan/callback",
    "/.well-known/oauth-protected-resource/graphql",
    "/nothing-is-here",
)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_answer_is_nosniff_and_sets_no_cookie_for_nobody(
    hub: Hub, address: str
) -> None:
    answer = await hub.client.get(address)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Traceback" not in answer.text
    if not address.startswith("/auth/"):
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["", "of no session"])
@pytest.mark.parametrize("address", PAGES)
async def test_a_page_is_there_for_whoever_is_signed_out(
    hub: Hub, address: str, cookie: str
) -> None:
    headers = {"cookie": f"{hub.cookie_name}={cookie}"} if cookie else {}
    answer = await hub.client.get(address, headers=headers, follow_redirects=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("address", PAGES)
async def test_a_page_has_a_strict_policy_and_loads_nothing_from_elsewhere(
    hub: Hub, address: str
) -> None:
    answer = await hub.client.get(address, follow_redirects=True)
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    for directive in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in policy
    loaded = re.findall(r'(?:src|href|action)="(https?://[^"]+)"', answer.text)
    own = urlsplit(hub.opened.address).netloc
    assert {urlsplit(each).netloc for each in loaded} <= {own}


@pytest.mark.parametrize("who", ["nobody", "session", "token", "refused"])
async def test_what_the_endpoint_answers_is_stored_nowhere(hub: Hub, who: str) -> None:
    ways: dict[str, dict[str, Any]] = {
        "nobody": {},
        "session": {"session": await hub.base.session(ZHANG)},
        "token": {"token": hub.access_token()},
        "refused": {"token": "nonsense"},
    }
    answer = await hub.ask(ASKED, **ways[who])
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "localhost:1", "hub.example"])
@pytest.mark.parametrize("address", ["/graphql", "/auth/login", "/"])
async def test_a_foreign_host_is_refused_wherever_it_asks(
    hub: Hub, address: str, host: str
) -> None:
    answer = await hub.client.get(address, headers={"host": host})
    assert answer.status_code == 421


async def test_forwarded_headers_name_no_other_hub_in_a_challenge(hub: Hub) -> None:
    headers = {
        "authorization": "Bearer nonsense",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        "forwarded": "host=evil.example",
    }
    answer = await hub.ask(headers=headers)
    assert "evil" not in answer.headers["www-authenticate"]
    metadata = await hub.client.get(
        "/.well-known/oauth-protected-resource/graphql", headers=headers
    )
    assert metadata.json()["resource"] == hub.resource


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "BREW"])
async def test_an_odd_method_is_refused_before_anybody_is_looked_for(hub: Hub, method: str) -> None:
    headers = {"authorization": "Bearer nonsense"}
    answer = await hub.client.request(method, "/graphql", headers=headers)
    assert answer.status_code in {405, 400}  # the server itself takes not every word for a method


async def test_the_head_of_a_page_and_of_a_question_is_answered(hub: Hub) -> None:
    assert (await hub.client.head("/")).status_code == 200
    answer = await hub.client.head("/graphql", params={"query": ASKED})
    assert (answer.status_code, answer.content) == (200, b"")
    refused = await hub.client.head(
        "/graphql", params={"query": ASKED}, headers={"authorization": "Bearer x"}
    )
    assert (refused.status_code, refused.content) == (401, b"")


async def test_a_hub_behind_a_public_address_is_that_resource(base: Base) -> None:
    async with base.hub(public_url="https://hub.example") as public:
        place = "/.well-known/oauth-protected-resource/graphql"
        metadata = (await public.client.get(place)).json()
        assert metadata["resource"] == "https://hub.example/graphql"
        good = public.access_token(aud="https://hub.example/graphql")
        assert await public.who(token=good) == ZHANG
        assert await public.refusal(token=public.access_token()) == (401, "audience")
        dead = await public.ask(headers={"cookie": "__Host-bashu=" + "A" * 43})
        (gone,) = dead.headers.get_list("set-cookie")
    assert gone.startswith("__Host-bashu=; Path=/;")
    assert "Secure" in gone
