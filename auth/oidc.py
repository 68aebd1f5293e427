"""One agency's OpenID provider: Authlib's Starlette client, held tighter (`stack.md` 2.2, decision 0015).

Authlib believes a discovery document as it comes: it takes algorithms from it (`none` too), hands unknown members to its HTTP
client, never compares the issuer, keeps it for as long as the process lives. Here only known members are kept, each checked, for
ten minutes; keys are those of the one issuer (`keys.py`), tokens are checked by `claims.py`.
"""

from __future__ import annotations

import asyncio
import math
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.starlette_client import (  # type: ignore[import-untyped]
    StarletteIntegration,
    StarletteOAuth2App,
)
from authlib.oauth2.rfc7523 import (  # type: ignore[import-untyped]
    PrivateKeyJWT,
    private_key_jwt_sign,
)
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError, SecurityWarning
from joserfc.jwk import ECKey, OKPKey, RSAKey

from auth.agencies import Agency, is_safe_address
from auth.claims import KeyDoesNotFit, SignedClaims, checked, unverified
from auth.keys import DISCOVERY, IssuerKeys
from auth.outside import ANSWER_SECONDS, CONNECT_SECONDS, ArmsLength, ProviderIsFaulty
from auth.refusals import TokenRefused

FRESH_SECONDS = 600.0
LEEWAY_SECONDS = 60
LONGEST_SECONDS = 24 * 3_600
ASSERTION_SECONDS = 60
LONGEST_TEXT = 512

_ENDPOINTS = (
    "authorization_endpoint",
    "token_endpoint",
    "jwks_uri",
    "userinfo_endpoint",
    "end_session_endpoint",
)
_NEEDED = frozenset(_ENDPOINTS[:3])

_TIMEOUT = httpx2.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)

Clock = Callable[[], float]


class TokenIsRefused(Exception):
    """The provider's answer does not vouch for anybody; `reason`: a word for the audit log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and what must be remembered until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the provider says of a person, with the signed text that says it."""

    claims: SignedClaims
    about: dict[str, Any]
    id_token: str


class SignedHubKey(PrivateKeyJWT):  # type: ignore[misc]  # Authlib has no types
    """private_key_jwt by any kind of key, valid for a minute instead of an hour."""

    def __init__(self, key: RSAKey | ECKey | OKPKey, algorithm: str) -> None:
        super().__init__(alg=algorithm)
        self._key = key

    def sign(self, auth: Any, token_endpoint: str) -> str:
        """The assertion."""
        with warnings.catch_warnings():
            # EdDSA has a newer name (RFC 9864), which providers do not know yet
            warnings.simplefilter("ignore", SecurityWarning)
            signed: str = private_key_jwt_sign(
                self._key,
                client_id=auth.client_id,
                token_endpoint=token_endpoint,
                alg=self.alg,
                expires_in=ASSERTION_SECONDS,
            )
        return signed


