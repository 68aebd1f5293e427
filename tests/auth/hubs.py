"""Whole hubs for tests of signing on, and the browsers that visit them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from neo4j import AsyncDriver

import app
from graph_store.local_server import server
from tests.auth.opponent import CLIENT, SECRET, Opponent
from tests.graph import DATABASE, empty
from tests.network import STAMP
from tests.serving import Listening, listening, settings_over

INSTITUTIONS = ("cd-institution-scast", "cq-institution-cqast")
PAGE = "/graphiql?a=b#1"
WHO = "{ viewer { isSignedOn name agency person { id } roles { role } } }"


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub that is served."""

    listening: Listening
    folder: Path
    public: str = ""

    @property
    def address(self) -> str:
        """Where it listens."""
        return self.listening.address

    @property
    def cookie(self) -> str:
        """The name of its session cookie."""
        return f"bashu-{(self.public or self.address).rpartition(':')[2]}"


class Browser:
    """Keeps cookies, goes where it is sent, one step at a time; says of itself what browsers say."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.client = httpx2.AsyncClient(follow_redirects=False, timeout=120, trust_env=False)

    async def get(self, address: str, **headers: str) -> httpx2.Response:
        """Open an address, a path of the hub's or a whole one."""
        whole = address if "://" in address else f"{self.hub.address}{address}"
        return await self.client.get(whole, headers={"sec-fetch-site": "none"} | headers)

    async def post(self, path: str, **given: Any) -> httpx2.Response:
        """Send something from a page of the hub's, unless told otherwise."""
        headers = {"sec-fetch-site": "same-origin"} | given.pop("headers", {})
        return await self.client.post(f"{self.hub.address}{path}", headers=headers, **given)

    async def follow(
        self, response: httpx2.Response, *, until: str = "\0", most: int = 10
    ) -> httpx2.Response:
        """Go on to the first page, or stop at the redirect to an address that has `until` in it."""
        for _ in range(most):
            following = response.next_request
            if following is None or until in str(following.url):
                return response
            response = await self.client.send(following)
        raise AssertionError(f"more than {most} redirects")

    async def back(self, agency: str = "a", place: str = PAGE) -> httpx2.Response:
        """Begin to sign on, and stop before the callback, whose address is in the redirect."""
        begun = await self.client.get(
            f"{self.hub.address}/auth/login", params={"agency": agency, "next": place}
        )
        assert begun.status_code == 303, begun.text
        return await self.follow(begun, until="/callback")

    async def sign_on(self, agency: str = "a", place: str = PAGE) -> httpx2.Response:
        """Sign on; the answer of the callback."""
        back = await self.back(agency, place)
        assert back.next_request is not None, back.text
        return await self.client.send(back.next_request)

    @property
    def secret(self) -> str | None:
        """The value of the session cookie."""
        return self.client.cookies.get(self.hub.cookie)

    async def who(self, hub: Hub | None = None) -> dict[str, Any]:
        """Whom the hub believes to see."""
        asked = self.hub if hub is None else hub
        cookie = f"{asked.cookie}={self.secret}"
        async with httpx2.AsyncClient(
            headers={"cookie": cookie}, timeout=120, trust_env=False
        ) as client:
            answer = await client.post(f"{asked.address}/graphql", json={"query": WHO})
        assert answer.status_code == 200, answer.text
        viewer: dict[str, Any] = answer.json()["data"]["viewer"]
        return viewer

    async def is_signed_on(self, hub: Hub | None = None) -> bool:
        """Whether the hub, or another worker of it, knows who this is."""
        return bool((await self.who(hub))["isSignedOn"])


async def lay_out(driver: AsyncDriver) -> None:
    """A graph with two institutions and nobody in it."""
    await empty(driver)
    record = {**STAMP, "visibility": "public", "kind": "science_association", "status": "active"}
    each = [record | {"id": id_, "name": id_} for id_ in INSTITUTIONS]
    await rows(driver, "UNWIND $each AS one CREATE (n:Institution:Record) SET n = one", each=each)


def agencies_file(folder: Path, **issuers: str) -> Path:
    """A file of agencies, each with the opponents' client; they speak for an institution each."""
    (folder / "secret").write_text(SECRET)
    tables = [
        f"""
[agencies.{key}]
issuer = "{issuer}"
client_id = "{CLIENT}"
client_secret_file = "secret"
speaks_for = ["{institution}"]
name = "机构{key.upper()}"
name_en = "Agency {key.upper()}"
domains = ["{key}.example"]
demonstration = {"true" if key == "b" else "false"}
[agencies.{key}.claims]
institution = "institution"
roles = "roles"
[agencies.{key}.roles]
approver = "approver"
institution_admin = "institution_admin"
"""
        for (key, issuer), institution in zip(issuers.items(), INSTITUTIONS, strict=False)
    ]
    place = folder / "agencies.toml"
    place.write_text("".join(tables))
    return place


@asynccontextmanager
async def hub_over(
    running: server.Running, folder: Path, agencies: Path | None, **given: Any
) -> AsyncIterator[Hub]:
    """A hub that is served; with `public_url` it is one more worker of another."""
    named = {"agencies": str(agencies)} if agencies else {}

    def build(port: int) -> Any:
        return app.build(settings_over(running, port, folder, **named, **given))

    async with listening(build) as opened:
        yield Hub(opened, folder, given.get("public_url", ""))


async def rows(driver: AsyncDriver, statement: Any, **parameters: Any) -> list[Any]:
    """The first value of each row."""
    found = await driver.execute_query(statement, parameters, database_=DATABASE)
    return [record[0] for record in found.records]


def issuers(*opponents: Opponent) -> dict[str, str]:
    """Agencies a, b … of these."""
    return {key: each.address for key, each in zip("abcd", opponents, strict=False)}
