"""研究机构 | ROR records, schema v1 and v2, as ROR publishes them: a JSON array or JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.sources.connectors.ror_places import province_of
from flows.sources.drafts import Connector, Draft, Link, Mapped, Origin, Target
from flows.sources.json_rows import is_whole, read_json
from flows.sources.rows import Row
from graph_store.identifiers import ROR as ROR_ID

ORIGIN = Origin(
    "ror",
    "全球研究机构注册表 ROR",
    "Research Organization Registry",
    "https://ror.org",
    "CC0-1.0",
)

_KINDS = {
    "education": "university",
    "facility": "institute",
    "company": "enterprise",
    "nonprofit": "nonprofit",
    "government": "government",
    "healthcare": "hospital",
    "archive": "archive",
    "other": "other",
    "funder": "funder",
}


def _map(row: Row) -> Mapped:
    record = row.values
    key = ROR_ID.normalise(record["id"])
    told = _second(record) if "names" in record else _first(record)
    draft = Draft(
        "Institution",
        ORIGIN.key(key),
        {
            "ror": key,
            "kind": _kind(record["types"]),
            "status": record.get("status") or "active",
            "establishedYear": record.get("established"),
            **told,
        },
    )
    if province := province_of(record):
        draft.links.append(Link(draft.target, "division", Target("Division", "code", province)))
    draft.links += _relationships(key, record.get("relationships") or [])
    return draft


def _first(record: dict[str, Any]) -> dict[str, Any]:
    """What schema v1 says: one display name of unknown language, labels with languages."""
    labels = [(each.get("iso639"), each["label"]) for each in record.get("labels") or ()]
    others = [*(record.get("aliases") or ()), *(record.get("acronyms") or ())]
    place: dict[str, Any] = next(iter(record.get("addresses") or ()), {})
    return _names(record["name"], labels, others) | {
        "country": (record.get("country") or {}).get("country_code"),
        "city": place.get("city"),
        "website": next(iter(record.get("links") or ()), None),
    }


def _second(record: dict[str, Any]) -> dict[str, Any]:
    """What schema v2 says: names with types and languages, locations of GeoNames."""
    names = record["names"]
    shown = next(
        (each["value"] for each in names if "ror_display" in each["types"]), names[0]["value"]
    )
    labels = [(each.get("lang"), each["value"]) for each in names if "label" in each["types"]]
    location: dict[str, Any] = next(iter(record.get("locations") or ()), {})
    place: dict[str, Any] = location.get("geonames_details") or {}
    links = (each["value"] for each in record.get("links") or () if each["type"] == "website")
    return _names(shown, labels, [each["value"] for each in names]) | {
        "country": place.get("country_code"),
        "city": place.get("name"),
        "website": next(links, None),
    }


def _names(shown: str, labels: list[tuple[str | None, str]], others: list[str]) -> dict[str, Any]:
    """The Chinese label as name where there is one; whatever is left over as aliases, in the record's order."""
    chinese = next((value for language, value in labels if language == "zh"), None)
    english = next((value for language, value in labels if language == "en"), None)
    name = chinese or shown
    name_en = english or (shown if chinese and shown != chinese else None)
    every = dict.fromkeys([shown, *(value for _, value in labels), *others])
    return {
        "name": name,
        "nameEn": name_en,
        "aliases": [each for each in every if each not in (name, name_en)],
    }


def _kind(types: list[str]) -> str:
    """What it is rather than that it also funds research."""
    lowered = [each.lower() for each in types]
    first = next((each for each in lowered if each != "funder"), None)
    return _KINDS.get(first or "funder", "other")


def _relationships(key: str, related: list[dict[str, str]]) -> Iterator[Link]:
    """Each edge the same way round, from whichever end it is told; related records from the lesser id."""
    for each in related:
        other = ROR_ID.normalise(each["id"])
        if other == key:
            continue
        match each["type"].lower():
            case "parent":
                yield _link(key, "parents", other)
            case "child":
                yield _link(other, "parents", key)
            case "predecessor":
                yield _link(key, "predecessors", other)
            case "successor":
                yield _link(other, "predecessors", key)
            case "related":
                yield _link(min(key, other), "related", max(key, other))


def _link(start: str, name: str, end: str) -> Link:
    return Link(
        Target("Institution", "ror", start), name, Target("Institution", "ror", end), late=True
    )


ROR = Connector("ror", ORIGIN, read_json, _map, whole=is_whole)
