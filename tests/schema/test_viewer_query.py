"""`viewer`: what the one who asks is told of themselves, their records read by the compiler like any other."""

from __future__ import annotations

import pytest

from auth.viewer import ALL_SCOPES, Scope, Viewer
from graph_store.rights import Rights, Role, RoleHeld
from tests import graph
from tests.schema.conftest import Hub
from tests.slow.graph import Graph, Tie

WHO = """{ viewer { isSignedOn name agency scopes institutionIds person { id name email }
    roles { role until institution { id name } } } }"""
HOME, PERSON = "cd-institution-home", "cd-person-zhang"


@pytest.fixture(scope="module")
async def zhang(hub: Hub) -> Viewer:
    """Zhang, who is a member at home until the end of the year."""
    common = {"synthetic": True, "version": 1, "aliases": [], "visibility": "public"}
    times = {"createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z"}
    records = {
        "Institution": [
            common
            | times
            | {"id": HOME, "name": "四川科技馆", "kind": "museum", "status": "active"}
        ],
        "Person": [common | times | {"id": PERSON, "name": "张衡", "email": "zhang@example.cn"}],
    }
    await graph.write(
        hub.driver, Graph(records, [Tie("AFFILIATED_WITH", PERSON, HOME, {"role": "employee"})])
    )
    held = RoleHeld(Role.MEMBER, HOME, "2026-12-31")
    rights = Rights(PERSON, PERSON, (held,), (HOME,))
    return Viewer(rights, ALL_SCOPES, session="s1", agency="sichuan", name="张衡")


async def test_whoever_is_signed_on_is_told_who_they_are_and_what_they_may_do(
    hub: Hub, zhang: Viewer
) -> None:
    answer = await hub.ask(WHO, zhang)
    assert answer["viewer"] == {
        "isSignedOn": True,
        "name": "张衡",
        "agency": "sichuan",
        "scopes": ["GRAPH_READ", "GRAPH_WRITE", "PERSONAL_READ", "AUDIT_READ"],
        "institutionIds": [HOME],
        "person": {"id": PERSON, "name": "张衡", "email": "zhang@example.cn"},
        "roles": [
            {
                "role": "MEMBER",
                "until": "2026-12-31",
                "institution": {"id": HOME, "name": "四川科技馆"},
            }
        ],
    }


async def test_nobody_is_told_that_nobody_is_signed_on(hub: Hub) -> None:
    answer = await hub.ask(WHO)
    assert answer["viewer"] == {
        "isSignedOn": False,
        "name": None,
        "agency": None,
        "scopes": [],
        "institutionIds": [],
        "person": None,
        "roles": [],
    }


async def test_a_token_is_told_what_it_may_be_used_for(hub: Hub, zhang: Viewer) -> None:
    viewer = Viewer(zhang.rights, frozenset({Scope.READ}), token="t1")
    answer = await hub.ask("{ viewer { scopes } }", viewer)
    assert answer == {"viewer": {"scopes": ["GRAPH_READ"]}}


async def test_the_viewer_is_asked_beside_data(hub: Hub, zhang: Viewer) -> None:
    text = (
        f'{{ viewer {{ name }} institution(id: "{HOME}") {{ name }} again: viewer {{ agency }} }}'
    )
    assert await hub.ask(text, zhang) == {
        "viewer": {"name": "张衡"},
        "institution": {"name": "四川科技馆"},
        "again": {"agency": "sichuan"},
    }
