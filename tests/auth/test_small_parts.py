"""Cookies, seals, sign-ons under way, the mark of our own pages, and what counts of claims: each by itself."""

from __future__ import annotations

import secrets

import pytest

from auth.agencies import Agency, Claims
from auth.arrivals import told_by
from auth.cookies import Cookie, Cookies
from auth.csrf import comes_from_us, origins_of
from auth.pending import MOST, SECONDS, Pending, PendingSignOns
from auth.sealing import Seal
from graph_store.rights import Role

KEY = secrets.token_bytes(32)
ORIGINS = origins_of("https://hub.example", {"hub.example", "localhost:8000"})


def pending(state: str, begun_at: float = 0.0) -> Pending:
    return Pending("sichuan", state, "nonce", "verifier", "/graphiql", False, begun_at)


def jar(cookies: list[Cookie]) -> dict[str, str]:
    return {each.name: each.value for each in cookies if each.value}


def test_under_https_a_cookie_is_bound_to_the_host_and_secure() -> None:
    header = Cookies("https://hub.example").header(Cookie("__Host-bashu", "secret"))
    assert header == "__Host-bashu=secret; Path=/; HttpOnly; SameSite=Lax; Secure"


def test_on_this_machine_a_cookie_is_named_after_the_port_and_goes_over_plain_http() -> None:
    cookies = Cookies("http://127.0.0.1:8001")
    assert cookies.header(Cookie(cookies.session, "secret", 60)) == (
        "bashu-8001=secret; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"
    )


def test_the_session_is_found_among_other_cookies_and_a_longer_name_is_not_it() -> None:
    cookies = Cookies("https://hub.example")
    assert cookies.session_secret(b"a=1; __Host-bashu-agency=x; __Host-bashu=secret") == "secret"
    assert cookies.session_secret(b"__Host-bashu-agency=x") is None
    assert cookies.session_secret(b"__Host-bashu=" + b"a" * 20_000) is None


def test_what_is_sealed_opens_in_its_context_alone() -> None:
    seal = Seal(KEY, "one purpose")
    closed = seal.closed("巴蜀".encode(), "here")
    assert seal.opened(closed, "here") == "巴蜀".encode()
    for other, context in ((seal, "there"), (Seal(KEY, "another"), "here"), (Seal(b"k" * 32, "one purpose"), "here")):  # fmt: skip
        assert other.opened(closed, context) is None
    assert seal.opened(closed[:-4] + "AAAA", "here") is None
    assert seal.opened("不是", "here") is None


def test_two_sign_ons_under_way_do_not_disturb_each_other() -> None:
    signs_on = PendingSignOns(KEY, Cookies("https://hub.example"))
    brought = jar(signs_on.cookies(pending("one"), {}))
    brought |= jar(signs_on.cookies(pending("two"), brought))
    assert signs_on.find("one", brought, now=1.0) == pending("one")
    assert signs_on.find("two", brought, now=1.0) == pending("two")


def test_a_sign_on_under_way_is_nothing_in_another_browser_under_another_state_or_too_late() -> (
    None
):
    signs_on = PendingSignOns(KEY, Cookies("https://hub.example"))
    brought = jar(signs_on.cookies(pending("one"), {}))
    assert signs_on.find("one", {}, now=1.0) is None
    assert signs_on.find("two", brought, now=1.0) is None
    assert (
        signs_on.find("two", {signs_on.name("two"): next(iter(brought.values()))}, now=1.0) is None
    )
    assert signs_on.find("one", brought, now=SECONDS + 1.0) is None


def test_the_oldest_of_too_many_sign_ons_under_way_is_forgotten() -> None:
    signs_on = PendingSignOns(KEY, Cookies("https://hub.example"))
    brought: dict[str, str] = {}
    for number in range(MOST + 1):
        set_now = signs_on.cookies(pending(str(number), float(number)), brought)
        brought |= jar(set_now)
        brought = {name: value for name, value in brought.items() if name not in {each.name for each in set_now if not each.value}}  # fmt: skip
    assert len(brought) == MOST
    assert signs_on.find("0", brought, now=10.0) is None
    assert signs_on.find(str(MOST), brought, now=10.0) is not None


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({b"sec-fetch-site": b"same-origin"}, True),
        ({b"sec-fetch-site": b"none"}, True),
        ({b"sec-fetch-site": b"same-site"}, False),
        ({b"sec-fetch-site": b"cross-site"}, False),
        ({b"sec-fetch-site": b"cross-site", b"origin": b"https://hub.example"}, False),
        ({b"sec-fetch-site": b""}, False),
        ({b"origin": b"https://hub.example"}, True),
        ({b"origin": b"http://localhost:8000"}, True),
        ({b"origin": b"http://hub.example"}, False),
        ({b"origin": b"https://hub.example:8443"}, False),
        ({b"origin": b"https://hub.example.evil.example"}, False),
        ({b"origin": b"https://localhost:8000"}, False),
        ({b"origin": b"null"}, False),
        ({b"origin": b""}, False),
        ({b"referer": b"https://hub.example/"}, False),
        ({}, False),
    ],
)
def test_only_a_page_of_the_hub_may_use_the_cookie_to_change_something(
    headers: dict[bytes, bytes],
    is_ours: bool,  # noqa: FBT001 - the expectation
) -> None:
    assert comes_from_us(headers, ORIGINS) is is_ours


AGENCY = Agency(
    key="sichuan",
    issuer="https://id.example",
    client_id="hub",
    name="四川省科学技术协会",
    name_en="SAST",
    speaks_for=("cd-institution-sast", "cd-institution-museum"),
    claims=Claims(institution="org", roles="groups"),
    roles={"boss": Role.INSTITUTION_ADMIN, "root": Role.PLATFORM_ADMIN},
)


def test_a_provider_speaks_for_its_own_institutions_and_what_it_says_of_others_is_ignored_and_named() -> (
    None
):
    about = {
        "name": "李冰",
        "org": ["cq-institution-cqast", "cd-institution-museum"],
        "groups": ["boss"],
    }
    told = told_by(AGENCY, "7", about)
    assert told.home == "cd-institution-museum"
    assert told.roles == (("cd-institution-museum", "institution_admin"), ("cd-institution-museum", "member"))  # fmt: skip
    assert told.ignored == ("cq-institution-cqast",)


def test_who_is_said_to_be_elsewhere_alone_is_a_member_of_the_agency_and_no_more() -> None:
    told = told_by(AGENCY, "7", {"org": "cq-institution-cqast", "groups": ["boss"]})
    assert told.roles == (("cd-institution-sast", "member"),)


def test_no_claim_makes_a_platform_administrator_whatever_the_agencies_file_says() -> None:
    told = told_by(AGENCY, "7", {"groups": ["root", "boss", 7, None]})
    assert {role for _, role in told.roles} == {"member", "institution_admin"}


def test_a_claim_of_a_wrong_shape_says_nothing() -> None:
    told = told_by(
        AGENCY, "subject", {"name": 7, "email": ["a@b.cn"], "org": {"a": 1}, "groups": 7}
    )
    assert (told.name, told.email, told.home) == ("subject", None, "cd-institution-sast")


def test_names_are_for_printing_and_addresses_are_addresses() -> None:
    told = told_by(AGENCY, "7", {"name": "李\u202e冰\x00\n ", "email": "li bing@a.cn"})
    assert (told.name, told.email) == ("李冰", None)
    assert told_by(AGENCY, "7", {"email": "li.bing@sast.example"}).email == "li.bing@sast.example"
