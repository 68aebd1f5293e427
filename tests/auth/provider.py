"""The real OpenID provider for tests: two agencies on a free port, clients of a test's own, keys that change, and a browser.

`provider` is one for the whole run, whose keys and state nobody may break; a test that rotates keys or stops it opens its own
with `opened`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from joserfc.jwk import RSAKey

from demo.sign_on import process
from demo.sign_on.plan import HOST, AtProvider, Client, Plan, SignsIn, write_privately

SICHUAN, CHONGQING = "sichuan", "chongqing"
NOBODY_LISTENS = "http://127.0.0.1:9/callback"  # the discard port: a test reads the redirect and does not follow it
SCOPES = "graph:read graph:write personal:read audit:read"
_HOPS = 20


def _people(agency: str, base: str, institution: str, english: str) -> tuple[SignsIn, ...]:
    roles = ("member", "institution_admin", "approver", "platform_admin", "auditor")
    return tuple(
        SignsIn(
            subject=f"{agency}-{role}",
            name=f"{agency}的{role}",
            name_en=f"{role} of {agency}",
            email=f"{role}@{agency}.example",
            roles=(role,),
            role=role,
            role_en=role,
            institution=f"{base}-institution-{institution}",
            institution_name=institution,
            institution_name_en=english,
        )
        for role in roles
    )


AGENCIES = (
    AtProvider(SICHUAN, "四川省科学技术协会", "Sichuan Association for Science and Technology", _people(SICHUAN, "cd", "scast", "Sichuan AST")),
    AtProvider(CHONGQING, "重庆市科学技术协会", "Chongqing Association for Science and Technology", _people(CHONGQING, "cq", "cqast", "Chongqing AST")),
)  # fmt: skip


@dataclass(slots=True)
class Provider:
    """A provider that runs, unless a test stopped it."""

    plan: Plan
    process: process.Process

    def issuer(self, agency: str) -> str:
        """The agency's issuer."""
        return self.plan.issuer(agency)

    def stop(self) -> None:
        """End it: it is away, and what was kept in its memory with it; `start` brings it back to the same address."""
        self.process.stop()

    def start(self) -> None:
        """Start it again by its plan."""
        self.process = process.start(self.plan.file, self.process.log)

    def register(self, agency: str, client: Client) -> Client:
        """Make a client known, in place of the one of the same id."""
        self.plan = self.plan.with_client(agency, client)
        self.plan.write()
        self.process.read_again()
        return client

    def register_hub(self, agency: str, address: str, id_: str = "hub") -> Client:
        """Make a hub known that is served at the address, by the routes of the contract."""
        return self.register(agency, hub_client(agency, address, id_))

    def keys(self, agency: str) -> list[dict[str, Any]]:
        """The agency's private keys, the first signs: a test may sign with them what the provider never would."""
        return list(self._kept(agency)["keys"])

    def signing_key(self, agency: str) -> RSAKey:
        """The key that signs now."""
        return RSAKey.import_key(self.keys(agency)[0])

    def rotate(self, agency: str, *, same_kid: bool = False, keep_old: bool = False) -> None:
        """Sign with a new key from now on, under a new id or the old one; the old key is published on or not."""
        kept = self._kept(agency)
        old = kept["keys"][0]
        kid = old["kid"] if same_kid else f"{agency}-{secrets.token_hex(6)}"
        new = RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"}, private=True)
        kept["keys"] = [new.as_dict(private=True), *(kept["keys"] if keep_old else ())]
        write_privately(self._file(agency), json.dumps(kept))
        self.process.read_again()

    def _file(self, agency: str) -> Path:
        return self.plan.folder / f"{agency}.keys.json"

    def _kept(self, agency: str) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(self._file(agency).read_text(encoding="utf-8"))
        return kept


def hub_client(agency: str, address: str, id_: str = "hub") -> Client:
    """A hub at that address as a client of the agency, with a secret of its own."""
    return Client(
        id=id_,
        secret=secrets.token_hex(32),
        redirect_uris=(f"{address}/auth/{agency}/callback",),
        resources=(f"{address}/graphql",),
        post_logout_redirect_uris=(f"{address}/",),
        backchannel_logout_uri=f"{address}/auth/{agency}/backchannel-logout",
    )


def free_port() -> int:
    """A port that nobody had a moment ago."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def opened(folder: Path, agencies: tuple[AtProvider, ...] = AGENCIES) -> Iterator[Provider]:
    """A provider of one's own, which may be stopped, started and given other keys."""
    plan = Plan(free_port(), folder, agencies)
    plan.write()
    provider = Provider(plan, process.start(plan.file, folder / "provider.log"))
    try:
        yield provider
    finally:
        provider.stop()


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """The provider of the whole run; each test registers clients of its own ids."""
    with opened(tmp_path_factory.mktemp("sign-on")) as running:
        yield running


