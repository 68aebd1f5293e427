"""An agreement that its parties act upon changes the answers at once."""

from __future__ import annotations

from typing import Any

import pytest

from auth.viewer import ANONYMOUS
from tests.network import Network
from tests.schema.conftest import Hub

SEEN = """{ instrument(id: "cd-instrument-laser") { name }
  instruments { totalCount } search(text: "激光") { totalCount } }"""
HIDDEN = {"instrument": None, "instruments": {"totalCount": 0}, "search": {"totalCount": 0}}
SHOWN = {
    "instrument": {"name": "激光器"},
    "instruments": {"totalCount": 1},
    "search": {"totalCount": 1},
}
SIDES = ("ours", "theirs")


@pytest.fixture(scope="module")
async def network(hub: Hub) -> Network:
    """Two institutions with an administrator each, a draft between them, and an instrument that it would share."""
    made = Network()
    for side in SIDES:
        made.person(f"admin-{side}", "institution_admin", made.institution(side))
    made.person("member", "member", "cd-institution-ours")
    draft = made.agreement("draft", "cd-institution-ours", "cd-institution-theirs", status="draft")
    made.clause(draft, "share_instruments")
    made.instrument("laser", "cd-institution-theirs", name="激光器")
    await made.write(hub.driver)
    return made


async def _all_do(hub: Hub, act: str, version: int) -> None:
    for number, side in enumerate(SIDES):
        title = act[0].upper() + act[1:]
        text = f"""mutation ($input: {title}Input!) {{
          done: {act}(requestKey: "{act} {version} {side}", input: $input) {{ ... on Fact {{ messageEn }} }} }}"""
        given: Any = {"id": "cd-agreement-draft", "version": version + number}
        by = await hub.viewer(f"cd-person-admin-{side}")
        assert await hub.ask(text, by, input=given) == {"done": {}}


@pytest.mark.usefixtures("network")
async def test_what_an_agreement_shares_is_seen_while_it_is_in_force_and_not_a_moment_longer(
    hub: Hub,
) -> None:
    for act, version, seen in (
        ("signAgreement", 1, SHOWN),
        ("suspendAgreement", 3, HIDDEN),
        ("resumeAgreement", 5, SHOWN),
        ("endAgreement", 7, HIDDEN),
    ):
        await _all_do(hub, act, version)
        assert await hub.ask(SEEN, await hub.viewer("cd-person-member")) == seen
        assert await hub.ask(SEEN, ANONYMOUS) == HIDDEN


@pytest.mark.usefixtures("network")
async def test_nobody_who_is_signed_out_changes_anything_or_leaves_a_request_key(hub: Hub) -> None:
    text = """mutation { createPerson(requestKey: "anonymous", input: {name: "甲"}) {
      ... on NotYours { role message whatNextEn } } }"""
    fact = (await hub.ask(text))["createPerson"]
    assert fact["role"] == "sign_on"
    assert "登录" in fact["message"]
    assert "/auth/login" in fact["whatNextEn"]
    kept = await hub.driver.execute_query(
        "MATCH (k:Request) WHERE k.id STARTS WITH 'anonymous' RETURN count(k)"
    )
    assert kept.records[0][0] == 0
