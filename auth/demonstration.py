"""Agencies of the demonstration, where everybody may be anybody, are for this machine only."""

from __future__ import annotations

from urllib.parse import urlsplit

from auth.agencies import Agencies, is_loopback


def is_at_home(host: str, public_url: str) -> bool:
    """Whether a hub that listens on `host` and is reached at `public_url`, or at `host` where that is empty, is local.

    >>> is_at_home("127.0.0.1", ""), is_at_home("::1", "http://localhost:8000")
    (True, True)
    >>> is_at_home("127.0.0.1", "https://hub.example"), is_at_home("0.0.0.0", "http://localhost:8000")
    (False, False)
    """
    return is_loopback(host) and (not public_url or is_loopback(urlsplit(public_url).hostname))


def of_a_demonstration(agencies: Agencies) -> list[str]:
    """The keys of those that are."""
    return [agency.key for agency in agencies.values() if agency.demonstration]
