"""Auditors see the log; for everybody else there is none: not an entry, not a number, not an order."""

from typing import Any

import pytest

from auth.viewer import ALL_SCOPES, Scope, Viewer
from graph_store.audit import AuditLog, Entry, Happened
from graph_store.rights import Rights, Role, RoleHeld
from tests.audit.conftest import Ask
from tests.engine.conftest import Hub
from tests.viewers import elsewhere, of_every_kind

AUDITOR = elsewhere(Role.AUDITOR)
EVERYTHING = """
query ($id: ID!, $digest: String!) {
  auditEntries(first: 10) {
    totalCount nodes { id actor } edges { cursor node { id } } pageInfo { hasNextPage endCursor }
    groups(by: [HAPPENED]) { count happened max { seq at } }
  }
  ofOne: auditEntries(where: { actor: { eq: "cd-person-7" } }, orderBy: [{ seq: DESC }]) { totalCount nodes { id } }
  or: auditEntries(where: { or: [{ reason: { isNull: true } }, { detail: { contains: "x" } }] }) { totalCount }
  auditEntry(id: $id) { id }
  byDigest: auditEntry(by: { digest: $digest }) { id }
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
}"""


@pytest.fixture
async def _three(audit: AuditLog) -> None:
    for number, happened in enumerate(
        (Happened.SIGNED_ON, Happened.ACCESS_DENIED, Happened.SIGNED_ON), 7
    ):
        await audit.note(Entry(happened, actor=f"cd-person-{number}", detail={"what": "x"}))


pytestmark = pytest.mark.usefixtures("_three")


def nobody_s(answer: dict[str, Any]) -> bool:
    """Whether the answer is that of an empty log."""
    page = answer["auditEntries"]
    return (
        answer["auditEntry"] is answer["byDigest"] is answer["node"] is None
        and answer["nodes"] == [None]
        and {page["totalCount"], answer["ofOne"]["totalCount"], answer["or"]["totalCount"]} == {0}
        and page["nodes"] == page["edges"] == page["groups"] == answer["ofOne"]["nodes"] == []
        and page["pageInfo"] == {"hasNextPage": False, "endCursor": None}
    )


OTHERS = {
    name: viewer
    for name, viewer in of_every_kind(("cd-institution-1",), "cd-person-7", ()).items()
    if name != "an auditor"
} | {
    "a platform administrator": elsewhere(Role.PLATFORM_ADMIN),
    "an administrator with the scope and not the role": elsewhere(Role.INSTITUTION_ADMIN),
    "an auditor's token without the scope": Viewer(
        Rights("a", "a", (RoleHeld(Role.AUDITOR, "elsewhere"),)), ALL_SCOPES - {Scope.AUDIT}
    ),
    "a program": Viewer(Rights("token", None, (RoleHeld(Role.SERVICE, "elsewhere"),))),
}


@pytest.mark.parametrize("viewer", OTHERS.values(), ids=OTHERS)
async def test_others_see_nothing_and_count_nothing(viewer: Viewer, hub: Hub, entries: Ask) -> None:
    asked = await _variables(entries)
    assert nobody_s(await hub.data(EVERYTHING, asked, viewer))


async def test_an_auditor_sees_filters_orders_groups_and_pages(hub: Hub, entries: Ask) -> None:
    asked = await _variables(entries)
    answer = await hub.data(EVERYTHING, asked, AUDITOR)
    assert answer["auditEntries"]["totalCount"] == 3
    assert {row["actor"] for row in answer["auditEntries"]["nodes"]} == {
        f"cd-person-{number}" for number in (7, 8, 9)
    }
    assert [(row["happened"], row["count"]) for row in answer["auditEntries"]["groups"]] == [
        ("SIGNED_ON", 2),
        ("ACCESS_DENIED", 1),
    ]
    assert answer["ofOne"]["totalCount"] == 1
    assert answer["auditEntry"] == answer["byDigest"] == {"id": asked["id"]}
    assert (answer["node"], answer["nodes"]) == (None, [None])  # it is no record


async def test_a_cursor_goes_from_entry_to_entry(hub: Hub) -> None:
    text = """query ($after: String) {
      auditEntries(first: 1, after: $after, orderBy: [{ seq: ASC }]) { nodes { seq } pageInfo { endCursor hasNextPage } }
    }"""
    after, seen = None, []
    while True:
        page = (await hub.data(text, {"after": after}, AUDITOR))["auditEntries"]
        seen += [row["seq"] for row in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [1, 2, 3]


async def test_the_log_is_not_searched_nor_walked_even_by_an_auditor(
    hub: Hub, entries: Ask
) -> None:
    asked = await _variables(entries)
    found = await hub.data('{ search(text: "cd-person-7") { totalCount } }', None, AUDITOR)
    assert found["search"]["totalCount"] == 0
    around = await hub.ask(
        "query ($id: ID!) { neighbourhood(id: $id) { nodes { id } } }", {"id": asked["id"]}, AUDITOR
    )
    assert asked["id"] not in str(around.get("data"))


async def test_no_mutation_writes_the_log(hub: Hub) -> None:
    answer = await hub.data("{ __schema { mutationType { fields { name } } } }")
    names = [field["name"].lower() for field in answer["__schema"]["mutationType"]["fields"]]
    assert names
    assert not [name for name in names if "audit" in name]


async def test_a_gateway_cannot_ask_for_entries_as_entities(hub: Hub, entries: Ask) -> None:
    asked = await _variables(entries)
    answer = await hub.ask(
        "query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }",
        {"of": [{"__typename": "AuditEntry", "id": asked["id"]}]},
        AUDITOR,
    )
    assert answer["errors"][0]["extensions"]["code"] == "BAD_REPRESENTATION"


async def _variables(entries: Ask) -> dict[str, Any]:
    first = (await entries())[0]
    return {"id": first["id"], "digest": first["digest"]}


@pytest.mark.parametrize(
    "question",
    [
        '{ search(text: "cd-person-7", kinds: [AUDIT_ENTRY]) { totalCount nodes { id } facets { kind count } } }',
        "query ($id: ID!) { neighbourhood(of: $id, kinds: [AUDIT_ENTRY]) { records { id } } }",
        "query ($id: ID!) { paths(from: $id, to: $id, kinds: [AUDIT_ENTRY]) { nodes { length } } }",
    ],
)
async def test_a_search_or_walk_for_entries_alone_is_refused(
    question: str, hub: Hub, entries: Ask
) -> None:
    answer = await hub.ask(question, {"id": (await _variables(entries))["id"]}, AUDITOR)
    assert answer["errors"][0]["extensions"]["code"] == "BAD_ARGUMENT"
    assert "data" not in answer
