"""What the guides show of roles, agreements and access runs, in the order of the guides, as the people they name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.network import Network
from tests.schema.conftest import Hub

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
_BLOCK = re.compile(r"^```graphql as=(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _shown() -> list[Any]:
    told = [
        (guide.stem, who, text)
        for guide in (GUIDES / "administrator.md", GUIDES / "researcher.md")
        for who, text in _BLOCK.findall(guide.read_text(encoding="utf-8"))
    ]
    return [pytest.param(who, text, id=f"{name}-{i}") for i, (name, who, text) in enumerate(told)]


@pytest.fixture(scope="module")
async def world(hub: Hub) -> dict[str, str]:
    """The people and records which the guides name."""
    network = Network()
    ours, theirs = network.institution("ours"), network.institution("theirs")
    network.agreement("draft", ours, theirs, status="draft", effectiveOn=None)
    network.instrument("spectrometer", theirs)
    people = {
        "admin": network.person("admin", "institution_admin", ours),
        "other": network.person("other", "institution_admin", theirs),
        "member": network.person("member", "member", ours),
    }
    await network.write(hub.driver)
    return people


@pytest.mark.parametrize(("who", "text"), _shown())
async def test_what_the_guides_show_is_done(
    hub: Hub, world: dict[str, str], who: str, text: str
) -> None:
    answer = await hub.ask(text, await hub.viewer(world[who]))
    assert isinstance(answer, dict), answer
    for outcome in answer.values():
        assert "messageEn" not in outcome, outcome


async def test_after_the_story_of_the_guides_the_instrument_may_be_used_under_the_agreement(
    hub: Hub, world: dict[str, str]
) -> None:
    use = (
        '{ explainAccess(node: "cd-instrument-spectrometer", action: USE) { allowed sentenceEn } }'
    )
    told = (await hub.ask(use, await hub.viewer(world["member"])))["explainAccess"]
    assert told == {
        "allowed": True,
        "sentenceEn": "You may use it: the agreement in force “draft” has a clause that grants it.",
    }


async def test_a_role_that_was_given_is_noted_in_the_audit_log(
    hub: Hub, world: dict[str, str]
) -> None:
    noted = [each for each in hub.noted if each.happened.value == "role_granted"]
    assert [(each.actor, each.subject) for each in noted] == [(world["admin"], world["member"])]
