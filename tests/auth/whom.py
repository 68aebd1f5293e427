"""The whole hub on a port of its own, an agency whose keys the test holds, and people with roles: whoever asks, asks over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest_asyncio
from neo4j import AsyncDriver
from starlette.types import ASGIApp

import app
from auth.sessions import Opening, Sessions
from auth.token_deeds import TokenDeeds, Wish
from auth.viewer import Scope
from auth.watch import Watch
from graph_store.audit import Entry
from graph_store.clock import day, system_clock
from graph_store.local_server import server
from graph_store.reads import reader
from graph_store.rights import Rights
from graph_store.rights_of import rights_of
from graph_store.sessions import SessionStore
from graph_store.tokens import Token, Tokens
from graph_store.writes import writer
from tests.auth.issuer import Issuer, issuing, rsa
from tests.graph import DATABASE, empty
from tests.network import Network
from tests.serving import Listening, listening, settings_over

HOME, OTHER = "cd-institution-home", "cd-institution-other"
ZHANG, ADMIN, AUDITOR, OPERATOR = (
    f"cd-person-{word}" for word in ("zhang", "admin", "auditor", "operator")
)
SUBJECTS = {
    ZHANG: "s-zhang",
    ADMIN: "s-admin",
    AUDITOR: "s-auditor",
    OPERATOR: "s-operator",
}
SECRET_NAME = "内部名录"
ASKED = f'{{ institution(id: "{OTHER}") {{ name }} viewer {{ isSignedOn person {{ id }} }} }}'

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Base:
    """The graph and the agency, on which any number of hubs stand."""

    driver: AsyncDriver
    running: server.Running
    issuer: Issuer
    agencies: Path
    folder: Path

    @asynccontextmanager
    async def hub(self, **given: Any) -> AsyncIterator[Hub]:
        """One hub, as another worker or machine would be."""
        given = {"agencies": str(self.agencies), "change_poll": 0.05} | given

        def build(port: int) -> ASGIApp:
            return app.build(settings_over(self.running, port, self.folder, **given))

        async with (
            listening(build) as opened,
            httpx2.AsyncClient(base_url=opened.address, timeout=60) as client,
        ):
            yield Hub(self, opened, client)

    async def run(self, statement: str, **parameters: Any) -> list[Any]:
        """The first value of each row."""
        found = await self.driver.execute_query(statement, parameters, database_=DATABASE)
        return [record[0] for record in found.records]

    async def session(self, person: str) -> str:
        """The secret of a new session, as a sign-on opens one."""
        now, number = datetime.now(UTC), next(_numbers)
        spent = f"{id(self)} {number}"
        opening = Opening(
            person, "张", self.issuer.address, SUBJECTS.get(person, person), f"sid-{number}", "sichuan", "t",
            spent, now + timedelta(hours=1),
        )  # fmt: skip
        secret = await self.sessions.open(opening)
        assert secret is not None
        return secret

    @property
    def sessions(self) -> Sessions:
        """Sessions as another worker knows them."""
        run, write = reader(self.driver, DATABASE, 30), writer(self.driver, DATABASE, 30)
        return Sessions(SessionStore(run, write), Watch(run), _Anew(run), system_clock)

    @property
    def deeds(self) -> TokenDeeds:
        """Tokens as another worker makes them."""
        run, write = reader(self.driver, DATABASE, 30), writer(self.driver, DATABASE, 30)
        return TokenDeeds(Tokens(run, write), unnoted, system_clock, "cd")

    async def token(
        self, owner: str, *scopes: Scope, days: int = 1, name: str = "脚本"
    ) -> tuple[str, Token]:
        """A new hub token: its secret, and the token."""
        institution = owner if "-institution-" in owner else None
        wish = Wish(name, frozenset(scopes or (Scope.READ,)), days, institution)
        key = f"{id(self)} {next(_numbers)}"
        made: Any = await self.deeds.issue(self.deeds.drawn_up(wish, owner, ADMIN, key), wish, key)
        return made.secret, made.token


async def unnoted(_entry: Entry) -> None:
    """What another worker does is noted by its own hub."""


@dataclass(frozen=True, slots=True)
class _Anew:
    """Rights, computed each time."""

    run: Any

    async def of(self, holder: str) -> Rights:
        """Today."""
        return await rights_of(self.run, holder, day(system_clock()))


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub that listens, and somebody who asks it."""

    base: Base
    opened: Listening
    client: httpx2.AsyncClient

    @property
    def resource(self) -> str:
        """For which tokens are issued."""
        return f"{self.opened.address}/graphql"

    @property
    def cookie_name(self) -> str:
        """Of the session."""
        return f"bashu-{self.opened.port}"

    def access_token(self, person: str = ZHANG, **claims: Any) -> str:
        """A good token of the agency's provider."""
        scope = "graph:read graph:write personal:read audit:read"
        given = {"aud": self.resource, "sub": SUBJECTS.get(person, person), "scope": scope}
        issuer = self.base.issuer
        return issuer.token(issuer.claims(**given | claims)).decode()

    async def ask(
        self,
        text: str = ASKED,
        *,
        token: str | None = None,
        session: str | None = None,
        headers: dict[str, str] | None = None,
        **variables: Any,
    ) -> httpx2.Response:
        """The answer to one question."""
        sent = dict(headers or {})
        if token is not None:
            sent["authorization"] = f"Bearer {token}"
        if session is not None:
            sent["cookie"] = f"{self.cookie_name}={session}"
        body = {"query": text, "variables": variables}
        return await self.client.post("/graphql", json=body, headers=sent)

    async def data(self, text: str = ASKED, **given: Any) -> dict[str, Any]:
        """What is found; it must be."""
        answer = await self.ask(text, **given)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert "errors" not in body, body
        return dict(body["data"])

    async def who(self, **given: Any) -> str | None:
        """Id of the person the hub takes somebody for."""
        person = (await self.data(**given))["viewer"]["person"]
        return None if person is None else str(person["id"])

    async def refusal(self, **given: Any) -> tuple[int, str]:
        """Status, and the reason or code."""
        answer = await self.ask(**given)
        (error,) = answer.json()["errors"]
        extensions = error["extensions"]
        return answer.status_code, str(extensions.get("reason") or extensions["code"])


