"""行政区划 | Divisions of GB/T 2260 in three CSV files: provinces, cities, counties."""

from __future__ import annotations

from flows.sources.csv_rows import read_csv
from flows.sources.drafts import PASSED_OVER, Connector, Draft, Link, Mapped, Origin, Target
from flows.sources.opening import Inspected
from flows.sources.rows import Reading, Row
from graph_store.identifiers import DIVISION

ORIGIN = Origin(
    "gbt2260",
    "中华人民共和国行政区划代码",
    "Administrative divisions of China (GB/T 2260)",
    "https://github.com/modood/Administrative-divisions-of-China",
    "WTFPL",
)

# City rows that are no places: under a municipality, and over the counties that a province rules directly.
_HEADINGS = frozenset({"市辖区", "县"})
_RULED_DIRECTLY = "直辖"
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_DIRECT_CODE = "90"


def _read(file: Inspected) -> Reading:
    # the three shapes differ by cityCode and provinceCode, which the code itself says already
    return read_csv(
        file,
        required=frozenset({"code", "name"}),
        known=frozenset({"code", "name", "cityCode", "provinceCode"}),
    )


def _map(row: Row) -> Mapped:
    name = row.values.get("name")
    if name in _HEADINGS or (name and _RULED_DIRECTLY in name):
        return PASSED_OVER
    code = DIVISION.normalise(row.values.get("code", ""))
    parent = parent_of(code)
    draft = Draft("Division", ORIGIN.key(code), {"code": code, "name": name, "level": _level(code)})
    if parent:
        draft.links.append(
            Link(draft.target, "parent", Target("Division", "code", parent), late=True)
        )
    return draft


def parent_of(code: str) -> str | None:
    """The division that a six-digit code lies in; None for a province.

    >>> parent_of("510104"), parent_of("510100"), parent_of("500103"), parent_of("429004"), parent_of("510000")
    ('510100', '510000', '500000', '420000', None)
    """
    match _level(code):
        case "province":
            return None
        case "county" if code[:2] not in _MUNICIPALITIES and code[2:4] != _DIRECT_CODE:
            return code[:4] + "00"
        case _:
            return code[:2] + "0000"


def _level(code: str) -> str:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


DIVISIONS = Connector("divisions", ORIGIN, _read, _map)
