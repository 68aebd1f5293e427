"""Auditors take the log as a file, over HTTP; others are refused, which is in it."""

import hashlib
import json
from typing import Any

import pytest

from auth.viewer import Scope
from tests.auth.whom import ADMIN, AUDITOR, HOME, ZHANG, Hub, base, hub

__all__ = ["base", "hub"]

ENTRIES = "MATCH (e:AuditEntry) RETURN e {.*} ORDER BY e.seq"
PAGE = """query ($after: String) { auditEntries(first: 50, after: $after, orderBy: [{ seq: ASC }]) {
  nodes { id seq at happened outcome actor agency subject reason requestId address detail previous digest }
  pageInfo { hasNextPage endCursor } } }"""


async def taken(hub: Hub, query: str = "", **given: str) -> list[dict[str, Any]]:
    """The lines of the file."""
    headers = {"authorization": f"Bearer {hub.access_token(AUDITOR, **given)}"}
    answer = await hub.client.get(f"/audit.ndjson{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert answer.headers["cache-control"] == "no-store"
    return [json.loads(line) for line in answer.text.splitlines()]


async def refused(hub: Hub, query: str = "", token: str | None = None) -> tuple[int, str, Any]:
    """Status, code and challenge."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    answer = await hub.client.get(f"/audit.ndjson{query}", headers=headers)
    (error,) = answer.json()["errors"]
    challenge = answer.headers.get("www-authenticate")
    return answer.status_code, error["extensions"]["code"], challenge


async def test_an_auditor_takes_every_entry_in_order(hub: Hub) -> None:
    await refused(hub)
    lines = await taken(hub)
    assert lines == (await hub.base.run(ENTRIES))[: len(lines)]
    assert [line["seq"] for line in lines] == [*range(1, len(lines) + 1)]
    exported = lines[-1]
    assert (exported["happened"], exported["actor"]) == ("audit_exported", AUDITOR)
    assert exported["address"] == "127.0.0.1"


async def test_the_file_says_what_questions_say(hub: Hub) -> None:
    lines = await taken(hub)
    asked: list[dict[str, Any]] = []
    after = None
    while True:
        data = await hub.data(PAGE, token=hub.access_token(AUDITOR), after=after)
        page = data["auditEntries"]
        asked += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    shown = [
        {key: each for key, each in node.items() if each is not None}
        | {"happened": node["happened"].lower(), "outcome": node["outcome"].lower()}
        for node in asked
    ]
    assert shown[: len(lines)] == lines


async def test_anybody_can_walk_the_chain_of_the_file(hub: Hub) -> None:
    previous = ""
    for entry in await taken(hub):
        kept = {key: each for key, each in entry.items() if key != "digest"}
        text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert entry["previous"] == previous
        assert hashlib.sha256(text.encode()).hexdigest() == entry["digest"]
        previous = entry["digest"]
    assert previous


async def test_nobody_is_asked_to_sign_on_and_it_is_noted(hub: Hub) -> None:
    assert await refused(hub) == (401, "AUDIT_NEEDS_SIGN_ON", "Bearer")
    [*_, last] = await hub.base.run(ENTRIES)
    assert (last["happened"], last["reason"], last["detail"]) == (
        "access_denied",
        "AUDIT_NEEDS_SIGN_ON",
        '{"what":"/audit.ndjson"}',
    )


@pytest.mark.parametrize("person", [ZHANG, ADMIN])
async def test_who_is_no_auditor_is_refused_and_it_is_noted(hub: Hub, person: str) -> None:
    status, code, _ = await refused(hub, token=hub.access_token(person))
    assert (status, code) == (403, "NOT_AN_AUDITOR")
    [*_, last] = await hub.base.run(ENTRIES)
    assert (last["happened"], last["actor"], last["reason"]) == ("access_denied", person, code)


async def test_an_auditors_token_without_the_scope_is_told_which_it_lacks(hub: Hub) -> None:
    token = hub.access_token(AUDITOR, scope="graph:read personal:read")
    status, code, challenge = await refused(hub, token=token)
    assert (status, code) == (403, "INSUFFICIENT_SCOPE")
    assert challenge.endswith('error="insufficient_scope", scope="audit:read"')
    data = await hub.data("{ auditEntries { totalCount } }", token=token)
    assert data == {"auditEntries": {"totalCount": 0}}


async def test_an_auditors_session_takes_it_too(hub: Hub) -> None:
    cookie = f"{hub.cookie_name}={await hub.base.session(AUDITOR)}"
    answer = await hub.client.get("/audit.ndjson", headers={"cookie": cookie})
    assert answer.status_code == 200
    assert answer.text


@pytest.mark.parametrize("query", ["?from=yesterday", "?to=2026-11-29T08:00:00", "?from=%ff"])
async def test_a_time_that_is_none_is_refused(hub: Hub, query: str) -> None:
    status, code, _ = await refused(hub, query, hub.access_token(AUDITOR))
    assert (status, code) == (400, "REQUEST_IS_MALFORMED")


async def test_a_time_without_entries_is_an_empty_file(hub: Hub) -> None:
    assert await taken(hub, "?from=2020-01-01&to=2020-12-31") == []
    assert await taken(hub, "?from=2020-01-01") != []


@pytest.mark.parametrize("method", ["POST", "HEAD", "DELETE"])
async def test_the_log_is_only_read(hub: Hub, method: str) -> None:
    headers = {"authorization": f"Bearer {hub.access_token(AUDITOR)}"}
    answer = await hub.client.request(method, "/audit.ndjson", headers=headers)
    assert answer.status_code == 405


async def test_no_secret_and_no_personal_value_stands_in_any_entry(hub: Hub) -> None:
    secrets = await _journey(hub)
    everything = json.dumps(await hub.base.run(ENTRIES), ensure_ascii=False)
    for happened in ("token_used", "token_refused", "access_denied", "personal_data_read"):
        assert f'"{happened}"' in everything
    assert len(secrets) >= 8
    for secret in secrets:
        assert secret not in everything


async def _journey(hub: Hub) -> list[str]:
    """Much that is noted; what must not be found in it."""
    email, phone, name = "li.secret@example.cn", "13987654321", "李秘密"
    await hub.base.run(
        "MATCH (p:Person {id: $id}) SET p.email = $email, p.phone = $phone, p.name = $name RETURN 1",
        id=ZHANG, email=email, phone=phone, name=name,
    )  # fmt: skip
    access, session = hub.access_token(ADMIN), await hub.base.session(ADMIN)
    personal, token = await hub.base.token(ADMIN, Scope.READ, Scope.PERSONAL)
    service, _ = await hub.base.token(HOME, Scope.READ)
    read = f'{{ person(id: "{ZHANG}") {{ email phone name }} }}'
    for given in ({"token": access}, {"session": session}, {"token": personal}):
        assert (await hub.data(read, **given))["person"]["email"] == email
    await hub.base.deeds.end(token, ADMIN)
    await hub.ask(read, token=personal)
    await hub.ask(read, token=service)
    await hub.ask(read, token=personal[:-1] + "x")
    change = f'mutation {{ createPerson(requestKey: "secret-key", input: {{ name: "{name}", email: "{email}" }}) {{ __typename }} }}'
    await hub.ask(change, token=hub.access_token(ZHANG))
    await hub.ask(change)
    return [email, phone, name, access, session, personal, service, "secret-key"]
