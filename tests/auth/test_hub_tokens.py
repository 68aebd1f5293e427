"""The hub's own tokens: made by whoever may, shown once, used for no more than they are for, revoked everywhere within a second."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.token_text import ALPHABET, hash_of, is_whole, new_secret
from auth.viewer import Scope
from tests.auth.whom import ADMIN, AUDITOR, HOME, OPERATOR, OTHER, ZHANG, Base, Hub, base, hub

__all__ = ["base", "hub"]

CHECKOUT = Path(__file__).parents[2]
MAKE = """mutation ($key: ID!, $input: CreateTokenInput!, $dry: Boolean = false) {
  createToken(requestKey: $key, input: $input, dryRun: $dry) { __typename
    ... on TokenCreated { secret dryRun token { id kind name scopes expiresAt lastUsedAt revokedAt createdBy institution { id } } }
    ... on Fact { message messageEn whatNext whatNextEn } } }"""
REVOKE = """mutation ($id: ID!) { revokeToken(requestKey: "r", input: {id: $id}) { __typename
    ... on TokenRevoked { token { id revokedAt } } ... on Fact { messageEn } } }"""
LIST = "{ viewer { tokens { id kind name scopes lastUsedAt revokedAt institution { id } } } }"
WITHIN_SECONDS = 10.0  # a second is promised; the machine may be busy


class Person:
    """Somebody who signed on at a page of the hub."""

    def __init__(self, hub: Hub, session: str) -> None:
        self.hub, self.session = hub, session

    async def do(self, text: str, **variables: Any) -> Any:
        """The first field's answer."""
        headers = {"origin": self.hub.opened.address}
        data = await self.hub.data(text, session=self.session, headers=headers, **variables)
        return next(iter(data.values()))

    async def make(self, key: str, *, dry: bool = False, **given: Any) -> Any:
        """A token, or a fact."""
        usual = {"name": "脚本", "scopes": ["GRAPH_READ"], "days": 30}
        return await self.do(MAKE, key=key, input=usual | given, dry=dry)


async def person(hub: Hub, id_: str) -> Person:
    """Sign on."""
    return Person(hub, await hub.base.session(id_))


async def test_a_person_makes_a_token_that_asks_as_they_do(hub: Hub) -> None:
    zhang = await person(hub, ZHANG)
    made = await zhang.make("first", scopes=["GRAPH_READ", "PERSONAL_READ"])
    assert re.fullmatch(r"bashu_pat_[0-9A-Za-z]{49}", made["secret"])
    assert await hub.who(token=made["secret"]) == ZHANG
    token = made["token"]
    assert (token["kind"], token["scopes"]) == ("PERSONAL", ["GRAPH_READ", "PERSONAL_READ"])
    assert (token["createdBy"], token["institution"]) == (ZHANG, None)
    listed = {each["id"]: each for each in (await zhang.do(LIST))["tokens"]}
    assert listed[token["id"]]["name"] == "脚本"


async def test_of_a_token_only_its_hash_is_kept(hub: Hub) -> None:
    made = await (await person(hub, ZHANG)).make("hash")
    stored = await hub.base.run(
        "MATCH (t:Token {id: $id}) RETURN properties(t)", id=made["token"]["id"]
    )
    assert stored[0]["hash"] == hashlib.sha256(made["secret"].encode()).hexdigest()
    everything = await hub.base.run(
        "MATCH (n) UNWIND keys(n) AS key WITH n[key] AS value WHERE value IS :: STRING RETURN value"
    )
    assert not [text for text in everything if text and made["secret"][10:40] in text]


async def test_the_same_request_again_makes_no_second_token_and_shows_no_secret(hub: Hub) -> None:
    zhang = await person(hub, ZHANG)
    first, again = await zhang.make("same"), await zhang.make("same")
    assert first["secret"]
    assert again["secret"] is None
    assert again["token"]["id"] == first["token"]["id"]
    assert await hub.who(token=first["secret"]) == ZHANG
    other = await zhang.make("same", days=31)
    assert other["__typename"] == "RequestKeyReused"


async def test_a_dry_run_makes_nothing(hub: Hub) -> None:
    made = await (await person(hub, ZHANG)).make("dry", dry=True)
    assert (made["secret"], made["dryRun"]) == (None, True)
    assert not await hub.base.run("MATCH (t:Token {id: $id}) RETURN 1", id=made["token"]["id"])


