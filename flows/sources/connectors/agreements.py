"""友好城市协议 | Sister-city agreements of Sichuan's and Chongqing's cities; dates unknown, so never in force."""

from __future__ import annotations

from flows.sources.connectors.countries import country_code
from flows.sources.csv_rows import read_csv
from flows.sources.drafts import Connector, Draft, Link, Mapped, Origin, Target
from flows.sources.opening import Inspected
from flows.sources.rows import Reading, Row, rejected
from graph_store.identifiers import Problem

ORIGIN = Origin(
    "twincities",
    "川渝友好城市",
    "Sister cities of Sichuan and Chongqing (from Wikipedia)",
    "https://github.com/Hekman/twincities",
    "CC-BY-SA-4.0",
)

# The source writes pinyin; names and codes are those of GB/T 2260.
_CITIES = {
    "Chengdu": ("成都市", "510100"),
    "Chongqing": ("重庆市", "500000"),
    "Deyang": ("德阳市", "510600"),
    "Dujiangyan": ("都江堰市", "510181"),
    "Emeishan": ("峨眉山市", "511181"),
    "Guang'an": ("广安市", "511600"),
    "Leshan": ("乐山市", "511100"),
    "Luzhou": ("泸州市", "510500"),
    "Meishan": ("眉山市", "511400"),
    "Mianyang": ("绵阳市", "510700"),
    "Nanchong": ("南充市", "511300"),
    "Suining": ("遂宁市", "510900"),
    "Xichang": ("西昌市", "513401"),
    "Yibin": ("宜宾市", "511500"),
    "Zigong": ("自贡市", "510300"),
}
_COLUMNS = frozenset({"local_city", "partner_city", "partner_country"})
_PLACES = frozenset({"province", "local_lat", "local_lng", "partner_lat", "partner_lng"})
_UNKNOWN_CITY = Problem("不是已知的川渝城市", "not a known city of Sichuan or Chongqing")


def _read(file: Inspected) -> Reading:
    return read_csv(file, required=_COLUMNS, known=_COLUMNS | _PLACES)


def _map(row: Row) -> Mapped:
    city, partner, country = (
        row.values[name] for name in ("local_city", "partner_city", "partner_country")
    )
    if city not in _CITIES:
        return rejected(row.number, "local_city", city, _UNKNOWN_CITY)
    name, code = _CITIES[city]
    draft = Draft(
        "Agreement",
        ORIGIN.key(f"{city}|{partner}|{country}"),
        {
            "name": f"{name}与 {partner}（{country}）友好城市协议",
            "nameEn": f"Sister-city agreement of {city} and {partner}, {country}",
            "kind": "bilateral",
            "status": "signed",
        },
    )
    home = _government(
        f"{code}", f"{name}人民政府", f"Municipal People's Government of {city}", "CN", city
    )
    home.links.append(Link(home.target, "division", Target("Division", "code", code), late=True))
    abroad = country_code(country)
    host = _government(
        f"{abroad or country}|{partner}",
        f"Government of {partner}, {country}",
        None,
        abroad,
        partner,
    )
    for party in (home, host):
        draft.companions.append(party)
        draft.links += [
            *party.links,
            Link(party.target, "agreements", draft.target, {"role": "party"}),
        ]
    return draft


def _government(own: str, name: str, name_en: str | None, country: str | None, city: str) -> Draft:
    """The government of a place, which signs for it."""
    told = {
        "name": name,
        "nameEn": name_en or name,
        "kind": "government",
        "status": "active",
        "city": city,
    }
    return Draft("Institution", ORIGIN.key(f"government:{own}"), told | {"country": country})


AGREEMENTS = Connector("agreements", ORIGIN, _read, _map)
