"""The end of a session: by its person, at the provider, from elsewhere; on every worker within a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from auth.backchannel import MOST_BYTES
from auth.sessions import id_of
from graph_store.local_server import server
from tests.auth.hubs import Browser, Hub, hub_over, rows
from tests.auth.issuer import rsa
from tests.auth.opponent import CLIENT, LOGOUT_EVENT, Opponent

MINE = "{ viewer { sessions { id isCurrent agency userAgent address } } }"
END = 'mutation { endSession(requestKey: "k", input: {id: "%s"}) { __typename ... on SessionsEnded { sessions { id } } } }'
END_OTHERS = (
    'mutation { endOtherSessions(requestKey: "k") { ... on SessionsEnded { sessions { id } } } }'
)


@pytest_asyncio.fixture(scope="module")
async def worker(hub: Hub, neo4j_server: server.Running) -> AsyncIterator[Hub]:
    """A second worker of the same hub."""
    folder = hub.folder
    async with hub_over(
        neo4j_server, folder, folder / "agencies.toml", public_url=hub.address
    ) as opened:
        yield opened


async def still_let_in(browser: Browser, *hubs: Hub) -> float:
    """Until how many seconds from now a request may begin and still be let in on any worker; at most 10 are waited for."""
    begun = last = time.monotonic()
    async with asyncio.timeout(10):
        for each in hubs:
            asked = time.monotonic()
            while await browser.is_signed_on(each):
                last = max(last, asked)
                asked = time.monotonic()
    return last - begun


async def told(browser: Browser, agency: str, token: str) -> httpx2.Response:
    """The provider's word, as it sends it."""
    async with httpx2.AsyncClient(trust_env=False, timeout=120) as client:
        return await client.post(
            f"{browser.hub.address}/auth/{agency}/backchannel-logout", data={"logout_token": token}
        )


async def test_a_logout_at_the_provider_ends_the_session_on_two_workers_within_a_second(
    browser: Browser, worker: Hub, a: Opponent
) -> None:
    await browser.sign_on()
    assert await browser.is_signed_on(worker)
    token = a.logout_token(sid=f"sid-{a.asked[-1]['nonce']}", sub="libing")
    answer = await told(browser, "a", token)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert await still_let_in(browser, browser.hub, worker) < 1.0


async def test_a_logout_by_subject_ends_all_sessions_of_that_subject_and_of_no_other(
    hub: Hub, a: Opponent, b: Opponent
) -> None:
    browsers = [Browser(hub) for _ in range(4)]
    a.person = {"sub": "many", "name": "多端"}
    b.person = {"sub": "many", "name": "同号"}
    for each, agency in zip(browsers[:3], "aab", strict=True):
        await each.sign_on(agency)
    a.person = {"sub": "other", "name": "别人"}
    await browsers[3].sign_on()
    assert (await told(browsers[0], "a", a.logout_token(sub="many"))).status_code == 200
    assert [await each.is_signed_on() for each in browsers] == [False, False, True, True]
    for each in browsers:
        await each.client.aclose()


async def test_a_logout_token_is_taken_once(browser: Browser, a: Opponent) -> None:
    token = a.logout_token(sub="libing")
    assert (await told(browser, "a", token)).status_code == 200
    await browser.sign_on()
    assert (await told(browser, "a", token)).status_code == 400
    assert await browser.is_signed_on()


async def test_an_end_by_the_provider_is_in_the_audit_log(
    browser: Browser, a: Opponent, driver: AsyncDriver
) -> None:
    await browser.sign_on()
    await told(browser, "a", a.logout_token(sub="libing"))
    reasons = await rows(
        driver,
        "MATCH (e:AuditEntry {happened: 'session_ended', subject: $id}) RETURN e.reason",
        id=id_of(browser.secret or ""),
    )
    assert reasons == ["BACKCHANNEL_LOGOUT"]


def now(seconds: float) -> int:
    return int(time.time() + seconds)