def browser() -> httpx2.AsyncClient:
    """A browser: it keeps cookies, and goes where it is sent only when told to."""
    return httpx2.AsyncClient(follow_redirects=False, timeout=30, trust_env=False)


async def travel(
    browser: httpx2.AsyncClient, response: httpx2.Response, *, until: str = ""
) -> httpx2.Response:
    """Follow redirects to the first page, or to the redirect that leads to an address beginning with `until`."""
    for _ in range(_HOPS):
        if response.next_request is None:
            return response
        if until and str(response.next_request.url).startswith(until):
            return response
        response = await browser.send(response.next_request)
    raise AssertionError(f"more than {_HOPS} redirects, the last to {response.url}")


async def choose(
    browser: httpx2.AsyncClient, page: httpx2.Response, subject: str, *, until: str = ""
) -> httpx2.Response:
    """Click a person's button on the sign-in page, and go where that leads."""
    assert f'value="{subject}"' in page.text, told(page)
    answer = await browser.post(page.url, data={"person": subject})
    return await travel(browser, answer, until=until)


async def sign_in(
    browser: httpx2.AsyncClient, address: str, subject: str, *, until: str = ""
) -> httpx2.Response:
    """Open an address that leads to the sign-in page, choose a person there, and go where that leads."""
    page = await travel(browser, await browser.get(address), until=until)
    return await choose(browser, page, subject, until=until)


def told(page: httpx2.Response) -> str:
    """What a failing test shows of an unexpected answer."""
    return f"{page.status_code} at {page.url}, leads to {page.headers.get('location')}: {page.text[:800]}"


async def confirm_sign_off(
    browser: httpx2.AsyncClient, page: httpx2.Response, *, until: str = ""
) -> httpx2.Response:
    """Click "sign off everywhere" on the provider's page."""
    secret = page.text.partition('name="xsrf" value="')[2].partition('"')[0]
    assert secret, told(page)
    address = page.text.partition('action="')[2].partition('"')[0]
    answer = await browser.post(address, data={"xsrf": secret, "logout": "yes"})
    return await travel(browser, answer, until=until)


@dataclass(frozen=True, slots=True)
class Asking:
    """One authorization request of a client, as its code would make it."""

    provider: Provider
    agency: str
    client: Client
    scope: str = "openid profile email"
    resource: str | None = None

    async def tokens(self, subject: str) -> dict[str, Any]:
        """Sign the person in, and give the answer of the token endpoint, with `id_token` and `access_token`."""
        verifier = secrets.token_urlsafe(48)
        back = self.client.redirect_uris[0]
        async with browser() as opened:
            answer = await sign_in(opened, self.address(verifier), subject, until=back)
            assert answer.next_request is not None, answer.text[:800]
            told = parse_qs(urlsplit(str(answer.next_request.url)).query)
            assert told["iss"] == [self.provider.issuer(self.agency)]
            form = {"grant_type": "authorization_code", "code": told["code"][0]}
            form |= {"redirect_uri": back, "code_verifier": verifier}
            answer = await opened.post(
                f"{self.provider.issuer(self.agency)}/token",
                data=form,
                auth=(self.client.id, self.client.secret or ""),
            )
        assert answer.status_code == httpx2.codes.OK, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens

    def address(self, verifier: str, **more: str) -> str:
        """Where the browser is sent."""
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "client_id": self.client.id,
            "response_type": "code",
            "scope": self.scope,
            "redirect_uri": self.client.redirect_uris[0],
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
            "state": secrets.token_urlsafe(16),
        }
        if self.resource:
            asked["resource"] = self.resource
        return f"{self.provider.issuer(self.agency)}/auth?{urlencode(asked | more)}"


async def access_token(
    provider: Provider, agency: str, subject: str, resource: str, scope: str = SCOPES
) -> str:
    """An access token (RFC 9068) of the person for the API at `resource`, through a client made for it."""
    client = Client(
        id=f"script-{hashlib.sha256(resource.encode()).hexdigest()[:12]}",
        secret=secrets.token_hex(32),
        redirect_uris=(NOBODY_LISTENS,),
        resources=(resource,),
    )
    asking = Asking(
        provider, agency, provider.register(agency, client), f"openid {scope}", resource
    )
    token: str = (await asking.tokens(subject))["access_token"]
    return token