class Provider(StarletteOAuth2App):  # type: ignore[misc]  # Authlib has no types
    """Of one agency; `clock` tells seconds that never go back, `now` those since 1970."""

    def __init__(
        self,
        agency: Agency,
        keys: IssuerKeys,
        transport: ArmsLength,
        clock: Clock = time.monotonic,
        now: Clock = time.time,
    ) -> None:
        super().__init__(
            StarletteIntegration(agency.key),
            agency.key,
            client_id=agency.client_id,
            client_secret=agency.secret or None,
            server_metadata_url=agency.issuer.rstrip("/") + DISCOVERY,
            client_kwargs=_client_kwargs(agency, transport),
            client_auth_methods=[_signing(agency.private_key)] if agency.private_key else None,
            user_agent="bashu-hub",
        )
        self.agency = agency
        self._keys, self._clock, self._now = keys, clock, now
        self._read_at = -math.inf
        self._reading = asyncio.Lock()

    async def load_server_metadata(self, most_age: float = FRESH_SECONDS) -> dict[str, Any]:
        """The discovery document's known members. Raises ProviderIsAway and ProviderIsFaulty."""
        async with self._reading:
            if self._clock() - self._read_at > most_age:
                asked = self._clock()
                self.server_metadata = _known(await self._discovery(), self.agency)
                self._read_at = asked
        metadata: dict[str, Any] = self.server_metadata
        return metadata

    async def _discovery(self) -> Any:
        async with self._get_session() as client:
            response = await client.request("GET", self._server_metadata_url, withhold_token=True)
        if response.status_code != 200:
            raise ProviderIsFaulty("no discovery document")
        try:
            return response.json()
        except ValueError as error:
            raise ProviderIsFaulty("a discovery document that is no JSON") from error

    async def begin(self, redirect_uri: str, *, silently: bool) -> Begun:
        """A sign-on begins; the provider was heard a second ago at most. Raises ProviderIsAway and ProviderIsFaulty."""
        await self.load_server_metadata(most_age=1.0)
        prompt = {"prompt": "none"} if silently else {}
        begun = await self.create_authorization_url(redirect_uri, **prompt)
        return Begun(begun["url"], begun["state"], begun["nonce"], begun["code_verifier"])

    async def is_from_here(self, issuer: str | None) -> bool:
        """Whether a callback's `iss` (RFC 9207) names this provider; it may be absent where none was promised."""
        metadata = await self.load_server_metadata()
        if issuer is None:
            return not metadata.get("authorization_response_iss_parameter_supported")
        return issuer == self.agency.issuer

    async def finish(self, code: str, redirect_uri: str, begun: Begun) -> Vouched:
        """Exchange the code; who it is. Raises ProviderIsAway, ProviderIsFaulty, TokenIsRefused."""
        try:
            token = await self.fetch_access_token(
                redirect_uri=redirect_uri, code=code, code_verifier=begun.verifier
            )
        except OAuthError as error:
            raise TokenIsRefused("code_refused") from error
        except (ValueError, TypeError, AttributeError) as error:
            raise ProviderIsFaulty("no token response") from error
        if not isinstance(token.get("id_token"), str):
            raise TokenIsRefused("no_id_token")
        claims = await self.parse_id_token(token, begun.nonce)
        return Vouched(claims, await self._about(claims, token), token["id_token"])

    async def parse_id_token(self, token: dict[str, Any], nonce: str) -> SignedClaims:
        """The ID token's claims, all checked. Raises TokenIsRefused and ProviderIsAway."""
        text = token["id_token"].encode("utf-8", "replace")
        signed = await self.signed(text)
        if signed.kind not in {"", "jwt"}:
            raise TokenIsRefused("wrong_kind")
        options = {
            "iss": {"essential": True, "value": self.agency.issuer},
            "aud": {"essential": True, "value": self.agency.client_id},
            "sub": {"essential": True},
        }
        params = {
            "nonce": nonce,
            "client_id": self.agency.client_id,
            "access_token": token.get("access_token"),
        }
        claims = CodeIDToken(dict(signed.claims), unverified(text).header, options, params)
        try:
            claims.validate(now=int(self._now()), leeway=LEEWAY_SECONDS)
        except ExpiredTokenError as error:
            raise TokenIsRefused("expired") from error
        except ClaimError as error:
            raise TokenIsRefused(f"claim_{error.claim}") from error
        except (JoseError, ValueError, TypeError) as error:
            raise TokenIsRefused("claims") from error
        self._check_times(signed)
        return signed

    async def signed(self, text: bytes) -> SignedClaims:
        """The claims of a token that this provider has signed; its keys are fetched anew at most once. Raises TokenIsRefused."""
        try:
            token = unverified(text)
            if token.issuer != self.agency.issuer:
                raise TokenIsRefused("claim_iss")
            known = self._keys.current
            if known is not None:
                try:
                    return checked(token, self.agency.algorithms, known)
                except KeyDoesNotFit:
                    pass
            newer = await self._keys.renewed(known)
            if newer is None:
                raise TokenIsRefused("signature" if known else "keys_away")
            return checked(token, self.agency.algorithms, newer)
        except TokenRefused as error:
            raise TokenIsRefused(error.reason.word) from error

    def _check_times(self, signed: SignedClaims) -> None:
        """What Authlib lets pass: an `exp` in the year 9999, an `iat` of long ago, either of them NaN."""
        begun, until, now = signed.seconds("iat"), signed.seconds("exp"), self._now()
        if begun is None or until is None or until > now + LONGEST_SECONDS:
            raise TokenIsRefused("lifetime")
        if begun < now - LONGEST_SECONDS:
            raise TokenIsRefused("expired")

    async def _about(self, signed: SignedClaims, token: dict[str, Any]) -> dict[str, Any]:
        """The claims that are wanted of a person, from the provider's own endpoint where the token has not all of them."""
        wanted = self.agency.claims
        names = {
            each for each in (wanted.name, wanted.email, wanted.institution, wanted.roles) if each
        }
        about = {name: signed.claims[name] for name in names if name in signed.claims}
        metadata = await self.load_server_metadata()
        if len(about) == len(names) or "userinfo_endpoint" not in metadata:
            return about
        response = await self.get(metadata["userinfo_endpoint"], token=token)
        try:
            told = response.json() if response.status_code == 200 else None
        except ValueError:
            told = None
        if not isinstance(told, dict) or told.get("sub") != signed.claims["sub"]:
            raise ProviderIsFaulty("no userinfo of the person who signed on")
        return {name: told[name] for name in names if name in told} | about

    async def end_session_address(self, id_token: str | None, back: str, state: str) -> str | None:
        """Where the browser goes to sign off at the provider too; None where it offers no such place."""
        metadata = await self.load_server_metadata()
        if "end_session_endpoint" not in metadata:
            return None
        made = await self.create_logout_url(back, id_token, state, client_id=self.agency.client_id)
        return str(made["url"])


