"""Wishes to be exchanged: changed by the person themself while they are open, by nobody else's hand."""

from __future__ import annotations

from graph_store.commands.facts import RecordHasChanged, RecordNotFound
from graph_store.commands.proposal_facts import WishIsNotOpen
from graph_store.commands.records import Create, Edit, End
from graph_store.commands.rows import tie
from graph_store.commands.wishes import CREATE_WISH, EDIT_WISH, WITHDRAW_WISH
from tests.graph_store.commands.conftest import Appointed, Ask, By, written

WANTED = {"months": 3, "since": "2027-01-01", "until": "2027-12-31"}


async def test_a_wish_is_changed_while_it_is_open(by: By, ask: Ask, appointed: Appointed) -> None:
    oneself, home = await appointed("member")
    stranger, _ = await appointed("member")
    ties = {"person": (tie("person", oneself.id),), "home": (tie("home", home),)}
    wish = written(await by(oneself, CREATE_WISH, Create(WANTED, ties)))
    longer = Edit(wish.id, wish.version, {"months": 6})
    nothing = RecordNotFound(wish.id, "ExchangeWish")  # who may not see it learns nothing of it
    assert await by(stranger, EDIT_WISH, longer) == nothing
    edited = written(await by(oneself, EDIT_WISH, longer))
    assert await ask("MATCH (w:ExchangeWish {id: $id}) RETURN w.months", id=wish.id) == [6]
    assert isinstance(await by(oneself, EDIT_WISH, longer), RecordHasChanged)
    gone = written(await by(oneself, WITHDRAW_WISH, End(wish.id, edited.version)))
    late = await by(oneself, EDIT_WISH, Edit(wish.id, gone.version, {"months": 9}))
    assert late == WishIsNotOpen(wish.id, "withdrawn")