OWN = rsa("attacker")
FORGED: list[tuple[str, Callable[[Opponent, Opponent], str]]] = [
    ("is signed by another provider", lambda a, b: a.logout_token(b.keys[0], sub="libing")),
    ("is signed by another provider under this one's kid", lambda a, b: a.logout_token(b.keys[0], {"kid": "a-key"}, sub="libing")),
    ("is another provider's own", lambda _a, b: b.logout_token(sub="libing")),
    ("brings its own key", lambda a, _b: a.logout_token(OWN, {"jwk": OWN.as_dict(private=False)}, sub="libing")),
    ("has an unknown critical extension", lambda a, _b: a.logout_token(None, {"crit": ["exp2"], "exp2": 1}, sub="libing")),
    ("is an access token by its kind", lambda a, _b: a.logout_token(None, {"typ": "at+jwt"}, sub="libing")),
    ("is for another client", lambda a, _b: a.logout_token(aud="another", sub="libing")),
    ("is for nobody", lambda a, _b: a.logout_token(aud=None, sub="libing")),
    ("has a nonce", lambda a, _b: a.logout_token(nonce="n", sub="libing")),
    ("is no logout", lambda a, _b: a.logout_token(events={"another": {}}, sub="libing")),
    ("is a logout of a wrong shape", lambda a, _b: a.logout_token(events={LOGOUT_EVENT: True}, sub="libing")),
    ("has no events", lambda a, _b: a.logout_token(events=None, sub="libing")),
    ("names nobody", lambda a, _b: a.logout_token()),
    ("names a number", lambda a, _b: a.logout_token(sub=7)),
    ("has no id", lambda a, _b: a.logout_token(jti=None, sub="libing")),
    ("does not say when it was issued", lambda a, _b: a.logout_token(iat=None, sub="libing")),
    ("was issued in the future", lambda a, _b: a.logout_token(iat=now(3_600), exp=now(7_200), sub="libing")),
    ("was issued long ago", lambda a, _b: a.logout_token(iat=now(-3_600), sub="libing")),
    ("has expired", lambda a, _b: a.logout_token(iat=now(-500), exp=now(-300), sub="libing")),
    ("lasts for ever", lambda a, _b: a.logout_token(exp=1e300, sub="libing")),
    ("is no token", lambda _a, _b: "nonsense"),
    ("is a token of a sign-on", lambda a, _b: a.id_token("nonce")),
]  # fmt: skip


@pytest.mark.parametrize("forge", [each[1] for each in FORGED], ids=[each[0] for each in FORGED])
async def test_no_session_ends_by_a_logout_token_that(
    browser: Browser, a: Opponent, b: Opponent, forge: Callable[[Opponent, Opponent], str]
) -> None:
    await browser.sign_on()
    answer = await told(browser, "a", forge(a, b))
    assert (answer.status_code, answer.headers["cache-control"]) == (400, "no-store")
    assert answer.json() == {"error": "invalid_request"}
    assert await browser.is_signed_on()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"logout_token": "a"}'),
        ("application/x-www-form-urlencoded", b"logout_token=a&logout_token=b"),
        ("application/x-www-form-urlencoded", b"another=a"),
        ("application/x-www-form-urlencoded", b""),
        ("application/x-www-form-urlencoded", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"logout_token=" + b"a" * MOST_BYTES),
    ],
)
async def test_a_back_channel_takes_one_form_of_bounded_size(
    hub: Hub, kind: str, body: bytes
) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        address = f"{hub.address}/auth/a/backchannel-logout"
        answer = await client.post(address, content=body, headers={"content-type": kind})
        assert (answer.status_code, answer.headers["cache-control"]) == (400, "no-store")
        assert (await client.get(address)).status_code == 405


async def test_signing_off_ends_the_session_here_and_leads_to_the_provider_and_back(
    browser: Browser, worker: Hub, a: Opponent
) -> None:
    await browser.sign_on()
    secret = browser.secret
    answer = await browser.post("/auth/logout")
    there = httpx2.URL(answer.headers["location"])
    assert str(there).startswith(f"{a.address}/end?")
    assert there.params["post_logout_redirect_uri"] == f"{browser.hub.address}/"
    assert there.params["client_id"] == CLIENT
    assert there.params["id_token_hint"].startswith("eyJ")
    assert browser.secret is None
    browser.client.cookies.set(browser.hub.cookie, secret or "", "127.0.0.1", "/")
    assert await still_let_in(browser, browser.hub, worker) < 1.0


async def test_a_script_of_ours_is_told_where_to_go_after_signing_off(
    browser: Browser, a: Opponent
) -> None:
    await browser.sign_on()
    answer = await browser.post("/auth/logout", headers={"accept": "application/json"})
    assert answer.json()["next"].startswith(f"{a.address}/end?")


async def test_a_link_signs_nobody_off_but_asks(browser: Browser, a: Opponent) -> None:
    await browser.sign_on()
    page = await browser.get("/auth/logout")
    assert (page.status_code, 'method="post"' in page.text) == (200, True)
    assert f"form-action 'self' {a.address};" in page.headers["content-security-policy"]
    assert await browser.is_signed_on()