def _client_kwargs(agency: Agency, transport: ArmsLength) -> dict[str, Any]:
    return {
        "scope": " ".join(agency.scopes),
        "code_challenge_method": "S256",
        "token_endpoint_auth_method": "private_key_jwt"
        if agency.private_key
        else "client_secret_basic",
        "transport": transport,
        "timeout": _TIMEOUT,
        "trust_env": False,
    }


def _known(document: object, agency: Agency) -> dict[str, Any]:
    """The members that are used here, each checked; any other would go into the HTTP client. Raises ProviderIsFaulty."""
    if not isinstance(document, dict):
        raise ProviderIsFaulty("a discovery document that is no object")
    if document.get("issuer") != agency.issuer:
        raise ProviderIsFaulty("a discovery document of another issuer")
    known: dict[str, Any] = {"issuer": agency.issuer}
    for name in _ENDPOINTS:
        address = document.get(name)
        if address is None and name not in _NEEDED:
            continue
        if not isinstance(address, str) or not is_safe_address(address):
            raise ProviderIsFaulty(f"a discovery document without a usable {name}")
        known[name] = address
    offered = document.get("id_token_signing_alg_values_supported", ["RS256"])
    if not isinstance(offered, list) or not set(agency.algorithms) & {
        str(each) for each in offered
    }:
        raise ProviderIsFaulty("none of the algorithms that were agreed")
    promised = "authorization_response_iss_parameter_supported"
    known[promised] = document.get(promised) is True
    return known


def _signing(pem: str) -> SignedHubKey:
    match load_pem_private_key(pem.encode(), None):
        case RSAPrivateKey():
            return SignedHubKey(RSAKey.import_key(pem), "RS256")
        case EllipticCurvePrivateKey():
            return SignedHubKey(ECKey.import_key(pem), "ES256")
    return SignedHubKey(OKPKey.import_key(pem), "EdDSA")
