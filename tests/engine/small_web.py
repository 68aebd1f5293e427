"""A small web of records for search, paths and neighbourhoods: two universities, what they own, who works there."""

from __future__ import annotations

from typing import Any

from neo4j import AsyncDriver

from graph_store.reads import reader
from tests.graph import DATABASE, empty

RECORDS: dict[str, dict[str, dict[str, Any]]] = {
    "Division": {"chengdu": {"name": "成都市", "code": "510100", "level": "city"}},
    "Topic": {"physics": {"name": "物理学", "code": "140"}},
    "Source": {"registry": {"name": "登记簿", "code": "ror"}},
    "Institution": {
        "scu": {
            "name": "四川大学",
            "nameEn": "Sichuan University",
            "aliases": ["川大", "SCU"],
            "kind": "university",
            "status": "active",
            "ror": "011ashp19",
            "uscc": "91350100M000100Y43",
        },
        "cqu": {
            "name": "重庆大学",
            "nameEn": "Chongqing University",
            "kind": "university",
            "status": "active",
        },
        "lab": {"name": "谱学实验室", "kind": "institute", "status": "active"},
        "secret": {
            "name": "保密研究所",
            "kind": "institute",
            "status": "active",
            "visibility": "institution",
        },
    },
    "Person": {
        "wang": {"name": "王芳", "orcid": "0000-0002-1825-0097"},
        "li": {"name": "李强"},
        "zhao": {"name": "赵敏"},
        "ghost": {"name": "隐身人", "visibility": "institution"},
    },
    "Instrument": {
        "xrd": {
            "name": "X射线衍射仪",
            "nameEn": "X-ray diffractometer (XRD)",
            "category": "analytical",
            "status": "available",
            "model": "SmartLab 9kW",
            "cstr": "31253.11.sciencedb.01234",
        },
        "ms": {
            "name": "气相色谱-质谱联用仪",
            "nameEn": "GC-MS",
            "category": "analytical",
            "status": "available",
        },
        "hidden": {
            "name": "保密质谱仪",
            "category": "analytical",
            "status": "available",
            "visibility": "institution",
        },
    },
    "Project": {
        "joint": {"name": "成渝联合项目", "kind": "joint_research"},
        "closed": {"name": "不公开项目", "kind": "research", "visibility": "institution"},
    },
    "Achievement": {"paper": {"name": "质谱新方法", "kind": "paper", "doi": "10.5281/zenodo.1234"}},
}

TIES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("scu", "LOCATED_IN", "chengdu", {}),
    ("lab", "LOCATED_IN", "chengdu", {}),
    ("lab", "PART_OF", "scu", {"since": "2010-01-01"}),
    ("scu", "FROM_SOURCE", "registry", {}),
    ("cqu", "FROM_SOURCE", "registry", {}),
    ("wang", "AFFILIATED_WITH", "scu", {"role": "researcher", "title": "教授"}),
    ("li", "AFFILIATED_WITH", "cqu", {"role": "employee"}),
    ("zhao", "AFFILIATED_WITH", "lab", {"role": "expert"}),
    ("ghost", "AFFILIATED_WITH", "scu", {"role": "employee"}),
    ("ghost", "WORKS_ON", "joint", {"role": "member"}),
    ("xrd", "OWNED_BY", "scu", {}),
    ("ms", "OWNED_BY", "lab", {}),
    ("hidden", "OWNED_BY", "scu", {}),
    ("xrd", "USED_BY", "joint", {}),
    ("cqu", "PARTICIPATES_IN", "joint", {"role": "lead"}),
    ("scu", "PARTICIPATES_IN", "closed", {"role": "lead"}),
    ("cqu", "PARTICIPATES_IN", "closed", {"role": "partner"}),
    ("li", "WORKS_ON", "joint", {"role": "leader"}),
    ("wang", "SKILLED_IN", "physics", {"level": "expert"}),
    ("li", "SKILLED_IN", "physics", {}),
    ("wang", "AUTHORED", "paper", {}),
)


def id_of(key: str) -> str:
    """The id of a record of the web."""
    noun = next(noun for noun, records in RECORDS.items() if key in records)
    return f"cd-{noun.lower()}-{key}"


async def lay_out(driver: AsyncDriver) -> None:
    """Wipe the server and write the web."""
    await empty(driver)
    for noun, records in RECORDS.items():
        rows = [_filled(noun, key, values) for key, values in records.items()]
        await run(driver, f"UNWIND $rows AS row CREATE (n:{noun}:Record) SET n = row", rows=rows)
    for start, type_, end, values in TIES:
        await run(
            driver,
            "MATCH (a:Record {id: $start}) MATCH (b:Record {id: $end})"
            f" CREATE (a)-[e:{type_}]->(b) SET e = $values",
            start=id_of(start),
            end=id_of(end),
            values=values,
        )
    await run(driver, "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")


async def run(driver: AsyncDriver, statement: str, **parameters: Any) -> list[dict[str, Any]]:
    """Run a statement of the tests' own."""
    result = await driver.execute_query(statement, parameters, database_=DATABASE)
    return [record.data() for record in result.records]


async def hits(driver: AsyncDriver, statement: str, parameters: dict[str, Any]) -> int:
    """What a statement costs: the sum of all operators' dbHits."""
    _, did = await reader(driver, DATABASE, 60).profiled(statement, parameters)
    return did.all_hits


def _filled(noun: str, key: str, values: dict[str, Any]) -> dict[str, Any]:
    filled = {"id": f"cd-{noun.lower()}-{key}", "synthetic": True, "version": 1}
    filled |= {"createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}
    if noun not in {"Division", "Topic", "Source"}:
        filled["visibility"] = "public"
    return filled | values
