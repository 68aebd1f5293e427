"""Signing on and off: from the page that asks for it to the provider, back, and to a session; web pages only carry it out.

Everything that comes back is checked before anything is exchanged: the state by the cookie of this browser, the agency by the path
that its provider alone was given (one redirect address each), the issuer by RFC 9207.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from auth import noting
from auth.agencies import Agencies, Agency
from auth.arrivals import Arrivals, told_by
from auth.cookies import Cookie, Cookies
from auth.failures import (
    AGENCY_IS_UNKNOWN,
    ANSWER_IS_MALFORMED,
    HUB_IS_AWAY,
    NOT_BEGUN_HERE,
    OTHER_ISSUER,
    PLACE_IS_FOREIGN,
    PROOF_IS_REFUSED,
    PROVIDER_DECLINED,
    PROVIDER_IS_AWAY,
    PROVIDER_IS_FAULTY,
    TIMES_DO_NOT_FIT,
    USED_BEFORE,
    Failure,
    SignOnFailed,
)
from auth.oidc import Begun, Provider, TokenIsRefused, Vouched
from auth.outside import ProviderIsAway, ProviderIsFaulty
from auth.pending import SECONDS, Pending, PendingSignOns
from auth.places import HOME, safe_place
from auth.sessions import Opening, Sessions, id_of
from auth.viewer import Viewer
from graph_store.audit import Note
from graph_store.clock import Clock
from graph_store.errors import GraphStoreError

SILENT_SECONDS = 600
CHOSEN_SECONDS = 180 * 86_400
LONGEST = 512
NOT_SIGNED_ON_THERE = frozenset(
    {"login_required", "interaction_required", "consent_required", "account_selection_required"}
)
SIGNED_ON_AGAIN = "SIGNED_ON_AGAIN"
TIMES = frozenset({"expired", "not_yet", "claim_iat", "claim_nbf"})

log = structlog.get_logger("auth.sign_on")


@dataclass(frozen=True, slots=True)
class Going:
    """Where the browser goes next, and with which cookies."""

    address: str
    cookies: Sequence[Cookie] = ()


@dataclass(frozen=True, slots=True)
class Came:
    """What a browser brought: parameters with their repetitions, cookies, and whence it came."""

    query: Sequence[tuple[str, str]]
    cookies: Mapping[str, str]
    address: str | None = None
    user_agent: str | None = None

    def only(self, name: str) -> str | None:
        """A parameter that may be given once. Raises SignOnFailed."""
        values = [value for key, value in self.query if key == name]
        if len(values) > 1 or any(len(value) > 4 * LONGEST for value in values):
            raise SignOnFailed(ANSWER_IS_MALFORMED, detail=f"{name} is given twice, or too long")
        return values[0] if values else None


@dataclass(frozen=True, slots=True)
class SignOn:
    """Of one hub at one public address."""

    agencies: Agencies
    providers: Mapping[str, Provider]
    arrivals: Arrivals
    sessions: Sessions
    pending: PendingSignOns
    cookies: Cookies
    public_url: str
    note: Note
    clock: Clock

    async def begin(self, key: str, came: Came, *, silently: bool = False) -> Going:
        """Send the browser to the agency's provider. Raises SignOnFailed."""
        place = safe_place(came.only("next"))
        if place is None:
            raise await self._refused(SignOnFailed(PLACE_IS_FOREIGN))
        if silently and self.cookies.silent in came.cookies:
            return Going(place)  # it was tried a moment ago: no loop
        agency = self._agency(key)
        try:
            begun = await self.providers[key].begin(self._back(agency), silently=silently)
        except (ProviderIsAway, ProviderIsFaulty) as error:
            if silently:
                log.warning("a silent sign-on could not begin", agency=key, reason=str(error))
                return Going(place, [self._tried()])
            raise await self._refused(_of_provider(error, key, place)) from error
        now = self.clock().timestamp()
        pending = Pending(key, begun.state, begun.nonce, begun.verifier, place, silently, now)
        return Going(begun.address, self.pending.cookies(pending, came.cookies))

    async def complete(self, key: str, came: Came) -> Going:
        """The browser comes back from the agency's provider: a session, or why there is none. Raises SignOnFailed."""
        try:
            return await self._complete(key, came)
        except SignOnFailed as failed:
            raise await self._refused(failed) from failed
        except GraphStoreError as error:
            log.warning("nobody can be signed on", reason=str(error))
            raise await self._refused(SignOnFailed(HUB_IS_AWAY, key)) from error

    async def _complete(self, key: str, came: Came) -> Going:
        agency = self._agency(key)
        state, now = came.only("state"), self.clock().timestamp()
        pending = self.pending.find(state, came.cookies, now) if state else None
        if pending is None or pending.agency != key:
            raise SignOnFailed(NOT_BEGUN_HERE, key)
        try:
            vouched = await self._vouched(agency, pending, came)
        except (ProviderIsAway, ProviderIsFaulty) as error:
            raise _of_provider(error, key, pending.next) from error
        except TokenIsRefused as error:
            failure = TIMES_DO_NOT_FIT if error.reason in TIMES else PROOF_IS_REFUSED
            raise SignOnFailed(failure, key, pending.next, error.reason) from error
        done = Cookie(self.pending.name(pending.state), "")
        if vouched is None:
            return Going(pending.next, [done, self._tried()])
        secret = await self._session(agency, pending, vouched, came)
        await self._end_former(came)
        return Going(
            pending.next,
            [
                Cookie(self.cookies.session, secret),
                Cookie(self.cookies.agency, key, CHOSEN_SECONDS),
                Cookie(self.cookies.silent, ""),
                done,
            ],
        )

    async def _vouched(self, agency: Agency, pending: Pending, came: Came) -> Vouched | None:
        """Whom the provider vouches for; None where a silent sign-on found nobody signed on there."""
        provider = self.providers[agency.key]
        if not await provider.is_from_here(came.only("iss")):
            raise SignOnFailed(OTHER_ISSUER, agency.key, pending.next)
        if error := came.only("error"):
            if pending.is_silent and error in NOT_SIGNED_ON_THERE:
                return None
            raise SignOnFailed(PROVIDER_DECLINED, agency.key, pending.next)
        code = came.only("code")
        if not code:
            raise SignOnFailed(ANSWER_IS_MALFORMED, agency.key, pending.next)
        begun = Begun("", pending.state, pending.nonce, pending.verifier)
        return await provider.finish(code, self._back(agency), begun)

    async def _session(self, agency: Agency, pending: Pending, vouched: Vouched, came: Came) -> str:
        """The secret of a new session, noted in the audit log."""
        subject = vouched.claims.text("sub") or ""
        told = told_by(agency, subject, vouched.about)
        spent = hashlib.sha256(f"state {pending.state}".encode()).hexdigest()
        person = await self.arrivals.person(agency, subject, told, spent)
        begun_at = datetime.fromtimestamp(pending.begun_at, UTC)
        opening = Opening(
            person=person.id,
            name=person.name,
            issuer=agency.issuer,
            subject=subject,
            sid=vouched.claims.text("sid"),
            agency=agency.key,
            id_token=vouched.id_token,
            spent=spent,
            spent_until=begun_at + timedelta(seconds=2 * SECONDS),
            address=came.address,
            user_agent=(came.user_agent or "")[:LONGEST] or None,
        )
        secret = await self.sessions.open(opening)
        if secret is None:
            raise SignOnFailed(USED_BEFORE, agency.key, pending.next)
        if told.ignored:
            log.warning(
                "claims beyond an agency were ignored", agency=agency.key, institutions=told.ignored
            )
        await noting.signed_on(self.note, person.id, id_of(secret), agency.key)
        return secret

    async def _end_former(self, came: Came) -> None:
        """The session that this browser had is over: whoever planted its cookie, or copied it, has nothing now."""
        former = await self._viewer(came)
        if former is not None and former.person and former.session:
            await self.sessions.end(former.person, [former.session], SIGNED_ON_AGAIN)
            ids, person = [former.session], former.person
            await noting.sessions_ended(self.note, ids, SIGNED_ON_AGAIN, person)

    async def sign_off(self, came: Came) -> Going:
        """End the session here; the address at which the provider's ends too, which leads back. Raises GraphStoreError."""
        gone = [Cookie(self.cookies.session, ""), self._tried()]
        viewer = await self._viewer(came)
        if viewer is None or viewer.person is None or viewer.session is None:
            return Going(HOME, gone)
        id_token = await self.sessions.id_token(came.cookies[self.cookies.session])
        await self.sessions.end(viewer.person, [viewer.session], "SIGNED_OFF")
        await noting.signed_off(self.note, viewer.person, viewer.session, viewer.agency)
        return Going(await self._sign_off_there(viewer.agency, id_token) or HOME, gone)

    async def _sign_off_there(self, key: str | None, id_token: str | None) -> str | None:
        provider = self.providers.get(key or "")
        if provider is None:
            return None
        back, state = f"{self.public_url}{HOME}", secrets.token_urlsafe(16)
        try:
            return await provider.end_session_address(id_token, back, state)
        except (ProviderIsAway, ProviderIsFaulty) as error:
            log.warning("signed off here alone", agency=key, reason=str(error))
            return None

    async def _viewer(self, came: Came) -> Viewer | None:
        """Whose session the browser's cookie stands for."""
        secret = came.cookies.get(self.cookies.session)
        return await self.sessions.viewer(secret) if secret else None

    def _agency(self, key: str) -> Agency:
        agency = self.agencies.get(key)
        if agency is None:
            raise SignOnFailed(AGENCY_IS_UNKNOWN)
        return agency

    def _back(self, agency: Agency) -> str:
        return f"{self.public_url}/auth/{agency.key}/callback"

    def _tried(self) -> Cookie:
        return Cookie(self.cookies.silent, "tried", SILENT_SECONDS)

    async def _refused(self, failed: SignOnFailed) -> SignOnFailed:
        """The failure, noted."""
        log.info(
            "nobody was signed on",
            code=failed.failure.code,
            agency=failed.agency,
            detail=failed.detail,
        )
        await noting.sign_on_refused(self.note, failed.failure.code, failed.agency)
        return failed


def _of_provider(error: Exception, key: str, place: str) -> SignOnFailed:
    failure: Failure = PROVIDER_IS_AWAY if isinstance(error, ProviderIsAway) else PROVIDER_IS_FAULTY
    return SignOnFailed(failure, key, place, str(error))
