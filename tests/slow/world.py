"""A small graph made from a model: ties, nulls, doubled edges, loops, records of every visibility, awkward texts.

Deterministic, and generic: a noun that is added to the model is in it without a word here.
"""

from __future__ import annotations

from random import Random
from typing import Any

from graph_store.model import Model
from graph_store.model.words import Edge, Kind, Noun, Property, Reach
from tests.slow.graph import Graph, Properties, Tie

# Repeated, so that sorts have ties; two cases of one word, full width, beyond the BMP, quotes, the empty text.
WORDS = (
    "川大分析测试中心", "重庆大学", "X射线衍射仪", "x射线衍射仪", "XRD", "xrd", "ＸＲＤ", "𠮷林", "Éclair", "éclair",
    "O'Neil \"lab\"", "back\\slash", "Zebra", "alpha", "Alpha", "",
)  # fmt: skip
DAYS = (
    "2019-12-31",
    "2020-04-15",
    "2020-04-16",
    "2024-02-29",
    "2026-11-24",
    "2026-11-25",
    "2026-11-26",
    "2030-01-01",
)
PERSONAL = ("13812345678", "12345678", "1234567", "zhang@example.cn", "@a@b", "")
INSTANTS = ("2026-01-05T01:00:00.000Z", "2026-01-05T01:00:07.000Z", "2026-06-30T16:00:00.000Z")
TODAY = "2026-11-25"
# one bad value of each sort, where strict decoding must give way to graphql-core's own words; none of what
# lists are sorted by, since an index of what every record has knows no record without it
BROKEN: dict[tuple[str, int], Properties] = {
    ("Event", 0): {"kind": None},
    ("Event", 1): {"kind": "unheard_of"},
    ("Import", 2): {"connector": None},
    ("Dataset", 0): {"visibility": "unheard_of"},
}


def build(model: Model, seed: int = 20200415) -> Graph:
    """The graph of a seed."""
    random = Random(seed)  # noqa: S311 - a repeatable test graph
    graph = Graph({noun.name: _records(random, noun) for noun in model})
    for noun in model:
        for edge in noun.edges:
            graph.ties += _ties(random, graph, noun, edge)
    return graph


def homes(graph: Graph) -> tuple[str, ...]:
    """Institutions whose records are a part of what is not public: every third."""
    return tuple(record["id"] for record in graph.records["Institution"][::3])


def pool(graph: Graph, model: Model) -> dict[str, tuple[Any, ...]]:
    """Values to ask for, by the name of their scalar: most are in the graph, some are not."""
    ids = [record["id"] for records in graph.records.values() for record in records[:4]]
    keys = [
        record[each.name]
        for noun in model
        for each in noun.properties
        if each.key and each.name != "id"
        for record in graph.records[noun.name][:3]
        if record[each.name] is not None
    ]
    entities = [
        {"__typename": noun.name, each.name: record[each.name]}
        for noun in model
        for each in noun.properties
        for record in graph.records[noun.name][:3]
        if each.key and not noun.log and not each.restricted and record[each.name] is not None
    ]
    return {
        "_Any": (*entities, {"__typename": "Person", "id": "nobody"}),
        "ID": (*ids, "cd-", "nothing", ""),
        "String": (*WORDS, "射线", "X", "l", "机构", *keys),
        "Int": (-2, -1, 0, 1, 2, 5),
        "Float": (0.0, 0.5, 250_000.0, 500_000.0, 3_000_000.0, -1.5, 7),
        "Date": DAYS,
        "DateTime": INSTANTS,
        "Boolean": (True, False),
    }


def _records(random: Random, noun: Noun) -> list[Properties]:
    count = random.randint(12, 30)
    return [
        _record(random, noun, index) | BROKEN.get((noun.name, index), {}) for index in range(count)
    ]


def _record(random: Random, noun: Noun, index: int) -> Properties:
    record: Properties = {}
    for declared in noun.properties:
        if declared.name == "id":
            record["id"] = f"{random.choice(('cd', 'cq'))}-{noun.word}-{index:02}"
        elif declared.key:
            record[declared.name] = _key(random, declared, index)
        else:
            record[declared.name] = _value(random, declared)
    if noun.visible is not None and random.random() < 0.6:
        record["visibility"] = "public"
    return record


def _key(random: Random, declared: Property, index: int) -> str | None:
    if not declared.required and random.random() < 0.3:
        return None
    text = f"51{index:04}" if declared.name == "code" else f"{declared.name}/{index:02}"
    return text if declared.scheme is None else declared.scheme.normalise(text)


def _value(random: Random, declared: Property) -> Any:
    if not declared.required and random.random() < 0.3:
        return None
    if declared.personal:
        return random.choice(PERSONAL)
    match declared.kind:
        case Kind.CHOICE:
            assert declared.options is not None
            return random.choice(declared.options.values[:5])
        case Kind.TEXTS:
            return random.sample(WORDS, random.randint(0, 3))
        case Kind.INTEGER:
            return random.randint(-2, 5)
        case Kind.NUMBER:
            return random.choice((0.0, 0.5, 250_000.0, 500_000.0, 500_000.5, 3_000_000.0))
        case Kind.DAY:
            return random.choice(DAYS)
        case Kind.INSTANT:
            return random.choice(INSTANTS)
        case Kind.FLAG:
            return random.random() < 0.5
    return random.choice(WORDS)


def _ties(random: Random, graph: Graph, noun: Noun, edge: Edge) -> list[Tie]:
    targets, used, ties = graph.records[edge.target], set[str](), list[Tie]()
    single = edge.reverse is not None and edge.reverse.reach is Reach.ONE
    for record in graph.records[noun.name]:
        most = 1 if edge.reach is Reach.ONE else 4
        for target in random.choices(targets, k=random.randint(0, most)):
            if single and target["id"] in used:
                continue
            used.add(target["id"])
            # choices may repeat a target: several edges of one type between the same two records
            ties.append(Tie(edge.type, record["id"], target["id"], _properties(random, edge)))
    return ties


def _properties(random: Random, edge: Edge) -> Properties:
    return {declared.name: _value(random, declared) for declared in edge.properties}
