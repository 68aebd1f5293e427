"""Who asks, over HTTP: by which header, with what answer, and what every refusal says."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from pathlib import Path

import httpx2
import pytest
import structlog

from auth.viewer import Scope
from tests.auth.issuer import rsa
from tests.auth.whom import (
    ADMIN,
    ASKED,
    OTHER,
    SECRET_NAME,
    ZHANG,
    Base,
    Hub,
    base,
    hub,
)
from web.trusted import identifier_of

__all__ = ["base", "hub"]

PATIENCE_SECONDS = 30.0  # the machine may be busy
CHANGE = """mutation { createInstitution(requestKey: "%s", input: {name: "新所", kind: INSTITUTE}, dryRun: true) { __typename } }"""


def set_cookies(answer: httpx2.Response) -> list[str]:
    """What the browser is told to keep."""
    return list(answer.headers.get_list("set-cookie"))


async def test_without_credentials_one_is_nobody_and_sees_what_is_public(hub: Hub) -> None:
    answer = await hub.ask()
    assert answer.status_code == 200
    assert answer.json() == {
        "data": {"institution": None, "viewer": {"isSignedOn": False, "person": None}}
    }
    assert set_cookies(answer) == []


async def test_an_access_token_of_an_agency_shows_what_its_person_may_see(hub: Hub) -> None:
    data = await hub.data(token=hub.access_token())
    assert data == {
        "institution": {"name": SECRET_NAME},
        "viewer": {"isSignedOn": True, "person": {"id": ZHANG}},
    }


async def test_a_session_shows_what_its_person_may_see(hub: Hub) -> None:
    data = await hub.data(session=await hub.base.session(ZHANG))
    assert data["institution"] == {"name": SECRET_NAME}
    assert data["viewer"]["person"] == {"id": ZHANG}


async def test_a_token_whose_person_is_unknown_is_told_to_sign_on_in_the_browser_once(
    hub: Hub,
) -> None:
    answer = await hub.ask(token=hub.access_token("stranger"))
    (error,) = answer.json()["errors"]
    assert answer.status_code == 401
    assert error["extensions"]["reason"] == "not_known_yet"
    assert "Sign on in the browser once" in error["message"]
    assert "/auth/login" in error["extensions"]["messageZh"]


async def test_the_bearer_token_wins_over_the_cookie(hub: Hub) -> None:
    session = await hub.base.session(ZHANG)
    assert await hub.who(token=hub.access_token(ADMIN), session=session) == ADMIN


async def test_a_bad_token_is_refused_though_the_cookie_is_good(hub: Hub) -> None:
    session = await hub.base.session(ZHANG)
    token = hub.access_token(aud="https://other.example")
    assert await hub.refusal(token=token, session=session) == (401, "audience")


@pytest.mark.parametrize("cookie", ["x", "A" * 43, "", "A" * 5_000, '"; drop'])
async def test_a_cookie_of_no_session_is_signed_out_and_taken_away(hub: Hub, cookie: str) -> None:
    answer = await hub.ask(session=cookie)
    assert answer.status_code == 200
    assert answer.json()["data"]["viewer"]["isSignedOn"] is False
    if cookie:
        (gone,) = set_cookies(answer)
        assert gone.startswith(f"{hub.cookie_name}=;")
        assert "Max-Age=0" in gone


async def test_a_session_that_was_ended_is_signed_out_and_never_a_4xx(hub: Hub) -> None:
    secret = await hub.base.session(ZHANG)
    sessions = hub.base.sessions
    assert await hub.who(session=secret) == ZHANG
    ids = [each["id"] for each in await sessions.of(ZHANG)]
    await sessions.end(ZHANG, ids, "test")
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await hub.who(session=secret) is not None:
            pass
    assert set_cookies(await hub.ask(session=secret))


@pytest.mark.parametrize(
    "authorization",
    ["Basic dTpw", "Bearer", "bearer x", "Bearer a b", "x", "Bearer bashu_pat_x", "Token x", ""],
)  # fmt: skip
async def test_an_authorization_that_is_no_token_of_ours_is_refused(
    hub: Hub, authorization: str
) -> None:
    status, reason = await hub.refusal(headers={"authorization": authorization})
    assert (status, reason) == (401, "not_a_token")


async def test_the_scheme_is_read_without_case(hub: Hub) -> None:
    headers = {"authorization": f"bEARER {hub.access_token()}"}
    assert await hub.who(headers=headers) == ZHANG


async def test_two_authorization_headers_are_refused(hub: Hub) -> None:
    headers = [("authorization", f"Bearer {hub.access_token()}")] * 2
    answer = await hub.client.post("/graphql", json={"query": ASKED}, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"]["reason"] == "several"


async def test_a_token_in_the_query_string_is_refused(hub: Hub) -> None:
    parameters = {"query": ASKED, "access_token": hub.access_token()}
    answer = await hub.client.get("/graphql", params=parameters)
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"]["reason"] == "in_the_query"


async def test_a_token_of_nine_kilobytes_is_refused_as_too_large(hub: Hub) -> None:
    assert await hub.refusal(token="x" * 9_000) == (401, "too_large")


async def test_a_token_of_a_megabyte_is_the_clients_error(hub: Hub) -> None:
    answer = await hub.client.post(
        "/graphql", json={"query": ASKED}, headers={"authorization": "Bearer " + "x" * 1_000_000}
    )
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text


async def test_a_refused_token_is_challenged_as_rfc_6750_and_9728_have_it(hub: Hub) -> None:
    answer = await hub.ask(token=hub.access_token(exp=None))
    place = f"{hub.opened.address}/.well-known/oauth-protected-resource/graphql"
    assert answer.headers["www-authenticate"] == (
        f'Bearer resource_metadata="{place}", error="invalid_token", error_description="lifetime"'
    )
    assert answer.headers["cache-control"] == "no-store"
    metadata = await hub.client.get(place)
    assert metadata.json() == {
        "resource": hub.resource,
        "authorization_servers": [hub.base.issuer.address],
        "scopes_supported": ["graph:read", "graph:write", "personal:read", "audit:read"],
        "bearer_methods_supported": ["header"],
        "resource_name": "Bashu Hub 巴蜀科技云数据枢纽",
    }
    assert metadata.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("scope", "text", "lacks"),
    [
        ("openid", ASKED, "graph:read"),
        ("graph:write", ASKED, "graph:read"),
        ("graph:read personal:read", CHANGE % "scope", "graph:write"),
    ],
)
async def test_a_token_that_is_not_meant_for_this_is_told_which_scope_it_lacks(
    hub: Hub, scope: str, text: str, lacks: str
) -> None:
    answer = await hub.ask(text, token=hub.access_token(ADMIN, scope=scope))
    assert answer.status_code == 403
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "INSUFFICIENT_SCOPE"
    challenge = answer.headers["www-authenticate"]
    assert challenge.endswith(f'error="insufficient_scope", scope="{lacks}"')


async def test_a_token_with_the_scope_may_change_what_its_person_may(hub: Hub) -> None:
    data = await hub.data(CHANGE % "may", token=hub.access_token("cd-person-operator"))
    assert data["createInstitution"]["__typename"] == "InstitutionCreated"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"origin": "OWN"}, 200),
    ],
)
async def test_a_change_with_a_cookie_comes_from_a_page_of_the_hub(
    hub: Hub, headers: dict[str, str], status: int
) -> None:
    session = await hub.base.session(ADMIN)
    own = {name: value.replace("OWN", hub.opened.address) for name, value in headers.items()}
    answer = await hub.ask(CHANGE % "page", session=session, headers=own)
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_FROM_OUR_PAGE"


async def test_a_question_with_a_cookie_may_come_from_anywhere(hub: Hub) -> None:
    session = await hub.base.session(ZHANG)
    assert await hub.who(session=session, headers={"sec-fetch-site": "cross-site"}) == ZHANG


@pytest.mark.parametrize("kid", ["second", "first"])
async def test_a_key_that_the_provider_changed_is_known_with_its_first_token(
    base: Base, kid: str
) -> None:
    known = base.issuer.keys
    async with base.hub() as fresh:
        assert await fresh.who(token=fresh.access_token()) == ZHANG
        base.issuer.keys = [rsa(kid)]
        try:
            assert await fresh.who(token=fresh.access_token()) == ZHANG
        finally:
            base.issuer.keys = known


async def test_a_refusal_is_in_the_audit_log_and_nothing_of_the_token_is_there(hub: Hub) -> None:
    token = hub.access_token(aud="https://audited.example")
    assert await hub.refusal(token=token) == (401, "audience")
    entries = await hub.base.run(
        "MATCH (e:AuditEntry {happened: 'token_refused', reason: 'audience'}) RETURN properties(e)"
    )
    assert entries
    assert token.rpartition(".")[2] not in json.dumps(entries, default=str)


async def test_the_first_use_of_a_token_on_a_day_is_in_the_audit_log_once(hub: Hub) -> None:
    secret, token = await hub.base.token(ZHANG)
    for _ in range(3):
        assert await hub.who(token=secret) == ZHANG
    entries = await hub.base.run(
        "MATCH (e:AuditEntry {happened: 'token_used', subject: $id}) RETURN e.actor", id=token.id
    )
    assert entries == [ZHANG]


async def test_the_log_tells_who_asked_and_never_by_which_token(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, _ = await hub.base.token(ZHANG)
    jwt, session = hub.access_token(), await hub.base.session(ZHANG)
    with structlog.testing.capture_logs() as lines:
        await hub.who(token=secret)
        await hub.who(token=jwt)
        await hub.who(session=session)
        await hub.refusal(token=jwt[:-3] + "AAA")
        await hub.ask()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len([each for each in lines if each["event"] == "request"]) < 5:  # noqa: ASYNC110 - the log tells nobody
                await asyncio.sleep(0.02)
    asked = [each for each in lines if each["event"] == "request"]
    assert [each.get("viewer") for each in asked] == [ZHANG, ZHANG, ZHANG, None, None]
    written = json.dumps(lines, default=str) + capsys.readouterr().out
    for part in (secret, secret[-20:], session, jwt.rpartition(".")[2]):
        assert part not in written


async def test_a_trusted_document_is_kept_for_its_viewer_alone(base: Base, tmp_path: Path) -> None:
    text = f'{{ institution(id: "{OTHER}") {{ name }} }}'
    file = tmp_path / f"{hashlib.sha256(text.encode()).hexdigest()}.graphql"
    file.write_text(text)
    parameters = {"documentId": identifier_of(text.encode())}
    async with base.hub(trusted_documents=str(tmp_path)) as fresh:
        signed = {"authorization": f"Bearer {fresh.access_token()}"}
        nobodys = await fresh.client.get("/graphql", params=parameters)
        zhangs = await fresh.client.get("/graphql", params=parameters, headers=signed)
        again = await fresh.client.get(
            "/graphql", params=parameters, headers={"if-none-match": zhangs.headers["etag"]}
        )
    assert nobodys.json()["data"]["institution"] is None
    assert zhangs.json()["data"]["institution"]["name"] == SECRET_NAME
    for answer in (nobodys, zhangs):
        assert "private" in answer.headers["cache-control"]
        named = set(re.split(r",\s*", answer.headers["vary"]))
        assert {"Cookie", "Authorization"} <= named
    assert nobodys.headers["etag"] != zhangs.headers["etag"]
    assert again.status_code == 200


async def test_personal_data_is_masked_for_a_token_without_its_scope(hub: Hub) -> None:
    narrow, _ = await hub.base.token(ZHANG, Scope.READ)
    data = await hub.data("{ viewer { scopes } }", token=narrow)
    assert data == {"viewer": {"scopes": ["GRAPH_READ"]}}