@pytest.mark.parametrize(
    ("who", "given", "fact"),
    [
        (ZHANG, {"institution": HOME}, "NotYours"),
        (ADMIN, {"institution": OTHER}, "NotYours"),
        (OPERATOR, {"institution": HOME}, "NotYours"),
        (ZHANG, {"scopes": ["AUDIT_READ"]}, "ScopeIsNotYours"),
        (ADMIN, {"scopes": ["PERSONAL_READ"], "institution": HOME}, "ScopeIsNotYours"),
        (ZHANG, {"days": 0}, "ValueIsInvalid"),
        (ZHANG, {"days": 366}, "ValueIsInvalid"),
        (ZHANG, {"scopes": []}, "ValueIsInvalid"),
        (ZHANG, {"name": " "}, "ValueIsInvalid"),
        (ZHANG, {"name": "长" * 101}, "ValueIsInvalid"),
    ],
)
async def test_a_token_that_may_not_be_is_refused_with_what_to_do_next(
    hub: Hub, who: str, given: dict[str, Any], fact: str
) -> None:
    answer = await (await person(hub, who)).make(f"refused {given}", **given)
    assert answer["__typename"] == fact
    assert all(answer[name] for name in ("message", "messageEn", "whatNext", "whatNextEn"))


async def test_an_auditor_may_have_a_token_for_the_audit_log(hub: Hub) -> None:
    made = await (await person(hub, AUDITOR)).make("audit", scopes=["AUDIT_READ"])
    assert made["__typename"] == "TokenCreated"


async def test_nobody_makes_no_token(hub: Hub) -> None:
    given = {"name": "x", "scopes": ["GRAPH_READ"], "days": 1}
    data = await hub.data(MAKE, key="nobody", input=given)
    assert data["createToken"]["__typename"] == "NotYours"


@pytest.mark.parametrize("kind", ["hub", "provider"])
async def test_a_token_makes_no_tokens(hub: Hub, kind: str) -> None:
    secret, _ = await hub.base.token(ADMIN, Scope.READ, Scope.WRITE)
    token = secret if kind == "hub" else hub.access_token(ADMIN)
    given = {"name": "x", "scopes": ["GRAPH_READ"], "days": 1}
    data = await hub.data(MAKE, token=token, key="grow", input=given)
    assert data["createToken"]["__typename"] == "TokensMakeNoTokens"


async def test_a_service_token_acts_for_its_institution(hub: Hub) -> None:
    admin = await person(hub, ADMIN)
    made = await admin.make("service", institution=HOME, scopes=["GRAPH_READ", "GRAPH_WRITE"])
    assert made["secret"].startswith("bashu_svc_")
    assert made["token"]["institution"] == {"id": HOME}
    asked = "{ viewer { person { id } institutionIds roles { role } tokens { id } } }"
    seen = (await hub.data(asked, token=made["secret"]))["viewer"]
    assert (seen["person"], seen["institutionIds"]) == (None, [HOME])
    assert seen["roles"] == [{"role": "SERVICE"}]
    assert seen["tokens"] == [{"id": made["token"]["id"]}]
    listed = [each["id"] for each in (await admin.do(LIST))["tokens"]]
    assert made["token"]["id"] in listed
    others = [each["id"] for each in (await (await person(hub, ZHANG)).do(LIST))["tokens"]]
    assert made["token"]["id"] not in others


async def test_a_token_is_used_for_what_it_is_for_alone(hub: Hub) -> None:
    made = await (await person(hub, ADMIN)).make("narrow", institution=HOME)
    assert await hub.refusal(token=made["secret"], text=MAKE) == (403, "INSUFFICIENT_SCOPE")


async def test_a_token_that_has_expired_is_refused(hub: Hub) -> None:
    secret, token = await hub.base.token(ZHANG)
    await hub.base.run(
        "MATCH (t:Token {id: $id}) SET t.expiresAt = '2026-01-01T00:00:00.000Z' RETURN 1",
        id=token.id,
    )
    assert await hub.refusal(token=secret) == (401, "revoked")


async def test_a_mistyped_token_is_refused_without_asking_the_graph(hub: Hub) -> None:
    secret, _ = await hub.base.token(ZHANG)
    wrong = secret[:-10] + ("A" if secret[-10] != "A" else "B") + secret[-9:]
    assert await hub.refusal(token=wrong) == (401, "not_a_token")
    assert await hub.refusal(token=new_secret("personal")) == (401, "revoked")


async def test_revoking_is_heard_by_another_hub(base: Base, hub: Hub) -> None:
    zhang = await person(hub, ZHANG)
    made = await zhang.make("revoked")
    async with base.hub() as second:
        assert await second.who(token=made["secret"]) == ZHANG
        answer = await zhang.do(REVOKE, id=made["token"]["id"])
        revoked = time.monotonic()
        assert answer["token"]["revokedAt"]
        while (await second.ask(token=made["secret"])).status_code == 200:
            assert time.monotonic() - revoked < WITHIN_SECONDS
            await asyncio.sleep(0.02)
    assert await hub.refusal(token=made["secret"]) == (401, "revoked")
    assert (await zhang.do(REVOKE, id=made["token"]["id"]))["__typename"] == "TokenRevoked"


