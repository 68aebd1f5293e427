"""Flows and webhooks through GraphQL, as those who may and those who may not."""

from __future__ import annotations

from typing import Any

import pytest

from auth.viewer import ANONYMOUS
from graph_store.commands.actors import HUB
from graph_store.commands.institutions import CREATE_INSTITUTION
from graph_store.commands.people import CREATE_PERSON
from graph_store.commands.records import Create
from graph_store.flow_names import FLOWS
from graph_store.webhook_addresses import secret_of
from tests.schema.conftest import Hub

ALL = "{ flows { workers due firstDueAt givenUp flows { name about aboutEn schedule nextAt lastAt lastFailed isPaused } } }"
RUN = """mutation ($flow: String!, $key: ID!, $dry: Boolean!) { runFlow(requestKey: $key, input: {flow: $flow}, dryRun: $dry) {
  ... on FlowRequested { flowRun { id flow state name nameEn } dryRun } ... on Fact { __typename messageEn whatNext } } }"""
RETRY = """mutation ($id: ID!, $fates: [ImportFate!], $key: ID!, $dry: Boolean!) {
  retryImport(requestKey: $key, input: {id: $id, fates: $fates}, dryRun: $dry) {
    ... on ImportRetryRequested { import { id name state fates retries { id retriedBy { nodes { id } } } } dryRun }
    ... on Fact { __typename messageEn whatNext } } }"""
CREATE = """mutation ($url: String!, $at: ID!, $dry: Boolean!, $key: ID! = "w") { createWebhook(requestKey: $key,
  input: {name: "门户", url: $url, institution: $at}, dryRun: $dry) {
  ... on WebhookCreated { id secret webhook { url status institution { id } } } ... on Fact { __typename } } }"""
TRY = """mutation ($id: ID!) { testWebhook(requestKey: "t", input: {id: $id}) {
  ... on WebhookTested { delivery { channel state webhook { id } } } ... on Fact { __typename } } }"""


async def with_role(hub: Hub, role: str, institution: str) -> str:
    """Somebody with the role."""
    command = CREATE_PERSON.by(HUB, f"{role} at {institution}", Create({"name": "李冰"}))
    person = str((await hub.lane.do(command)).outcome.id)
    await hub.driver.execute_query(
        "MATCH (p:Person {id: $p}), (i:Institution {id: $i}) CREATE (p)-[:AFFILIATED_WITH]->(i), (p)-[:HOLDS {role: $role}]->(i)",
        p=person, i=institution, role=role,
    )  # fmt: skip
    return person


@pytest.fixture
async def institution(hub: Hub) -> str:
    command = CREATE_INSTITUTION.by(
        HUB, "institution", Create({"name": "科协", "kind": "university"})
    )
    return str((await hub.lane.do(command)).outcome.id)


async def test_flows_are_seen_by_administrators_alone(hub: Hub, institution: str) -> None:
    assert await hub.ask(ALL) == {"flows": None}
    member = await hub.viewer(await with_role(hub, "member", institution))
    assert await hub.ask(ALL, member) == {"flows": None}
    admin = await hub.viewer(await with_role(hub, "institution_admin", institution))
    seen = (await hub.ask(ALL, admin))["flows"]
    assert (seen["workers"], seen["due"], seen["givenUp"], seen["firstDueAt"]) == (0, 0, 0, None)
    assert [each["name"] for each in seen["flows"]] == list(FLOWS)


async def test_the_platforms_administrator_runs_a_flow_and_sees_that_it_waits(
    hub: Hub, institution: str
) -> None:
    platform = await hub.viewer(await with_role(hub, "platform_admin", institution))
    dry = (await hub.ask(RUN, platform, flow="reconcile", key="1", dry=True))["runFlow"]
    assert dry == {"flowRun": None, "dryRun": True}
    run = (await hub.ask(RUN, platform, flow="reconcile", key="1", dry=False))["runFlow"]["flowRun"]
    assert (run["flow"], run["state"], run["name"]) == ("reconcile", "WAITING", "核对")
    unknown = await hub.ask(RUN, platform, flow="make_coffee", key="2", dry=False)
    assert unknown["runFlow"]["__typename"] == "FlowIsUnknown"
    admin = await hub.viewer(await with_role(hub, "institution_admin", institution))
    refused = await hub.ask(RUN, admin, flow="reconcile", key="3", dry=False)
    assert refused["runFlow"]["__typename"] == "NotYours"