async def _lay_out(driver: AsyncDriver, issuer: str) -> None:
    await empty(driver)
    network = Network()
    home = network.institution("home")
    network.institution("other", visibility="network", name=SECRET_NAME)
    network.person("zhang", "member", home)
    network.person("admin", "institution_admin", home)
    network.person("auditor", "auditor", home)
    network.person("operator", "platform_admin", home)
    await network.write(driver)
    rows = [[subject, person] for person, subject in SUBJECTS.items()]
    await driver.execute_query(
        "UNWIND $rows AS row MATCH (p:Person {id: row[1]})"
        " CREATE (:Identity {issuer: $issuer, subject: row[0], agency: 'sichuan'})-[:IDENTIFIES]->(p)",
        rows=rows, issuer=issuer, database_=DATABASE,
    )  # fmt: skip


@pytest_asyncio.fixture(scope="module")
async def base(
    driver: AsyncDriver, neo4j_server: server.Running, tmp_path_factory: Any
) -> AsyncIterator[Base]:
    """The graph and the agency of a module's tests."""
    folder = tmp_path_factory.mktemp("whom")
    async with issuing(rsa("first")) as issuer:
        await _lay_out(driver, issuer.address)
        secret, file = folder / "secret", folder / "agencies.toml"
        secret.write_text("not asked for here")
        file.write_text(
            f'[agencies.sichuan]\nissuer = "{issuer.address}"\nclient_id = "hub"\n'
            f'client_secret_file = "secret"\nspeaks_for = ["{HOME}"]\nname = "四川"\nname_en = "Sichuan"\n'
        )
        yield Base(driver, neo4j_server, issuer, file, folder)


@pytest_asyncio.fixture(scope="module")
async def hub(base: Base) -> AsyncIterator[Hub]:
    """The hub that a module's tests ask."""
    async with base.hub() as opened:
        yield opened