@pytest.mark.parametrize(("who", "kind"), [(ADMIN, "RecordNotFound"), (OPERATOR, "TokenRevoked")])
async def test_whose_a_token_is_not_cannot_revoke_it_unless_they_run_the_platform(
    hub: Hub, who: str, kind: str
) -> None:
    _, token = await hub.base.token(ZHANG)
    answer = await (await person(hub, who)).do(REVOKE, id=token.id)
    assert answer["__typename"] == kind


async def test_when_a_token_was_used_last_is_written_in_the_background(hub: Hub) -> None:
    secret, token = await hub.base.token(ZHANG)
    for _ in range(5):
        await hub.who(token=secret)
    written: list[Any] = [None]
    async with asyncio.timeout(30):
        while written == [None]:
            await asyncio.sleep(0.1)
            written = await hub.base.run(
                "MATCH (t:Token {id: $id}) RETURN t.lastUsedAt", id=token.id
            )
    assert written[0] >= token.created_at


async def test_scripts_get_list_and_revoke_tokens_on_the_server(hub: Hub) -> None:
    made = await bashu(
        hub.base, "token", "create", "--for", ZHANG, "--scope", "graph:read", "--days", "7"
    )
    secret = made.stdout.strip()
    assert is_whole(secret.encode())
    assert secret not in made.stderr
    assert await hub.who(token=secret) == ZHANG
    listed = await bashu(hub.base, "token", "list", "--for", ZHANG, "--json")
    tokens = {each["id"]: each for each in orjson.loads(listed.stdout)["tokens"]}
    (id_,) = [each for each in tokens if each in made.stderr]
    assert tokens[id_]["createdBy"] == "command-line"
    assert secret not in listed.stdout
    await bashu(hub.base, "token", "revoke", id_)
    assert await _refused(hub, secret) == (401, "revoked")
    entries = await hub.base.run(
        "MATCH (e:AuditEntry {subject: $id}) WHERE e.actor = 'command-line' RETURN e.happened ORDER BY e.seq",
        id=id_,
    )
    assert entries == ["token_made", "token_revoked"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--for", "cd-person-none", "--scope", "graph:read"], "There is no Person"),
        (["--for", "cd-project-x", "--scope", "graph:read"], "no id of a person"),
        (["--for", HOME, "--scope", "audit:read"], "may not be used for audit:read"),
        (["--for", HOME, "--scope", "graph:read", "--days", "400"], "1 to 365 days"),
    ],
)
async def test_a_token_that_cannot_be_is_told_to_the_script(
    base: Base, words: list[str], told: str
) -> None:
    done = await bashu(base, "token", "create", *words, code=2)
    assert told in " ".join(done.stderr.split())
    assert done.stdout == ""


@given(st.binary(max_size=80))
def test_nothing_made_up_is_a_token(text: bytes) -> None:
    assert not is_whole(text)
    assert not is_whole(b"bashu_pat_" + text)


@given(st.integers(0, 58), st.sampled_from(ALPHABET))
def test_every_single_mistake_in_a_token_is_noticed(place: int, letter: str) -> None:
    secret = new_secret("service")
    wrong = secret[:place] + letter + secret[place + 1 :]
    assert is_whole(wrong.encode()) == (wrong == secret)
    assert hash_of(secret.encode()) != secret


async def test_the_request_with_a_token_that_the_guide_shows_is_answered(hub: Hub) -> None:
    guide = (CHECKOUT / "docs" / "guides" / "front-end.md").read_text()
    (block,) = [
        each
        for each in re.findall(r"```sh\n(curl.*?)```", guide, re.DOTALL)
        if "authorization" in each
    ]
    words = shlex.split(block.replace("\\\n", " "))
    secret, token = await hub.base.token(ZHANG)
    headers = dict(
        words[at + 1].replace("$BASHU_TOKEN", secret).split(": ", 1)
        for at, word in enumerate(words)
        if word == "-H"
    )
    content = words[words.index("-d") + 1]
    answer = await hub.client.post(urlsplit(words[2]).path, content=content, headers=headers)
    (shown,) = answer.json()["data"]["viewer"].pop("tokens")
    assert shown["name"] == token.name
    assert answer.json()["data"]["viewer"]["scopes"] == ["GRAPH_READ"]


async def _refused(hub: Hub, secret: str) -> tuple[int, str]:
    async with asyncio.timeout(10):
        while (await hub.ask(token=secret)).status_code == 200:  # noqa: ASYNC110 - it is asked as clients do
            await asyncio.sleep(0.02)
    return await hub.refusal(token=secret)


async def bashu(base: Base, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command on the server, beside the hub that goes on."""
    settings = {
        "BASHU_NEO4J_URI": base.running.uri,
        "BASHU_NEO4J_USER": base.running.user,
        "BASHU_NEO4J_PASSWORD": base.running.password,
        "BASHU_DATA_DIR": str(base.folder),
    }

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "cli.py", *words], cwd=CHECKOUT, env=os.environ | settings, check=False,
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip

    done = await asyncio.to_thread(run)
    assert done.returncode == code, done.stderr
    return done
