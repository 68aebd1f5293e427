"""Back-channel logout (OpenID Connect Back-Channel Logout 1.0): a provider tells that somebody has signed off there.

Its word is a signed token that ends sessions of its own issuer alone, by `sid`, by `sub`, or by both, and once only.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import structlog

from auth import noting
from auth.claims import SignedClaims
from auth.oidc import Provider, TokenIsRefused
from auth.sessions import Sessions
from graph_store.audit import Note
from graph_store.clock import instant
from graph_store.errors import GraphStoreError

MOST_BYTES = 16_384
EVENT = "http://schemas.openid.net/event/backchannel-logout"
KINDS = frozenset({"", "jwt", "logout+jwt"})
YOUNG_SECONDS = 600.0
LEEWAY_SECONDS = 60.0
LONGEST_TEXT = 512
BECAUSE = "BACKCHANNEL_LOGOUT"

log = structlog.get_logger("auth.backchannel")


class LogoutRefused(Exception):
    """The token ends nothing; `reason`: a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BackChannel:
    """Hears providers; `now` tells seconds since 1970."""

    def __init__(
        self,
        providers: Mapping[str, Provider],
        sessions: Sessions,
        note: Note,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._providers, self._sessions = providers, sessions
        self._note, self._now = note, now

    async def hear(self, key: str, body: bytes) -> int:
        """How many sessions ended. Raises LogoutRefused, GraphStoreError."""
        provider = self._providers.get(key)
        if provider is None:
            raise LogoutRefused("unknown_agency")
        try:
            signed = await provider.signed(_token(body))
        except TokenIsRefused as error:
            raise LogoutRefused(error.reason) from error
        ended = await self._sessions.end_by_provider(self._word(provider, signed))
        if ended is None:
            raise LogoutRefused("used_before")
        await self._noted([each.id for each in ended], key)
        return len(ended)

    def _word(self, provider: Provider, signed: SignedClaims) -> dict[str, Any]:
        """What the token says, if all of it is as it must be. Raises LogoutRefused."""
        agency, events = provider.agency, signed.claims.get("events")
        if signed.kind not in KINDS:
            raise LogoutRefused("wrong_kind")
        if agency.client_id not in signed.audiences:
            raise LogoutRefused("claim_aud")
        if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
            raise LogoutRefused("claim_events")
        if "nonce" in signed.claims:
            raise LogoutRefused("claim_nonce")
        until = self._end(signed)
        sid, subject, id_ = (_short(signed, name) for name in ("sid", "sub", "jti"))
        if id_ is None or (sid is None and subject is None):
            raise LogoutRefused("claim_jti" if id_ is None else "claim_sub")
        spent = hashlib.sha256(f"logout {agency.issuer} {id_}".encode()).hexdigest()
        return {
            "spent": spent,
            "until": instant(datetime.fromtimestamp(until, UTC)),
            "attempt": secrets.token_hex(16),
            "issuer": agency.issuer,
            "sid": sid,
            "subject": subject,
            "because": BECAUSE,
        }

    def _end(self, signed: SignedClaims) -> float:
        """Until when it could come again. Raises LogoutRefused."""
        now, begun, until = self._now(), signed.seconds("iat"), signed.seconds("exp")
        if begun is None or begun > now + LEEWAY_SECONDS or begun < now - YOUNG_SECONDS:
            raise LogoutRefused("claim_iat")
        if "exp" in signed.claims and (until is None or until <= now - LEEWAY_SECONDS):
            raise LogoutRefused("expired")
        if until is not None and until > begun + 24 * 3_600:
            raise LogoutRefused("lifetime")
        return begun + YOUNG_SECONDS + LEEWAY_SECONDS

    async def _noted(self, sessions: list[str], key: str) -> None:
        """They have ended, whether or not that can be noted."""
        try:
            await noting.sessions_ended(self._note, sessions, BECAUSE, None, key)
        except GraphStoreError as error:
            log.warning("ends of sessions were not noted", agency=key, reason=str(error))


def _token(body: bytes) -> bytes:
    """The form's one `logout_token`. Raises LogoutRefused."""
    try:
        fields = parse_qsl(body.decode("ascii"), strict_parsing=True, max_num_fields=10)
    except ValueError as error:
        raise LogoutRefused("not_a_form") from error
    tokens = [value for name, value in fields if name == "logout_token"]
    if len(tokens) != 1:
        raise LogoutRefused("not_a_form")
    return tokens[0].encode("utf-8", "replace")


def _short(signed: SignedClaims, name: str) -> str | None:
    """A text where the claim is there. Raises LogoutRefused where it is no proper one."""
    if name not in signed.claims:
        return None
    value = signed.text(name)
    if value is None or len(value) > LONGEST_TEXT:
        raise LogoutRefused(f"claim_{name}")
    return value
