"""Sign-ons under way: what must be remembered between going to the provider and coming back, sealed in a cookie of the browser.

Each has a cookie of its own, named after its state, so that two tabs work; who has not the cookie cannot come back with the state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import orjson

from auth.cookies import Cookie, Cookies
from auth.sealing import Seal

SECONDS = 600
MOST = 4


@dataclass(frozen=True, slots=True)
class Pending:
    """One sign-on; `begun_at` in seconds since 1970."""

    agency: str
    state: str
    nonce: str
    verifier: str
    next: str
    is_silent: bool
    begun_at: float


class PendingSignOns:
    """Reads and writes their cookies."""

    def __init__(self, key: bytes, cookies: Cookies) -> None:
        self._seal, self._cookies = Seal(key, "sign-on"), cookies

    def name(self, state: str) -> str:
        """The cookie's name."""
        return self._cookies.pending + hashlib.sha256(state.encode()).hexdigest()[:16]

    def cookies(self, pending: Pending, brought: Mapping[str, str]) -> list[Cookie]:
        """The cookie of a new one, and the ends of those that are over, or too many."""
        name = self.name(pending.state)
        content = orjson.dumps(asdict(pending))
        known = {each: self._opened(each, brought[each]) for each in self._names(brought)}
        ages = {each: found.begun_at if found else 0.0 for each, found in known.items()}
        oldest_first = sorted(ages, key=lambda each: ages[each])
        over = [each for each in oldest_first if pending.begun_at - ages[each] > SECONDS]
        kept = [each for each in oldest_first if each not in over]
        over += kept[: max(0, len(kept) - (MOST - 1))]
        return [
            Cookie(name, self._seal.closed(content, name), SECONDS),
            *(Cookie(each, "") for each in over),
        ]

    def find(self, state: str, brought: Mapping[str, str], now: float) -> Pending | None:
        """The one of this state that this browser has begun, while it is not too old."""
        name = self.name(state)
        found = self._opened(name, brought.get(name, ""))
        if found is None or found.state != state or now - found.begun_at > SECONDS:
            return None
        return found

    def _names(self, brought: Mapping[str, str]) -> list[str]:
        return [name for name in brought if name.startswith(self._cookies.pending)]

    def _opened(self, name: str, value: str) -> Pending | None:
        content = self._seal.opened(value, name)
        return None if content is None else Pending(**orjson.loads(content))
