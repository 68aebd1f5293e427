"""Everything that comes back from a provider and must not sign anybody on: each forged, stolen or out of its time."""

from __future__ import annotations

import hmac
import json
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from tests.auth.forms import FOREIGN
from tests.auth.hubs import Browser, Hub
from tests.auth.issuer import rsa
from tests.auth.opponent import CLIENT, Opponent, published

Twist = Callable[[Opponent, Opponent], None]

OWN = rsa("attacker")


def encoded(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(alg: str = "none") -> Callable[[dict[str, Any]], str]:
    return lambda claims: f"{encoded({'alg': alg, 'typ': 'JWT'})}.{encoded(claims)}."


def signed_with_the_public_key(a: Opponent) -> Callable[[dict[str, Any]], str]:
    def forge(claims: dict[str, Any]) -> str:
        head = {"alg": "HS256", "typ": "JWT", "kid": "a-key"}
        signing = f"{encoded(head)}.{encoded(claims)}"
        mac = hmac.new(published(a), signing.encode(), "sha256").digest()
        return f"{signing}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    return forge


def by(a: Opponent, key: Any, **header: Any) -> Callable[[dict[str, Any]], str]:
    return lambda claims: a.token(claims, {"typ": "JWT", **header}, key).decode()


def claims(**given: Any) -> Twist:
    return lambda a, _b: a.id_claims.update(given)


def header(**given: Any) -> Twist:
    return lambda a, _b: a.id_header.update(given)


def forged(make: Callable[[Opponent, Opponent], Callable[[dict[str, Any]], str]]) -> Twist:
    def twist(a: Opponent, b: Opponent) -> None:
        a.forge = make(a, b)

    return twist


def answers(make: Callable[[], Response]) -> Twist:
    def twist(a: Opponent, _b: Opponent) -> None:
        a.token_answer = make

    return twist


def now(seconds: float) -> int:
    return int(time.time() + seconds)


def says(**given: Any) -> Twist:
    return lambda a, _b: a.metadata.update(given)


REFUSED: list[tuple[str, Twist, tuple[int, str]]] = [
    ("an unsigned ID token", forged(lambda _a, _b: unsigned()), (403, "PROOF_IS_REFUSED")),
    ("an unsigned ID token whose alg is spelt otherwise", forged(lambda _a, _b: unsigned("NoNe")), (403, "PROOF_IS_REFUSED")),
    ("one signed by HS256 with the public key", forged(lambda a, _b: signed_with_the_public_key(a)), (403, "PROOF_IS_REFUSED")),
    ("one that brings its own key", forged(lambda a, _b: by(a, OWN, jwk=OWN.as_dict(private=False))), (403, "PROOF_IS_REFUSED")),
    ("one that names where its key lies", header(jku="https://evil.example/keys"), (403, "PROOF_IS_REFUSED")),
    ("one with an unknown critical extension", forged(lambda a, _b: lambda claims: a.signed(claims, {"crit": ["exp2"], "exp2": 1})), (403, "PROOF_IS_REFUSED")),
    ("one by another algorithm than was agreed", header(alg="PS256"), (403, "PROOF_IS_REFUSED")),
    ("one of the kind of an access token", header(typ="at+jwt"), (403, "PROOF_IS_REFUSED")),
    ("one of another nonce", claims(nonce="another"), (403, "PROOF_IS_REFUSED")),
    ("one without a nonce", claims(nonce=None), (403, "PROOF_IS_REFUSED")),
    ("one for another audience", claims(aud="another"), (403, "PROOF_IS_REFUSED")),
    ("one for another audience with our name as azp", claims(aud="another", azp=CLIENT), (403, "PROOF_IS_REFUSED")),
    ("one for several of whom another was meant", claims(aud=[CLIENT, "another"], azp="another"), (403, "PROOF_IS_REFUSED")),
    ("one for several of whom none was named", claims(aud=[CLIENT, "another"]), (403, "PROOF_IS_REFUSED")),
    ("one without an audience", claims(aud=None), (403, "PROOF_IS_REFUSED")),
    ("one of another issuer", claims(iss="https://id.example"), (403, "PROOF_IS_REFUSED")),
    ("one without a subject", claims(sub=None), (403, "PROOF_IS_REFUSED")),
    ("one with an empty subject", claims(sub=""), (403, "PROOF_IS_REFUSED")),
    ("one whose subject is a number", claims(sub=7), (403, "PROOF_IS_REFUSED")),
    ("one of another access token", claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), (403, "PROOF_IS_REFUSED")),
    ("one that has expired", claims(exp=now(-600), iat=now(-900)), (403, "TIMES_DO_NOT_FIT")),
    ("one that was issued in the future", claims(iat=now(3_600), exp=now(7_200)), (403, "TIMES_DO_NOT_FIT")),
    ("one that is not valid yet", claims(nbf=now(3_600)), (403, "TIMES_DO_NOT_FIT")),
    ("one that lasts for years", claims(exp=now(10 * 365 * 86_400)), (403, "PROOF_IS_REFUSED")),
    ("one that lasts for ever", claims(exp=1e300), (403, "PROOF_IS_REFUSED")),
    ("one that does not say how long it lasts", claims(exp=None), (403, "PROOF_IS_REFUSED")),
    ("one that does not say when it was issued", claims(iat=None), (403, "PROOF_IS_REFUSED")),
    ("one of a megabyte", claims(pad="x" * 150_000), (403, "PROOF_IS_REFUSED")),
    ("B's key under A's kid", forged(lambda a, b: by(a, b.keys[0], kid="a-key")), (403, "PROOF_IS_REFUSED")),
    ("B's key under its own kid", forged(lambda a, b: by(a, b.keys[0])), (403, "PROOF_IS_REFUSED")),
    ("no token at all", forged(lambda _a, _b: lambda _claims: "nonsense"), (403, "PROOF_IS_REFUSED")),
    ("an answer without an ID token", answers(lambda: JSONResponse({"access_token": "a", "token_type": "Bearer"})), (403, "PROOF_IS_REFUSED")),
    ("a code that the provider does not know", answers(lambda: JSONResponse({"error": "invalid_grant"}, 400)), (403, "PROOF_IS_REFUSED")),
    ("an answer that is no JSON", answers(lambda: PlainTextResponse("good day")), (502, "PROVIDER_IS_FAULTY")),
    ("an answer that is a list", answers(lambda: JSONResponse([1])), (502, "PROVIDER_IS_FAULTY")),
    ("an answer that leads elsewhere", answers(lambda: RedirectResponse("http://127.0.0.1:9/")), (502, "PROVIDER_IS_FAULTY")),
    ("an answer without an end", answers(lambda: JSONResponse({"pad": "x" * 300_000})), (502, "PROVIDER_IS_FAULTY")),
    ("an answer that says it cannot", answers(lambda: PlainTextResponse("", 503)), (503, "PROVIDER_IS_AWAY")),
    ("userinfo of somebody else", lambda a, _b: setattr(a, "userinfo", {"sub": "somebody"}), (502, "PROVIDER_IS_FAULTY")),
]  # fmt: skip


