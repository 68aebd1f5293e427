"""How a person wants to be told: said once, changed later, and by themself alone."""

from __future__ import annotations

from graph_store.commands.facts import NotYours
from graph_store.commands.notices_read import SET_NOTICE_PREFERENCE, Preferring
from tests.graph_store.commands.conftest import Appointed, Ask, By, written

PREFERENCES = """MATCH (:Person {id: $id})--(p:NoticePreference) RETURN [p.byEmail, p.language]"""


async def test_a_preference_is_made_once_and_then_changed(
    by: By, ask: Ask, appointed: Appointed
) -> None:
    oneself, _ = await appointed("member")
    other, _ = await appointed("member")
    wanted = Preferring(oneself.id, by_email=True, language="en")
    assert await by(other, SET_NOTICE_PREFERENCE, wanted) == NotYours("sign_on", "")
    first = written(await by(oneself, SET_NOTICE_PREFERENCE, wanted))
    assert await ask(PREFERENCES, id=oneself.id) == [[True, "en"]]
    again = Preferring(oneself.id, by_email=False, language="zh")
    assert written(await by(oneself, SET_NOTICE_PREFERENCE, again)).id == first.id
    assert await ask(PREFERENCES, id=oneself.id) == [[False, "zh"]]
