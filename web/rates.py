"""How many requests one address may make: a bucket of a minute's worth each, in bounded memory."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address
from math import ceil

MINUTE_SECONDS = 60.0
MOST_ADDRESSES = 10_000
ROUNDING_SECONDS = 1e-6


class Rate:
    """Lets `a_minute` requests of an address pass at once, and then as many a minute, evenly.

    Of each address one number is kept, the moment at which its bucket is full again (the generic cell
    rate algorithm); beyond `most` addresses the one that has been silent longest is forgotten.
    Every process counts for itself. `clock` gives seconds that never go back.
    """

    def __init__(
        self,
        a_minute: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        most: int = MOST_ADDRESSES,
    ) -> None:
        self._refill_seconds = MINUTE_SECONDS / a_minute
        self._clock = clock
        self._most = most
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def seconds_to_wait(self, address: str) -> int:
        """0, and the request is counted; else the whole seconds after which one will pass."""
        whose, now = party(address), self._clock()
        full_at = max(self._full_at.pop(whose, now), now)
        excess = full_at + self._refill_seconds - now - MINUTE_SECONDS
        passes = excess < ROUNDING_SECONDS
        self._full_at[whose] = full_at + self._refill_seconds if passes else full_at
        if len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
        return 0 if passes else ceil(excess)


def party(address: str) -> str:
    """Who stands behind an address: in IPv6 whoever has one has all of its /64.

    >>> party("127.0.0.1"), party("2001:db8::7") == party("2001:db8::8")
    ('127.0.0.1', True)
    """
    return str(int(ip_address(address)) >> 64) if ":" in address else address
