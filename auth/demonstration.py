"""Agencies of the demonstration, where everybody may be anybody, are for this machine only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from auth.agencies import Agencies, AgenciesAreFaulty, is_loopback, read_agencies


def is_at_home(host: str, public_url: str) -> bool:
    """Whether a hub that listens on `host` and is reached at `public_url`, or at `host` where that is empty, is local.

    >>> is_at_home("127.0.0.1", ""), is_at_home("::1", "http://localhost:8000")
    (True, True)
    >>> is_at_home("127.0.0.1", "https://hub.example"), is_at_home("0.0.0.0", "http://localhost:8000")
    (False, False)
    """
    return is_loopback(host) and (not public_url or is_loopback(urlsplit(public_url).hostname))


def agencies_for(
    place: Path, environment: Mapping[str, str], host: str, public_url: str
) -> Agencies:
    """The agencies of a file (`read_agencies`) for a hub that is reached there. Raises AgenciesAreFaulty."""
    agencies = read_agencies(place, environment)
    keys = of_a_demonstration(agencies)
    if keys and not is_at_home(host, public_url):
        fault = (
            f"[agencies.{'], [agencies.'.join(keys)}] are of the demonstration, where everybody may be anybody without a password:"
            f" it serves localhost only, but BASHU_HOST is {host!r} and BASHU_PUBLIC_URL is {public_url!r}. Name your own agencies"
            " there, or take the two settings away."
        )
        raise AgenciesAreFaulty(place, [fault])
    return agencies


def of_a_demonstration(agencies: Agencies) -> list[str]:
    """The keys of those that are."""
    return [agency.key for agency in agencies.values() if agency.demonstration]
