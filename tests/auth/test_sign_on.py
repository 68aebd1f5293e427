"""Signing on at an agency's provider: what a good one leads to."""

from __future__ import annotations

from neo4j import AsyncDriver

from tests.auth.hubs import PAGE, Browser, rows
from tests.auth.opponent import Opponent


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
