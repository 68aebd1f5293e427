"""The names of countries as Wikipedia writes them, to ISO 3166-1 alpha-2."""

from __future__ import annotations

_CODES = {
    "Argentina": "AR",
    "Australia": "AU",
    "Austria": "AT",
    "Belarus": "BY",
    "Belgium": "BE",
    "Brazil": "BR",
    "Bulgaria": "BG",
    "Cambodia": "KH",
    "Canada": "CA",
    "Denmark": "DK",
    "Egypt": "EG",
    "England": "GB",
    "Finland": "FI",
    "France": "FR",
    "Germany": "DE",
    "Hungary": "HU",
    "India": "IN",
    "Indonesia": "ID",
    "Iran": "IR",
    "Ireland": "IE",
    "Israel": "IL",
    "Italy": "IT",
    "Japan": "JP",
    "Laos": "LA",
    "Mexico": "MX",
    "Mongolia": "MN",
    "Morocco": "MA",
    "Mozambique": "MZ",
    "Nepal": "NP",
    "Netherlands": "NL",
    "New Zealand": "NZ",
    "Pakistan": "PK",
    "Poland": "PL",
    "Romania": "RO",
    "Russia": "RU",
    "Slovenia": "SI",
    "South Africa": "ZA",
    "South Korea": "KR",
    "Thailand": "TH",
    "Turkey": "TR",
    "Ukraine": "UA",
    "United Kingdom": "GB",
    "United States": "US",
    "Zambia": "ZM",
}


def country_code(name: str) -> str | None:
    """The code of "England" or "England, United Kingdom"; None for a name that is not known.

    >>> country_code("England"), country_code("England, United Kingdom"), country_code("Ruritania")
    ('GB', 'GB', None)
    """
    return _CODES.get(name.rsplit(", ", 1)[-1])
