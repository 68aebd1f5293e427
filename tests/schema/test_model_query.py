"""`model`: what the console needs to draw any noun, asked beside the data."""

from __future__ import annotations

from typing import Any

from graphql import graphql_sync

from graph_store.model import MODEL
from resolvers.naming import group_keys
from schema.root import derived

ASKED = """
{ model { nouns { name kind plural zh en isReference
    fields { name zh en unit kind required sortable searchable identifies level options { value zh en } }
    edges { name zh en edge forward target many properties { name kind } }
    groups { value name zh en } } } }
"""


def nouns() -> dict[str, Any]:
    result = graphql_sync(derived(MODEL), ASKED)
    assert result.errors is None
    assert result.data is not None
    return {noun["name"]: noun for noun in result.data["model"]["nouns"]}


def test_every_noun_field_edge_and_group_is_told() -> None:
    told = nouns()
    assert list(told) == [noun.name for noun in MODEL]
    for noun in MODEL:
        shown = told[noun.name]
        assert [each["name"] for each in shown["fields"]] == [each.name for each in noun.properties]
        assert [each["name"] for each in shown["edges"]] == list(MODEL.hops(noun.name))
        assert [each["value"] for each in shown["groups"]] == list(group_keys(MODEL, noun.name))


def test_a_field_tells_its_unit_level_and_choices() -> None:
    fields = {each["name"]: each for each in nouns()["Instrument"]["fields"]}
    assert (fields["valueCny"]["unit"], fields["valueCny"]["kind"]) == ("CNY", "NUMBER")
    assert fields["assetNumber"]["level"] == "INSTITUTION"
    assert fields["category"]["options"][0] == {
        "value": "ANALYTICAL",
        "zh": "分析仪器",
        "en": "Analytical",
    }


def test_an_edge_tells_where_it_leads_and_what_it_carries() -> None:
    edges = {each["name"]: each for each in nouns()["Institution"]["edges"]}
    assert edges["people"] | {"zh": "", "en": ""} == {
        "name": "people",
        "zh": "",
        "en": "",
        "edge": "AFFILIATED_WITH",
        "forward": False,
        "target": "PERSON",
        "many": True,
        "properties": [
            {"name": "role", "kind": "CHOICE"},
            {"name": "title", "kind": "TEXT"},
            {"name": "since", "kind": "DAY"},
            {"name": "until", "kind": "DAY"},
        ],
    }