async def test_who_is_not_signed_on_is_told_so(browser: Browser) -> None:
    assert "您没有登录" in (await browser.get("/auth/logout")).text
    assert (await browser.post("/auth/logout")).headers["location"] == "/"


FOREIGN_REQUESTS: list[dict[str, str]] = [
    {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "content-type": "text/plain"},
]


@pytest.mark.parametrize("headers", FOREIGN_REQUESTS)
async def test_a_form_of_another_site_signs_nobody_off(
    browser: Browser, a: Opponent, headers: dict[str, str]
) -> None:
    await browser.sign_on()
    answer = await browser.post("/auth/logout", headers=headers, content=b"a=b")
    assert answer.status_code == 403
    assert await browser.is_signed_on()


async def test_a_request_that_does_not_say_from_where_it_comes_signs_nobody_off(
    browser: Browser, a: Opponent
) -> None:
    await browser.sign_on()
    answer = await browser.client.post(f"{browser.hub.address}/auth/logout")
    assert answer.status_code == 403
    assert await browser.is_signed_on()


MUTATION = {"query": 'mutation { endOtherSessions(requestKey: "k") { __typename } }'}


@pytest.mark.parametrize("headers", [*FOREIGN_REQUESTS, {"origin": "null"}, {}])
async def test_no_other_site_changes_anything_with_the_cookie(
    browser: Browser, a: Opponent, headers: dict[str, str]
) -> None:
    await browser.sign_on()
    given = {name: value for name, value in headers.items() if name != "content-type"}
    answer = await browser.client.post(
        f"{browser.hub.address}/graphql", json=MUTATION, headers=given
    )
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "NOT_FROM_OUR_PAGE")  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", ""],
)
async def test_no_form_and_no_simple_request_reaches_graphql(
    browser: Browser, a: Opponent, kind: str
) -> None:
    await browser.sign_on()
    body = b'{"query": "mutation { endOtherSessions(requestKey: \\"k\\") { __typename } }"}'
    answer = await browser.post("/graphql", content=body, headers={"content-type": kind})
    assert answer.status_code == 415


async def test_nothing_is_changed_by_get(browser: Browser, a: Opponent) -> None:
    await browser.sign_on()
    answer = await browser.client.get(f"{browser.hub.address}/graphql", params=MUTATION)
    assert answer.status_code == 405


async def asked(browser: Browser, query: str) -> Any:
    answer = await browser.post("/graphql", json={"query": query})
    body = answer.json()
    assert "errors" not in body, body
    return body["data"]


async def test_my_sessions_are_listed_and_ended_one_by_one_or_all_others_at_once(
    hub: Hub, worker: Hub, a: Opponent
) -> None:
    a.person = {"sub": "own", "name": "自管"}
    one, two, three = [Browser(hub) for _ in range(3)]
    for each in (one, two, three):
        await each.sign_on()
    listed = (await asked(one, MINE))["viewer"]["sessions"]
    assert {each["id"] for each in listed} == {
        id_of(each.secret or "") for each in (one, two, three)
    }
    assert [each["id"] for each in listed if each["isCurrent"]] == [id_of(one.secret or "")]
    ended = await asked(one, END % id_of(two.secret or ""))
    assert ended["endSession"]["sessions"] == [{"id": id_of(two.secret or "")}]
    assert await still_let_in(two, hub, worker) < 1.0
    ended = await asked(one, END_OTHERS)
    assert ended["endOtherSessions"]["sessions"] == [{"id": id_of(three.secret or "")}]
    assert await still_let_in(three, hub, worker) < 1.0
    assert await one.is_signed_on()
    for each in (one, two, three):
        await each.client.aclose()


async def test_nobody_sees_or_ends_the_session_of_somebody_else(
    hub: Hub, browser: Browser, a: Opponent
) -> None:
    other = Browser(hub)
    await other.sign_on()
    a.person = {"sub": "stranger", "name": "路人"}
    await browser.sign_on()
    assert len((await asked(browser, MINE))["viewer"]["sessions"]) == 1
    ended = await asked(browser, END % id_of(other.secret or ""))
    assert ended["endSession"] == {"__typename": "RecordNotFound"}
    assert await other.is_signed_on()
    await other.client.aclose()
    async with httpx2.AsyncClient(trust_env=False, timeout=120) as nobody:
        answer = await nobody.post(f"{hub.address}/graphql", json={"query": MINE})
    assert answer.json()["data"]["viewer"]["sessions"] == []