async def refused(answer: httpx2.Response, status: int, code: str) -> None:
    """A page that says so, with nothing of our inside on it, and nobody signed on."""
    assert (answer.status_code, code in answer.text) == (status, True), answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search(r"Traceback|File &quot;|\.py|authlib|joserfc|eyJ", answer.text)


@pytest.mark.parametrize(("twist", "expected"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])  # fmt: skip
async def test_nobody_is_signed_on_by(
    browser: Browser, a: Opponent, b: Opponent, twist: Twist, expected: tuple[int, str]
) -> None:
    twist(a, b)
    answer = await browser.sign_on()
    await refused(answer, *expected)
    assert browser.secret is None


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ({"iss": "https://evil.example"}, (400, "OTHER_ISSUER")),
        ({"iss": ""}, (400, "OTHER_ISSUER")),
        ({"iss": None}, (400, "OTHER_ISSUER")),
        ({"state": "another"}, (400, "NOT_BEGUN_HERE")),
        ({"state": None}, (400, "NOT_BEGUN_HERE")),
        ({"code": None}, (400, "ANSWER_IS_MALFORMED")),
        ({"code": None, "error": "access_denied"}, (403, "PROVIDER_DECLINED")),
        ({"code": None, "error": "<script>alert(1)</script>"}, (403, "PROVIDER_DECLINED")),
        ({"iss": "https://evil.example", "error": "access_denied"}, (400, "OTHER_ISSUER")),
    ],
)
async def test_a_callback_that_was_tampered_with_is_refused_before_anything_is_exchanged(
    browser: Browser, a: Opponent, back: dict[str, str | None], expected: tuple[int, str]
) -> None:
    a.back, exchanged = back, a.exchanged
    answer = await browser.sign_on()
    await refused(answer, *expected)
    assert "<script>alert" not in answer.text
    assert a.exchanged == exchanged


async def test_a_parameter_that_is_given_twice_is_refused(browser: Browser, a: Opponent) -> None:
    back = await browser.back()
    assert back.next_request is not None
    answer = await browser.get(f"{back.next_request.url}&code=another")
    await refused(answer, 400, "ANSWER_IS_MALFORMED")


