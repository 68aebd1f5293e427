"""The way to a provider by itself: how the hub signs in there, and what it does not put up with."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from joserfc.jwk import ECKey, OKPKey, RSAKey
from starlette.responses import RedirectResponse, Response

from auth import outside
from auth.agencies import Agency
from auth.keys import IssuerKeys
from auth.oidc import Provider
from auth.outside import ArmsLength, ProviderIsAway, ProviderIsFaulty
from demo.sign_on.plan import Client
from tests.auth.issuer import Issuer, issuing
from tests.auth.issuer import rsa as issuers_key
from tests.auth.provider import NOBODY_LISTENS, SICHUAN, browser, sign_in
from tests.auth.provider import Provider as Real

MAKES: list[tuple[str, Any, Any]] = [
    ("RSA", lambda: rsa.generate_private_key(65537, 2048), RSAKey),
    ("EC", lambda: ec.generate_private_key(ec.SECP256R1()), ECKey),
    ("Ed25519", ed25519.Ed25519PrivateKey.generate, OKPKey),
]


@pytest_asyncio.fixture
async def transport() -> AsyncIterator[ArmsLength]:
    """The way to providers."""
    opened = ArmsLength()
    yield opened
    await opened.close()


@pytest.mark.parametrize(("make", "kind"), [each[1:] for each in MAKES], ids=[each[0] for each in MAKES])  # fmt: skip
async def test_the_hub_signs_in_at_a_real_provider_by_a_private_key(
    provider: Real, transport: ArmsLength, make: Any, kind: Any
) -> None:
    pem = make().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = kind.import_key(pem).as_dict(private=False)
    id_ = f"by-key-{public['kty']}".lower()
    jwks = {"keys": [public | {"use": "sig"}]}
    provider.register(SICHUAN, Client(id=id_, redirect_uris=(NOBODY_LISTENS,), jwks=jwks))
    agency = Agency(
        key=SICHUAN, issuer=provider.issuer(SICHUAN), client_id=id_, name="四川", name_en="Sichuan",
        speaks_for=("cd-institution-scast",), private_key=pem.decode(),
    )  # fmt: skip
    client = httpx2.AsyncClient(transport=transport, trust_env=False)
    there = Provider(agency, IssuerKeys(agency.issuer, client), transport)
    begun = await there.begin(NOBODY_LISTENS, silently=False)
    async with browser() as opened:
        answer = await sign_in(opened, begun.address, "sichuan-member", until=NOBODY_LISTENS)
    assert answer.next_request is not None
    code = answer.next_request.url.params["code"]
    vouched = await there.finish(code, NOBODY_LISTENS, begun)
    assert vouched.claims.text("sub") == "sichuan-member"
    assert pem.decode() not in repr(there.agency)


@pytest_asyncio.fixture
async def issuer() -> AsyncIterator[Issuer]:
    """Answers what a test tells it to."""
    async with issuing(issuers_key("one")) as opened:
        yield opened


async def got(transport: ArmsLength, address: str) -> httpx2.Response:
    client = httpx2.AsyncClient(transport=transport, trust_env=False)
    return await client.get(address)


@pytest.mark.parametrize(
    "answer",
    [
        RedirectResponse("http://127.0.0.1:9/"),
        Response(b"x" * (outside.MOST_BYTES + 1)),
        Response(gzip.compress(b"x" * 10_000_000), headers={"content-encoding": "gzip"}),
    ],
    ids=["a redirect", "an answer without an end", "a bomb"],
)
async def test_what_is_not_put_up_with_is(
    transport: ArmsLength, issuer: Issuer, answer: Response
) -> None:
    issuer.answer = answer
    with pytest.raises(ProviderIsFaulty):
        await got(transport, f"{issuer.address}/keys")


async def test_a_provider_that_says_it_cannot_is_away(
    transport: ArmsLength, issuer: Issuer
) -> None:
    issuer.answer = Response(status_code=503)
    with pytest.raises(ProviderIsAway):
        await got(transport, f"{issuer.address}/keys")


async def test_a_provider_that_is_silent_is_away_before_long(
    transport: ArmsLength, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "ANSWER_SECONDS", 0.05)
    silent = asyncio.Event()

    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await silent.wait()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ProviderIsAway):
            await got(transport, f"http://127.0.0.1:{port}/")
        silent.set()


async def test_a_provider_at_whose_address_nobody_listens_is_away(transport: ArmsLength) -> None:
    with pytest.raises(ProviderIsAway):
        await got(transport, "http://127.0.0.1:9/")
