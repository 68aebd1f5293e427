"""Where a ROR record lies in China: GeoNames' codes of provinces into those of GB/T 2260."""

from __future__ import annotations

from typing import Any

# GeoNames admin1 (schema v1, "CN.32") and ISO 3166-2 (schema v2, "SC"), each to the province's two digits.
_PROVINCES = {
    "11": ("22", "BJ"),
    "12": ("28", "TJ"),
    "13": ("10", "HE"),
    "14": ("24", "SX"),
    "15": ("20", "NM"),
    "21": ("19", "LN"),
    "22": ("05", "JL"),
    "23": ("08", "HL"),
    "31": ("23", "SH"),
    "32": ("04", "JS"),
    "33": ("02", "ZJ"),
    "34": ("01", "AH"),
    "35": ("07", "FJ"),
    "36": ("03", "JX"),
    "37": ("25", "SD"),
    "41": ("09", "HA"),
    "42": ("12", "HB"),
    "43": ("11", "HN"),
    "44": ("30", "GD"),
    "45": ("16", "GX"),
    "46": ("31", "HI"),
    "50": ("33", "CQ"),
    "51": ("32", "SC"),
    "52": ("18", "GZ"),
    "53": ("29", "YN"),
    "54": ("14", "XZ"),
    "61": ("26", "SN"),
    "62": ("15", "GS"),
    "63": ("06", "QH"),
    "64": ("21", "NX"),
    "65": ("13", "XJ"),
}
_BY_CODE = {code: digits + "0000" for digits, codes in _PROVINCES.items() for code in codes}

# Half of the v2 records name no province: the two regions' own cities, so that nothing of theirs is missing.
_BY_CITY = {"Chongqing": "500000"} | dict.fromkeys(
    (
        "Chengdu",
        "Zigong",
        "Panzhihua",
        "Luzhou",
        "Deyang",
        "Mianyang",
        "Guangyuan",
        "Suining",
        "Neijiang",
        "Leshan",
        "Nanchong",
        "Meishan",
        "Yibin",
        "Guang'an",
        "Dazhou",
        "Ya'an",
        "Bazhong",
        "Ziyang",
        "Xichang",
    ),
    "510000",
)


def province_of(record: dict[str, Any]) -> str | None:
    """The six-digit code of the province a record lies in; None abroad and where it is not said."""
    for place in record.get("locations") or ():
        details = place.get("geonames_details") or {}
        if details.get("country_code") == "CN":
            code = details.get("country_subdivision_code")
            return _BY_CODE.get(code) if code else _BY_CITY.get(details.get("name") or "")
    for place in record.get("addresses") or ():
        code = ((place.get("geonames_city") or {}).get("geonames_admin1") or {}).get("code") or ""
        if code.startswith("CN."):
            return _BY_CODE.get(code.removeprefix("CN."))
    return None