async def test_the_answer_of_one_provider_is_refused_at_the_address_of_another(
    browser: Browser, a: Opponent, b: Opponent
) -> None:
    back = await browser.back("a")
    assert back.next_request is not None
    mixed_up = str(back.next_request.url).replace("/auth/a/callback", "/auth/b/callback")
    await refused(await browser.get(mixed_up), 400, "NOT_BEGUN_HERE")
    assert b.exchanged == 0


async def test_a_provider_that_passes_on_the_code_of_another_gets_nothing_exchanged(
    browser: Browser, a: Opponent, b: Opponent
) -> None:
    stolen = (await browser.back("a")).next_request
    assert stolen is not None
    b.back, exchanged = {"code": stolen.url.params["code"], "iss": a.address}, b.exchanged
    await refused(await browser.sign_on("b"), 400, "OTHER_ISSUER")
    assert b.exchanged == exchanged


async def test_a_state_is_worth_nothing_in_another_browser(
    browser: Browser, a: Opponent, hub: Hub
) -> None:
    back, other = (await browser.back()).next_request, Browser(hub)
    assert back is not None
    await refused(await other.get(str(back.url)), 400, "NOT_BEGUN_HERE")
    assert not await other.is_signed_on()
    await other.client.aclose()


async def test_a_state_signs_on_once_even_with_a_new_code_and_a_kept_cookie(
    browser: Browser, a: Opponent
) -> None:
    back = (await browser.back()).next_request
    assert back is not None
    kept = httpx2.Cookies(browser.client.cookies)
    first = await browser.client.send(back)
    assert first.status_code == 303
    code = back.url.params["code"]
    browser.client.cookies = kept
    await refused(await browser.get(str(back.url)), 403, "PROOF_IS_REFUSED")  # the code is used up
    a.codes[code] = a.asked[-1]
    browser.client.cookies = kept
    await refused(await browser.get(str(back.url)), 400, "USED_BEFORE")


async def test_a_token_with_the_nonce_of_an_earlier_sign_on_is_refused(
    browser: Browser, a: Opponent
) -> None:
    await browser.sign_on()
    a.id_claims = {"nonce": a.asked[-1]["nonce"]}
    await refused(await browser.sign_on(), 403, "PROOF_IS_REFUSED")


@pytest.mark.parametrize("place", FOREIGN)
@pytest.mark.parametrize("path", ["/auth/login", "/auth/agencies"])
async def test_nobody_is_led_elsewhere(
    browser: Browser, a: Opponent, path: str, place: str
) -> None:
    asked = {"next": place} | ({"agency": "a"} if path == "/auth/login" else {})
    answer = await browser.client.get(f"{browser.hub.address}{path}", params=asked)
    await refused(answer, 400, "PLACE_IS_FOREIGN")


async def test_the_place_to_go_to_afterwards_cannot_be_changed_on_the_way(
    browser: Browser, a: Opponent
) -> None:
    back = (await browser.back()).next_request
    assert back is not None
    answer = await browser.get(f"{back.url}&next=https://evil.example")
    assert answer.headers["location"] == "/graphiql?a=b#1"


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ({"issuer": "https://evil.example"}, "PROVIDER_IS_FAULTY"),
        ({"issuer": None}, "PROVIDER_IS_FAULTY"),
        ({"token_endpoint": "http://evil.example/token"}, "PROVIDER_IS_FAULTY"),
        ({"token_endpoint": None}, "PROVIDER_IS_FAULTY"),
        ({"jwks_uri": 7}, "PROVIDER_IS_FAULTY"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "PROVIDER_IS_FAULTY"),
        ({"id_token_signing_alg_values_supported": ["none", "HS256"]}, "PROVIDER_IS_FAULTY"),
        ({"id_token_signing_alg_values_supported": "RS256"}, "PROVIDER_IS_FAULTY"),
    ],
)
async def test_a_discovery_document_that_is_not_what_was_agreed_is_not_used(
    browser: Browser, a: Opponent, metadata: dict[str, Any], code: str
) -> None:
    provider = provider_of(browser)
    a.metadata = metadata
    provider._read_at = float("-inf")
    answer = await browser.get("/auth/login?agency=a")
    await refused(answer, 502, code)
    a.behave()
    provider._read_at = float("-inf")
    assert (await browser.get("/auth/login?agency=a")).status_code == 303


async def test_a_discovery_document_cannot_reach_into_the_hubs_own_client(
    browser: Browser, a: Opponent
) -> None:
    provider = provider_of(browser)
    a.metadata = {"scope": "everything", "transport": None, "token_endpoint_auth_method": "none", "verify": False}  # fmt: skip
    provider._read_at = float("-inf")
    assert (await browser.sign_on()).status_code == 303
    assert a.asked[-1]["scope"] == "openid profile email"


def provider_of(browser: Browser) -> Any:
    """The hub's provider of agency a."""
    return browser.hub.listening.server.lifespan.state["sign_on"].providers["a"]
