"""Signing on at an agency's provider: what a good one leads to."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from neo4j import AsyncDriver

from auth.sessions import id_of
from tests.auth.hubs import INSTITUTIONS, PAGE, Browser, Hub, rows
from tests.auth.issuer import rsa
from tests.auth.opponent import Opponent


async def test_a_refusal_is_in_the_audit_log_with_its_reason_and_without_any_secret(
    browser: Browser, a: Opponent, driver: AsyncDriver
) -> None:
    a.id_claims = {"aud": "another"}
    assert (await browser.sign_on()).status_code == 403
    (entry,) = await rows(
        driver,
        "MATCH (e:AuditEntry {happened: 'sign_on_refused'}) RETURN properties(e)",
    )
    assert (entry["agency"], entry["reason"]) == ("a", "PROOF_IS_REFUSED")
    assert not re.search(r"eyJ|libing|code=", json.dumps(entry, default=str))


async def test_a_sign_on_leads_back_to_the_page_and_the_hub_knows_who_it_is(
    browser: Browser, a: Opponent, driver: AsyncDriver
) -> None:
    answer = await browser.sign_on()
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE), answer.text
    who = await browser.who()
    assert (who["isSignedOn"], who["name"], who["agency"]) == (True, "李冰", "a")
    assert who["roles"] == [{"role": "MEMBER"}]
    found = await rows(
        driver,
        "MATCH (i:Identity {issuer: $issuer})-[:IDENTIFIES]->(p:Person) RETURN [i.subject, p.id]",
        issuer=a.address,
    )
    assert found == [["libing", who["person"]["id"]]]


async def test_a_sign_on_is_in_the_audit_log_under_the_person_and_the_session(
    browser: Browser, a: Opponent, driver: AsyncDriver
) -> None:
    await browser.sign_on()
    person = (await browser.who())["person"]["id"]
    entries = await rows(
        driver,
        "MATCH (e:AuditEntry {happened: 'signed_on', actor: $person}) RETURN e.subject",
        person=person,
    )
    assert id_of(browser.secret or "") in entries


async def test_what_a_provider_says_beyond_its_agency_is_in_the_audit_log(
    browser: Browser, a: Opponent, driver: AsyncDriver
) -> None:
    there, elsewhere = INSTITUTIONS
    a.person = {"sub": "reaching", "name": "越界", "institution": [there, elsewhere, "<b>"]}
    await browser.sign_on()
    (detail,) = await rows(
        driver,
        "MATCH (e:AuditEntry {happened: 'signed_on', subject: $id}) RETURN e.detail",
        id=id_of(browser.secret or ""),
    )
    assert json.loads(detail) == {"ignored": [elsewhere, "?"]}


async def test_the_second_sign_on_is_the_same_person_whatever_name_and_address_are_told(
    browser: Browser, a: Opponent
) -> None:
    await browser.sign_on()
    first = await browser.who()
    a.person = {"sub": "libing", "name": "李冰（副主席）", "email": "other@a.example"}
    await browser.sign_on()
    assert (await browser.who())["person"] == first["person"]


async def test_the_same_address_at_another_agency_is_another_person(
    browser: Browser, a: Opponent, b: Opponent
) -> None:
    a.person = b.person = {"sub": "same", "name": "同名", "email": "same@a.example"}
    await browser.sign_on("a")
    at_a = await browser.who()
    await browser.sign_on("b")
    assert (await browser.who())["person"] != at_a["person"]


async def test_two_first_sign_ons_at_once_make_one_person(
    hub: Hub, a: Opponent, driver: AsyncDriver
) -> None:
    a.person = {"sub": "twice", "name": "双人"}
    both = [Browser(hub), Browser(hub)]
    backs = [(await each.back()).next_request for each in both]
    answers = await asyncio.gather(
        *(x.client.send(y) for x, y in zip(both, backs, strict=True) if y)
    )
    assert [each.status_code for each in answers] == [303, 303]
    people = await rows(driver, "MATCH (p:Person {name: '双人'}) RETURN p.id")
    assert len(people) == 1
    for each in both:
        await each.client.aclose()


async def test_roles_are_suggested_within_the_agency_and_taken_when_the_provider_says_so_no_more(
    browser: Browser, a: Opponent
) -> None:
    there, elsewhere = INSTITUTIONS
    a.person = {"sub": "approver", "name": "甲", "institution": [there, elsewhere], "roles": ["approver", "platform_admin"]}  # fmt: skip
    await browser.sign_on()
    assert {each["role"] for each in (await browser.who())["roles"]} == {"MEMBER", "APPROVER"}
    a.person = {"sub": "approver", "name": "甲", "institution": there}
    await browser.sign_on()
    async with asyncio.timeout(10):  # rights that this worker knew are forgotten within a second
        while {each["role"] for each in (await browser.who())["roles"]} != {"MEMBER"}:
            pass


async def test_somebody_whose_record_has_ended_is_not_signed_on(
    browser: Browser, a: Opponent, driver: AsyncDriver
) -> None:
    a.person = {"sub": "gone", "name": "离任"}
    await browser.sign_on()
    person = (await browser.who())["person"]["id"]
    await rows(driver, "MATCH (p:Person {id: $id}) SET p.endedOn = '2020-01-01'", id=person)
    answer = await browser.sign_on()
    assert (answer.status_code, "PERSON_HAS_ENDED" in answer.text) == (403, True)


async def test_two_tabs_sign_on_beside_each_other(
    browser: Browser, a: Opponent, b: Opponent
) -> None:
    one = (await browser.back("a", "/graphiql")).next_request
    other = (await browser.back("b", "/")).next_request
    assert one is not None
    assert other is not None
    answers = [await browser.get(str(each.url)) for each in (one, other)]
    assert [each.headers.get("location") for each in answers] == ["/graphiql", "/"]


@pytest.mark.parametrize(
    "planted",
    ["A" * 43, "short", "x" * 5_000, "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\xe9"],
)
async def test_a_session_cookie_that_was_planted_is_never_taken_up(
    browser: Browser, hub: Hub, a: Opponent, planted: str
) -> None:
    browser.client.cookies.set(
        hub.cookie, planted.encode("ascii", "replace").decode(), "127.0.0.1", "/"
    )
    assert not await browser.is_signed_on()
    await browser.sign_on()
    assert browser.secret != planted
    assert await browser.is_signed_on()


async def test_the_id_of_a_session_changes_at_every_sign_on_and_the_old_one_is_over(
    browser: Browser, hub: Hub, a: Opponent
) -> None:
    await browser.sign_on()
    copied = Browser(hub)
    copied.client.cookies.set(hub.cookie, browser.secret or "", "127.0.0.1", "/")
    assert await copied.is_signed_on()
    await browser.sign_on()
    assert browser.secret != copied.secret
    assert not await copied.is_signed_on()
    await copied.client.aclose()


async def test_the_cookie_is_out_of_reach_of_scripts_and_the_graph_holds_no_secret(
    browser: Browser, a: Opponent, driver: AsyncDriver
) -> None:
    answer = await browser.sign_on()
    (header,) = [each for each in answer.headers.get_list("set-cookie") if browser.secret and browser.secret in each]  # fmt: skip
    assert header.endswith("; Path=/; HttpOnly; SameSite=Lax")
    stored = await rows(driver, "MATCH (s:Session {id: $id}) RETURN properties(s)", id=id_of(browser.secret or ""))  # fmt: skip
    assert len(stored) == 1
    assert not re.search(rf"{re.escape(browser.secret or '-')}|eyJ", json.dumps(stored))


@pytest.mark.parametrize("kid", ["another-key", "a-key"])
async def test_a_provider_that_signs_with_a_new_key_under_a_new_or_the_same_kid_signs_people_on(
    browser: Browser, a: Opponent, kid: str
) -> None:
    await browser.sign_on()
    keys = browser.hub.listening.server.lifespan.state["sign_on"].providers["a"]._keys
    keys._forced = float("-inf")
    a.keys[:] = [rsa(kid)]
    assert (await browser.sign_on()).status_code == 303


async def test_keys_are_fetched_once_and_not_again_for_each_token_that_does_not_fit(
    browser: Browser, a: Opponent
) -> None:
    a.id_key = rsa("nobody's")
    await browser.sign_on()
    fetched = a.fetched
    for _ in range(3):
        assert (await browser.sign_on()).status_code == 403
    assert a.fetched == fetched


async def test_login_leads_to_the_choice_of_agencies_then_straight_to_the_one_chosen_last(
    browser: Browser, a: Opponent
) -> None:
    answer = await browser.get("/auth/login?next=/graphiql")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/auth/agencies?next=%2Fgraphiql"
    await browser.sign_on("a")
    answer = await browser.get("/auth/login?next=/graphiql")
    assert answer.headers["location"].startswith(f"{a.address}/authorize")


async def test_an_agency_that_is_not_there_is_said(browser: Browser) -> None:
    for path in ("/auth/login?agency=nobody", "/auth/nobody/callback?state=a"):
        answer = await browser.get(path)
        assert (answer.status_code, "AGENCY_IS_UNKNOWN" in answer.text) == (404, True)


async def test_a_silent_sign_on_asks_the_provider_for_no_page(
    browser: Browser, a: Opponent
) -> None:
    answer = await browser.get("/auth/login?agency=a&next=/graphiql&silent=1")
    landed = await browser.follow(answer, until="/graphiql")
    assert a.asked[-1]["prompt"] == "none"
    assert landed.headers["location"] == "/graphiql"
    assert await browser.is_signed_on()


@pytest.mark.parametrize("error", ["login_required", "interaction_required", "consent_required"])
async def test_a_silent_sign_on_that_finds_nobody_leads_to_the_page_and_is_not_tried_in_a_loop(
    browser: Browser, a: Opponent, error: str
) -> None:
    a.back = {"code": None, "error": error}
    silent = "/auth/login?agency=a&next=/graphiql&silent=1"
    landed = await browser.follow(await browser.get(silent), until="/graphiql")
    assert landed.headers["location"] == "/graphiql"
    asked = len(a.asked)
    again = await browser.get(silent)
    assert (again.status_code, again.headers["location"], len(a.asked)) == (303, "/graphiql", asked)
    a.behave()
    assert (await browser.sign_on()).status_code == 303


async def test_a_silent_sign_on_leaves_whoever_is_signed_on_who_they_are(
    browser: Browser, a: Opponent, b: Opponent
) -> None:
    await browser.sign_on()
    asked = len(b.asked)
    answer = await browser.get("/auth/login?agency=b&next=/graphiql&silent=1")
    assert (answer.headers["location"], len(b.asked)) == ("/graphiql", asked)


async def test_under_another_name_of_this_machine_one_is_led_to_the_public_one_where_cookies_are(
    browser: Browser, hub: Hub
) -> None:
    port = hub.listening.port
    answer = await browser.get(f"http://localhost:{port}/auth/login?agency=a&next=/")
    assert answer.headers["location"] == f"{hub.address}/auth/login?agency=a&next=/"


async def test_the_choice_of_agencies_marks_demonstrations_and_puts_the_last_one_first(
    browser: Browser, b: Opponent
) -> None:
    await browser.sign_on("b")
    page = (await browser.get("/auth/agencies?next=/graphiql")).text
    assert page.index("机构B") < page.index("机构A")
    assert page.count('class="mark demo"') == page.count('class="mark last"') == 1
    assert "agency=a&amp;next=%2Fgraphiql" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("机构A", ["A"]), ("agency", ["A", "B"]), ("libing@b.example", ["B"]), ("x@mail.b.example", ["B"]), ("x@evilb.example", []), ("nobody", [])],
)  # fmt: skip
async def test_agencies_are_found_by_name_or_by_the_domain_of_an_address_without_a_script(
    browser: Browser, asked: str, shown: list[str]
) -> None:
    answer = await browser.client.get(f"{browser.hub.address}/auth/agencies", params={"q": asked})
    assert re.findall(r"<li data-.*?Agency (\w)", answer.text) == shown


async def test_what_is_searched_for_is_text_on_the_page_and_nothing_else(browser: Browser) -> None:
    attack = '"><script>alert(1)</script>'
    answer = await browser.client.get(f"{browser.hub.address}/auth/agencies", params={"q": attack})
    assert "<script>alert" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert "unsafe" not in policy
