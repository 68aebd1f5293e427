"""The keys of one issuer: fetched by discovery, within bounds, again on a clock and when a token's key is not among them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from joserfc.jwk import OctKey
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from auth.bearer import AccessTokens
from auth.claims import KeyDoesNotFit
from auth.keys import FORCED_SECONDS, MOST_AGE_SECONDS, IssuerKeys, KeysUnavailable, open_keys
from auth.refusals import TokenRefused
from tests.auth.issuer import RESOURCE, Issuer, issuing, rsa

OTHER = rsa("other")
WEAK = {"kty": "RSA", "kid": "weak", "e": "AQAB", "n": "4" + "A" * 170}


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    """Fetches keys."""
    async with httpx2.AsyncClient() as opened:
        yield opened


@pytest_asyncio.fixture
async def issuer() -> AsyncIterator[Issuer]:
    """A provider with one key."""
    async with issuing(rsa("old")) as opened:
        yield opened


class Clock:
    """Goes on when told."""

    now = 1_000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock by which keys age."""
    return Clock()


@pytest_asyncio.fixture
async def keys(issuer: Issuer, client: httpx2.AsyncClient, clock: Clock) -> IssuerKeys:
    """Fetched once."""
    opened = IssuerKeys(issuer.address, client, clock)
    await opened.refresh()
    return opened


@pytest.fixture
def tokens(issuer: Issuer, keys: IssuerKeys) -> AccessTokens:
    """A check with these keys."""
    return AccessTokens([issuer.agency()], {issuer.address: keys}, RESOURCE)


@pytest.mark.parametrize("kid", ["new", "old"])
async def test_a_key_that_is_rotated_under_a_new_or_the_same_kid_is_fetched_at_its_first_token(
    issuer: Issuer, tokens: AccessTokens, kid: str
) -> None:
    issuer.keys = [rsa(kid)]
    token = issuer.token()
    with pytest.raises(KeyDoesNotFit):
        tokens.check(token)
    assert (await tokens.check_again(token)).subject == "libing"
    assert tokens.check(token).subject == "libing"
    assert issuer.fetched == 2


async def test_the_old_key_is_refused_once_the_new_ones_are_known(
    issuer: Issuer, tokens: AccessTokens
) -> None:
    old = issuer.token()
    issuer.keys = [rsa("new")]
    await tokens.check_again(issuer.token())
    with pytest.raises(TokenRefused, match="signature"):
        await tokens.check_again(old)


async def test_nonsense_makes_the_hub_fetch_at_most_once_in_half_a_minute(
    issuer: Issuer, tokens: AccessTokens, clock: Clock
) -> None:
    forged = issuer.token(key=OTHER)
    for _ in range(20):
        with pytest.raises(TokenRefused):
            await tokens.check_again(forged)
    assert issuer.fetched == 2
    clock.now += FORCED_SECONDS
    with pytest.raises(TokenRefused):
        await tokens.check_again(forged)
    assert issuer.fetched == 3


async def test_a_provider_that_is_down_takes_nobodys_keys_away_for_a_day(
    issuer: Issuer, keys: IssuerKeys, tokens: AccessTokens, clock: Clock
) -> None:
    issuer.answer = PlainTextResponse("away", 503)
    with pytest.raises(KeysUnavailable, match="503"):
        await keys.refresh()
    assert tokens.check(issuer.token()).subject == "libing"
    clock.now += MOST_AGE_SECONDS
    assert keys.current is None
    with pytest.raises(TokenRefused, match="keys_away"):
        await tokens.check_again(issuer.token())


async def test_keys_that_have_not_changed_stay_the_same_object(keys: IssuerKeys) -> None:
    known = keys.current
    await keys.refresh()
    assert keys.current is known
    assert known is not None


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ({"issuer": "https://evil.example"}, "another issuer"),
        ({"issuer": None}, "another issuer"),
        ({"jwks_uri": "http://keys.example/keys"}, "no https address"),
        ({"jwks_uri": "file:///etc/passwd"}, "no https address"),
        ({"jwks_uri": 7}, "no https address"),
    ],
)
async def test_a_discovery_document_that_does_not_fit_gives_no_keys(
    issuer: Issuer, client: httpx2.AsyncClient, metadata: dict[str, Any], reason: str
) -> None:
    issuer.metadata = metadata
    with pytest.raises(KeysUnavailable, match=reason):
        await IssuerKeys(issuer.address, client).refresh()
    assert issuer.fetched == 0


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse("x" * 300_000),
        PlainTextResponse("<html>"),
        JSONResponse([]),
        JSONResponse({"keys": []}),
        JSONResponse({"keys": {"kty": "RSA"}}),
        JSONResponse({"keys": [7, None, {}, {"kty": "RSA"}, {"kty": "RSA", "n": "!", "e": "AQAB"}]}),
        JSONResponse({"keys": [OctKey.generate_key(256).as_dict()]}),
        JSONResponse({"keys": [WEAK]}),
        JSONResponse({"keys": [OTHER.as_dict(private=False) | {"use": "enc"}]}),
        RedirectResponse("http://127.0.0.1:1/keys"),
    ],
    ids=[
        "large", "no JSON", "no object", "none", "no list", "broken", "symmetric", "weak", "for encryption", "moved",
    ],
)  # fmt: skip
async def test_what_cannot_check_a_signature_safely_is_no_key(
    issuer: Issuer, client: httpx2.AsyncClient, answer: Response
) -> None:
    issuer.answer = answer
    keys = IssuerKeys(issuer.address, client)
    with pytest.raises(KeysUnavailable):
        await keys.refresh()
    assert keys.current is None


async def test_a_key_of_an_unknown_kind_does_not_spoil_its_neighbours(
    issuer: Issuer, client: httpx2.AsyncClient
) -> None:
    odd = {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA", "kid": "odd"}
    issuer.answer = JSONResponse({"keys": [odd, issuer.keys[0].as_dict(private=False)]})
    keys = IssuerKeys(issuer.address, client)
    await keys.refresh()
    assert keys.current is not None
    assert [key.kid for key in keys.current] == ["old"]


async def test_a_private_key_that_a_provider_published_is_kept_without_its_secret(
    issuer: Issuer, client: httpx2.AsyncClient
) -> None:
    issuer.answer = JSONResponse({"keys": [issuer.keys[0].as_dict(private=True)]})
    keys = IssuerKeys(issuer.address, client)
    await keys.refresh()
    assert keys.current is not None
    assert not any(key.is_private for key in keys.current)


async def test_keys_are_fetched_in_the_background_from_the_start(
    issuer: Issuer, client: httpx2.AsyncClient
) -> None:
    async with open_keys(frozenset({issuer.address, "http://127.0.0.1:1"}), client) as opened:
        assert await opened[issuer.address].renewed(None) is not None
        assert opened["http://127.0.0.1:1"].current is None
