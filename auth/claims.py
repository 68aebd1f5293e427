"""Signed texts of providers (JWT): read unverified only to learn whose keys to ask, believed only after the check.

`UnverifiedToken` has no claims but the issuer's name; `SignedClaims` comes from `checked` alone. What kind of token it is (access
token, logout token) and whether it is for us is asked by `bearer.py` and `oidc.py`.
"""

from __future__ import annotations

import math
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from joserfc import jws
from joserfc.errors import (
    BadSignatureError,
    InvalidKeyIdError,
    JoseError,
    UnsupportedAlgorithmError,
)
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from auth.refusals import ALGORITHM, HEADER_REFUSED, NOT_A_TOKEN, SIGNATURE, TOO_LARGE, TokenRefused

MOST_BYTES = 8_192
EMBEDDED = frozenset({"jwk", "jku", "x5u", "x5c", "crit", "b64", "zip", "enc"})
"""Header parameters of tokens that bring a key of their own, or demand what is not done here."""


class KeyDoesNotFit(TokenRefused):
    """Not signed with any of the keys at hand: perhaps the issuer has new ones."""


@dataclass(frozen=True, slots=True)
class UnverifiedToken:
    """A well-formed token of which nothing is proved; `issuer` is what it says, good for choosing an agency and no more."""

    text: bytes
    header: Mapping[str, Any]
    issuer: str


@dataclass(frozen=True, slots=True)
class SignedClaims:
    """What the issuer has signed, in a way that was agreed with it."""

    issuer: str
    kind: str
    """The header's `typ` in lower case, without `application/`; empty where there is none."""
    claims: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        """A claim that is a text and not empty."""
        value = self.claims.get(name)
        return value if isinstance(value, str) and value else None

    def seconds(self, name: str) -> float | None:
        """A claim that is an instant; None where it is absent or no possible number of seconds."""
        value = self.claims.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return float(value) if math.isfinite(value) and 0 <= value < 2**40 else None

    @property
    def audiences(self) -> tuple[str, ...]:
        """Whom it is for; nobody where the claim is absent or not of its kind."""
        value = self.claims.get("aud")
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            return ()
        return tuple(values)


class FixedAlgorithms(JWSRegistry):
    """Those agreed with one agency and no other; joserfc's own takes its recommended ones for an empty list."""

    def get_alg(self, name: str) -> Any:
        """The algorithm. Raises UnsupportedAlgorithmError."""
        if name not in (self.allowed or ()) or name not in self.algorithms:
            raise UnsupportedAlgorithmError
        return self.algorithms[name]


def unverified(text: bytes) -> UnverifiedToken:
    """Take a token apart, within bounds. Raises TokenRefused."""
    if len(text) > MOST_BYTES:
        raise TokenRefused(TOO_LARGE)
    parts = text.split(b".")
    if len(parts) != 3:
        raise TokenRefused(NOT_A_TOKEN)
    header, claims = _object(parts[0]), _object(parts[1])
    issuer = claims.get("iss")
    if not isinstance(issuer, str):
        raise TokenRefused(NOT_A_TOKEN)
    if not header.keys().isdisjoint(EMBEDDED):
        raise TokenRefused(HEADER_REFUSED)
    return UnverifiedToken(text, header, issuer)


def checked(token: UnverifiedToken, algorithms: Iterable[str], keys: KeySet) -> SignedClaims:
    """The claims, if one of these keys signed them by one of these algorithms; `keys` are those of the token's issuer alone.

    Raises TokenRefused, and KeyDoesNotFit where other keys of the issuer could help.
    """
    registry = FixedAlgorithms(algorithms=list(algorithms), strict_check_header=False)
    try:
        signed = jws.deserialize_compact(token.text, keys, registry=registry)
        claims = orjson.loads(signed.payload or b"")
    except (BadSignatureError, InvalidKeyIdError) as error:
        raise KeyDoesNotFit(SIGNATURE) from error
    except UnsupportedAlgorithmError as error:
        raise TokenRefused(ALGORITHM) from error
    except (JoseError, ValueError, TypeError) as error:
        raise TokenRefused(NOT_A_TOKEN) from error
    if not isinstance(claims, dict) or claims.get("iss") != token.issuer:
        raise TokenRefused(NOT_A_TOKEN)
    return SignedClaims(token.issuer, _kind(token.header), claims)


def _kind(header: Mapping[str, Any]) -> str:
    kind = header.get("typ")
    return kind.lower().removeprefix("application/") if isinstance(kind, str) else ""


def _object(segment: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(urlsafe_b64decode(segment + b"=" * (-len(segment) % 4)))
    except ValueError as error:
        raise TokenRefused(NOT_A_TOKEN) from error
    if not isinstance(value, dict):
        raise TokenRefused(NOT_A_TOKEN)
    return value
