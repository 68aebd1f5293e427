"""Access tokens of the agencies' providers (RFC 9068): a JWT for this hub → who it speaks of, and what it may be used for.

joserfc checks the signature; the claims are checked here, since Authlib's validator takes tokens without `typ` and an `exp` of
1e300 (decision 0016). The issuer that a token names chooses the agency, whose keys and algorithms alone then count.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from joserfc.jwk import KeySet

from auth.agencies import Agency
from auth.claims import (
    MOST_BYTES,
    KeyDoesNotFit,
    SignedClaims,
    UnverifiedToken,
    checked,
    unverified,
)
from auth.keys import IssuerKeys
from auth.refusals import (
    AUDIENCE,
    CLAIMS,
    CLIENT,
    EXPIRED,
    KEYS_AWAY,
    LIFETIME,
    NOT_YET,
    UNKNOWN_ISSUER,
    WRONG_KIND,
    TokenRefused,
)
from auth.viewer import Scope

ACCESS_TOKEN = "at+jwt"  # noqa: S105 - no password, a word
LONGEST_SECONDS = 24 * 3_600
LEEWAY_SECONDS = 30
LONGEST_TEXT = 512
MOST_REMEMBERED = 10_000

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token that is good: whom it speaks of, by which agency's word, for what, and until when (seconds since 1970)."""

    agency: Agency
    subject: str
    client: str
    id: str
    scopes: frozenset[Scope]
    until: float


class AccessTokens:
    """Checks tokens for one resource; awaits nothing while the keys at hand fit.

    A token that was found good is remembered by its digest: until it expires, or its issuer's keys change, it is good.
    """

    def __init__(
        self,
        agencies: Iterable[Agency],
        keys: Mapping[str, IssuerKeys],
        resource: str,
        clock: Clock = time.time,
    ) -> None:
        self._agencies = {agency.issuer: agency for agency in agencies}
        self._keys, self._resource, self._clock = keys, resource, clock
        self._good: dict[bytes, tuple[AccessToken, KeySet]] = {}

    def check(self, text: bytes) -> AccessToken:
        """The token's meaning. Raises TokenRefused; KeyDoesNotFit where newer keys could help."""
        digest = sha256(text[: MOST_BYTES + 1]).digest()  # what is longer is never good
        good = self._good.get(digest)
        if good is not None:
            token, keys = good
            if self._clock() < token.until and self._keys[token.agency.issuer].current is keys:
                return token
            del self._good[digest]
        token, keys = self.verified(text)
        if len(self._good) >= MOST_REMEMBERED:
            self._good.clear()
        self._good[digest] = (token, keys)
        return token

    def verified(self, text: bytes) -> tuple[AccessToken, KeySet]:
        """The same from the token alone, and the keys that it was checked by."""
        token = unverified(text)
        agency = self._agency(token)
        known = self._keys[agency.issuer].current
        if known is None:
            raise KeyDoesNotFit(KEYS_AWAY)
        return self._meant(agency, checked(token, agency.algorithms, known)), known

    async def check_again(self, text: bytes) -> AccessToken:
        """After KeyDoesNotFit: with newer keys of the issuer, where it has any. Raises TokenRefused."""
        token = unverified(text)
        agency = self._agency(token)
        keys = self._keys[agency.issuer]
        await keys.renewed(keys.current)
        return self.check(text)

    def _agency(self, token: UnverifiedToken) -> Agency:
        agency = self._agencies.get(token.issuer)
        if agency is None:
            raise TokenRefused(UNKNOWN_ISSUER)
        return agency

    def _meant(self, agency: Agency, signed: SignedClaims) -> AccessToken:
        if signed.kind != ACCESS_TOKEN:
            raise TokenRefused(WRONG_KIND)
        if self._resource not in signed.audiences:
            raise TokenRefused(AUDIENCE)
        until = self._end(signed)
        subject, client, id_ = (_short(signed, name) for name in ("sub", "client_id", "jti"))
        if agency.clients and client not in agency.clients:
            raise TokenRefused(CLIENT)
        return AccessToken(agency, subject, client, id_, _scopes(signed), until)

    def _end(self, signed: SignedClaims) -> float:
        now = self._clock()
        begun, until = signed.seconds("iat"), signed.seconds("exp")
        if until is None or (begun is not None and until - begun > LONGEST_SECONDS):
            raise TokenRefused(LIFETIME)
        if begun is None:
            raise TokenRefused(CLAIMS)
        if until <= now:
            raise TokenRefused(EXPIRED)
        valid_from = signed.seconds("nbf") if "nbf" in signed.claims else begun
        if valid_from is None:
            raise TokenRefused(CLAIMS)
        if max(begun, valid_from) > now + LEEWAY_SECONDS:
            raise TokenRefused(NOT_YET)
        return until


def _short(signed: SignedClaims, name: str) -> str:
    value = signed.text(name)
    if value is None or len(value) > LONGEST_TEXT:
        raise TokenRefused(CLAIMS)
    return value


def _scopes(signed: SignedClaims) -> frozenset[Scope]:
    """Those of ours; others, such as `openid`, are not the hub's matter."""
    value = signed.claims.get("scope", "")
    if not isinstance(value, str):
        raise TokenRefused(CLAIMS)
    named = set(value.split(" "))
    return frozenset(scope for scope in Scope if scope.value in named)
