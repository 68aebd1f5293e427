"""Somebody decides in a colleague's place: for the days given, for no longer than the colleague could, and never about either of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from graph_store.changes import changes
from graph_store.commands.actors import HUB, Actor
from graph_store.commands.delegations import (
    DELEGATE,
    END_DELEGATION,
    Delegating,
    EndingDelegation,
)
from graph_store.commands.facts import (
    DatesOutOfOrder,
    NotYours,
    RecordHasEnded,
    RecordNotFound,
    RoleIsNotHeld,
    ValueIsInvalid,
    Written,
)
from graph_store.commands.inbox_facts import (
    DeputyIsOneself,
    IsDeputy,
    NotAColleague,
    RoleEndsSooner,
)
from graph_store.commands.lanes import Lane, open_lane
from graph_store.commands.move_facts import NotOnYourself
from graph_store.commands.roles import REVOKE_ROLE, Revocation
from graph_store.commands.transactions import Store
from graph_store.model import MODEL
from graph_store.reads import reader
from graph_store.rights import Role
from graph_store.rights_of import rights_of
from tests.graph import DATABASE
from tests.graph_store.commands.conftest import Appointed, Ask, By, New, command, written
from tests.graph_store.commands.petitions import DECIDE_TASK, PETITION, Petition, deciding_on

TODAY, UNTIL = "2026-11-25", "2026-12-05"


async def owed(by: By, ask: Ask, person: str, home: str) -> Any:
    """A petition, and the input by which it is approved."""
    record = written(await by(HUB, PETITION, Petition(person, home))).id
    (task,) = await ask("MATCH (t:Task)-[:ABOUT_RECORD]->({id: $id}) RETURN t.id", id=record)
    return deciding_on(task, record)


def delegating(principal: Actor, deputy: Actor, at: str, **given: Any) -> Delegating:
    """The input, from today to `UNTIL` in the role of an approver unless told otherwise."""
    values = {"role": "approver", "until": UNTIL, **given}
    return Delegating(principal.id, deputy.id, at, **values)


@pytest.mark.parametrize("role", ["approver", "institution_admin"])
async def test_a_deputy_decides_sees_and_is_logged_as_acting_for_the_principal(
    by: By, ask: Ask, store: Store, appointed: Appointed, role: str
) -> None:
    principal, home = await appointed(role)
    deputy, _ = await appointed("member", at=home)
    given = await owed(by, ask, (await appointed("member", at=home))[0].id, home)
    assert await by(deputy, DECIDE_TASK, given) == RecordNotFound(given.task, "Task")
    made = await by(principal, DELEGATE, delegating(principal, deputy, home, role=role))
    assert isinstance(made, Written)
    rights = await rights_of(reader(store.driver, DATABASE, 30), deputy.id, TODAY)
    stands = [each for each in rights.roles if each.deputy_for == principal.id]
    assert [(each.role, each.institution, each.until) for each in stands] == [
        (Role.APPROVER, home, UNTIL)
    ]
    assert rights.principals == {principal.id}
    assert isinstance(await by(deputy, DECIDE_TASK, given), Written)
    logged = [
        each
        for each in await changes(store.driver, DATABASE, 0, most=10_000)
        if each.node_id == given.record and each.command == "decideTask"
    ]
    assert [(each.actor, each.acting_for) for each in logged] == [(deputy.id, principal.id)]
    (settled,) = await ask("MATCH (t:Task {id: $id}) RETURN [t.doneBy, t.doneFor]", id=given.task)
    assert settled == [deputy.id, principal.id]
    assert await ask(
        "MATCH (n:Notice {kind: 'delegation_begun'})-[:TELLS]->({id: $id}) RETURN n.bodyEn",
        id=deputy.id,
    )


async def test_a_deputy_for_some_kinds_alone_decides_on_no_others(
    by: By, ask: Ask, store: Store, appointed: Appointed, new_person: New
) -> None:
    principal, home = await appointed("approver")
    deputy, _ = await appointed("member", at=home)
    given = await owed(by, ask, await new_person(), home)
    unknown = delegating(principal, deputy, home, kinds=("instrument",))
    fact = await by(principal, DELEGATE, unknown)
    assert isinstance(fact, ValueIsInvalid)
    assert fact.field == "kinds"
    narrow = delegating(principal, deputy, home, kinds=("registration",))
    assert isinstance(await by(principal, DELEGATE, narrow), Written)
    rights = await rights_of(reader(store.driver, DATABASE, 30), deputy.id, TODAY)
    assert [each.kinds for each in rights.roles if each.deputy_for] == [("registration",)]
    assert isinstance(await by(deputy, DECIDE_TASK, given), RecordNotFound)
    assert isinstance(await by(principal, DELEGATE, narrow), IsDeputy)
    other = delegating(principal, deputy, home, kinds=("cadre_exchange",))
    assert isinstance(await by(principal, DELEGATE, other), Written)
    assert isinstance(await by(deputy, DECIDE_TASK, given), Written)


async def test_who_decides_in_their_own_right_acts_for_nobody_else(
    by: By, ask: Ask, store: Store, appointed: Appointed, new_person: New
) -> None:
    principal, home = await appointed("approver")
    deputy, _ = await appointed("approver", at=home)
    assert isinstance(await by(principal, DELEGATE, delegating(principal, deputy, home)), Written)
    given = await owed(by, ask, await new_person(), home)
    assert isinstance(await by(deputy, DECIDE_TASK, given), Written)
    logged = [
        each
        for each in await changes(store.driver, DATABASE, 0, most=10_000)
        if each.node_id == given.record and each.command == "decideTask"
    ]
    assert [each.acting_for for each in logged] == [None]


async def test_a_deputy_decides_neither_about_themself_nor_about_the_principal(
    by: By, ask: Ask, appointed: Appointed
) -> None:
    principal, home = await appointed("approver")
    deputy, _ = await appointed("member", at=home)
    assert isinstance(await by(principal, DELEGATE, delegating(principal, deputy, home)), Written)
    for person in (deputy, principal):
        given = await owed(by, ask, person.id, home)
        assert await by(deputy, DECIDE_TASK, given) == NotOnYourself(given.record)


async def test_a_deputy_has_nothing_to_pass_on(by: By, appointed: Appointed) -> None:
    principal, home = await appointed("approver")
    deputy, _ = await appointed("member", at=home)
    third, _ = await appointed("member", at=home)
    assert isinstance(await by(principal, DELEGATE, delegating(principal, deputy, home)), Written)
    fact = await by(deputy, DELEGATE, delegating(deputy, third, home))
    assert fact == RoleIsNotHeld(deputy.id, home, "approver")
    fact = await by(deputy, DELEGATE, delegating(principal, third, home))
    assert fact == RecordNotFound(principal.id, "Person")


async def test_a_delegation_ends_at_once_for_whoever_may_end_it_and_once(
    by: By, ask: Ask, appointed: Appointed, new_person: New
) -> None:
    principal, home = await appointed("approver")
    deputy, _ = await appointed("member", at=home)
    stranger, _ = await appointed("institution_admin")
    admin, _ = await appointed("institution_admin", at=home)
    for ending in (principal, deputy, admin):
        made = written(await by(principal, DELEGATE, delegating(principal, deputy, home))).id
        fact = await by(stranger, END_DELEGATION, EndingDelegation(made))
        assert fact == RecordNotFound(made, "Delegation")
        assert isinstance(await by(ending, END_DELEGATION, EndingDelegation(made)), Written)
        assert await by(principal, END_DELEGATION, EndingDelegation(made)) == RecordHasEnded(made)
    given = await owed(by, ask, await new_person(), home)
    assert await by(deputy, DECIDE_TASK, given) == RecordNotFound(given.task, "Task")


async def test_a_delegation_is_worth_nothing_after_its_last_day_and_before_its_first(
    store: Store, by: By, ask: Ask, appointed: Appointed, new_person: New
) -> None:
    principal, home = await appointed("approver")
    deputy, _ = await appointed("member", at=home)
    later = delegating(principal, deputy, home, since="2026-11-30")
    assert isinstance(await by(principal, DELEGATE, later), Written)
    for day, decides in ((25, False), (30, True)):
        given = await owed(by, ask, await new_person(), home)
        assert isinstance(await on(store, day, 11, deputy, given), Written) == decides
    given = await owed(by, ask, await new_person(), home)
    assert isinstance(await on(store, 5, 12, deputy, given), Written)
    given = await owed(by, ask, await new_person(), home)
    assert isinstance(await on(store, 6, 12, deputy, given), RecordNotFound)


async def on(store: Store, day: int, month: int, actor: Actor, given: Any) -> Any:
    """What deciding answers on that day."""
    now = datetime(2026, month, day, 2, tzinfo=UTC)
    then = Store(store.driver, DATABASE, MODEL, "cd", lambda: now)
    async with open_lane(then) as lane:
        return (await lane.do(DECIDE_TASK.by(actor, f"on {given.task}", given))).outcome


async def test_it_ends_with_the_role_it_came_from(
    by: By, ask: Ask, lane: Lane, appointed: Appointed, new_person: New
) -> None:
    principal, home = await appointed("approver")
    deputy, _ = await appointed("member", at=home)
    assert isinstance(await by(principal, DELEGATE, delegating(principal, deputy, home)), Written)
    taken = Revocation(principal.id, home, "approver")
    assert isinstance((await lane.do(command(REVOKE_ROLE, taken))).outcome, Written)
    given = await owed(by, ask, await new_person(), home)
    assert await by(deputy, DECIDE_TASK, given) == RecordNotFound(given.task, "Task")


async def test_what_cannot_be_delegated_is_refused_with_its_reason(
    by: By, appointed: Appointed
) -> None:
    principal, home = await appointed("approver", until="2026-12-01")
    deputy, _ = await appointed("member", at=home)
    stranger, _ = await appointed("member")
    member, _ = await appointed("member", at=home)
    refused = {
        RoleEndsSooner("approver", "2026-12-01"): delegating(principal, deputy, home),
        RoleIsNotHeld(principal.id, home, "institution_admin"): delegating(
            principal, deputy, home, role="institution_admin", until="2026-11-30"
        ),
        DeputyIsOneself(principal.id): delegating(principal, principal, home),
        NotAColleague(stranger.id, home): delegating(principal, stranger, home),
    }
    for fact, given in refused.items():
        assert await by(principal, DELEGATE, given) == fact
    for wrong, kind in (
        ({"role": "member"}, ValueIsInvalid),
        ({"until": "2026-11-24", "since": "2026-11-01"}, ValueIsInvalid),
        ({"until": "2026-11-26", "since": "2026-11-27"}, DatesOutOfOrder),
        ({"until": "someday"}, ValueIsInvalid),
    ):
        assert isinstance(
            await by(principal, DELEGATE, delegating(principal, deputy, home, **wrong)), kind
        )
    assert isinstance(await by(member, DELEGATE, delegating(member, deputy, home)), NotYours)
    short = delegating(principal, deputy, home, until="2026-11-30")
    made = written(await by(principal, DELEGATE, short)).id
    assert await by(principal, DELEGATE, short) == IsDeputy(deputy.id, TODAY, "2026-11-30", made)
