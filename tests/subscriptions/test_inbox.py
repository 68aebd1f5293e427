"""A page that follows an inbox is told what concerns whoever looks at it, and nothing else."""

from __future__ import annotations

from auth.viewer import Viewer
from graph_store.commands.actors import HUB
from graph_store.commands.facts import Written
from graph_store.rights import Rights, Role, RoleHeld
from tests.graph_store.commands.petitions import PETITION, Petition
from tests.subscriptions.conftest import Desk, Writer, listened
from tests.viewers import at_home

INBOX = "subscription { inboxChanged { kind isNew node { ... on Task { state move } } } }"


def approver(person: str, at: str) -> Viewer:
    """Somebody who decides at an institution."""
    return Viewer(Rights(person, person, (RoleHeld(Role.APPROVER, at),), (at,)))


async def petition(writer: Writer, person: str, home: str, key: str) -> None:
    """Somebody asks for something, which makes a task."""
    given = PETITION.by(HUB, key, Petition(person, home))
    assert isinstance((await writer.lane.do(given)).outcome, Written)


async def test_a_new_task_is_told_to_who_owes_it_and_neither_to_others_nor_about_oneself(
    desk: Desk, writer: Writer
) -> None:
    home, other = await writer.institution("本机构"), await writer.institution("别处")
    decides, asks = await writer.person("审批人"), await writer.person("申请人")
    async with (
        listened(desk, INBOX, viewer=approver(decides, home)) as owes,
        listened(desk, INBOX, viewer=approver(asks, home)) as about_oneself,
        listened(desk, INBOX, viewer=approver(decides, other)) as elsewhere,
        listened(desk, INBOX, viewer=at_home((home,))) as member,
    ):
        await petition(writer, asks, home, "inbox 1")
        assert await owes(1) == [
            {"kind": "TASK", "isNew": True, "node": {"state": "OPEN", "move": "approve"}}
        ]
        await petition(writer, decides, home, "inbox 2")
        assert len(await about_oneself(1)) == 1  # the second, which is about the other
        assert len(owes.data) == 1
        await petition(writer, asks, other, "inbox 3")
        assert len(await elsewhere(1)) == 1
        assert member.data == []