async def test_the_platforms_administrator_has_an_import_tried_again_and_sees_what_waits(
    hub: Hub, institution: str
) -> None:
    at = "2026-11-25T01:00:00.000Z"
    await hub.driver.execute_query(
        "CREATE (:Import:Record {id: 'cd-import-1', name: 'a.csv', digest: 'd', connector: 'ror', state: 'finished', actor: 'tester',"
        " startedAt: $at, createdAt: $at, updatedAt: $at, version: 1, synthetic: false, aliases: [], fates: [], visibility: 'network',"
        " read: 5, new: 3, changed: 0, unchanged: 0, rejected: 2, passedOver: 0, companions: 0, links: 0, unresolved: 0})",
        at=at,
    )
    given: dict[str, Any] = {"id": "cd-import-1", "fates": ["REJECTED"]}
    admin = await hub.viewer(await with_role(hub, "institution_admin", institution))
    for viewer in (admin, ANONYMOUS):
        refused = await hub.ask(RETRY, viewer, **given, key="import-1", dry=False)
        assert refused["retryImport"]["__typename"] == "NotYours"
    platform = await hub.viewer(await with_role(hub, "platform_admin", institution))
    dry = (await hub.ask(RETRY, platform, **given, key="import-1", dry=True))["retryImport"]
    assert dry == {"import": None, "dryRun": True}
    first, again = [
        (await hub.ask(RETRY, platform, **given, key=key, dry=False))["retryImport"]["import"]
        for key in ("import-1", "import-2")
    ]
    assert (first["state"], first["fates"], first["name"]) == ("WAITING", ["rejected"], "a.csv")
    assert first["retries"] == {"id": "cd-import-1", "retriedBy": {"nodes": [{"id": first["id"]}]}}
    assert again == first
    none = await hub.ask(RETRY, platform, id="cd-import-1", fates=["UNRESOLVED"], key="import-3", dry=False)  # fmt: skip
    assert none["retryImport"]["__typename"] == "NothingToRetry"


async def test_an_administrator_registers_a_webhook_and_is_told_its_secret(
    hub: Hub, institution: str
) -> None:
    admin = await hub.viewer(await with_role(hub, "institution_admin", institution))
    given: dict[str, Any] = {"url": "https://portal.example.cn/hook", "at": institution}
    dry = (await hub.ask(CREATE, admin, **given, dry=True))["createWebhook"]
    assert dry == {"id": None, "secret": None, "webhook": None}
    made = (await hub.ask(CREATE, admin, **given, dry=False))["createWebhook"]
    assert made["secret"] == secret_of(b"key", made["id"])
    assert made["webhook"] == {
        "url": given["url"], "status": "ACTIVE", "institution": {"id": institution},
    }  # fmt: skip
    tried = (await hub.ask(TRY, admin, id=made["id"]))["testWebhook"]["delivery"]
    assert tried == {"channel": "WEBHOOK", "state": "PENDING", "webhook": {"id": made["id"]}}
    assert await hub.ask(
        "query ($id: ID!) { webhook(id: $id) { id } }", ANONYMOUS, id=made["id"]
    ) == {"webhook": None}


async def test_nobody_registers_a_webhook_for_another_institution(
    hub: Hub, institution: str
) -> None:
    command = CREATE_INSTITUTION.by(HUB, "another", Create({"name": "别处", "kind": "university"}))
    elsewhere = str((await hub.lane.do(command)).outcome.id)
    admin = await hub.viewer(await with_role(hub, "institution_admin", institution))
    given: dict[str, Any] = {
        "url": "https://portal.example.cn/hook",
        "at": elsewhere,
        "dry": False,
        "key": "elsewhere",
    }
    assert (await hub.ask(CREATE, admin, **given))["createWebhook"] == {"__typename": "NotYours"}
    member = await hub.viewer(await with_role(hub, "member", institution))
    mine = given | {"at": institution, "key": "mine"}
    assert (await hub.ask(CREATE, member, **mine))["createWebhook"] == {"__typename": "NotYours"}
    bad = given | {"at": institution, "url": "http://10.0.0.1/", "key": "bad"}
    assert (await hub.ask(CREATE, admin, **bad))["createWebhook"] == {
        "__typename": "AddressIsRefused"
    }
